package lifecycle

import (
	"go/types"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/entry"
	"github.com/connvet/connvet/passes/internal/resource"
)

const yieldBody = "range-over-func yield"

// enter executes a function literal with the state at the call: captured
// variables are the cells of the enclosing function.
func (e *engine) enter(st *state, c *callSite, t target) []exit {
	args := c.args
	return e.enterWith(st, t.fn, t.closure, args)
}

func (e *engine) enterWith(st *state, fn *ssa.Function, clo sym, args []sym) []exit {
	for i, p := range fn.Params {
		e.forget(st, p)
		if i < len(args) && args[i] != noSym {
			st.vals[p] = args[i]
		}
	}
	for i, fv := range fn.FreeVars {
		if b, ok := st.heap[e.tab.address(clo, "#"+strconv.Itoa(i))]; ok && b != noSym {
			st.vals[fv] = b
		}
	}
	exits := e.runBody(fn, st)
	for _, x := range exits {
		for v := range x.st.vals {
			if v.Parent() == fn {
				delete(x.st.vals, v)
			}
		}
	}
	return exits
}

// inline executes a call of a function literal in place.
func (e *engine) inline(st *state, c *callSite, t target) []*state {
	if len(e.active) >= maxDepth {
		return e.unknown(st, c, t)
	}
	var out []*state
	for _, x := range e.enter(st, c, t) {
		for i, r := range x.results {
			e.setResult(x.st, c, i, r)
		}
		out = append(out, x.st)
	}
	return e.compact(out)
}

// literal returns the function literal (or bound method) that t is.
func (e *engine) literal(t sym) *ssa.Function {
	switch v := e.tab.infos[t].val.(type) {
	case *ssa.MakeClosure:
		return v.Fn.(*ssa.Function)
	case *ssa.Function:
		if v.Parent() != nil || isWrapper(v) {
			return v
		}
	}
	return nil
}

// hands reports whether giving t away gives the resource away: t is it, or
// holds it, or is a function that releases it. Being captured by a function
// that does not is no transfer.
func (e *engine) hands(st *state, t sym) bool {
	return e.hand(st, t, 0)
}

// keeps reports whether t holds the resource as hands does or, for a pool,
// also as a function that only uses it: a handler keeps its pool.
func (e *engine) keeps(st *state, t sym) bool {
	if e.birth != nil && e.birth.kind == resource.DB {
		e.keeping = true
		defer func() { e.keeping = false }()
	}
	return e.hands(st, t)
}

func (e *engine) hand(st *state, t sym, depth int) bool {
	if t == symR {
		return true
	}
	if t < numConstSyms || depth > 6 || e.tab.infos[t].base == symR {
		return false
	}
	if fn := e.literal(t); fn != nil {
		return e.reaches(st, t) && (e.keeping || e.closureReleases(st, t, fn))
	}
	for a, c := range st.heap {
		if c == noSym || c != symR && c < numConstSyms {
			continue
		}
		if _, ok := e.tab.under(a, t); (ok || a == t) && e.hand(st, c, depth+1) {
			return true
		}
	}
	return false
}

// closureReleases reports whether some path through the literal releases the
// resource or passes it on.
func (e *engine) closureReleases(st *state, clo sym, fn *ssa.Function) bool {
	releases, passes, _ := e.tryClosure(st, clo, fn)
	return releases || passes
}

// tryClosure executes the literal without consequence, and reports whether
// it releases the resource, passes it on, or leaves it open on some path.
func (e *engine) tryClosure(st *state, clo sym, fn *ssa.Function) (releases, passes, keeps bool) {
	if slices.Contains(e.active, fn) || len(e.active) >= maxDepth {
		return false, true, false
	}
	e.dry++
	defer func() { e.dry-- }()
	for _, x := range e.enterWith(st.clone(), fn, clo, nil) {
		switch {
		case x.st.status == released:
			releases = true
		case x.st.status != open, slices.ContainsFunc(x.results, func(r sym) bool { return e.hands(x.st, r) }):
			passes = true
		default:
			keeps = true
		}
	}
	return releases, passes, keeps
}

// bornIn reports whether the acquisition stands in fn or a literal within.
func (e *engine) bornIn(fn *ssa.Function) bool {
	if e.birth == nil {
		return false
	}
	for f := e.birth.instr.Parent(); f != nil; f = f.Parent() {
		if f == fn {
			return true
		}
	}
	return false
}

// drains reports whether an iterator releases the resource on every path on
// which the function it is given never tells it to stop.
func (e *engine) drains(st *state, clo sym, fn *ssa.Function) bool {
	e.goesOn = true
	defer func() { e.goesOn = false }()
	releases, passes, keeps := e.tryClosure(st, clo, fn)
	return releases && !passes && !keeps
}

// runCallbacks executes the literals among the arguments of a call that may
// call them. The states afterwards replace *st's content.
func (e *engine) runCallbacks(st *state, c *callSite) []*state {
	states := []*state{st}
	for i, a := range c.args {
		fn := e.literal(a)
		if fn == nil {
			continue
		}
		var next []*state
		for _, s := range states {
			next = append(next, e.runCallback(s, c, i, fn)...)
		}
		states = next
	}
	return states
}

// runCallback executes a literal that a callee runs any number of times.
func (e *engine) runCallback(st *state, c *callSite, arg int, fn *ssa.Function) []*state {
	clo := c.args[arg]
	if fn.Synthetic == yieldBody {
		done, stopped := e.runLoopBody(st, clo, fn)
		return append(done, stopped...)
	}
	if !e.bornIn(fn) && !(st.status == open && e.reaches(st, clo)) {
		e.havocCaptured(st, clo, fn)
		return []*state{st}
	}
	if slices.Contains(e.active, fn) || len(e.active) >= maxDepth {
		return []*state{st}
	}
	var out []*state
	for _, x := range e.enterWith(st, fn, clo, nil) {
		if x.st.status == open && slices.ContainsFunc(x.results, func(r sym) bool { return e.hands(x.st, r) }) {
			x.st.status = taken // the callee has it
			if e.isPool() && !entry.Once(c.common) {
				e.unknownSet(x.st)
			}
		}
		e.bindCallbackError(x, c, fn)
		out = append(out, x.st)
	}
	return e.compact(out)
}

// bindCallbackError lets the error of a call that ran a callback be the
// callback's: it is nil exactly if the last run's was.
func (e *engine) bindCallbackError(x exit, c *callSite, fn *ssa.Function) {
	sig := c.common.Signature().Results()
	if n, m := sig.Len(), fn.Signature.Results().Len(); n > 0 && m > 0 &&
		isError(sig.At(n-1).Type()) && isError(fn.Signature.Results().At(m-1).Type()) {
		e.setResult(x.st, c, n-1, x.results[m-1])
	}
}

// runLoopBody executes the body of a range-over-func loop: it runs until the
// iterator ends (done), or it yields false (stopped).
func (e *engine) runLoopBody(st *state, clo sym, fn *ssa.Function) (done, stopped []*state) {
	var keys []string
	var all []*state
	add := func(s *state) bool {
		k := e.key(s)
		if i := slices.Index(keys, k); i >= 0 {
			return e.join(all[i], s)
		}
		keys = append(keys, k)
		all = append(all, s)
		return true
	}
	add(st)
	var ended []*state
	for round := 0; round < 12; round++ {
		changed := false
		for i := 0; i < len(all); i++ {
			for _, x := range e.enterWith(all[i].clone(), fn, clo, nil) {
				if len(x.results) == 1 && e.fact(x.st, x.results[0]) == 4 {
					ended = append(ended, x.st)
					continue
				}
				changed = add(x.st) || changed
			}
			if e.broke = e.broke || len(all) > maxStates || e.steps > maxSteps; e.broke {
				return nil, nil
			}
		}
		if !changed {
			break
		}
		ended = ended[:0]
	}
	return all, ended
}

// havoc forgets what the callee may have changed through its arguments.
func (e *engine) havoc(st *state, c *callSite) {
	for i, a := range c.args {
		e.clobber(st, a)
		v, ok := c.argValue(i).(*ssa.Slice)
		if !ok {
			continue
		}
		if array, ok := v.X.(*ssa.Alloc); ok && array.Comment == "varargs" {
			for _, r := range *array.Referrers() {
				if at, ok := r.(*ssa.IndexAddr); ok {
					for _, s := range *at.Referrers() {
						if s, ok := s.(*ssa.Store); ok {
							e.clobber(st, e.denotes(st, s.Val))
						}
					}
				}
			}
		}
	}
}

// clobber forgets the content of the cell at t, unless it is the resource.
func (e *engine) clobber(st *state, t sym) {
	if t < numConstSyms {
		return
	}
	if c, ok := st.heap[t]; ok && !e.reaches(st, c) {
		st.heap[t] = noSym
	}
}

// havocCaptured forgets the captured variables that a literal assigns.
func (e *engine) havocCaptured(st *state, clo sym, fn *ssa.Function) {
	for i, fv := range fn.FreeVars {
		if !assigned(fv) {
			continue
		}
		if cell, ok := st.heap[e.tab.address(clo, "#"+strconv.Itoa(i))]; ok {
			e.clobber(st, cell)
		}
	}
}

// assigned reports whether a captured variable is stored to, here or in a
// literal within.
func assigned(v ssa.Value) bool {
	refs := v.Referrers()
	if refs == nil {
		return true
	}
	for _, r := range *refs {
		switch r := r.(type) {
		case *ssa.Store:
			if r.Addr == v {
				return true
			}
		case *ssa.MakeClosure:
			for i, b := range r.Bindings {
				if b == v && assigned(r.Fn.(*ssa.Function).FreeVars[i]) {
					return true
				}
			}
		}
	}
	return false
}

// deferCall registers a deferred call, if it can matter to the resource.
func (e *engine) deferCall(st *state, d *ssa.Defer) {
	c := e.site(st, d, nil)
	if !e.deferMatters(st, c) {
		return
	}
	entry := deferred{instr: d, fn: c.fn, args: c.args}
	if slices.ContainsFunc(st.defers, entry.same) {
		return // in a loop, of the same values
	}
	if len(st.defers) >= 24 {
		e.broke = true
		return
	}
	st.defers = append(slices.Clip(st.defers), entry)
}

func (e *engine) deferMatters(st *state, c *callSite) bool {
	if _, ok := c.common.Value.(*ssa.Builtin); ok {
		return false
	}
	for _, a := range c.args {
		if e.reaches(st, a) {
			return true
		}
	}
	t := e.resolve(st, c)
	switch {
	case t.fn == nil && t.obj == nil:
		return true // a function value
	case t.obj == nil:
		return true // a literal
	case e.pkg.models.Func(t.obj) != nil:
		// It acts on another resource: one that this may end with.
		return e.birth != nil && e.birth.model != nil && e.birth.model.Ends && len(e.pkg.models.Func(t.obj).Effects) > 0
	}
	s, known := e.pkg.summaryOf(t)
	return known && s != nil && s.Matters() && slices.ContainsFunc(c.args, func(a sym) bool { return a >= numConstSyms })
}

// runDefers executes the deferred calls, last one first.
func (e *engine) runDefers(st *state) []*state {
	e.deferDepth++
	defer func() { e.deferDepth-- }()
	states := []*state{st}
	for i := len(st.defers) - 1; i >= 0; i-- {
		var next []*state
		for _, s := range states {
			d := s.defers[i]
			s.defers = s.defers[:i:i]
			c := &callSite{instr: d.instr, common: d.instr.Common(), fn: d.fn, args: d.args}
			path, concerned := s.path, e.concerns(s, d)
			for _, x := range e.call(s, c) {
				if !concerned && x.status == open {
					x.path = path // its branches explain nothing
				}
				next = append(next, x)
			}
		}
		states = e.compact(next)
	}
	for _, s := range states {
		s.defers = nil
	}
	return states
}

// concerns reports whether a deferred call can reach the resource.
func (e *engine) concerns(st *state, d deferred) bool {
	return e.reaches(st, d.fn) || slices.ContainsFunc(d.args, func(a sym) bool { return e.reaches(st, a) })
}

// errorResult returns the index of the error that a function returns last, or
// -1.
func errorResult(sig *types.Signature) int {
	n := sig.Results().Len()
	if n > 0 && isError(sig.Results().At(n-1).Type()) {
		return n - 1
	}
	return -1
}
