package diag

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/connvet/connvet/passes/internal/resource"
)

// A test is what a condition says about an error.
type test int

const (
	otherTest test = iota
	isFailed       // err != nil
	orFailed       // err != nil || ...
	isDone         // err == nil
	andDone        // err == nil && ...
)

// testOf classifies a condition.
func testOf(info *types.Info, cond ast.Expr, err types.Object) test {
	b, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || err == nil {
		return otherTest
	}
	switch b.Op {
	case token.NEQ, token.EQL:
		x, y := ast.Unparen(b.X), ast.Unparen(b.Y)
		if isNil(info, x) {
			x, y = y, x
		}
		if id, ok := x.(*ast.Ident); !ok || info.Uses[id] != err || !isNil(info, y) {
			return otherTest
		}
		if b.Op == token.NEQ {
			return isFailed
		}
		return isDone
	case token.LOR:
		if t := testOf(info, b.X, err); t == isFailed || t == orFailed {
			return orFailed
		}
	case token.LAND:
		if t := testOf(info, b.X, err); t == isDone || t == andDone {
			return andDone
		}
	}
	return otherTest
}

func isNil(info *types.Info, e ast.Expr) bool {
	tv, ok := info.Types[e]
	return ok && tv.IsNil()
}

// mentions reports whether obj is used in n.
func mentions(info *types.Info, n ast.Node, obj types.Object) bool {
	found := false
	if obj != nil && n != nil {
		ast.Inspect(n, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && (info.Uses[id] == obj || info.Defs[id] == obj) {
				found = true
			}
			return !found
		})
	}
	return found
}

// terminates reports whether control never comes out at the end of the list.
func (r *Reporter) terminates(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	switch st := list[len(list)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return st.Tok != token.FALLTHROUGH
	case *ast.BlockStmt:
		return r.terminates(st.List)
	case *ast.IfStmt:
		return st.Else != nil && r.terminates(st.Body.List) && r.terminates([]ast.Stmt{st.Else})
	case *ast.ForStmt:
		return st.Cond == nil && !breaks(st.Body)
	case *ast.ExprStmt:
		call, ok := ast.Unparen(st.X).(*ast.CallExpr)
		return ok && r.noReturn(call)
	}
	return false
}

// breaks reports whether there is a break below n, whatever it leaves.
func breaks(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if b, ok := n.(*ast.BranchStmt); ok && b.Tok == token.BREAK {
			found = true
		}
		return !found
	})
	return found
}

func (r *Reporter) noReturn(call *ast.CallExpr) bool {
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
		if b, ok := r.pass.TypesInfo.Uses[id].(*types.Builtin); ok {
			return b.Name() == "panic"
		}
	}
	row := r.row(call)
	return row != nil && row.NoReturn
}

// endsIfFailed reports whether the call does not return when the error among
// its arguments is not nil.
func (r *Reporter) endsIfFailed(call *ast.CallExpr, err types.Object) bool {
	row := r.row(call)
	if row == nil {
		return false
	}
	for _, c := range row.NoReturnIf {
		if c.Subject != resource.Param || c.Is != resource.NonNil || c.Index < 0 || c.Index >= len(call.Args) {
			continue
		}
		if id, ok := ast.Unparen(call.Args[c.Index]).(*ast.Ident); ok && r.pass.TypesInfo.Uses[id] == err {
			return true
		}
	}
	return false
}

// borrows reports whether the models know that the call only uses its
// receiver.
func (r *Reporter) borrows(call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(r.pass.TypesInfo, call).(*types.Func)
	return ok && fn.Pkg() != nil && (r.models.Func(fn.Origin()) != nil || r.models.BorrowsAll(fn.Pkg().Path()))
}

// row is what the models say about the called function, nil if nothing.
func (r *Reporter) row(call *ast.CallExpr) *resource.Func {
	fn, ok := typeutil.Callee(r.pass.TypesInfo, call).(*types.Func)
	if !ok {
		return nil
	}
	return r.models.Func(fn.Origin())
}

// funcAround returns the innermost function on a path that leads outwards.
func funcAround(path []ast.Node) ast.Node {
	for _, n := range path {
		switch n.(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			return n
		}
	}
	return nil
}

// bodyOf returns the body of a function.
func bodyOf(fn ast.Node) *ast.BlockStmt {
	switch fn := fn.(type) {
	case *ast.FuncLit:
		return fn.Body
	case *ast.FuncDecl:
		return fn.Body
	}
	return nil
}

// listOf returns the statements of a node that holds a list of them.
func listOf(n ast.Node) ([]ast.Stmt, bool) {
	switch n := n.(type) {
	case *ast.BlockStmt:
		return n.List, true
	case *ast.CaseClause:
		return n.Body, true
	case *ast.CommClause:
		return n.Body, true
	}
	return nil, false
}

// inside reports whether pos is in n.
func inside(pos token.Pos, n ast.Node) bool { return n.Pos() <= pos && pos < n.End() }

// nilable reports whether values of t can be compared with nil.
func nilable(t types.Type) bool {
	if t == nil {
		return false
	}
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Signature, *types.Map, *types.Slice, *types.Chan:
		return true
	}
	return false
}
