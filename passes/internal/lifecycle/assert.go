package lifecycle

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/summary"
)

// typeAssert passes the value on; whether it holds is known when the
// dynamic type is. For a parameter whose type does not tell, the summary says
// what happens to which type.
func (e *engine) typeAssert(st *state, v *ssa.TypeAssert) []*state {
	t := e.denotes(st, v.X)
	if !v.CommaOk {
		if !e.learn(st, t, summary.NonNil) {
			return nil // it panics
		}
		e.set(st, v, t)
		return []*state{st}
	}
	e.forget(st, v)
	holds, known := e.asserts(st, t, v.AssertedType)
	if e.fact(st, t) == summary.Nil {
		holds, known = false, true
	}
	if !known && t == symR && st.status == open && e.abstract() && !types.IsInterface(v.AssertedType) {
		if !e.pkg.mayHold(v.AssertedType) {
			e.bindAssert(st, v, t, false) // what holds a resource is of no such type
			return []*state{st}
		}
		other := st.clone()
		mark := types.TypeString(v.AssertedType, nil)
		noteCalled(st, "is "+mark)
		noteCalled(other, "not "+mark)
		e.bindAssert(st, v, t, true)
		e.bindAssert(other, v, t, false)
		return []*state{st, other}
	}
	if known {
		e.bindAssert(st, v, t, holds)
	} else {
		st.heap[e.component(v, 0)] = t
	}
	return []*state{st}
}

func (e *engine) bindAssert(st *state, v *ssa.TypeAssert, t sym, holds bool) {
	ok := symTrue
	if !holds {
		t, ok = symNil, symFalse
	}
	st.heap[e.component(v, 0)] = t
	st.heap[e.component(v, 1)] = ok
}

// asserts reports whether t has type typ or implements it.
func (e *engine) asserts(st *state, t sym, typ types.Type) (holds, known bool) {
	dyn := e.typeOf(st, t)
	iface, isIface := typ.Underlying().(*types.Interface)
	if dyn == nil || types.IsInterface(dyn) {
		// An interface that is asked for on a tracked value is there to
		// release it.
		return true, t == symR && isIface && iface.NumMethods() > 0
	}
	if _, isParam := types.Unalias(dyn).(*types.TypeParam); isParam {
		return false, false
	}
	if isIface {
		return types.Implements(dyn, iface), true
	}
	return types.Identical(dyn, typ), true
}

// typeOf returns the most precise type known of t, or nil.
func (e *engine) typeOf(st *state, t sym) types.Type {
	if t == symR {
		return e.rType
	}
	if d := e.dyn[t]; d != nil {
		return d
	}
	if t < numConstSyms {
		return nil
	}
	if in := e.tab.infos[t]; in.val != nil {
		return in.val.Type()
	} else {
		return in.typ
	}
}

func isTypeParam(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.TypeParam)
	return ok
}
