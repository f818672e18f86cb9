package diag

import (
	"go/ast"
	"go/types"
)

// reassigned reports whether the target may hold another value than the
// resource where an exit releases it.
func (x *fixer) reassigned() bool {
	loop := loopAround(x.s.path)
	if loop != nil && inside(x.obj.Pos(), loop) {
		loop = nil // each iteration has its own
	}
	text, found := types.ExprString(x.s.target), false
	check := func(at ast.Node, e ast.Expr) {
		id := rootIdent(e)
		if id == nil || x.info.ObjectOf(id) != x.obj || at == x.s.assign {
			return
		}
		if id == e || types.ExprString(e) == text {
			found = found || at.Pos() > x.s.call.End() || loop != nil && inside(at.Pos(), loop)
		}
	}
	ast.Inspect(outermostBody(x.s.path), func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				check(n, e)
			}
		case *ast.RangeStmt:
			check(n, n.Key)
			check(n, n.Value)
		}
		return !found
	})
	return found
}

// movedByReturn reports whether returning it is the only way in which the
// function hands the resource on: all else that it does with it is to call its
// methods, and to compare it with nil.
func (x *fixer) movedByReturn() bool {
	ok := true
	var stack []ast.Node
	ast.Inspect(outermostBody(x.s.path), func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return false
		}
		stack = append(stack, n)
		if id, isIdent := n.(*ast.Ident); isIdent && x.info.Uses[id] == x.obj && !x.harmless(stack) {
			ok = false
		}
		return true
	})
	return ok
}

// harmless reports whether the use at the top of the stack keeps the resource
// where it is, or returns it.
func (x *fixer) harmless(stack []ast.Node) bool {
	for i := len(stack) - 2; i >= 0; i-- {
		switch n := stack[i].(type) {
		case *ast.ReturnStmt:
			return true
		case *ast.FuncLit:
			return false
		case *ast.AssignStmt:
			return n == x.s.assign
		case *ast.SelectorExpr:
			if i > 0 && len(stack)-2 == i {
				call, ok := stack[i-1].(*ast.CallExpr)
				if ok && call.Fun == ast.Expr(n) && x.r.row(call) != nil {
					return true
				}
			}
		case *ast.BinaryExpr:
			if isNil(x.info, n.X) || isNil(x.info, n.Y) {
				return true
			}
		}
	}
	return false
}
