package diag

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/connvet/connvet/passes/internal/lifecycle"
	"github.com/connvet/connvet/passes/internal/resource"
)

// reassignedBefore reports whether the target may hold another value than the
// resource where pos is. Without jumps back, what stands behind pos is not yet
// executed.
func (x *fixer) reassignedBefore(pos token.Pos) bool {
	loop := loopAround(x.s.path)
	if loop != nil && inside(x.obj.Pos(), loop) {
		loop = nil // each iteration has its own
	}
	found := false
	check := func(at ast.Node, e ast.Expr) {
		id := rootIdent(e)
		if id == nil || x.info.ObjectOf(id) != x.obj || at == x.s.assign {
			return
		}
		if id == e || types.ExprString(e) == x.name {
			found = found || x.s.call.End() < at.Pos() && at.Pos() < pos || loop != nil && inside(at.Pos(), loop)
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
	x.eachUse(func(stack []ast.Node) { ok = ok && x.harmless(stack) })
	return ok
}

// eachUse calls f for each use of the resource's variable in the function, with the
// nodes that lead there.
func (x *fixer) eachUse(f func(stack []ast.Node)) {
	var stack []ast.Node
	ast.Inspect(outermostBody(x.s.path), func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return false
		}
		stack = append(stack, n)
		if id, ok := n.(*ast.Ident); ok && x.info.Uses[id] == x.obj {
			f(stack)
		}
		return true
	})
}

// looksKept reports whether the resource is put into something or returned, by the
// text alone: whatever the engine makes of that, a deferred release might end what
// somebody else has by then.
func (x *fixer) looksKept() bool {
	if x.obj == nil {
		return false
	}
	found := false
	x.eachUse(func(stack []ast.Node) {
		id := stack[len(stack)-1].(*ast.Ident)
		found = found || keeps(stack[:len(stack)-1], id)
	})
	return found
}

// keeps reports whether the innermost node around an expression keeps its value.
func keeps(stack []ast.Node, e ast.Expr) bool {
	switch n := stack[len(stack)-1].(type) {
	case *ast.ParenExpr:
		return keeps(stack[:len(stack)-1], n)
	case *ast.KeyValueExpr:
		return n.Value == e
	case *ast.CompositeLit, *ast.ReturnStmt, *ast.SendStmt:
		return true
	case *ast.AssignStmt:
		i := slices.Index(n.Rhs, e)
		if i < 0 || len(n.Lhs) != len(n.Rhs) {
			return false
		}
		_, isVar := n.Lhs[i].(*ast.Ident)
		return !isVar
	}
	return false
}

// outlives reports whether a literal that may be run when the function is over
// uses the resource: one that is returned, stored, or started before an exit
// that leaves it open. To release it there would break the literal.
func (x *fixer) outlives() bool {
	found := false
	var stack []ast.Node
	ast.Inspect(outermostBody(x.s.path), func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return false
		}
		stack = append(stack, n)
		lit, ok := n.(*ast.FuncLit)
		if !ok || inside(x.s.call.Pos(), lit) || !x.mentions(lit) {
			return true
		}
		found = found || !runNow(stack) && x.leavesAfter(stack)
		return true
	})
	return found
}

// leavesAfter reports whether an exit comes behind the literal at the end of a
// path, or returns it.
func (x *fixer) leavesAfter(stack []ast.Node) bool {
	return slices.ContainsFunc(x.f.Exits, func(e lifecycle.Exit) bool {
		return e.End || e.Pos > stack[len(stack)-1].Pos() || slices.ContainsFunc(stack, func(n ast.Node) bool {
			ret, ok := n.(*ast.ReturnStmt)
			return ok && ret.Pos() == e.Pos
		})
	})
}

// mentions reports whether the resource's variable occurs below n.
func (x *fixer) mentions(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && x.info.Uses[id] == x.obj {
			found = true
		}
		return !found
	})
	return found
}

// runNow reports whether the literal at the end of a path is called on the
// spot, deferred, or an argument of a call that is made now.
func runNow(stack []ast.Node) bool {
	if len(stack) < 3 {
		return false
	}
	if _, ok := stack[len(stack)-2].(*ast.CallExpr); !ok {
		return false
	}
	_, started := stack[len(stack)-3].(*ast.GoStmt)
	return !started
}

// labelBetween reports whether a goto may lead to code between two positions
// without passing the first.
func (x *fixer) labelBetween(from, to token.Pos) bool {
	found := false
	ast.Inspect(outermostBody(x.s.path), func(n ast.Node) bool {
		if b, ok := n.(*ast.BranchStmt); ok && b.Tok == token.GOTO && b.Label != nil {
			if label := x.info.Uses[b.Label]; label == nil || from < label.Pos() && label.Pos() < to {
				found = true
			}
		}
		return !found
	})
	return found
}

// jumpsBack reports whether there is a goto to an earlier place: a loop of
// which the syntax tells nothing.
func jumpsBack(info *types.Info, body *ast.BlockStmt) bool {
	if body == nil {
		return true
	}
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if b, ok := n.(*ast.BranchStmt); ok && b.Tok == token.GOTO && b.Label != nil {
			if label := info.Uses[b.Label]; label == nil || label.Pos() < b.Pos() {
				found = true
			}
		}
		return !found
	})
	return found
}

// kept reports whether the function puts the resource somewhere: into another
// variable, a container, or a goroutine. What is left of it then is not the
// variable's to release in passing.
func (x *fixer) kept() bool {
	found := false
	uses := func(e ast.Expr) bool {
		id, ok := ast.Unparen(e).(*ast.Ident)
		return ok && x.info.Uses[id] == x.obj
	}
	ast.Inspect(outermostBody(x.s.path), func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			found = found || slices.ContainsFunc(n.Rhs, uses) && !allBlank(n.Lhs)
		case *ast.CompositeLit:
			found = found || slices.ContainsFunc(n.Elts, uses)
		case *ast.KeyValueExpr:
			found = found || uses(n.Value)
		case *ast.SendStmt:
			found = found || uses(n.Value)
		case *ast.GoStmt:
			found = found || mentions(x.info, n, x.obj)
		case *ast.CallExpr:
			fn, ok := ast.Unparen(n.Fun).(*ast.Ident)
			if ok && x.info.Uses[fn] == types.Universe.Lookup("append") {
				found = found || slices.ContainsFunc(n.Args, uses)
			}
		}
		return !found
	})
	return found
}

// releasedLater reports whether a goroutine, or a literal that is handed to
// another function, uses the resource up: the function may return before that.
func (x *fixer) releasedLater() bool {
	if x.obj == nil {
		return false // it has no name yet
	}
	found := false
	check := func(n ast.Node) {
		ast.Inspect(n, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				id := rootIdent(sel.X)
				found = found || id != nil && x.info.Uses[id] == x.obj && x.r.releases(x.f, sel.Sel.Name)
			}
			return !found
		})
	}
	ast.Inspect(bodyOf(x.fn), func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			found = found || mentions(x.info, n, x.obj)
		case *ast.CallExpr:
			for _, a := range n.Args {
				if lit, ok := ast.Unparen(a).(*ast.FuncLit); ok && !x.borrowsLiteral(n) {
					check(lit)
				}
			}
		}
		return !found
	})
	return found
}

// borrowsLiteral reports whether the models know that a call is done with the
// function that it is given.
func (x *fixer) borrowsLiteral(call *ast.CallExpr) bool {
	row := x.r.row(call)
	return row != nil && len(row.Calls) > 0 && !slices.ContainsFunc(row.Calls, func(c resource.Call) bool { return c.Later })
}

// allBlank reports whether an assignment only pretends to use its values.
func allBlank(lhs []ast.Expr) bool {
	return !slices.ContainsFunc(lhs, func(e ast.Expr) bool {
		id, ok := e.(*ast.Ident)
		return !ok || id.Name != "_"
	})
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
				if ok && call.Fun == ast.Expr(n) && x.r.borrows(call) {
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
