// Package ssaload builds the SSA form of one package, on demand.
//
// The stock buildssa pass Requires ctrlflow, whose facts make every driver
// run it on every dependency, the standard library included. Nearly all of
// those packages can hold no database connection, so here the form is built
// only when the engine has decided that a package is relevant, and at most
// once per package.
package ssaload

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"
)

// Package is a package in SSA form.
type Package struct {
	SSA *ssa.Package

	// Funcs are the declared functions and methods that have a body, in
	// source order. Function literals hang below them (AnonFuncs).
	Funcs []*ssa.Function
}

// Build returns the SSA form of the pass's package. Functions of other
// packages have no body in it.
func Build(pass *analysis.Pass) *Package {
	prog := ssa.NewProgram(pass.Fset, ssa.BuilderMode(0))
	for _, imp := range pass.Pkg.Imports() {
		prog.CreatePackage(imp, nil, nil, true)
	}
	pkg := prog.CreatePackage(pass.Pkg, pass.Files, pass.TypesInfo, false)
	pkg.Build()

	out := &Package{SSA: pkg}
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			decl, ok := decl.(*ast.FuncDecl)
			if !ok || decl.Body == nil {
				continue
			}
			obj, ok := pass.TypesInfo.Defs[decl.Name].(*types.Func)
			if !ok {
				continue
			}
			if fn := prog.FuncValue(obj); fn != nil && len(fn.Blocks) > 0 {
				out.Funcs = append(out.Funcs, fn)
			}
		}
	}
	// Package-level function literals (var open = func() ...) are children
	// of the synthetic initializer.
	if init := pkg.Func("init"); init != nil && len(init.Blocks) > 0 {
		out.Funcs = append(out.Funcs, init)
	}
	return out
}
