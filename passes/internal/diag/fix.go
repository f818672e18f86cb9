package diag

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/passes/internal/lifecycle"
	"github.com/connvet/connvet/passes/internal/resource"
)

// A fixer looks for the edits that mend one finding. It is conservative: what
// it suggests compiles, releases what leaks, and touches no path on which the
// resource is handed on. Where it cannot be sure it suggests nothing.
type fixer struct {
	r    *Reporter
	f    *lifecycle.Finding
	s    *site
	info *types.Info
	fn   ast.Node     // the function, or literal, that acquires
	obj  types.Object // the variable at the root of the target; nil if it is new
	name string       // the target as it is written
	typ  types.Type   // its type
}

// newFixer prepares a fix, nil if there can be none.
func (r *Reporter) newFixer(f *lifecycle.Finding, s *site) *fixer {
	x := &fixer{r: r, f: f, s: s, info: r.pass.TypesInfo, fn: funcAround(s.path)}
	if x.fn == nil || f.Kind == resource.Row || jumpsBack(x.info, outermostBody(s.path)) {
		return nil
	}
	if s.blank {
		return x
	}
	id := rootIdent(s.target)
	if id == nil {
		return nil
	}
	v, ok := x.info.ObjectOf(id).(*types.Var)
	if !ok {
		return nil
	}
	x.obj, x.name, x.typ = v, types.ExprString(s.target), x.info.TypeOf(s.target)
	if x.outlives() {
		return nil
	}
	return x
}

// fixes returns the fixes of a leak, at most one.
func (r *Reporter) fixes(f *lifecycle.Finding, s *site) []analysis.SuggestedFix {
	if !s.src.fixable() {
		return nil
	}
	if fix, ok := r.execFix(f, s); ok {
		return []analysis.SuggestedFix{fix}
	}
	x := r.newFixer(f, s)
	if x == nil {
		return nil
	}
	ways := []func() (analysis.SuggestedFix, bool){x.deferFix, x.exitFix}
	if s.blank {
		ways = []func() (analysis.SuggestedFix, bool){x.nameFix}
	}
	for _, way := range ways {
		if fix, ok := way(); ok {
			return []analysis.SuggestedFix{fix}
		}
	}
	return nil
}

// deferFix defers the release behind the check of the error. That is right
// where the resource lives and ends in this function: not where another path
// hands it on, and not in a loop.
func (x *fixer) deferFix() (fix analysis.SuggestedFix, ok bool) {
	if x.f.Moved || loopAround(x.s.path) != nil || x.obj != nil && !inside(x.obj.Pos(), x.fn) {
		return fix, false
	}
	if x.f.Wrapper != nil && x.r.releasedSomewhere(x.f, x.s) {
		return fix, false // who knows whether it may be released twice
	}
	if x.releasedLater() || x.looksKept() {
		return fix, false
	}
	sp, ok := x.spotOf()
	if !ok {
		return fix, false
	}
	for _, e := range x.f.Exits {
		if !x.deferCovers(sp, e) {
			return fix, false
		}
	}
	call := x.releaseCall(sp.pos)
	if call == "" {
		return fix, false
	}
	text := "defer " + call
	fix.Message = text
	fix.TextEdits = []analysis.TextEdit{sp.edit(x.guarded(text, sp.maybe))}
	return fix, true
}

// deferCovers reports whether a release that is deferred at the spot comes in
// time for an exit.
func (x *fixer) deferCovers(sp spot, e lifecycle.Exit) bool {
	path := x.pathAt(e.Pos)
	if e.Lost || funcAround(path) != x.fn {
		return false
	}
	if e.Hang {
		// The Close that waits runs later only if it was deferred before.
		_, deferred := innermostStmt(path).(*ast.DeferStmt)
		return deferred && e.Pos < x.s.call.Pos()
	}
	return e.Pos > sp.pos
}

// guarded puts a statement behind a nil check, if that is wanted.
func (x *fixer) guarded(stmt string, guard bool) []string {
	if !guard {
		return []string{stmt}
	}
	return []string{"if " + x.name + " != nil {", "\t" + stmt, "}"}
}

// exitFix releases before each exit that leaves the resource open.
func (x *fixer) exitFix() (fix analysis.SuggestedFix, ok bool) {
	sp, found := x.spotOf()
	if !found && loopAround(x.s.path) != nil {
		return fix, false
	}
	var points []place
	var tails []analysis.TextEdit
	for _, e := range x.f.Exits {
		if p, ok := x.beforeExit(sp, e); ok {
			points = append(points, p)
			continue
		}
		if edits := x.afterTail(sp, e); edits != nil {
			tails = append(tails, edits...)
			continue
		}
		if !e.Lost && x.visible(x.obj, e.Pos) || !found {
			return fix, false
		}
		leaving, ok := x.leavings(sp)
		if !ok {
			return fix, false
		}
		points = append(points, leaving...)
	}
	edits, ok := x.releasesAt(points, sp)
	fix.TextEdits = append(edits, tails...)
	fix.Message = x.callName() + " before it is lost"
	return fix, ok && len(fix.TextEdits) > 0
}

// callName tells in a fix's message what it calls.
func (x *fixer) callName() string {
	if x.s.closer {
		return "call " + x.name
	}
	return "call " + x.name + "." + x.r.releaseMethod(x.f)
}

// releasesAt releases at each place.
func (x *fixer) releasesAt(points []place, sp spot) (edits []analysis.TextEdit, ok bool) {
	slices.SortFunc(points, func(a, b place) int { return int(a.pos - b.pos) })
	points = slices.Compact(points)
	for _, p := range points {
		lines := x.releaseLines(sp, p.pos)
		if lines == nil {
			return nil, false
		}
		edits = append(edits, p.edit(lines))
	}
	return edits, true
}

// releaseLines releases where pos is, nil if that cannot be written: behind a
// nil check where it is not certain that there is a resource.
func (x *fixer) releaseLines(sp spot, pos token.Pos) []string {
	stmt := x.releaseStmt(pos)
	certain := sp.covers(pos) && !x.labelBetween(sp.pos, pos)
	if stmt == "" || x.reassignedBefore(pos) || !certain && !nilable(x.typ) {
		return nil
	}
	return x.guarded(stmt, !certain)
}

// beforeExit is the place before a return, or at the end of a function.
func (x *fixer) beforeExit(sp spot, e lifecycle.Exit) (place, bool) {
	if e.Lost || !x.s.src.contains(e.Pos) {
		return place{}, false
	}
	path := x.pathAt(e.Pos)
	if e.End {
		body := bodyOf(funcAround(path))
		if body == nil || body.Rbrace != e.Pos || !x.visible(x.obj, e.Pos) || x.mayBeMoved(path) {
			return place{}, false
		}
		return x.s.src.bottom(body)
	}
	if !x.visible(x.obj, e.Pos) || x.mayBeMoved(path) || x.ofOtherIteration(sp, e.Pos) {
		return place{}, false
	}
	switch st := innermostStmt(path).(type) {
	case *ast.ReturnStmt:
		if !x.needs(st) {
			return x.s.src.ahead(st.Pos())
		}
	case *ast.ExprStmt, *ast.AssignStmt:
		if e.Hang {
			return x.s.src.ahead(st.Pos())
		}
	}
	return place{}, false
}

// ofOtherIteration reports whether the variable at pos, in the loop of the
// acquisition but not behind it, is another one than what leaks there.
func (x *fixer) ofOtherIteration(sp spot, pos token.Pos) bool {
	loop := loopAround(x.s.path)
	if loop == nil || !inside(pos, loop) || pos > sp.pos {
		return false
	}
	return pos < x.s.call.Pos() || x.kept()
}

// needs reports whether a return statement still uses the resource in a way
// that the release would spoil. The error of closed rows can still be asked
// for.
func (x *fixer) needs(ret *ast.ReturnStmt) bool {
	found := false
	for _, e := range ret.Results {
		ast.Inspect(e, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				sel, ok := n.Fun.(*ast.SelectorExpr)
				if ok && x.f.Kind == resource.Rows && x.f.Wrapper == nil && sel.Sel.Name == "Err" &&
					types.ExprString(sel.X) == x.name {
					return false
				}
			case *ast.Ident:
				found = found || x.info.Uses[n] == x.obj
			}
			return !found
		})
	}
	return found
}

// mayBeMoved reports whether an exit may also be reached with the resource
// handed on. What is handed on by return statements is not, and neither is what
// leaves by a branch of its own: the code that fails after the resource has
// found another owner is rare, and the engine would not call it open.
func (x *fixer) mayBeMoved(path []ast.Node) bool {
	if !x.f.Moved || x.movedByReturn() {
		return false
	}
	fn := funcAround(path)
	for _, n := range path {
		switch n.(type) {
		case *ast.IfStmt, *ast.CaseClause, *ast.CommClause, *ast.ForStmt, *ast.RangeStmt:
			return false
		}
		if n == fn {
			break
		}
	}
	return true
}

// pathAt returns the nodes around pos, innermost first.
func (x *fixer) pathAt(pos token.Pos) []ast.Node { return x.s.src.pathAt(pos) }
