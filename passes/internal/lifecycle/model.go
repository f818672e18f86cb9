package lifecycle

import (
	"go/token"
	"go/types"
	"slices"

	"github.com/connvet/connvet/passes/internal/resource"
	"github.com/connvet/connvet/passes/internal/summary"
)

// applyModel executes a call that the model tables describe.
func (e *engine) applyModel(st *state, c *callSite, obj *types.Func, row *resource.Func) []*state {
	off := 0
	if obj.Signature().Recv() != nil {
		off = 1
	}
	if row.NoReturn {
		return nil
	}
	for _, cond := range row.NoReturnIf {
		if cond.Subject == resource.Param && cond.Index+off < len(c.args) &&
			!e.learnArg(st, c, cond.Index+off, modelValue(cond.Is).Not()) {
			return nil
		}
	}
	states := []*state{st}
	for _, call := range row.Calls {
		i := call.Param + off
		if i >= len(c.args) {
			continue
		}
		var next []*state
		for _, s := range states {
			if call.Later {
				next = append(next, e.runLater(s, c.args[i]))
			} else {
				next = append(next, e.callArgument(s, c, i)...)
			}
		}
		states = next
	}
	for _, s := range states {
		e.modelResults(s, c, row, off)
		e.applySettings(s, c, row, off)
		e.havoc(s, c)
	}
	states = e.modelEffects(states, c, obj, row, off)
	if e.birth != nil && e.birth.instr == c.instr && e.birth.model != nil {
		states = e.bear(states, c)
	}
	return states
}

// learnArg adds a fact about argument i, looking through a boolean's
// definition (require.True(t, err == nil)).
func (e *engine) learnArg(st *state, c *callSite, i int, f summary.Value) bool {
	if f == summary.True || f == summary.False {
		if v := c.argValue(i); v != nil && isBool(v.Type()) {
			return e.assume(st, v, f == summary.True)
		}
	}
	return e.learn(st, c.args[i], f)
}

func (e *engine) modelResults(st *state, c *callSite, row *resource.Func, off int) {
	for _, a := range row.Aliases {
		if a.Param+off < len(c.args) {
			e.setResult(st, c, a.Result, c.args[a.Param+off])
		}
	}
	for _, n := range row.Nilness {
		switch {
		case n.Param == resource.NeverNil:
			e.setResult(st, c, n.Result, symNonNil)
		case n.Variadic:
			e.joinErrors(st, c, n.Result, n.Param+off)
		case n.Param+off < len(c.args):
			e.setResult(st, c, n.Result, c.args[n.Param+off])
		}
	}
}

// joinErrors binds a result that is nil exactly when all elements of a
// variadic argument are.
func (e *engine) joinErrors(st *state, c *callSite, result, arg int) {
	all := summary.Nil
	for _, v := range variadic(c, arg) {
		switch e.fact(st, e.denotes(st, v)) {
		case summary.NonNil:
			e.setResult(st, c, result, symNonNil)
			return
		case summary.Nil:
		default:
			all = 0
		}
	}
	if all == summary.Nil {
		e.setResult(st, c, result, symNil)
	}
}

// modelEffects applies the releases of a row.
func (e *engine) modelEffects(states []*state, c *callSite, obj *types.Func, row *resource.Func, off int) []*state {
	for _, eff := range row.Effects {
		i := eff.Param + off
		if i < 0 || i >= len(c.args) {
			continue
		}
		var next []*state
		for _, s := range states {
			switch {
			case s.status == open && s.waits != noSym && c.args[i] == s.waits && isSQLConn(obj) && obj.Name() == "Close":
				e.noteHang(s)
				continue // never comes back
			case s.status == open && s.parent != noSym && c.args[i] == s.parent && eff.Cond.Always():
				e.release(s)
				next = append(next, s)
			case s.status == taken && c.args[i] == symR && eff.Cond.Always():
				e.closeKept(s)
				next = append(next, s)
			case s.status != open || c.args[i] != symR:
				next = append(next, s)
			case eff.Cond.Always():
				e.release(s)
				next = append(next, s)
			case e.birth != nil && e.birth.drainKeeps && modelDrain(eff.Cond, c):
				next = append(next, s)
			default:
				next = append(next, e.forkEffect(s, c, eff.Cond, off)...)
			}
		}
		states = next
	}
	if m := moveOf(row); m && len(c.args) > 0 {
		for _, s := range states {
			if c.args[0] == symR {
				e.release(s)
			}
		}
	}
	return states
}

// noteHang notes a Close that waits for the resource, at the call of the
// function under analysis that leads to it.
func (e *engine) noteHang(st *state) {
	if e.dry > 0 {
		return
	}
	var pos token.Pos
	for i := len(e.stack) - 1; i >= 0 && !pos.IsValid(); i-- {
		pos = e.stack[i].Pos()
	}
	e.hangs = append(e.hangs, hang{pos: pos, path: st.path})
}

// modelDrain reports whether the effect is Next's, which does not release
// rows that may have a further result set.
func modelDrain(cond resource.Cond, c *callSite) bool {
	if cond.Subject != resource.Result || cond.Is != resource.False {
		return false
	}
	if c.common.IsInvoke() {
		return c.common.Method.Name() == "Next"
	}
	f := c.common.StaticCallee()
	return f != nil && f.Name() == "Next"
}

func moveOf(row *resource.Func) bool {
	return slices.ContainsFunc(row.Acquires, func(a resource.Acquire) bool { return a.Move })
}

// forkEffect splits the state by a condition on the call's result.
func (e *engine) forkEffect(st *state, c *callSite, cond resource.Cond, off int) []*state {
	var t sym
	switch cond.Subject {
	case resource.Result:
		t = e.resultSym(st, c, cond.Index)
	case resource.Param:
		if cond.Index+off < len(c.args) {
			t = c.args[cond.Index+off]
		}
	}
	f := modelValue(cond.Is)
	var out []*state
	if held := st.clone(); t == noSym || e.learn(held, t, f.Not()) {
		out = append(out, held)
	}
	if t == noSym || e.learn(st, t, f) {
		e.release(st)
		out = append(out, st)
	}
	return out
}

// runLater executes a call that takes a function to run when the scope ends
// (testing's Cleanup): releasing there is as good as a deferred release.
func (e *engine) runLater(st *state, f sym) *state {
	if st.status == open && (e.hands(st, f) || st.heap[e.tab.address(f, "()")] == symR) {
		e.deferDepth++
		e.release(st)
		e.deferDepth--
	} else if st.status == unborn {
		e.escape(st, f)
	}
	return st
}

// callArgument executes the call of a function-typed argument by the callee.
func (e *engine) callArgument(st *state, c *callSite, i int) []*state {
	f := c.args[i]
	if st.status == open && st.heap[e.tab.address(f, "()")] == symR {
		e.release(st)
		return []*state{st}
	}
	if fn := e.literal(f); fn != nil {
		return e.runCallback(st, c, i, fn)
	}
	return []*state{st}
}
