package lifecycle

import (
	"go/types"
	"slices"
	"strings"

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
				if e.dry == 0 {
					e.hangs = append(e.hangs, hang{pos: c.instr.Pos(), path: s.path})
				}
				continue // never comes back
			case s.status == open && s.parent != noSym && c.args[i] == s.parent && eff.Cond.Always():
				e.release(s)
				next = append(next, s)
			case s.status != open || !e.releases(s, c.args[i]):
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

// releases reports whether releasing t releases the resource. Elements of a
// container count: a loop over it comes to each.
func (e *engine) releases(st *state, t sym) bool {
	return t == symR
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

// applySummary executes a call of a function whose summary is known; nil
// stands for one that borrows its arguments.
func (e *engine) applySummary(st *state, c *callSite, t target, s *summary.Func) []*state {
	if st.status == open && t.obj != nil && t.obj.Signature().Recv() != nil && e.carries(st, c.args[0]) && releaseName(t.obj.Name()) {
		e.release(st) // closing what holds the resource
	}
	if s == nil {
		e.passThrough(st, c, t)
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
	e.passThrough(st, c, t)
	e.summaryResults(st, c, s)
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
		} else if n.Param < len(c.args) {
			e.setResult(st, c, n.Result, c.args[n.Param])
		}
	}
	for _, a := range s.Aliases {
		if a.Param < len(c.args) {
			e.setResult(st, c, a.Result, c.args[a.Param])
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
		case e.literal(f) != nil && call.Path == "":
			next = append(next, e.runCallback(s, c, call.Param, e.literal(f))...)
		case e.literal(f) != nil:
			next = append(next, e.runStored(s, f)...)
		default:
			next = append(next, s)
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
	if st.status != open || eff.Param >= len(c.args) {
		return []*state{st}
	}
	t := c.args[eff.Param]
	if eff.Path != "" {
		t = e.content(st, t, eff.Path)
	}
	if t == symR || t >= numConstSyms && e.hands(st, t) {
		return e.applyCases(st, c, eff, t)
	}
	return []*state{st}
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
		switch cs.Outcome {
		case summary.Released:
			e.release(s)
			s.byDefer = s.byDefer || cs.Deferred
		case summary.Taken:
			e.note("taken over by the callee, as its summary says")
			s.status = taken
		case summary.Moved:
			e.bindHandles(s, c, cs.Handles, t)
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

// typeMarks reports whether a case that the callee's type switch made can be
// that of t.
func (e *engine) typeMarks(st *state, called []string, t sym) bool {
	for _, name := range called {
		is, isMark := strings.CutPrefix(name, "is ")
		not, notMark := strings.CutPrefix(name, "not ")
		if !isMark && !notMark {
			continue
		}
		typ := e.typeOf(st, t)
		if typ == nil || types.IsInterface(typ) {
			if t == symR && e.abstract() {
				noteCalled(st, name)
			}
			continue
		}
		own := types.TypeString(typ, nil)
		if isMark && own != is || notMark && own == not {
			return false
		}
	}
	return true
}

// applyCalled interprets the methods that the callee has called on a
// parameter of interface type, by the type of the actual resource.
func (e *engine) applyCalled(st *state, c *callSite, called []string, t sym) {
	for _, name := range called {
		if strings.Contains(name, " ") {
			continue // a mark of a type switch
		}
		if t == symR && e.abstract() {
			noteCalled(st, name)
			continue
		}
		if e.methodReleases(st, name, t) {
			e.release(st)
			return
		}
	}
}

// methodReleases reports whether calling the method ("Next=false": with that
// result) on t releases the resource.
func (e *engine) methodReleases(st *state, name string, t sym) bool {
	name, drained := strings.CutSuffix(name, "=false")
	typ := e.typeOf(st, t)
	if typ == nil {
		return releaseName(name)
	}
	obj, _, _ := types.LookupFieldOrMethod(typ, true, nil, name)
	m, ok := obj.(*types.Func)
	if !ok {
		return false
	}
	if row := e.pkg.models.Func(m.Origin()); row != nil {
		return slices.ContainsFunc(row.Effects, func(x resource.Effect) bool {
			if x.Param != resource.Receiver {
				return false
			}
			return x.Cond.Always() || drained && x.Cond.Subject == resource.Result && x.Cond.Is == resource.False
		})
	}
	if types.IsInterface(typ) {
		return releaseName(name)
	}
	s, known := e.pkg.summaryOf(target{obj: m.Origin(), fn: e.pkg.ssa.SSA.Prog.FuncValue(m.Origin())})
	if !known {
		return releaseName(name)
	}
	return s != nil && e.summaryReleases(st, s, t)
}

// releaseName tells by its name whether a method of an interface releases:
// only where neither types nor directives say more.
func releaseName(name string) bool {
	switch name {
	case "Close", "Commit", "Rollback", "Release", "Stop", "Scan", "Next=false":
		return true
	}
	return false
}

// summaryReleases reports whether a method with summary s releases the
// resource that its receiver t holds, on some path.
func (e *engine) summaryReleases(st *state, s *summary.Func, t sym) bool {
	for _, p := range s.Params {
		if p.Param == 0 && e.content(st, t, p.Path) == symR &&
			slices.ContainsFunc(p.Cases, func(c summary.Case) bool { return c.Outcome != summary.Open || len(c.Called) > 0 }) {
			return true
		}
	}
	for _, call := range s.Calls {
		if call.Param == 0 && call.Path != "" {
			f := e.content(st, t, call.Path)
			if f != noSym && (st.heap[e.tab.address(f, "()")] == symR || e.hands(st, f)) {
				return true
			}
		}
	}
	return false
}
