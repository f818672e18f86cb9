package mutate

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/cfg"
)

// Where a resource is passed to code that cannot be seen, a function that
// releases it afterwards says by that, that the callee does not. A mutant has
// lost the release, and so the proof, but the original still has it.

// lent returns the calls to which the function passes the resource and after
// which it may still release it by itself.
func (t *truth) lent() []*ast.CallExpr {
	_, body := funcParts(t.fn.Node())
	graph := cfg.New(body, mayReturn)
	defer func() { t.why = nil }() // of no interest so far
	deferred := false
	for _, b := range graph.Blocks {
		for _, n := range b.Nodes {
			if d, ok := n.(*ast.DeferStmt); ok && b.Live && t.deferred(d, held) != held {
				deferred = true
			}
		}
	}
	var all []*ast.CallExpr
	for _, b := range graph.Blocks {
		for i, n := range b.Nodes {
			calls := t.takers(n)
			if len(calls) > 0 && (deferred || t.releasedAfter(b, i+1, make(map[*cfg.Block]bool))) {
				all = append(all, calls...)
			}
		}
	}
	return all
}

// lend makes calls borrow the resource.
func (t *truth) lend(calls []*ast.CallExpr) {
	t.borrowers = make(map[*ast.CallExpr]bool)
	for _, call := range calls {
		t.borrowers[call] = true
	}
}

// releasedAfter reports whether the function may release the resource at a node
// of a block or later.
func (t *truth) releasedAfter(b *cfg.Block, i int, seen map[*cfg.Block]bool) bool {
	for _, n := range b.Nodes[i:] {
		if e := t.effectIn(n); e != borrows && e != escapes {
			return true
		}
	}
	for _, succ := range b.Succs {
		if !seen[succ] {
			seen[succ] = true
			if t.releasedAfter(succ, 0, seen) {
				return true
			}
		}
	}
	return false
}

// takers returns the calls in a node that the resource is passed to and that may
// take it over.
func (t *truth) takers(n ast.Node) []*ast.CallExpr {
	at, ok := t.root.FindNode(n)
	if !ok {
		return nil
	}
	var all []*ast.CallExpr
	t.uses(at, t.names, func(cur inspector.Cursor) {
		if call := passedTo(cur); call != nil && t.use(cur, t.kind) == escapes {
			all = append(all, call)
		}
	})
	return all
}

// passedTo returns the call that an expression is an argument of, by itself or
// in a composite literal, or nil.
func passedTo(cur inspector.Cursor) *ast.CallExpr {
	for {
		switch cur.ParentEdgeKind() {
		case edge.ParenExpr_X, edge.KeyValueExpr_Value, edge.CompositeLit_Elts:
		case edge.UnaryExpr_X:
			if cur.Parent().Node().(*ast.UnaryExpr).Op != token.AND {
				return nil
			}
		case edge.CallExpr_Args:
			return cur.Parent().Node().(*ast.CallExpr)
		default:
			return nil
		}
		cur = cur.Parent()
	}
}
