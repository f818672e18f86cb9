package mutate

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// A Verdict says whether a function leaks the resource of a site.
type Verdict struct {
	Leaks   bool
	Assumed bool   // that calls whose callee cannot be seen give it back
	Unsure  bool   // only possibly: a deferred closure decides at run time
	Why     string // what releases it, takes it over, or where it is left open
}

// judge tells what becomes of a site's resource, in the original or a mutant.
// The calls that borrow it are those to which that very code lends it, and in
// another attempt those to which the original does.
func (s *Site) judge(v view, call inspector.Cursor, borrowers []*ast.CallExpr) Verdict {
	if s.Kind == Rows || s.Kind == Row || s.Kind == Stmt {
		if tx := v.owner(call); tx != "" {
			return Verdict{Why: "ends with " + tx}
		}
	}
	if s.obj == nil {
		return s.judgeChained(call)
	}
	if node := call.Node().(*ast.CallExpr); (s.Kind == DB || s.Kind == Conn) && len(node.Args) == 0 && accessors[calleeName(call)] {
		return Verdict{Why: "lent by an accessor"}
	}
	if _, decl := innermostFunc(call); (s.Kind == DB || s.Kind == Conn) && declName(decl.Node()) == "main" && s.pkg.Types.Name() == "main" {
		return Verdict{Why: "alive until main returns"}
	}
	t := s.truth(v, call)
	if t == nil {
		return Verdict{Unsure: true, Why: "acquired in a closure"}
	}
	t.lend(t.lent())
	verdict := t.verdict()
	if verdict.Leaks || len(borrowers) == 0 {
		return verdict
	}
	t = s.truth(v, call)
	t.lend(append(t.lent(), borrowers...))
	if assumed := t.verdict(); assumed.Leaks {
		assumed.Assumed = true
		assumed.Why += ", unless taken over: " + verdict.Why
		return assumed
	}
	return verdict
}

// truth returns the truth about the site's variable, in the original or a
// mutant, or nil if the function that acquires the resource does not own the
// variable.
func (s *Site) truth(v view, call inspector.Cursor) *truth {
	fn, _ := innermostFunc(call)
	obj := v.destination(call, s.result)
	if obj == nil {
		return nil
	}
	if typ, body := funcParts(fn.Node()); obj.Pos() < typ.Pos() || obj.Pos() >= body.End() {
		return nil
	}
	t := newTruth(v, fn, obj, s.Kind)
	t.call = call.Node().(*ast.CallExpr)
	t.proxy = append(t.proxy, v.cleanups(call)...)
	if assign, ok := call.Parent().Node().(*ast.AssignStmt); ok {
		t.errs = t.errorsOf(assign)
	}
	return t
}

// lent returns the calls that the original lends its resource to.
func (s *Site) lent() []*ast.CallExpr {
	if s.obj == nil {
		return nil
	}
	if t := s.truth(s.view, s.call); t != nil {
		return t.lent()
	}
	return nil
}

// judgeChained is judge for a resource that no variable holds: it is released
// where it stands, or never.
func (s *Site) judgeChained(call inspector.Cursor) Verdict {
	if call.ParentEdgeKind() == edge.SelectorExpr_X {
		if name := call.Parent().Node().(*ast.SelectorExpr).Sel.Name; s.Kind.releases(name) {
			return Verdict{Why: name + " in the same expression"}
		}
	}
	return Verdict{Leaks: true, Why: "never released"}
}

// isError reports whether a type is error.
func isError(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

// owner returns the transaction or batch that the result of a call ends with, or "".
func (v view) owner(call inspector.Cursor) string {
	sel, ok := ast.Unparen(call.Node().(*ast.CallExpr).Fun).(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	if t := v.info.TypeOf(sel.X); t != nil && ownsResults(t) {
		return types.ExprString(sel.X)
	}
	if inner, ok := ast.Unparen(sel.X).(*ast.CallExpr); ok { // tx.Stmt(s).Query()
		if at, ok := v.root.FindNode(inner); ok {
			return v.owner(at)
		}
	}
	// A statement that was made by a transaction.
	obj := v.object(sel.X)
	if obj == nil {
		return ""
	}
	_, decl := innermostFunc(call)
	for cur := range decl.Preorder((*ast.AssignStmt)(nil)) {
		assign := cur.Node().(*ast.AssignStmt)
		if len(assign.Rhs) != 1 || v.object(assign.Lhs[0]) != obj {
			continue
		}
		if from, ok := assign.Rhs[0].(*ast.CallExpr); ok && from != call.Node() {
			if at, ok := v.root.FindNode(from); ok {
				return v.owner(at)
			}
		}
	}
	return ""
}

// verdict runs the analysis.
func (t *truth) verdict() Verdict {
	_, body := funcParts(t.fn.Node())
	exits, ended := t.flow(body, unborn)
	for _, pos := range ended {
		if exits[pos]&open != 0 && (t.lost == token.NoPos || pos < t.lost) {
			t.lost = pos
		}
	}
	if t.lost != token.NoPos {
		return Verdict{Leaks: true, Why: "open at line " + t.line(t.lost)}
	}
	for _, s := range exits {
		t.vague = t.vague || s&maybe != 0
	}
	slices.Sort(t.why)
	return Verdict{Unsure: t.vague, Why: strings.Join(slices.Compact(t.why), ", ")}
}
