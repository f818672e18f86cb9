package diag

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/passes/internal/lifecycle"
)

// afterTail releases at a return that hands the resource to a function which
// takes it only if all goes well,
//
//	return newStore(db)
//
// when that has failed:
//
//	result, err := newStore(db)
//	if err != nil {
//		db.Close()
//	}
//	return result, err
func (x *fixer) afterTail(sp spot, e lifecycle.Exit) []analysis.TextEdit {
	if e.Lost || e.End || e.Hang || e.Go || x.f.Wrapper != nil || loopAround(x.s.path) != nil || !x.s.src.contains(e.Pos) {
		return nil
	}
	ret, ok := innermostStmt(x.pathAt(e.Pos)).(*ast.ReturnStmt)
	if !ok || ret.Pos() != e.Pos || len(ret.Results) != 1 {
		return nil
	}
	call, ok := ret.Results[0].(*ast.CallExpr)
	if !ok || !x.takesIt(call) || x.taken("result", call) || !x.errorFree(call) {
		return nil
	}
	ahead, ok := x.s.src.ahead(ret.Pos())
	if !ok {
		return nil
	}
	below, ok := x.s.src.behind(ret)
	release := x.releaseLines(sp, ahead.pos)
	if !ok || release == nil {
		return nil
	}
	lines := []string{"if err != nil {"}
	for _, l := range release {
		lines = append(lines, "\t"+l)
	}
	lines = append(lines, "}", "return result, err")
	return []analysis.TextEdit{
		{Pos: ret.Pos(), End: call.Pos(), NewText: []byte("result, err := ")},
		below.edit(lines),
	}
}

// takesIt reports whether a call is given the resource, and returns something
// and an error.
func (x *fixer) takesIt(call *ast.CallExpr) bool {
	tuple, ok := x.info.TypeOf(call).(*types.Tuple)
	if !ok || tuple.Len() != 2 || !isError(tuple.At(1).Type()) {
		return false
	}
	for _, a := range call.Args {
		if types.ExprString(a) == x.name {
			return true
		}
	}
	return false
}

func isError(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

// taken reports whether a name is in use where the call is.
func (x *fixer) taken(name string, call *ast.CallExpr) bool {
	scope := x.r.pass.Pkg.Scope().Innermost(call.Pos())
	if scope == nil {
		return true
	}
	_, obj := scope.LookupParent(name, call.Pos())
	return obj != nil
}

// errorFree reports whether err can be declared or assigned where the call is.
func (x *fixer) errorFree(call *ast.CallExpr) bool {
	scope := x.r.pass.Pkg.Scope().Innermost(call.Pos())
	if scope == nil {
		return false
	}
	obj := scope.Lookup("err")
	return obj == nil || isError(obj.Type())
}
