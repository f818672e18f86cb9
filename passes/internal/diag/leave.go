package diag

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/passes/internal/lifecycle"
)

// leavings are the places at which control leaves the block that has the
// resource, other than by return: before a break or continue, and at its end.
func (x *fixer) leavings(sp spot) ([]place, bool) {
	if x.f.Moved && !x.movedByReturn() || x.kept() || x.usedBehind(sp.block) {
		return nil, false
	}
	if x.f.Wrapper != nil && x.r.releasedSomewhere(x.f, x.s) {
		return nil, false
	}
	w := &leaver{x: x, sp: sp, ok: true}
	w.branches(sp.block)
	list, _ := listOf(sp.block)
	if !x.r.terminates(list) {
		w.atEnd(list)
	}
	return w.places, w.ok
}

// usedBehind reports whether the variable is still used after the block, or by
// the next iteration before it acquires.
func (x *fixer) usedBehind(block ast.Node) bool {
	loop := loopAround(x.s.path)
	again := loop != nil && !inside(x.obj.Pos(), loop)
	found := false
	ast.Inspect(outermostBody(x.s.path), func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && x.info.Uses[id] == x.obj {
			found = found || id.Pos() >= block.End() ||
				again && inside(id.Pos(), loop) && id.Pos() < x.s.call.Pos() && !x.isTarget(id)
		}
		return !found
	})
	return found
}

// isTarget reports whether the identifier is that of the target itself.
func (x *fixer) isTarget(id *ast.Ident) bool { return rootIdent(x.s.target) == id }

// A leaver collects places.
type leaver struct {
	x      *fixer
	sp     spot
	places []place
	ok     bool
}

// branches finds the branch statements that lead out of the block.
func (w *leaver) branches(block ast.Node) {
	var stack []ast.Node
	ast.Inspect(block, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return false
		}
		if _, ok := n.(*ast.FuncLit); ok {
			return false
		}
		if b, ok := n.(*ast.BranchStmt); ok && b.Pos() >= w.sp.pos && !staysIn(stack, b) && !w.onFailure(stack) {
			if list, ok := listOf(stack[len(stack)-1]); !ok || !w.releasedBefore(list, b) {
				p, ok := w.x.s.src.ahead(b.Pos())
				w.add(p, ok && b.Tok != token.FALLTHROUGH && b.Tok != token.GOTO)
			}
		}
		stack = append(stack, n)
		return true
	})
}

func (w *leaver) add(p place, ok bool) {
	w.places = append(w.places, p)
	w.ok = w.ok && ok
}

// staysIn reports whether a branch statement leads to a statement on the
// stack below its first element.
func staysIn(stack []ast.Node, b *ast.BranchStmt) bool {
	for i := len(stack) - 1; i > 0; i-- {
		if b.Label != nil {
			if l, ok := stack[i].(*ast.LabeledStmt); ok && l.Label.Name == b.Label.Name {
				return true
			}
			continue
		}
		switch stack[i].(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			return true
		case *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
			if b.Tok != token.CONTINUE {
				return true
			}
		}
	}
	return false
}

// onFailure reports whether the top of the stack is in a branch that is taken
// because the acquisition failed.
func (w *leaver) onFailure(stack []ast.Node) bool {
	err, _ := w.x.errorVar()
	for i := len(stack) - 1; i > 0; i-- {
		if st, ok := stack[i-1].(*ast.IfStmt); ok && stack[i] == ast.Node(st.Body) && w.sp.maybe &&
			testOf(w.x.info, st.Cond, err) == isFailed && !w.x.assignedBefore(err, st.Cond.Pos()) {
			return true
		}
	}
	return false
}

// assignedBefore reports whether v is assigned between the acquisition and pos.
func (x *fixer) assignedBefore(v types.Object, pos token.Pos) bool {
	found := false
	ast.Inspect(outermostBody(x.s.path), func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok && x.s.call.End() < a.Pos() && a.Pos() < pos {
			for _, e := range a.Lhs {
				id, ok := e.(*ast.Ident)
				found = found || ok && x.info.ObjectOf(id) == v
			}
		}
		return !found
	})
	return found
}

// releasedBefore reports whether the statement before st releases already.
func (w *leaver) releasedBefore(list []ast.Stmt, st ast.Stmt) bool {
	for i := 1; i < len(list); i++ {
		if list[i] == st {
			return w.releases(list[i-1])
		}
	}
	return false
}

// releases reports whether a statement, or the head of an if statement, releases
// the resource by name.
func (w *leaver) releases(st ast.Stmt) bool {
	switch head := st.(type) {
	case *ast.IfStmt:
		return head.Init != nil && w.releases(head.Init)
	case *ast.ExprStmt, *ast.AssignStmt:
	default:
		return false
	}
	found := false
	text := w.x.name
	ast.Inspect(st, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && types.ExprString(sel.X) == text {
			found = found || w.x.r.releases(w.x.f, sel.Sel.Name) && sel.Sel.Name != "Next"
		}
		return !found
	})
	return found
}

// atEnd is the end of the block.
func (w *leaver) atEnd(list []ast.Stmt) {
	if len(list) > 0 && w.releases(list[len(list)-1]) {
		return
	}
	if b, ok := w.sp.block.(*ast.BlockStmt); ok {
		w.add(w.x.s.src.bottom(b))
		return
	}
	if len(list) == 0 {
		w.ok = false
		return
	}
	w.add(w.x.s.src.behind(list[len(list)-1]))
}

// loopFixes releases at the end of each iteration what a deferred call releases
// too late. The call stays, for the exits.
func (r *Reporter) loopFixes(f *lifecycle.Finding, s *site, deferred token.Pos) []analysis.SuggestedFix {
	x := r.newFixer(f, s)
	if x == nil || !s.src.fixable() || f.Moved || f.Wrapper != nil {
		return nil
	}
	sp, ok := x.spotOf()
	if !ok || deferred < sp.pos || deferred >= sp.block.End() {
		return nil
	}
	places, ok := x.leavings(sp)
	for _, e := range f.Exits {
		// Without the defer's finding these would be connleak's.
		if x.visible(x.obj, e.Pos) {
			p, found := x.beforeExit(sp, e)
			places, ok = append(places, p), ok && found
		}
	}
	if !ok {
		return nil
	}
	edits, ok := x.releasesAt(places, sp)
	if !ok || len(edits) == 0 {
		return nil
	}
	return []analysis.SuggestedFix{{Message: x.callName() + " at the end of each iteration", TextEdits: edits}}
}
