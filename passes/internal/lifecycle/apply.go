package lifecycle

import (
	"slices"

	"github.com/connvet/connvet/passes/internal/summary"
)

// applySummary executes a call of a function whose summary is known; nil
// stands for one that borrows its arguments.
func (e *engine) applySummary(st *state, c *callSite, t target, s *summary.Func) []*state {
	if st.status == open && t.obj != nil && t.obj.Signature().Recv() != nil && e.carries(st, c.args[0]) && releaseName(t.obj.Name()) {
		e.release(st) // closing what holds the resource
	}
	if s == nil {
		e.lendHidden(st, c, t)
		e.passThrough(st, c, t, nil)
		e.runCallbacksQuietly(st, c)
		e.carry(st, c)
		e.havoc(st, c)
		return []*state{st}
	}
	if s.Unknown {
		return e.unknown(st, c, t)
	}
	if s.NoReturn {
		return nil
	}
	for _, cond := range s.NoReturnIf {
		if cond.Index < len(c.args) && !e.learnArg(st, c, cond.Index, cond.Is.Not()) {
			return nil
		}
	}
	e.lendHidden(st, c, t)
	e.passThrough(st, c, t, s)
	e.summaryResults(st, c, s)
	e.keepLiterals(st, c, s)
	states := []*state{st}
	for _, call := range s.Calls {
		states = e.summaryCall(states, c, call)
	}
	for i := range s.Params {
		var next []*state
		for _, x := range states {
			next = append(next, e.applyEffect(x, c, &s.Params[i])...)
		}
		states = e.compact(next)
	}
	for _, x := range states {
		if len(s.Calls) == 0 {
			e.runCallbacksQuietly(x, c)
		}
		e.carry(x, c)
		e.havoc(x, c)
	}
	if e.birth != nil && e.birth.instr == c.instr && e.birth.model == nil {
		states = e.bear(states, c)
	}
	return states
}

// keepLiterals lets literals that the callee keeps reach the variables which they
// capture, also before there is anything in these.
func (e *engine) keepLiterals(st *state, c *callSite, s *summary.Func) {
	for i := range s.Params {
		eff := &s.Params[i]
		if eff.Path != "" || eff.Param >= len(c.args) {
			continue
		}
		fn := e.literal(c.args[eff.Param])
		if fn != nil && slices.ContainsFunc(eff.Cases, func(cs summary.Case) bool { return cs.Outcome == summary.Taken || cs.Outcome == summary.Moved }) {
			e.escapeCaptured(st, c.args[eff.Param], fn)
		}
	}
}

// applyQuiet executes a call into a package that knows of no resources: its
// summary tells of errors and returns only.
func (e *engine) applyQuiet(st *state, c *callSite, t target, s *summary.Func) []*state {
	if s.NoReturn {
		return nil
	}
	for _, cond := range s.NoReturnIf {
		if cond.Index < len(c.args) && !e.learnArg(st, c, cond.Index, cond.Is.Not()) {
			return nil
		}
	}
	states := e.unknown(st, c, t)
	for _, x := range states {
		if unrelatedError(s) {
			e.forget(x, c.value)
		}
		e.summaryResults(x, c, s)
	}
	return states
}

// runCallbacksQuietly forgets what literals given to a function that does not
// call them, as far as its summary knows, may assign.
func (e *engine) runCallbacksQuietly(st *state, c *callSite) {
	for _, a := range c.args {
		if fn := e.literal(a); fn != nil {
			e.havocCaptured(st, a, fn)
		}
	}
}

func (e *engine) summaryResults(st *state, c *callSite, s *summary.Func) {
	for _, n := range s.Nilness {
		if n.Param == summary.Never {
			e.setResult(st, c, n.Result, symNonNil)
		} else if n.Param == summary.Always {
			e.setResult(st, c, n.Result, symNil)
		} else if n.Param >= 0 && n.Param < len(c.args) {
			e.setResult(st, c, n.Result, c.args[n.Param])
		}
	}
	for _, a := range s.Aliases {
		if a.Param < len(c.args) {
			e.setResult(st, c, a.Result, c.args[a.Param])
		}
	}
	for _, v := range s.Views {
		if v.Param < len(c.args) && e.content(st, c.args[v.Param], v.Path) == symR {
			e.setResult(st, c, v.Result, symR)
		}
	}
}

func (e *engine) summaryCall(states []*state, c *callSite, call summary.Callee) []*state {
	if call.Param >= len(c.args) {
		return states
	}
	var next []*state
	for _, s := range states {
		f := c.args[call.Param]
		if call.Path != "" {
			f = e.content(s, f, call.Path)
		}
		switch {
		case f == noSym:
			next = append(next, s)
		case s.status == open && s.heap[e.tab.address(f, "()")] == symR:
			e.release(s)
			next = append(next, s)
		case e.literal(f) == nil:
			next = append(next, s)
		default:
			if call.Maybe {
				next = append(next, s.clone())
			}
			if call.Path == "" {
				next = append(next, e.runCallback(s, c, call.Param, e.literal(f))...)
			} else {
				next = append(next, e.runStored(s, f)...)
			}
		}
	}
	return next
}

// runStored executes a literal that the callee found in a field.
func (e *engine) runStored(st *state, f sym) []*state {
	fn := e.literal(f)
	if slices.Contains(e.active, fn) || len(e.active) >= maxDepth {
		return []*state{st}
	}
	var out []*state
	for _, x := range e.enterWith(st, fn, f, nil) {
		out = append(out, x.st)
	}
	return e.compact(out)
}

// applyEffect applies what the callee does to one thing it reaches from a
// parameter, if that is the resource or an object which holds it.
func (e *engine) applyEffect(st *state, c *callSite, eff *summary.ParamEffect) []*state {
	if eff.Param >= len(c.args) {
		return []*state{st}
	}
	if st.status == taken && e.isPool() {
		e.configureKept(st, c, eff)
	}
	if st.status != open {
		return []*state{st}
	}
	t := c.args[eff.Param]
	if eff.Path != "" {
		at, held := e.lookUp(st, t, eff.Path)
		if t = held; held == noSym {
			t = at // a value kept in place
		}
	}
	if t == symR || t >= numConstSyms && e.hands(st, t) {
		return e.applyCases(st, c, eff, t)
	}
	if t == st.waits && t != noSym {
		return e.closeWaiting(st, c, eff)
	}
	if t == st.parent && t != noSym {
		return e.endParent(st, c, eff)
	}
	return []*state{st}
}

// endParent applies what the callee does to what the resource ends with.
func (e *engine) endParent(st *state, c *callSite, eff *summary.ParamEffect) []*state {
	return e.eachCase(st, c, eff, func(s *state, cs *summary.Case) bool {
		if cs.Outcome == summary.Released {
			e.release(s)
		}
		return true
	})
}

// closeWaiting applies what the callee does to the connection whose Close
// waits for the resource: where it closes it, the call never returns.
func (e *engine) closeWaiting(st *state, c *callSite, eff *summary.ParamEffect) []*state {
	return e.eachCase(st, c, eff, func(s *state, cs *summary.Case) bool {
		if cs.Outcome == summary.Released || slices.Contains(cs.Called, "Close") {
			e.noteHang(s)
			return false
		}
		return true
	})
}

// eachCase splits the state by the ways in which the callee can end, and lets do
// apply them. It tells whether the call returns.
func (e *engine) eachCase(st *state, c *callSite, eff *summary.ParamEffect, do func(*state, *summary.Case) bool) []*state {
	var out []*state
	for i := range eff.Cases {
		cs := &eff.Cases[i]
		s := st.clone()
		if e.guards(s, c, cs.Guards) && do(s, cs) {
			out = append(out, s)
		}
	}
	return out
}

// applyCases splits the state by the ways in which the callee can end.
func (e *engine) applyCases(st *state, c *callSite, eff *summary.ParamEffect, t sym) []*state {
	var out []*state
	for i := range eff.Cases {
		cs := &eff.Cases[i]
		s := st.clone()
		if !e.guards(s, c, cs.Guards) || !e.typeMarks(s, cs.Called, t) {
			continue
		}
		e.applySet(s, c, cs.Set)
		switch cs.Outcome {
		case summary.Released:
			e.release(s)
			s.byDefer = s.byDefer || cs.Deferred
		case summary.Taken:
			if cs.Guess {
				e.lend(s, c, t)
				break
			}
			e.note("taken over by the callee, as its summary says")
			s.status = taken
		case summary.Moved:
			s.shared = true
			e.bindHandles(s, c, cs.Handles, t)
			if cs.Guess {
				e.lend(s, c, t)
			}
		case summary.Open:
			e.applyCalled(s, c, cs.Called, t)
		}
		out = append(out, s)
	}
	return out
}

// guards restricts st to the calls that a case speaks of.
func (e *engine) guards(st *state, c *callSite, guards []summary.Cond) bool {
	for _, g := range guards {
		var t sym
		switch g.Subject {
		case summary.Param:
			if g.Index >= len(c.args) {
				continue
			}
			if !e.learnArg(st, c, g.Index, g.Is) {
				return false
			}
			continue
		case summary.Deref:
			if g.Index < len(c.args) {
				t = st.heap[c.args[g.Index]]
			}
		case summary.Result:
			t = e.resultSym(st, c, g.Index)
		}
		if t != noSym && !e.learn(st, t, g.Is) {
			return false
		}
	}
	return true
}
