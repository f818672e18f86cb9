package lifecycle

import (
	"cmp"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

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
		if g := &list[i]; g.Kind == f.Kind && g.Type == f.Type && sameResults(g, f) {
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
	if pt.path != "" {
		cases = ownGuards(cases, ownState)
	}
	cases = simplify(cases, true)
	if len(cases) == 1 && cases[0].Outcome == summary.Open && len(cases[0].Called) == 0 {
		return nil, true
	}
	return cases, true
}

// ownGuards drops the exits of a method that leave what its receiver owns
// open, where the caller cannot tell them from those that release it, or
// cannot do better: the owner's own state (a closed flag) says that there is
// nothing to release, or a step before the release failed.
func ownGuards(cases []summary.Case, ownState []bool) []summary.Case {
	var out []summary.Case
	for i, c := range cases {
		if c.Outcome == summary.Open && len(c.Called) == 0 {
			excused := ownState[i] || failed(c)
			if excused && slices.ContainsFunc(cases, func(d summary.Case) bool {
				return (d.Outcome == summary.Released || len(d.Called) > 0) && (failed(c) && !failed(d) || !contradict(c.Guards, d.Guards))
			}) {
				continue
			}
		}
		out = append(out, c)
	}
	return out
}

// failed reports whether a case is that of a result that is an error.
func failed(c summary.Case) bool {
	return slices.ContainsFunc(c.Guards, func(g summary.Cond) bool { return g.Subject == summary.Result && g.Is == summary.NonNil })
}

// contradict reports whether two conjunctions cannot both hold.
func contradict(a, b []summary.Cond) bool {
	for _, g := range a {
		g.Is = g.Is.Not()
		if slices.Contains(b, g) {
			return true
		}
	}
	return false
}

// withHandOver runs the engine, and once more if dynamic calls turn out to
// have taken the resource over.
func (p *pkgInfo) withHandOver(run func(map[ssa.Instruction]bool) (*engine, []exit)) (*engine, []exit) {
	e, exits := run(nil)
	if e.broke {
		return e, nil
	}
	over := make(map[ssa.Instruction]bool)
	for u := range e.lentTo {
		if !e.confirm[u] {
			over[u] = true
		}
	}
	if len(over) == 0 {
		return e, exits
	}
	return run(over)
}

// exitCase describes what has become of the tracked resource at an exit.
func (p *pkgInfo) exitCase(e *engine, fn *ssa.Function, x exit, own summary.Handle) summary.Case {
	c := summary.Case{Guards: p.exitGuards(e, fn, x)}
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
	var cases []summary.Case
	for _, r := range p.runBirths(fn, b) {
		if r.e.broke {
			return nil
		}
		var own []summary.Case
		for _, x := range r.exits {
			if x.st.status != open {
				continue
			}
			if hs := p.resultHandles(r.e, x); len(hs) > 0 {
				own = append(own, summary.Case{Guards: onlyResults(p.exitGuards(r.e, fn, x)), Outcome: summary.Moved, Handles: hs})
			}
		}
		if len(own) > 0 && !p.maybeBorrowed(r.e, r.exits, own) {
			cases = append(cases, own...)
		}
	}
	if len(cases) == 0 {
		return nil
	}
	return &summary.Fresh{
		Kind:  string(b.kind),
		Type:  p.birthType(b),
		Open:  p.birthName(b),
		At:    p.position(b),
		Cases: simplify(cases, false),
	}
}

func onlyResults(guards []summary.Cond) []summary.Cond {
	return slices.DeleteFunc(guards, func(g summary.Cond) bool { return g.Subject != summary.Result })
}

// maybeBorrowed reports whether fn may, on an exit that the caller cannot
// tell from the fresh ones, return something it does not own: then nobody
// can say that the caller owes a release.
func (p *pkgInfo) maybeBorrowed(e *engine, exits []exit, cases []summary.Case) bool {
	for _, x := range exits {
		if x.st.status == open && len(p.resultHandles(e, x)) > 0 {
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

// compatible reports whether no result is known to differ.
func compatible(a, b []summary.Cond) bool {
	for _, g := range a {
		for _, h := range b {
			if g.Subject == summary.Result && h.Subject == g.Subject && h.Index == g.Index && h.Is != g.Is {
				return false
			}
		}
	}
	return true
}

// nothingOrFresh reports whether a result is nil or another acquisition.
func (p *pkgInfo) nothingOrFresh(e *engine, x exit, t sym) bool {
	if e.fact(x.st, t) == summary.Nil {
		return true
	}
	if t < numConstSyms {
		return t == symNil
	}
	v := e.tab.infos[t].val
	if ex, ok := v.(*ssa.Extract); ok {
		v = ex.Tuple
	}
	call, ok := v.(*ssa.Call)
	return ok && len(p.birthsAt(call)) > 0
}

// A birthRun is one acquisition, run through a function.
type birthRun struct {
	e     *engine
	exits []exit
}

// runBirths runs an acquisition through fn, once for each way in which fn
// reaches it.
func (p *pkgInfo) runBirths(fn *ssa.Function, b *birth) []birthRun {
	if b.instr.Parent() == fn {
		e, exits := p.runBirth(fn, b)
		return []birthRun{{e, exits}}
	}
	d := newEngine(p, fn)
	d.birth, d.discover = b, true
	d.runBody(fn, newState())
	var out []birthRun
	for _, context := range d.contexts[:min(len(d.contexts), maxContexts)] {
		c := *b
		c.context = context
		e, exits := p.runBirth(fn, &c)
		out = append(out, birthRun{e, exits})
	}
	return out
}

// maxContexts bounds the ways that are told apart.
const maxContexts = 12

func (p *pkgInfo) runBirth(fn *ssa.Function, b *birth) (*engine, []exit) {
	return p.withHandOver(func(handOver map[ssa.Instruction]bool) (*engine, []exit) {
		e := newEngine(p, fn)
		e.handOver = handOver
		e.birth = b
		e.rType = p.birthGoType(b)
		return e, e.runBody(fn, newState())
	})
}

// birthGoType returns the type of the acquired value, nil if it is hidden in
// another.
func (p *pkgInfo) birthGoType(b *birth) types.Type {
	res := b.instr.Call.Signature().Results()
	if b.model != nil && b.model.Into > 0 {
		return p.filled(b.instr, b.obj, b.model).Type()
	}
	if b.model != nil {
		if b.model.Result < res.Len() {
			return res.At(b.model.Result).Type()
		}
		return nil
	}
	for _, c := range b.fresh.Cases {
		for _, h := range c.Handles {
			if h.Path == "" && !h.Param && h.Index < res.Len() {
				if h.Dyn != "" {
					if t := p.typeNamed(h.Dyn); t != nil {
						return t
					}
				}
				return res.At(h.Index).Type()
			}
		}
	}
	return nil
}

func (p *pkgInfo) position(b *birth) summary.Pos {
	pos := p.pass.Fset.Position(b.instr.Pos())
	return summary.Pos{File: baseName(pos.Filename), Line: pos.Line}
}

func baseName(file string) string { return filepath.Base(filepath.FromSlash(file)) }

// simplify merges cases with equal outcomes as far as their guards do not
// matter, and puts them in a canonical order. If the cases are total, every
// exit of the function is among them.
func simplify(cases []summary.Case, total bool) []summary.Case {
	var out []summary.Case
	for _, c := range cases {
		if !slices.ContainsFunc(out, func(d summary.Case) bool { return sameCase(c, d) && slices.Equal(c.Guards, d.Guards) }) {
			out = append(out, c)
		}
	}
	if total && allSame(out) {
		out = out[:min(1, len(out))]
		for i := range out {
			out[i].Guards = nil
		}
		return out
	}
	out = mergeGuards(out, total)
	const most = 10
	if len(out) > most {
		for i := range out {
			out[i].Guards = onlyResults(slices.Clone(out[i].Guards))
		}
		out = mergeGuards(out, total)
	}
	if len(out) > most {
		for i := range out {
			out[i].Guards = nil
		}
		out = mergeGuards(out, total)
	}
	slices.SortFunc(out, func(a, b summary.Case) int { return cmp.Compare(a.String(), b.String()) })
	return out
}

func sameCase(a, b summary.Case) bool {
	return a.Outcome == b.Outcome && a.Deferred == b.Deferred && slices.Equal(a.Handles, b.Handles) && slices.Equal(a.Called, b.Called)
}

func allSame(cases []summary.Case) bool {
	for _, c := range cases {
		if !sameCase(c, cases[0]) {
			return false
		}
	}
	return true
}

// mergeGuards drops cases that others cover and joins pairs that differ in
// one opposite guard. Cases of obligations keep the latter apart: that a value
// comes with an error is worth knowing.
func mergeGuards(cases []summary.Case, total bool) []summary.Case {
	for changed := true; changed; {
		changed = false
		for i := 0; i < len(cases) && !changed; i++ {
			for j := 0; j < len(cases) && !changed; j++ {
				if i == j || !sameCase(cases[i], cases[j]) {
					continue
				}
				if merged, ok := mergeTwo(cases[i].Guards, cases[j].Guards, total); ok {
					cases[i].Guards = merged
					cases = slices.Delete(cases, j, j+1)
					changed = true
				}
			}
		}
	}
	return cases
}

// mergeTwo returns the guards of the union of two cases, if that is a
// conjunction again.
func mergeTwo(a, b []summary.Cond, opposites bool) ([]summary.Cond, bool) {
	subset := true
	for _, g := range a {
		subset = subset && slices.Contains(b, g)
	}
	if subset {
		return a, true // b is a special case of a
	}
	if len(a) != len(b) || !opposites {
		return nil, false
	}
	opposite := -1
	for i, g := range a {
		if slices.Contains(b, g) {
			continue
		}
		g.Is = g.Is.Not()
		if opposite >= 0 || !slices.Contains(b, g) {
			return nil, false
		}
		opposite = i
	}
	return slices.Delete(slices.Clone(a), opposite, opposite+1), true
}
