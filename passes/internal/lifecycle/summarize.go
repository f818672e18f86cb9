package lifecycle

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/resource"
	"github.com/connvet/connvet/passes/internal/summary"
)

// summarize computes the summary of fn from those of its callees.
func (p *pkgInfo) summarize(fn *ssa.Function) *summary.Func {
	s := &summary.Func{}
	if obj, ok := fn.Object().(*types.Func); ok {
		s.Name = summary.Name(obj)
	}
	if !p.exitFacts(fn, s) {
		s.Unknown = true
	}
	s.Calls = p.calledFuncs(fn)
	for i, param := range fn.Params {
		for _, pt := range p.candidatePaths(fn, param) {
			cases, ok := p.paramCases(fn, i, pt)
			if !ok {
				s.Unknown = true
				break
			}
			if len(cases) > 0 {
				s.Params = append(s.Params, summary.ParamEffect{Param: i, Path: pt.path, Cases: cases})
			}
		}
	}
	for _, b := range p.births(fn) {
		if f := p.freshResult(fn, b); f != nil {
			s.Fresh = mergeFresh(s.Fresh, f)
		}
	}
	s = p.applyDirectives(s)
	if s.Unknown {
		*s = summary.Func{Name: s.Name, Unknown: true}
		return s
	}
	if s.Trivial() {
		return nil
	}
	return s
}

// mergeFresh adds f to the obligations of a function. The caller sees one of
// them at a time, so acquisitions of the same kind are one to it.
func mergeFresh(list []summary.Fresh, f *summary.Fresh) []summary.Fresh {
	for i := range list {
		if g := &list[i]; g.Kind == f.Kind && g.Type == f.Type && g.Guess == f.Guess && g.Lent == f.Lent && sameResults(g, f) {
			g.Pools = append(g.Pools, f.Pools...)
			g.Cases = simplify(append(g.Cases, f.Cases...), false)
			return list
		}
	}
	return append(list, *f)
}

// sameResults reports whether two obligations come in the same results.
func sameResults(a, b *summary.Fresh) bool {
	has := func(f *summary.Fresh, h summary.Handle) bool {
		return slices.ContainsFunc(f.Cases, func(c summary.Case) bool {
			return slices.ContainsFunc(c.Handles, func(x summary.Handle) bool { return x.Index == h.Index && x.Param == h.Param })
		})
	}
	for _, c := range a.Cases {
		for _, h := range c.Handles {
			if !has(b, h) {
				return false
			}
		}
	}
	return true
}

// paramCases runs one parameter (or a path below it) through fn.
func (p *pkgInfo) paramCases(fn *ssa.Function, param int, pt typedPath) (cases []summary.Case, ok bool) {
	run := func(handOver map[ssa.Instruction]bool) (*engine, []exit) {
		e := newEngine(p, fn)
		e.handOver = handOver
		e.rType = pt.typ
		st := newState()
		st.status = open
		v := fn.Params[param]
		if pt.path == "" {
			st.vals[v] = symR
		} else {
			own := e.tab.own(v)
			e.tab.infos[own].typ = v.Type()
			st.heap[e.place(st, own, v.Type(), pt.path)] = symR
			st.facts[own] = summary.NonNil // it holds something
		}
		return e, e.runBody(fn, st)
	}
	e, exits := p.withHandOver(run)
	if e.broke {
		return nil, false
	}
	own := summary.Handle{Param: true, Index: param, Path: pt.path}
	var ownState []bool
	for _, x := range exits {
		cases = append(cases, p.exitCase(e, fn, x, own))
		ownState = append(ownState, x.st.ownState)
	}
	if pt.path != "" || p.declares(pt.typ) {
		cases = ownGuards(cases, ownState)
	}
	cases = simplify(cases, true)
	if len(cases) == 1 && cases[0].Outcome == summary.Open && len(cases[0].Called) == 0 && cases[0].Set.IsZero() {
		return nil, true
	}
	return cases, true
}

// declares reports whether a type, or what it points to, is one of this package: a
// method of a library's own Row looks into it, as that of an owner does.
func (p *pkgInfo) declares(t types.Type) bool {
	if elem, ok := underPointer(t); ok {
		t = elem
	}
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Pkg() == p.pass.Pkg
}

// exitCase describes what has become of the tracked resource at an exit.
func (p *pkgInfo) exitCase(e *engine, fn *ssa.Function, x exit, own summary.Handle) summary.Case {
	c := summary.Case{Guards: slices.DeleteFunc(p.exitGuards(e, fn, x), func(g summary.Cond) bool {
		return g.Subject == summary.Param && g.Index == own.Index
	}), Set: x.st.set}
	switch x.st.status {
	case released:
		c.Outcome, c.Deferred = summary.Released, x.st.byDefer
		c.Called = slices.DeleteFunc(slices.Clone(x.st.called), func(m string) bool { return !strings.Contains(m, " ") })
	case taken:
		c.Outcome = summary.Taken
		back := false
		for _, h := range x.st.stored {
			if h.Param && h.Index == own.Index && h.Path == own.Path {
				back = true
				continue
			}
			c.Handles = append(c.Handles, h)
		}
		switch {
		case len(c.Handles) > 0:
			c.Outcome = summary.Moved
		case back:
			c.Outcome = summary.Open
		case x.st.guess != noSym:
			c.Guess = true
			if hs := p.resultHandles(e, x); len(hs) > 0 && !slices.Contains(x.results, x.st.guess) {
				c.Outcome, c.Handles = summary.Moved, hs
			}
		}
	default:
		c.Outcome = summary.Open
		c.Called = x.st.called
		if hs := p.resultHandles(e, x); len(hs) > 0 {
			c.Outcome, c.Handles, c.Called = summary.Moved, hs, nil
		} else if p.givenBack(e, x) {
			c.Outcome, c.Called = summary.Taken, nil
		}
	}
	return c
}

// resultHandles lists the places below the results that reach the resource.
func (p *pkgInfo) resultHandles(e *engine, x exit) []summary.Handle {
	var out []summary.Handle
	for i, r := range x.results {
		declared := e.root.Signature.Results().At(i).Type()
		for _, h := range e.handlesOf(x.st, r) {
			h.Index = i
			h.Dyn = e.dynamicType(x.st, r, declared)
			out = append(out, h)
		}
	}
	return out
}

// exitGuards lists what is known of parameters and results at an exit.
func (p *pkgInfo) exitGuards(e *engine, fn *ssa.Function, x exit) []summary.Cond {
	var out []summary.Cond
	for i, param := range fn.Params {
		if t := x.st.vals[param]; t == symR {
			continue
		}
		own := e.tab.own(param)
		if f := x.st.facts[own]; f != 0 {
			out = append(out, summary.Cond{Subject: summary.Param, Index: i, Is: f})
		}
		if t, ok := e.tab.byAddr[addrKey{own, "*entry"}]; ok && x.st.facts[t] != 0 {
			out = append(out, summary.Cond{Subject: summary.Deref, Index: i, Is: x.st.facts[t]})
		}
	}
	for i, r := range x.results {
		if f := e.fact(x.st, r); f != 0 {
			out = append(out, summary.Cond{Subject: summary.Result, Index: i, Is: f})
		}
	}
	return out
}

// freshResult describes the obligation of b as far as fn hands it to its
// caller, nil if it does not.
func (p *pkgInfo) freshResult(fn *ssa.Function, b *birth) *summary.Fresh {
	f := &summary.Fresh{Kind: string(b.kind), Guess: b.fresh != nil && b.fresh.Guess, Lent: b.lent(), From: p.source(fn, b)}
	var sets []summary.Settings
	runs := p.runBirths(fn, b)
	for _, r := range runs {
		if r.e.broke {
			return nil
		}
		var own []summary.Case
		for _, x := range r.exits {
			guess := x.st.status == taken && x.st.guess != noSym && !slices.Contains(x.results, x.st.guess)
			if x.st.status != open && !guess && !(x.st.status == taken && b.kind == resource.DB) {
				continue
			}
			hs := p.resultHandles(r.e, x)
			if len(hs) == 0 {
				continue
			}
			c := summary.Case{Guards: onlyResults(p.exitGuards(r.e, fn, x)), Outcome: summary.Moved, Handles: hs}
			sets = append(sets, x.st.set)
			if x.st.status == taken && !guess {
				continue // see keptCases
			}
			f.Guess = f.Guess || guess
			own = append(own, c)
		}
		if len(own) > 0 && (b.lent() || !p.maybeBorrowed(r.e, r.exits, own)) {
			f.Cases = append(f.Cases, own...)
		}
	}
	if len(f.Cases) == 0 {
		f.Cases, f.Lent = p.keptCases(fn, b, runs), true
	}
	if len(f.Cases) == 0 {
		return nil
	}
	f.Cases = simplify(f.Cases, false)
	f.Type, f.Open, f.At = p.birthType(b), p.birthName(b), p.position(b)
	if b.fresh != nil {
		f.At = b.fresh.At // where what the name tells stands
	}
	if b.kind == resource.DB {
		f.Pools = p.poolsOf(fn, b)
		done := !slices.ContainsFunc(f.Cases, func(c summary.Case) bool { return p.configurable(fn, c.Handles) })
		for i := range f.Pools {
			f.Pools[i].Set = f.Pools[i].Set.Then(joinAll(sets))
			f.Pools[i].Done = f.Pools[i].Done || done
		}
	}
	return f
}

// keptCases describes a pool that fn stores and also returns, so that its
// caller may configure it. An accessor, which returns on other paths what it
// has opened before, is no such function: it configures its pool itself.
func (p *pkgInfo) keptCases(fn *ssa.Function, b *birth, runs []birthRun) []summary.Case {
	if b.kind != resource.DB {
		return nil
	}
	var out []summary.Case
	for _, r := range runs {
		var own []summary.Case
		for _, x := range r.exits {
			if x.st.status != taken || x.st.guess != noSym && !slices.Contains(x.results, x.st.guess) {
				continue
			}
			hs := p.resultHandles(r.e, x)
			for _, h := range hs {
				if h.Path == "" && !h.Param && readsVariable(x.ret.Results[h.Index]) {
					return nil
				}
			}
			if len(hs) > 0 {
				own = append(own, summary.Case{Guards: onlyResults(p.exitGuards(r.e, fn, x)), Outcome: summary.Moved, Handles: hs})
			}
		}
		if p.maybeBorrowed(r.e, r.exits, own) {
			return nil
		}
		out = append(out, own...)
	}
	return out
}

// readsVariable reports whether v is read from a variable of the package or a
// field.
func readsVariable(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	switch load.X.(type) {
	case *ssa.Global, *ssa.FieldAddr:
		return true
	}
	return false
}

func joinAll(sets []summary.Settings) (out summary.Settings) {
	for i, s := range sets {
		if i == 0 {
			out = s
		} else {
			out = out.Join(s)
		}
	}
	return out
}

// maybeBorrowed reports whether fn may, on an exit that the caller cannot
// tell from the fresh ones, return something it does not own: then nobody
// can say that the caller owes a release.
func (p *pkgInfo) maybeBorrowed(e *engine, exits []exit, cases []summary.Case) bool {
	for _, x := range exits {
		if x.st.status != unborn && len(p.resultHandles(e, x)) > 0 {
			continue
		}
		guards := p.exitGuards(e, e.root, x)
		for _, c := range cases {
			if !compatible(c.Guards, guards) {
				continue
			}
			for _, h := range c.Handles {
				if h.Path == "" && !h.Param && !p.nothingOrFresh(e, x, x.results[h.Index]) {
					return true
				}
			}
		}
	}
	return false
}

// nothingOrFresh reports whether a result is nil or another acquisition.
func (p *pkgInfo) nothingOrFresh(e *engine, x exit, t sym) bool {
	if e.fact(x.st, t) == summary.Nil {
		return true
	}
	if t < numConstSyms {
		return t == symNil
	}
	return p.isFresh(e.tab.infos[t].val, 0)
}

// isFresh reports whether v is nil or the result of an acquisition, whichever
// way it came about.
func (p *pkgInfo) isFresh(v ssa.Value, depth int) bool {
	switch v := v.(type) {
	case *ssa.Const:
		return v.IsNil()
	case *ssa.Phi:
		return depth < 4 && !slices.ContainsFunc(v.Edges, func(e ssa.Value) bool { return e != v && !p.isFresh(e, depth+1) })
	case *ssa.Extract:
		return p.isFresh(v.Tuple, depth+1)
	case *ssa.Call:
		return slices.ContainsFunc(p.birthsAt(v), func(b *birth) bool { return !b.lent() })
	}
	return false
}
