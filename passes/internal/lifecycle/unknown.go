package lifecycle

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/entry"
	"github.com/connvet/connvet/passes/internal/resource"
	"github.com/connvet/connvet/passes/internal/summary"
)

// unknown executes a call of which nothing is known: through an interface, a
// func value, or into a package without facts.
func (e *engine) unknown(st *state, c *callSite, t target) []*state {
	if t.invoke && e.reaches(st, c.args[0]) && st.status == open {
		return e.unknownMethod(st, c, t)
	}
	if _, isParam := c.common.Value.(*ssa.Parameter); isParam && e.goesOn && c.value != nil && isBool(c.value.Type()) {
		e.setResult(st, c, 0, symTrue)
	}
	e.mayBeSet(st, c)
	for _, a := range c.args {
		if e.reaches(st, a) {
			st.shared = true
			if st.status != unborn && e.isPool() && e.setsLater(st, a, 0) {
				e.unknownSet(st)
			}
		}
		e.lend(st, c, a)
	}
	e.passThrough(st, c, t, nil)
	states := e.runCallbacks(st, c)
	for _, s := range states {
		e.havoc(s, c)
	}
	return states
}

// unknownMethod executes a method call on an object that holds the resource,
// whose dynamic type is not known.
func (e *engine) unknownMethod(st *state, c *callSite, t target) []*state {
	if releaseName(t.obj.Name()) && t.obj.Name() != "Scan" {
		e.release(st)
	}
	e.mayBeSet(st, c)
	for _, a := range c.args[1:] {
		e.lend(st, c, a)
	}
	states := e.runCallbacks(st, c)
	for _, s := range states {
		e.havoc(s, c)
	}
	return states
}

// lend gives an argument to a call that cannot be followed. It is assumed to
// take the argument over, unless the function itself releases the resource
// after the call on some path: then the call is a borrow on every path. What
// happens after is known only when the run is over, so a first run assumes
// borrows and a second one is made where that was wrong.
func (e *engine) lend(st *state, c *callSite, arg sym) {
	if st.status == taken && st.guess != noSym && e.handOver[c.instr] && e.hands(st, arg) {
		st.guess = arg // what holds it by now may have been taken over, too
	}
	if st.status != open {
		e.escape(st, arg)
		return
	}
	if !e.hands(st, arg) && !e.registers(st, arg) {
		return
	}
	if e.handOver[c.instr] {
		e.note("given to a call that cannot be followed, and not released after it: assumed to be handed over")
		st.status, st.guess = taken, arg
		e.escape(st, arg)
		return
	}
	e.lentTo[c.instr] = arg
	for _, u := range st.lent {
		if u == c.instr {
			return
		}
	}
	st.lent = append(st.lent, c.instr)
}

// setsLater reports whether t is, or holds, a function that gives a pool a
// limit when it is run: a hook.
func (e *engine) setsLater(st *state, t sym, depth int) bool {
	if t < numConstSyms || depth > 3 {
		return false
	}
	if fn := e.literal(t); fn != nil {
		found := false
		eachCallIn(fn, func(call ssa.CallInstruction) {
			obj, _ := staticTarget(call.Common())
			if obj != nil && !call.Common().IsInvoke() {
				row := e.pkg.models.Func(obj)
				found = found || row != nil && len(row.Sets) > 0
			}
		})
		return found
	}
	for a, c := range st.heap {
		if _, ok := e.tab.under(a, t); (ok || a == t) && c != noSym && c != symR && e.setsLater(st, c, depth+1) {
			return true
		}
	}
	return false
}

// registers reports whether an argument is a handler, by its type, that uses
// the pool: who gets it keeps it.
func (e *engine) registers(st *state, arg sym) bool {
	fn := e.literal(arg)
	if fn == nil || e.birth == nil || e.birth.kind != resource.DB || !e.reaches(st, arg) {
		return false
	}
	_, ok := entry.Of(fn)
	return ok
}

// lendHidden gives an argument that holds the resource in a field of an interface
// type which cannot release it. What the callee does with such a field is in no
// summary: it may keep it.
func (e *engine) lendHidden(st *state, c *callSite, t target) {
	if st.status != open || t.obj == nil {
		return
	}
	for i, a := range c.args {
		v := c.argValue(i)
		if a == symR || v == nil || i == 0 && t.obj.Signature().Recv() != nil || !e.reaches(st, a) {
			continue
		}
		for _, h := range e.handlesOf(st, a) {
			if ft := fieldType(v.Type(), splitPath(h.Path)); ft != nil && types.IsInterface(ft) && !e.pkg.keepable(ft) {
				e.hidden[a] = true
				e.lend(st, c, a)
				return
			}
		}
	}
}

// fieldType returns the type of a field below a struct, or a pointer to one; nil
// if a path leads through something else.
func fieldType(t types.Type, path []string) types.Type {
	for _, elem := range path {
		if p, ok := underPointer(t); ok {
			t = p
		}
		s, ok := coreStruct(t)
		if !ok {
			return nil
		}
		t = nil
		for f := range s.Fields() {
			if "."+f.Name() == elem {
				t = f.Type()
			}
		}
		if t == nil {
			return nil
		}
	}
	return t
}

// passThrough binds a result that can only be the argument, as far as the
// summary knows: an error made from one error, or a value of a type parameter.
func (e *engine) passThrough(st *state, c *callSite, t target, s *summary.Func) {
	if c.value == nil {
		return
	}
	sig := c.common.Signature()
	if i := errorResult(sig); i >= 0 && sig.Results().Len() == 1 && !unrelatedError(s) {
		if arg, ok := soleError(c); ok {
			e.setResult(st, c, i, arg)
		}
	}
	if t.obj == nil {
		return
	}
	decl := t.obj.Signature()
	if decl.TypeParams().Len() == 0 {
		return
	}
	for r := range decl.Results().Len() {
		tp, ok := types.Unalias(decl.Results().At(r).Type()).(*types.TypeParam)
		if !ok {
			continue
		}
		for p := range decl.Params().Len() {
			if types.Unalias(decl.Params().At(p).Type()) == tp && p < len(c.args) {
				e.setResult(st, c, r, c.args[p])
			}
		}
	}
}

// unrelatedError reports whether a function is known to return an error of its
// own, or none although it was given one.
func unrelatedError(s *summary.Func) bool {
	return s != nil && slices.ContainsFunc(s.Nilness, func(n summary.Nilness) bool { return n.Param == summary.Unrelated })
}

// soleError returns the only argument of type error.
func soleError(c *callSite) (arg sym, ok bool) {
	for i := range c.args {
		v := c.argValue(i)
		if v == nil || !isError(v.Type()) {
			continue
		}
		if c.common.IsInvoke() && i == 0 {
			continue
		}
		if ok {
			return noSym, false
		}
		arg, ok = c.args[i], true
	}
	return arg, ok
}
