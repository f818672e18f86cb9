package lifecycle

import (
	"fmt"
	"go/token"
	"go/types"
	"math"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/summary"
)

// What one test decides, another test of the same values decides the same way:
// what is acquired under "if len(ids) > 0" is released under it. Tests have syms
// of their own, which stand for a question, and facts about them are the answers.
// Comparisons that ask the same in other words (n > 3, 3 < n, !(n <= 3)) share a
// sym.

// test returns the sym of the question that cond asks, and the answer with which
// cond is true; noSym if the next test of the kind may be of other values.
func (e *engine) test(st *state, cond ssa.Value) (sym, summary.Value) {
	switch v := cond.(type) {
	case *ssa.BinOp:
		return e.comparison(st, v)
	case *ssa.Call:
		return e.predicate(st, v)
	}
	return noSym, 0
}

// mirrored are comparisons with their operands the other way round.
var mirrored = map[token.Token]token.Token{
	token.EQL: token.EQL, token.NEQ: token.NEQ,
	token.LSS: token.GTR, token.GTR: token.LSS, token.LEQ: token.GEQ, token.GEQ: token.LEQ,
}

// comparison is test for the comparison of two values.
func (e *engine) comparison(st *state, v *ssa.BinOp) (sym, summary.Value) {
	op := v.Op
	if _, ok := mirrored[op]; !ok || !comparesByValue(v) {
		return noSym, 0
	}
	x, y := e.argument(st, v.X), e.argument(st, v.Y)
	if e.tab.infos[x].isInt {
		x, y, op = y, x, mirrored[op]
	}
	switch {
	case x == noSym || y == noSym || e.tab.infos[x].isInt:
		return noSym, 0
	case e.tab.infos[y].isInt:
		return e.against(x, op, e.tab.infos[y].num, v.X.Type())
	case counts(v.X) || counts(v.Y):
		return noSym, 0
	}
	switch op {
	case token.GTR, token.LEQ: // as LSS and GEQ
		x, y, op = y, x, mirrored[op]
	case token.EQL, token.NEQ:
		x, y = min(x, y), max(x, y)
	}
	if op == token.EQL || op == token.NEQ {
		return e.tab.compare(x, token.EQL, y, 0), answer(op == token.EQL)
	}
	return e.tab.compare(x, token.LSS, y, 0), answer(op == token.LSS)
}

// against is test for the comparison of x with a constant.
func (e *engine) against(x sym, op token.Token, n int64, typ types.Type) (sym, summary.Value) {
	if op == token.EQL || op == token.NEQ {
		if n == 0 {
			return noSym, 0 // see assumeInt
		}
		return e.tab.compare(x, token.EQL, noSym, n), answer(op == token.EQL)
	}
	b, ok := typ.Underlying().(*types.Basic)
	if !ok || b.Info()&types.IsInteger == 0 {
		return noSym, 0
	}
	if op == token.LEQ || op == token.GTR { // as LSS and GEQ
		if n == math.MaxInt64 {
			return noSym, 0
		}
		n++
	}
	below := op == token.LSS || op == token.LEQ
	if n == 1 && (e.tab.infos[x].path == lengthElem || b.Info()&types.IsUnsigned != 0) {
		if below {
			return x, summary.Nil // zero
		}
		return x, summary.NonNil
	}
	return e.tab.compare(x, token.LSS, noSym, n), answer(below)
}

func answer(yes bool) summary.Value {
	if yes {
		return summary.True
	}
	return summary.False
}

// comparesByValue reports whether the operands are what is compared: no
// structs, and no numbers of which neither a < b nor a >= b need hold.
func comparesByValue(v *ssa.BinOp) bool {
	switch t := v.X.Type().Underlying().(type) {
	case *types.Basic:
		return t.Info()&(types.IsInteger|types.IsString) != 0
	case *types.Pointer, *types.Interface, *types.Chan:
		return true
	}
	return false
}

// lasting reports whether t is one value, by whatever name, and not whichever
// element of a container is at hand.
func (e *engine) lasting(t sym) bool {
	if t < numConstSyms {
		return false
	}
	switch v := e.tab.infos[e.tab.root(t)].val.(type) {
	case *ssa.Lookup, *ssa.Index, *ssa.Next, *ssa.Extract:
		x, ok := v.(*ssa.Extract)
		if !ok {
			return false
		}
		_, isCall := x.Tuple.(*ssa.Call)
		return isCall
	case *ssa.UnOp:
		_, isElement := v.X.(*ssa.IndexAddr)
		return !isElement
	}
	return true
}

// counts reports whether v is computed: in loops nearly always from itself.
func counts(v ssa.Value) bool {
	switch v.(type) {
	case *ssa.Phi, *ssa.BinOp:
		return true
	}
	return false
}

// lengthElem names the length of a string or slice.
const lengthElem = "#len"

// length returns the sym of the length of a value that is no map or channel:
// these change their length.
func (e *engine) length(st *state, v ssa.Value) sym {
	switch u := v.Type().Underlying().(type) {
	case *types.Slice:
	case *types.Basic:
		if u.Info()&types.IsString == 0 {
			return noSym
		}
	default:
		return noSym
	}
	if e.denotes(st, v) == symNil {
		return e.tab.integer(0)
	}
	t := e.argument(st, v)
	if t == noSym || e.tab.infos[t].isInt || e.cut[t] {
		return noSym
	}
	return e.tab.address(t, lengthElem)
}

// resize notes that what stands for the same value has another length.
func (e *engine) resize(t sym) {
	if e.cut == nil {
		e.cut = make(map[sym]bool)
	}
	e.cut[t] = true
}

// predicate is test for a call of a function that is pure, as its row says.
func (e *engine) predicate(st *state, call *ssa.Call) (sym, summary.Value) {
	obj, _ := staticTarget(&call.Call)
	if obj == nil || call.Call.IsInvoke() || len(call.Call.Args) > 2 || !isBool(call.Type()) {
		return noSym, 0
	}
	if row := e.pkg.models.Func(obj); row == nil || !row.Pure {
		return noSym, 0
	}
	args := make([]sym, 2)
	for i, v := range call.Call.Args {
		if args[i] = e.argument(st, v); args[i] == noSym {
			return noSym, 0
		}
	}
	x, y := args[0], args[1]
	name := "#" + obj.FullName()
	if e.tab.infos[x].isInt {
		x, y, name = y, x, name+" of"
	}
	if x == noSym || e.tab.infos[x].isInt {
		return noSym, 0
	}
	return e.tab.ask(x, name, y), summary.True
}

// argument returns the sym of an argument, noSym if it may be another value when
// it has the same. An error that is set once is the same whenever it is read.
func (e *engine) argument(st *state, v ssa.Value) sym {
	if load, ok := v.(*ssa.UnOp); ok && e.pkg.isSentinel(v) {
		return e.tab.address(e.tab.own(load.X), "#once")
	}
	t := e.denotes(st, v)
	if e.tab.infos[t].isInt || e.tab.infos[t].val == v && t >= numConstSyms || e.lasting(t) {
		return t
	}
	return noSym
}

// ask returns the sym of a question about x and y, or about x alone.
func (t *symtab) ask(x sym, what string, y sym) sym {
	if y != noSym {
		what += fmt.Sprint("@", y)
	}
	q := t.address(x, what)
	t.infos[q].other = y
	return q
}

// compare returns the sym of the question how x compares with y, or with n.
func (t *symtab) compare(x sym, op token.Token, y sym, n int64) sym {
	what := "#" + op.String()
	if y == noSym {
		what += fmt.Sprint(n)
	}
	q := t.ask(x, what, y)
	t.infos[q].asks, t.infos[q].num = op, n
	return q
}

// decide answers a question by what is known, 0 if that is not enough.
func (e *engine) decide(st *state, q sym) summary.Value {
	if f := e.fact(st, q); f != 0 {
		return f
	}
	in := &e.tab.infos[q]
	if in.asks == token.ILLEGAL || in.other != noSym {
		return 0
	}
	if e.fact(st, in.base) == summary.Nil { // zero
		return in.whereKnown(token.EQL, 0, true)
	}
	for t, f := range st.facts {
		if k := &e.tab.infos[t]; k.base == in.base && k.asks != token.ILLEGAL && k.other == noSym {
			if g := in.whereKnown(k.asks, k.num, f == summary.True); g != 0 {
				return g
			}
		}
	}
	return 0
}

// whereKnown answers the question how a value compares with a number where it is
// known how it compares with another.
func (in *symInfo) whereKnown(op token.Token, n int64, holds bool) summary.Value {
	switch {
	case op == token.EQL && holds:
		return answer(n < in.num && in.asks == token.LSS || n == in.num && in.asks == token.EQL)
	case op == token.LSS && holds && n <= in.num:
		return answer(in.asks == token.LSS)
	case op == token.LSS && !holds && (in.num < n || in.num == n && in.asks == token.LSS):
		return summary.False
	}
	return 0
}

// decided notes the answer to a question, with what follows for others.
func (e *engine) decided(st *state, q sym, f summary.Value) {
	st.facts[q] = f
	in := e.tab.infos[q]
	if f != summary.True || in.asks == token.ILLEGAL || in.other == noSym {
		return
	}
	x, y := in.base, in.other
	st.facts[e.tab.compare(y, token.LSS, x, 0)] = summary.False
	if in.asks == token.EQL {
		st.facts[e.tab.compare(x, token.LSS, y, 0)] = summary.False
	} else {
		st.facts[e.tab.compare(min(x, y), token.EQL, max(x, y), 0)] = summary.False
	}
}
