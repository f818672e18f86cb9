package lifecycle

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/resource"
	"github.com/connvet/connvet/passes/internal/summary"
)

// assume restricts st to the paths on which cond has the truth value, and
// reports whether there are any.
func (e *engine) assume(st *state, cond ssa.Value, truth bool) bool {
	if e.birth == nil && st.status == open && e.readsState(st, cond) {
		st.ownState = true
	}
	t := e.denotes(st, cond)
	want := summary.False
	if truth {
		want = summary.True
	}
	if f := e.fact(st, t); f != 0 {
		return f == want
	}
	if q, yes := e.test(st, cond); q != noSym {
		if f := e.decide(st, q); f != 0 {
			return (f == yes) == truth
		}
		if !truth {
			yes = yes.Not()
		}
		e.decided(st, q, yes)
	}
	val := e.tab.infos[t].val
	if val == nil {
		val = cond
	}
	switch v := val.(type) {
	case *ssa.UnOp:
		if v.Op == token.NOT {
			return e.assume(st, v.X, !truth)
		}
	case *ssa.BinOp:
		switch v.Op {
		case token.EQL:
			return e.assumeEqual(st, v, truth)
		case token.NEQ:
			return e.assumeEqual(st, v, !truth)
		default:
			if holds, known := e.compare(st, v); known {
				return holds == truth
			}
		}
	case *ssa.Call:
		if !e.implications(st, v, want) {
			return false
		}
	case *ssa.Extract:
		if a, ok := v.Tuple.(*ssa.TypeAssert); ok && v.Index == 1 && truth && !e.learn(st, e.denotes(st, a.X), summary.NonNil) {
			return false // nil is of no type
		}
	}
	return e.learn(st, t, want)
}

// compare decides a comparison of numbers that are known: the first test of a
// loop with constant bounds.
func (e *engine) compare(st *state, v *ssa.BinOp) (holds, known bool) {
	x, y := e.tab.infos[e.denotes(st, v.X)], e.tab.infos[e.denotes(st, v.Y)]
	if !x.isInt || !y.isInt {
		return false, false
	}
	switch v.Op {
	case token.LSS:
		return x.num < y.num, true
	case token.LEQ:
		return x.num <= y.num, true
	case token.GTR:
		return x.num > y.num, true
	case token.GEQ:
		return x.num >= y.num, true
	}
	return false, false
}

// readsState reports whether cond compares a field of what a parameter
// points to.
func (e *engine) readsState(st *state, cond ssa.Value) bool {
	switch v := cond.(type) {
	case *ssa.UnOp:
		switch v.Op {
		case token.NOT:
			return e.readsState(st, v.X)
		case token.MUL:
			_, isField := v.X.(*ssa.FieldAddr)
			if !isField {
				return false
			}
			_, _, ok := origin(e.root, v, 0)
			return ok
		}
	case *ssa.BinOp:
		return e.readsState(st, v.X) || e.readsState(st, v.Y)
	}
	return false
}

// rangesOverIt reports whether the branch keeps a loop going over a container
// that holds the resource.
func (e *engine) rangesOverIt(st *state, branch *ssa.If) bool {
	switch v := branch.Cond.(type) {
	case *ssa.BinOp:
		if call, ok := v.Y.(*ssa.Call); ok && v.Op == token.LSS {
			if b, ok := call.Call.Value.(*ssa.Builtin); ok && b.Name() == "len" {
				return e.elementHeld(st, call.Call.Args[0])
			}
			return false
		}
		_, counts := v.Y.(*ssa.Const)
		return counts && (v.Op == token.GEQ || v.Op == token.GTR) && e.indexedIn(st, branch.Block().Succs[0])
	case *ssa.Extract:
		next, ok := v.Tuple.(*ssa.Next)
		return ok && v.Index == 0 && e.elementHeld(st, next.Iter)
	}
	return false
}

// elementHeld reports whether the container's elements hold the resource.
func (e *engine) elementHeld(st *state, container ssa.Value) bool {
	t, ok := st.heap[e.tab.address(e.denotes(st, container), "[]")]
	return ok && t != noSym && e.hands(st, t)
}

// indexedIn reports whether the body of a loop that counts down takes elements
// out of a container that holds the resource.
func (e *engine) indexedIn(st *state, body *ssa.BasicBlock) bool {
	if !InCycle(body) {
		return false
	}
	for _, b := range body.Parent().Blocks {
		if !body.Dominates(b) {
			continue
		}
		for _, instr := range b.Instrs {
			if at, ok := instr.(*ssa.IndexAddr); ok && e.elementHeld(st, at.X) {
				return true
			}
		}
	}
	return false
}

// learn adds the fact that t is f, and reports whether that can be.
func (e *engine) learn(st *state, t sym, f summary.Value) bool {
	if t == noSym {
		return true
	}
	if old := e.fact(st, t); old != 0 {
		return old == f
	}
	if t < numConstSyms {
		return true
	}
	st.facts[t] = f
	if t == e.errField && st.status == open && f == summary.NonNil {
		st.status = unborn // gorm: the error is a field of the value
	}
	return true
}

// assumeEqual restricts st to X == Y (or X != Y).
func (e *engine) assumeEqual(st *state, v *ssa.BinOp, equal bool) bool {
	x, y := e.denotes(st, v.X), e.denotes(st, v.Y)
	if x == y && x != noSym && x != symNonNil {
		return equal
	}
	xi, yi := e.tab.infos[x], e.tab.infos[y]
	if xi.isInt && yi.isInt {
		return equal == (xi.num == yi.num)
	}
	if x == symNil || x == symTrue || x == symFalse {
		x, y = y, x
	}
	switch y {
	case symNil, symTrue, symFalse:
		f := e.fact(st, y)
		if !equal {
			f = f.Not()
		}
		if x == symR && st.status == unborn {
			return true
		}
		if call, ok := e.tab.infos[x].val.(*ssa.Call); ok && !e.implications(st, call, f) {
			return false
		}
		return e.learn(st, x, f)
	}
	if yi.isInt || xi.isInt {
		return e.assumeInt(st, x, y, equal)
	}
	if !equal {
		if st.liveErr != noSym && (x == st.liveErr || y == st.liveErr) && (e.pkg.isSentinel(v.X) || e.pkg.isSentinel(v.Y)) {
			// The value that comes with an error comes with this one.
			st.status = unborn
		}
		return true
	}
	// Equal to a sentinel (sql.ErrNoRows, io.EOF) is not nil.
	if e.pkg.isSentinel(v.Y) {
		return e.learn(st, x, summary.NonNil)
	}
	if e.pkg.isSentinel(v.X) {
		return e.learn(st, y, summary.NonNil)
	}
	fx, fy := e.fact(st, x), e.fact(st, y)
	if fx == 0 && fy != 0 {
		return e.learn(st, x, fy)
	}
	if fy == 0 && fx != 0 {
		return e.learn(st, y, fx)
	}
	return fx == fy
}

// assumeInt records that a variable equals a small constant, by letting it
// denote the constant.
func (e *engine) assumeInt(st *state, x, y sym, equal bool) bool {
	if e.tab.infos[x].isInt {
		x, y = y, x
	}
	if e.tab.infos[y].num == 0 {
		f := summary.Nil
		if !equal {
			f = summary.NonNil
		}
		return e.learn(st, x, f)
	}
	if !equal || x < numConstSyms || !e.tab.infos[y].isInt {
		return true
	}
	if e.fact(st, x) == summary.Nil {
		return false
	}
	for v, t := range st.vals {
		if t == x {
			st.vals[v] = y
		}
	}
	for a, t := range st.heap {
		if t == x {
			st.heap[a] = y
		}
	}
	if v := e.tab.infos[x].val; v != nil {
		st.vals[v] = y
	}
	return true
}

// isSentinel reports whether v is loaded from a package-level error variable
// that is set once, at initialization: sql.ErrNoRows, io.EOF.
func (p *pkgInfo) isSentinel(v ssa.Value) bool {
	for {
		switch x := v.(type) {
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.UnOp:
			g, ok := x.X.(*ssa.Global)
			return ok && x.Op == token.MUL && isError(x.Type()) && !p.assignedLater(g)
		default:
			return false
		}
	}
}

// assignedLater reports whether a global is stored to outside of the
// package's initializer.
func (p *pkgInfo) assignedLater(g *ssa.Global) bool {
	if g.Pkg != p.ssa.SSA {
		return false
	}
	if p.assigned == nil {
		p.assigned = make(map[*ssa.Global]bool)
		for _, fn := range p.ssa.Funcs {
			if fn.Synthetic != "package initializer" {
				p.collectAssigned(fn)
				continue
			}
			for _, a := range fn.AnonFuncs {
				p.collectAssigned(a)
			}
		}
	}
	return p.assigned[g]
}

func (p *pkgInfo) collectAssigned(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			var ops [8]*ssa.Value
			_, isLoad := instr.(*ssa.UnOp)
			for _, op := range instr.Operands(ops[:0]) {
				if g, ok := (*op).(*ssa.Global); ok && !isLoad {
					p.assigned[g] = true // stored to, or its address taken
				}
			}
		}
	}
	for _, a := range fn.AnonFuncs {
		p.collectAssigned(a)
	}
}

func isError(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

// implications applies what the truth of a call says of its arguments:
// errors.Is(err, x) means that err is not nil.
func (e *engine) implications(st *state, call *ssa.Call, truth summary.Value) bool {
	obj, fn := staticTarget(&call.Call)
	if obj == nil || call.Call.IsInvoke() {
		return true
	}
	if row := e.pkg.models.Func(obj); row != nil {
		off := 0
		if obj.Signature().Recv() != nil {
			off = 1
		}
		for _, imp := range row.Implies {
			if imp.If.Subject == resource.Result && modelValue(imp.If.Is) == truth && imp.Then.Subject == resource.Param &&
				!e.learn(st, e.denotes(st, call.Call.Args[imp.Then.Index+off]), modelValue(imp.Then.Is)) {
				return false
			}
		}
		return true
	}
	s, _ := e.pkg.summaryOf(target{obj: obj, fn: fn})
	if s == nil {
		s = e.pkg.quiet(target{obj: obj, fn: fn})
	}
	if s == nil {
		return true
	}
	for _, imp := range s.Implies {
		if imp.If.Is == truth && imp.Then.Index < len(call.Call.Args) &&
			!e.learn(st, e.denotes(st, call.Call.Args[imp.Then.Index]), imp.Then.Is) {
			return false
		}
	}
	return true
}

// modelValue translates a value of the model tables.
func modelValue(v resource.Value) summary.Value {
	switch v {
	case resource.Nil:
		return summary.Nil
	case resource.NonNil:
		return summary.NonNil
	case resource.True:
		return summary.True
	}
	return summary.False
}
