package mutate

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"slices"

	"golang.org/x/tools/go/ast/inspector"
)

// A Package is a type-checked package of the program to mutate.
type Package struct {
	Files []*ast.File
	Types *types.Package
	Info  *types.Info

	view view
}

// A Program is the code to mutate.
type Program struct {
	fset     *token.FileSet
	packages []*Package
	text     map[string][]byte // of the files that were asked for

	bodies  map[string]body // by the full name of the function
	effects map[parameter]effect
}

// A body is a function declaration that can be looked into.
type body struct {
	decl *ast.FuncDecl
	view view
}

// NewProgram returns a program of packages that share a file set.
func NewProgram(fset *token.FileSet, packages []*Package) *Program {
	p := &Program{
		fset: fset, packages: packages, text: make(map[string][]byte),
		bodies: make(map[string]body), effects: make(map[parameter]effect),
	}
	for _, pkg := range packages {
		pkg.view = view{prog: p, info: pkg.Info, root: inspector.New(pkg.Files).Root()}
		for _, f := range pkg.Files {
			for _, decl := range f.Decls {
				fn, ok := decl.(*ast.FuncDecl)
				if !ok || fn.Body == nil {
					continue
				}
				if obj, ok := pkg.Info.Defs[fn.Name].(*types.Func); ok {
					p.bodies[obj.FullName()] = body{fn, pkg.view}
				}
			}
		}
	}
	return p
}

// position returns where something is.
func (p *Program) position(pos token.Pos) token.Position { return p.fset.Position(pos) }

// offset returns the offset of something in its file.
func (p *Program) offset(pos token.Pos) int { return p.fset.Position(pos).Offset }

// source returns the text of a file.
func (p *Program) source(name string) ([]byte, error) {
	text, ok := p.text[name]
	if !ok {
		var err error
		if text, err = os.ReadFile(name); err != nil {
			return nil, fmt.Errorf("reading the program: %v", err)
		}
		p.text[name] = text
	}
	return text, nil
}

// sourceOf returns the text of a node.
func (p *Program) sourceOf(n ast.Node) string {
	text, err := p.source(p.position(n.Pos()).Filename)
	if err != nil {
		return ""
	}
	return string(text[p.offset(n.Pos()):p.offset(n.End())])
}

// A view is a version of a package's syntax and types: the original, or that of
// a mutant.
type view struct {
	prog *Program
	info *types.Info
	root inspector.Cursor // of the files that can be asked about
}

// object returns what an expression denotes, if it is an identifier.
func (v view) object(e ast.Expr) types.Object {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	return v.info.ObjectOf(id)
}

// uses calls f for every mention of one of some objects below a node.
func (v view) uses(in inspector.Cursor, objs []types.Object, f func(inspector.Cursor)) {
	for cur := range in.Preorder((*ast.Ident)(nil)) {
		if obj := v.info.Uses[cur.Node().(*ast.Ident)]; obj != nil && slices.Contains(objs, obj) {
			f(cur)
		}
	}
}

// innermostFunc returns the function whose code a node is, and the declaration
// that holds it: the same, or an outer function or variable.
func innermostFunc(cur inspector.Cursor) (fn, decl inspector.Cursor) {
	for c := range cur.Enclosing((*ast.FuncLit)(nil), (*ast.FuncDecl)(nil), (*ast.GenDecl)(nil)) {
		if _, ok := c.Node().(*ast.GenDecl); ok {
			if _, ok := c.Parent().Node().(*ast.File); !ok {
				continue
			}
		} else if !fn.Valid() {
			fn = c
		}
		decl = c
	}
	return fn, decl
}

// funcParts returns the type and body of a FuncDecl or FuncLit.
func funcParts(fn ast.Node) (*ast.FuncType, *ast.BlockStmt) {
	switch fn := fn.(type) {
	case *ast.FuncDecl:
		return fn.Type, fn.Body
	case *ast.FuncLit:
		return fn.Type, fn.Body
	}
	return nil, nil
}
