package mutate

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"
)

// cond passes a state through a condition and returns what it is where the
// condition holds and where it does not.
func (t *truth) cond(e ast.Expr, s state) (yes, no state) {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return t.cond(e.X, s)
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			no, yes = t.cond(e.X, s)
			return yes, no
		}
	case *ast.BinaryExpr:
		switch e.Op {
		case token.LAND:
			yes, no := t.cond(e.X, s)
			yes2, no2 := t.cond(e.Y, yes)
			return yes2, no | no2
		case token.LOR:
			yes, no := t.cond(e.X, s)
			yes2, no2 := t.cond(e.Y, no)
			return yes | yes2, no2
		case token.EQL:
			return t.equal(e.X, e.Y, t.node(e, s))
		case token.NEQ:
			no, yes = t.equal(e.X, e.Y, t.node(e, s))
			return yes, no
		}
	case *ast.CallExpr:
		return t.condCall(e, s)
	}
	s = t.node(e, s)
	return s, s
}

// equal is cond for x == y.
func (t *truth) equal(x, y ast.Expr, s state) (yes, no state) {
	if t.isNil(x) {
		x, y = y, x
	}
	obj := t.object(x)
	switch isNil := t.isNil(y); {
	case isNil && (isRecover(x) || obj != nil && t.panic[obj]):
		return s, 0 // panics are nobody's concern
	case isNil && obj != nil && obj == t.obj:
		return s.move(pending, done) &^ (open | maybe), s.move(pending, paired) &^ (unborn | armed | armedMaybe)
	case isNil && t.errs[obj]:
		return s.move(pending, paired), s.move(pending, done) &^ paired
	case t.errs[obj]: // to some error
		return s.move(pending, done) &^ paired, s
	}
	return s, s
}

// condCall is cond for a call.
func (t *truth) condCall(call *ast.CallExpr, s state) (yes, no state) {
	if sel, ok := call.Fun.(*ast.SelectorExpr); ok && t.kind == Rows && slices.Contains(t.names, t.object(sel.X)) {
		if name := sel.Sel.Name; name == "Next" || name == "NextResultSet" {
			return s.move(pending, paired), t.end(s, call.Pos(), drains)
		}
	}
	s = t.node(call, s)
	if fn, ok := typeutil.Callee(t.info, call).(*types.Func); ok && fn.Pkg() != nil && fn.Pkg().Path() == "errors" &&
		len(call.Args) > 0 && t.errs[t.object(call.Args[0])] {
		return s.move(pending, done) &^ paired, s // errors.Is, errors.As
	}
	return s, s
}

// isNil reports whether an expression is nil.
func (t *truth) isNil(e ast.Expr) bool {
	_, ok := t.object(e).(*types.Nil)
	return ok
}

// isRecover reports whether an expression is a call of recover.
func isRecover(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return false
	}
	id, ok := call.Fun.(*ast.Ident)
	return ok && id.Name == "recover"
}

// mentions reports whether an object is used in expressions.
func (t *truth) mentions(list []ast.Expr, obj types.Object) bool {
	found := false
	for _, e := range list {
		if at, ok := t.root.FindNode(e); ok {
			t.uses(at, []types.Object{obj}, func(inspector.Cursor) { found = true })
		}
	}
	return found
}

// mayReturn tells by name the calls that never return.
func mayReturn(call *ast.CallExpr) bool {
	switch fun := call.Fun.(type) {
	case *ast.Ident:
		return fun.Name != "panic"
	case *ast.SelectorExpr:
		switch name := fun.Sel.Name; name {
		case "Fatal", "Fatalf", "Fatalln", "Fatale", "FatalErr", "Panic", "Panicf", "Panicln", "Goexit":
			return false
		case "Exit":
			pkg, ok := fun.X.(*ast.Ident)
			return !ok || pkg.Name != "os"
		}
	}
	return true
}
