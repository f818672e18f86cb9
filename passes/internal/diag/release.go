package diag

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/connvet/connvet/passes/internal/resource"
)

// releaseCall is the expression that releases the resource where pos is, ""
// if there is no way to write it there.
func (x *fixer) releaseCall(pos token.Pos) string {
	if x.obj != nil && !x.visible(x.obj, pos) {
		return ""
	}
	if x.s.closer {
		if sig, ok := x.typ.Underlying().(*types.Signature); !ok || sig.Params().Len() > 0 {
			return ""
		}
		return x.name + "()"
	}
	method := x.r.releaseMethod(x.f)
	m := x.method(method)
	if m == nil {
		return ""
	}
	params := m.Signature().Params()
	switch {
	case params.Len() == 0:
		return x.name + "." + method + "()"
	case params.Len() == 1 && isContext(params.At(0).Type()):
		if ctx := x.context(pos); ctx != "" {
			return x.name + "." + method + "(" + ctx + ")"
		}
	}
	return ""
}

// method looks up a method of the target.
func (x *fixer) method(name string) *types.Func {
	if x.typ == nil || name == "" {
		return nil
	}
	obj, _, _ := types.LookupFieldOrMethod(x.typ, true, x.r.pass.Pkg, name)
	m, _ := obj.(*types.Func)
	return m
}

// releaseStmt is the release as a statement of its own. A Rollback whose error
// nobody looks at says so.
func (x *fixer) releaseStmt(pos token.Pos) string {
	call := x.releaseCall(pos)
	if call != "" && x.f.Kind == resource.Tx && !x.s.closer {
		if m := x.method(x.r.releaseMethod(x.f)); m != nil && m.Signature().Results().Len() == 1 {
			return "_ = " + call
		}
	}
	return call
}

// context is what to pass for a context where pos is: what the acquisition
// was given, or the background if its package is at hand.
func (x *fixer) context(pos token.Pos) string {
	for _, a := range x.s.call.Args {
		if id, ok := ast.Unparen(a).(*ast.Ident); ok && isContext(x.info.TypeOf(id)) {
			if obj := x.info.Uses[id]; obj != nil && x.visible(obj, pos) {
				return id.Name
			}
		}
	}
	for _, imp := range x.s.src.file.Imports {
		if imp.Path.Value != `"context"` {
			continue
		}
		name := x.info.PkgNameOf(imp)
		if name != nil && x.visible(name, pos) {
			return name.Name() + ".Background()"
		}
	}
	return ""
}

func isContext(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "context" && named.Obj().Name() == "Context"
}

// visible reports whether the name of obj means obj where pos is.
func (x *fixer) visible(obj types.Object, pos token.Pos) bool {
	scope := x.r.pass.Pkg.Scope().Innermost(pos)
	if scope == nil {
		return false
	}
	_, found := scope.LookupParent(obj.Name(), pos)
	return found == obj
}
