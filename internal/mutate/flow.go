package mutate

import (
	"go/ast"
	"go/token"
	"go/types"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/cfg"
	"slices"
)

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
	kind  Kind
	call  *ast.CallExpr // nil for a parameter
	obj   types.Object
	names []types.Object        // obj and what else holds the resource
	errs  map[types.Object]bool // paired with the resource
	tags  map[ast.Expr]ast.Expr // of switches, by case expression
	panic map[types.Object]bool // results of recover
	proxy []*proxy

	borrowers map[*ast.CallExpr]bool // known to give the resource back
	fn        inspector.Cursor
	pgx       bool
	why       []string

	quiet bool // in a closure or for a parameter: no acquisition, nothing is lost
	depth int
	lost  token.Pos
	vague bool
}

// newTruth returns the truth about a variable of a function, with what the
// function says about the variable's companions.
func newTruth(v view, fn inspector.Cursor, obj types.Object, kind Kind) *truth {
	t := &truth{
		view: v, kind: kind, fn: fn, obj: obj, names: v.names(fn, obj),
		errs: make(map[types.Object]bool), panic: make(map[types.Object]bool), tags: make(map[ast.Expr]ast.Expr),
	}
	t.proxy = t.proxies(fn, t.names, kind)
	if named := namedOf(t.obj.Type()); named != nil && named.Obj().Pkg() != nil {
		t.pgx = isPgx(named.Obj().Pkg().Path())
	}
	for cur := range fn.Preorder((*ast.SwitchStmt)(nil), (*ast.AssignStmt)(nil)) {
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
	return t
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
