package mutate

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/cfg"
)

// A Verdict says whether a function leaks the resource of a site.
type Verdict struct {
	Leaks  bool
	Unsure bool   // only possibly: a deferred closure decides at run time
	Why    string // what releases it, takes it over, or where it is left open
}

// A state is a set of conditions that the resource can be in at one point.
type state uint8

const (
	unborn     state = 1 << iota
	armed            // unborn, and a deferred release is waiting for it
	armedMaybe       // the same with one that may not release
	pending          // held if the error is nil
	paired           // held, and the error is nil
	held             // and nothing is known of the error
	maybe            // held, and a deferred closure may release it
	done             // released, failed, or out of sight

	open = pending | paired | held
)

// move replaces the conditions in from by those in to.
func (s state) move(from, to state) state {
	if s&from == 0 {
		return s
	}
	return s&^from | to
}

// A truth finds out what becomes of one resource in the function that acquires
// it, by data flow over the function's control-flow graph. It knows one
// variable and its error, takes every other condition for free, and gives up
// (says done) where the resource goes out of sight. So it sees a leak where
// there is one on the face of the code, which is what a mutant must have.
type truth struct {
	view
	site  *Site
	call  *ast.CallExpr
	obj   types.Object
	names []types.Object        // obj and what else holds the resource
	errs  map[types.Object]bool // paired with the resource
	tags  map[ast.Expr]ast.Expr // of switches, by case expression
	panic map[types.Object]bool // results of recover
	proxy []*proxy
	fn    inspector.Cursor
	pgx   bool
	why   []string

	quiet bool // in a deferred closure
	lost  token.Pos
	vague bool
}

// judge tells what becomes of a site's resource, in the original or a mutant.
func (s *Site) judge(v view, call inspector.Cursor) Verdict {
	if s.Kind == Rows || s.Kind == Row || s.Kind == Stmt {
		if tx := v.owner(call); tx != "" {
			return Verdict{Why: "ends with " + tx}
		}
	}
	if s.obj == nil {
		return s.judgeChained(call)
	}
	fn, decl := innermostFunc(call)
	if (s.Kind == DB || s.Kind == Conn) && declName(decl.Node()) == "main" && s.pkg.Types.Name() == "main" {
		return Verdict{Why: "alive until main returns"}
	}
	node := call.Node().(*ast.CallExpr)
	t := &truth{view: v, site: s, call: node, fn: fn, obj: v.destination(call, s.result)}
	if t.obj == nil {
		return Verdict{Why: "not in a local variable"}
	}
	if typ, body := funcParts(fn.Node()); t.obj.Pos() < typ.Pos() || t.obj.Pos() >= body.End() {
		return Verdict{Unsure: true, Why: "acquired in a closure"}
	}
	t.prepare(decl)
	return t.verdict()
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

// owner returns the transaction that the result of a call ends with, or "".
func (v view) owner(call inspector.Cursor) string {
	sel, ok := ast.Unparen(call.Node().(*ast.CallExpr).Fun).(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	if t := v.info.TypeOf(sel.X); t != nil && endsTx(t) {
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

// prepare collects what the function says about the resource's companions.
func (t *truth) prepare(decl inspector.Cursor) {
	t.errs, t.panic = make(map[types.Object]bool), make(map[types.Object]bool)
	t.tags = make(map[ast.Expr]ast.Expr)
	t.names = t.view.names(t.fn, t.obj)
	t.proxy = t.proxies(decl, t.names, t.site.Kind)
	if at, ok := t.root.FindNode(t.call); ok && at.ParentEdgeKind() == edge.AssignStmt_Rhs {
		t.errs = t.errorsOf(at.Parent().Node().(*ast.AssignStmt))
	}
	if named := namedOf(t.obj.Type()); named != nil && named.Obj().Pkg() != nil {
		t.pgx = isPgx(named.Obj().Pkg().Path())
	}
	for cur := range decl.Preorder((*ast.SwitchStmt)(nil), (*ast.AssignStmt)(nil)) {
		switch n := cur.Node().(type) {
		case *ast.SwitchStmt:
			for _, clause := range n.Body.List {
				for _, e := range clause.(*ast.CaseClause).List {
					if n.Tag != nil {
						t.tags[e] = n.Tag
					}
				}
			}
		case *ast.AssignStmt:
			if len(n.Rhs) == 1 && isRecover(n.Rhs[0]) {
				t.panic[t.object(n.Lhs[0])] = true
			}
		}
	}
}

// errorsOf returns the error variables that an assignment sets.
func (t *truth) errorsOf(assign *ast.AssignStmt) map[types.Object]bool {
	errs := make(map[types.Object]bool)
	for _, e := range assign.Lhs {
		if obj := t.object(e); obj != nil && isError(obj.Type()) {
			errs[obj] = true
		}
	}
	return errs
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

// flow runs the analysis over a function body. It returns the state at each
// exit, and the exits in the order of the source.
func (t *truth) flow(body *ast.BlockStmt, entry state) (map[token.Pos]state, []token.Pos) {
	graph := cfg.New(body, mayReturn)
	in := make([]state, len(graph.Blocks))
	in[0] = entry
	exits := make(map[token.Pos]state)
	var ended []token.Pos
	for work := []*cfg.Block{graph.Blocks[0]}; len(work) > 0; {
		b := work[0]
		work = work[1:]
		out := t.block(b, in[b.Index])
		if ret := b.Return(); ret != nil {
			if _, ok := exits[ret.Pos()]; !ok {
				ended = append(ended, ret.Pos())
			}
			exits[ret.Pos()] |= out[0]
		}
		for i, succ := range b.Succs {
			if more := in[succ.Index] | out[i]; more != in[succ.Index] {
				in[succ.Index] = more
				work = append(work, succ)
			}
		}
	}
	slices.Sort(ended)
	return exits, ended
}

// block passes a state through a block and returns the states for its
// successors.
func (t *truth) block(b *cfg.Block, s state) [2]state {
	for i, n := range b.Nodes {
		if e, ok := n.(ast.Expr); ok && i == len(b.Nodes)-1 && len(b.Succs) == 2 && b.Succs[0].Kind != cfg.KindRangeBody {
			if tag := t.tags[e]; tag != nil {
				e = &ast.BinaryExpr{X: tag, Op: token.EQL, Y: e}
			}
			yes, no := t.cond(e, s)
			return [2]state{yes, no}
		}
		s = t.node(n, s)
	}
	return [2]state{s, s}
}
