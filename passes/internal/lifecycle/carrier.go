package lifecycle

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// carrier is the path of what is known to hold the resource, nobody knows
// where: a functional option that stores it when called, and whatever is
// made with one.
const carrier = "(+)"

// takesFunc reports whether fn is an iterator: it may be told to stop early.
func takesFunc(fn *ssa.Function) bool {
	params := fn.Signature.Params()
	if params.Len() != 1 {
		return false
	}
	_, ok := params.At(0).Type().Underlying().(*types.Signature)
	return ok
}

// carries reports whether t is a carrier.
func (e *engine) carries(st *state, t sym) bool {
	if t < numConstSyms {
		return false
	}
	held, ok := st.heap[e.tab.address(t, carrier)]
	return ok && held != noSym && e.reaches(st, held)
}

// carry makes the results of a call that was given a carrier carriers.
func (e *engine) carry(st *state, c *callSite) {
	if st.status != open || c.value == nil || !slices.ContainsFunc(c.args, func(a sym) bool { return e.holdsCarrier(st, a, 0) }) {
		return
	}
	res := c.common.Signature().Results()
	for i := range res.Len() {
		if t := res.At(i).Type(); nilable(t) && !isError(t) {
			obj := e.resultSym(st, c, i)
			e.objects[e.tab.root(obj)] = true
			st.heap[e.tab.address(obj, carrier)] = symR
		}
	}
}

// holdsCarrier reports whether t is a carrier or has one among its elements.
func (e *engine) holdsCarrier(st *state, t sym, depth int) bool {
	if t < numConstSyms || depth > 3 {
		return false
	}
	if e.carries(st, t) {
		return true
	}
	c, ok := st.heap[e.tab.address(t, "[]")]
	return ok && e.holdsCarrier(st, c, depth+1)
}
