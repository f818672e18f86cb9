package mutate

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// node passes a state through a statement or expression.
func (t *truth) node(n ast.Node, s state) state {
	if d, ok := n.(*ast.DeferStmt); ok {
		return t.deferred(d, s)
	}
	switch e := t.effectIn(n); {
	case e == partly && s&open != 0:
		s |= done
	case e > partly:
		s = t.end(s, n.Pos(), e)
	}
	assign, _ := n.(*ast.AssignStmt)
	if !t.quiet && n.Pos() <= t.call.Pos() && t.call.End() <= n.End() {
		return t.birth(s)
	}
	if assign != nil {
		s = t.assigned(assign, s)
	}
	if ret, ok := n.(*ast.ReturnStmt); ok && t.isNamedResult() {
		s = t.end(s, ret.Pos(), escapes)
	}
	return s
}

// birth passes a state through the acquisition.
func (t *truth) birth(s state) state {
	t.overwrite(s, t.call.Pos())
	fresh := held
	if len(t.errs) > 0 {
		fresh = pending
	}
	var out state
	if s&^(armed|armedMaybe) != 0 {
		out |= fresh
	}
	if s&armed != 0 {
		out |= done
	}
	if s&armedMaybe != 0 {
		out |= maybe
	}
	return out
}

// overwrite notes that the variable gets a new value.
func (t *truth) overwrite(s state, pos token.Pos) {
	if t.quiet {
		return
	}
	if s&open != 0 && (t.lost == token.NoPos || pos < t.lost) {
		t.lost = pos
	}
	t.vague = t.vague || s&maybe != 0
}

// assigned passes a state through an assignment that is not the acquisition.
func (t *truth) assigned(assign *ast.AssignStmt, s state) state {
	for _, e := range assign.Lhs {
		obj := t.object(e)
		switch {
		case obj == nil:
		case obj == t.obj:
			t.overwrite(s, assign.Pos())
			s = s.move(open|maybe|done, unborn)
		case t.errs[obj] && !t.mentions(assign.Rhs, obj):
			s = s.move(pending, held|done).move(paired, held)
		}
	}
	if t.pgx && t.kind == Rows && len(assign.Rhs) == 1 {
		if call, ok := assign.Rhs[0].(*ast.CallExpr); ok {
			if sel, ok := call.Fun.(*ast.SelectorExpr); ok && t.object(sel.X) == t.obj && (sel.Sel.Name == "Scan" || sel.Sel.Name == "Values") {
				for err := range t.errorsOf(assign) {
					t.errs[err] = true
					s = s.move(held|paired, pending) // a Scan that fails closes the rows
				}
			}
		}
	}
	return s
}

// end passes a state through something that ends the obligation, as far as can
// be seen.
func (t *truth) end(s state, pos token.Pos, e effect) state {
	if s&(open|maybe) == 0 {
		return s
	}
	verb := map[effect]string{drains: "drained", escapes: "handed over", releases: "released"}[e]
	t.why = append(t.why, verb+" at line "+t.line(pos))
	return s.move(open|maybe, done)
}

// line returns the line of a position.
func (t *truth) line(pos token.Pos) string {
	return strconv.Itoa(t.prog.position(pos).Line)
}

// isNamedResult reports whether the variable is a result of the function.
func (t *truth) isNamedResult() bool {
	typ, _ := funcParts(t.fn.Node())
	return typ.Results != nil && t.obj.Pos() >= typ.Results.Pos() && t.obj.Pos() < typ.Results.End()
}

// effectIn returns the greatest effect of the uses of the resource in a node.
func (t *truth) effectIn(n ast.Node) effect {
	at, ok := t.root.FindNode(n)
	if !ok {
		return borrows // made by the control-flow graph
	}
	most := borrows
	t.uses(at, t.names, func(cur inspector.Cursor) {
		if e := t.use(cur, t.kind); !t.inProxy(at, cur) && (e != escapes || !t.borrowers[passedTo(cur)]) {
			most = max(most, e)
		}
	})
	for _, f := range t.proxy {
		t.uses(at, []types.Object{f.obj}, func(cur inspector.Cursor) {
			switch called := cur.ParentEdgeKind() == edge.CallExpr_Fun; {
			case called && f.effect == releases && f.lit != nil:
				most = max(most, t.closure(f.lit.Body))
			case called || t.use(cur, t.kind) != borrows:
				most = max(most, f.effect)
			}
		})
	}
	return most
}

// inProxy reports whether a use is inside a function literal that is bound to a
// variable in the node: it happens when that is called.
func (t *truth) inProxy(node, use inspector.Cursor) bool {
	for lit := range use.Enclosing((*ast.FuncLit)(nil)) {
		if !node.Contains(lit) {
			return false
		}
		if f := t.boundTo(lit); f != nil {
			return true
		}
	}
	return false
}

// deferred passes a state through a defer statement.
func (t *truth) deferred(d *ast.DeferStmt, s state) state {
	e := t.effectIn(d)
	if lit := t.literal(d.Call.Fun); lit != nil && e == releases && len(d.Call.Args) == 0 {
		e = t.closure(lit.Body)
	}
	switch e {
	case borrows:
		return s
	case partly:
		return s.move(unborn, armedMaybe).move(open, maybe)
	}
	return t.end(s, d.Pos(), e).move(unborn, armed)
}

// literal returns the function literal that is called: one that stands there, or
// that of a proxy.
func (t *truth) literal(fun ast.Expr) *ast.FuncLit {
	if lit, ok := fun.(*ast.FuncLit); ok {
		return lit
	}
	obj := t.object(fun)
	for _, f := range t.proxy {
		if f.obj == obj {
			return f.lit
		}
	}
	return nil
}

// maxDepth is how many closures deep the analysis looks.
const maxDepth = 3

// closure tells what a closure does to the resource if no panic is under way.
func (t *truth) closure(body *ast.BlockStmt) effect {
	inner := *t
	inner.quiet, inner.why = true, nil
	if inner.depth++; inner.depth > maxDepth {
		return releases // closures that call each other
	}
	exits, _ := inner.flow(body, held)
	var all state
	for _, s := range exits {
		all |= s
	}
	switch {
	case all&(open|maybe) == 0:
		return releases
	case all&(done|maybe) != 0:
		return partly
	}
	return borrows
}
