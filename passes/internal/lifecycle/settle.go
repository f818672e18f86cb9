package lifecycle

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/resource"
	"github.com/connvet/connvet/passes/internal/summary"
)

// poolSettings collects the settings of a pool by what becomes of it.
type poolSettings struct {
	kept   []summary.Settings // where it lives on, and the function succeeds
	failed []summary.Settings // where it lives on, with an error
	closed []summary.Settings
	served []summary.Settings // closed by hand, and used by others until then
	left   []summary.Settings // nobody has it
	lives  bool               // some exit is reached with the pool acquired
}

// notePool adds what becomes of a pool in fn.
func (p *pkgInfo) notePool(fn *ssa.Function, b *birth, runs []birthRun) {
	if b.kind != resource.DB {
		return
	}
	out := &Pool{Finding: p.findingOf(fn, b), Direct: b.fresh == nil, Pools: p.poolsOf(fn, b)}
	var sets poolSettings
	how := settling{
		lent: b.fresh != nil && b.fresh.Lent,
		here: len(p.keptCases(fn, b, runs)) == 0,
		main: p.lastsForProgram(fn, b),
	}
	for _, r := range runs {
		out.Lost = out.Lost || len(r.e.overwrites) > 0 ||
			slices.ContainsFunc(r.e.loopDefers, func(d *ssa.Defer) bool { return InCycle(d.Block()) })
		out.Kept = append(out.Kept, r.e.kept...)
		for _, x := range r.exits {
			if x.st.status == unborn {
				continue
			}
			sets.add(x, p.poolExit(out, r.e, x, how), p.returnsError(r.e, x))
		}
	}
	set := sets.judge(out, runs)
	for i := range out.Pools {
		out.Pools[i].Set = out.Pools[i].Set.Then(set)
	}
	p.pools = append(p.pools, out)
}

func (s *poolSettings) add(x exit, counts, failed bool) {
	s.lives = true
	switch {
	case counts && failed:
		s.failed = append(s.failed, x.st.set)
	case counts:
		s.kept = append(s.kept, x.st.set)
	}
	switch {
	case x.st.status == open && !counts:
		s.left = append(s.left, x.st.set)
	case x.st.status == released:
		s.closed = append(s.closed, x.st.set)
		if x.st.shared && !x.st.byDefer {
			s.served = append(s.served, x.st.set)
		}
	}
}

// judge returns the settings that count: those with which the pool is used. A
// constructor that fails after it has stored the pool is no use of it.
func (s *poolSettings) judge(out *Pool, runs []birthRun) summary.Settings {
	switch {
	case len(s.kept) > 0:
		return joinAll(s.kept)
	case len(s.failed) > 0:
		return joinAll(s.failed)
	case len(s.served) > 0 && !out.Left:
		out.Settled = true
		return joinAll(s.served)
	case s.lives:
		return joinAll(append(s.closed, s.left...))
	}
	var set summary.Settings
	for _, r := range runs { // it serves until the process ends
		if r.e.last.IsValid() {
			out.Settled, set = true, r.e.lastSet
		}
	}
	return set
}

// returnsError reports whether an exit returns an error that is not nil.
func (p *pkgInfo) returnsError(e *engine, x exit) bool {
	i := errorResult(x.ret.Parent().Signature)
	return i >= 0 && i < len(x.results) && e.fact(x.st, x.results[i]) == summary.NonNil
}

// settling is what decides, besides an exit, where a pool settles.
type settling struct {
	lent bool // somebody else has it already
	here bool // once it is stored, the function's callers are not to configure it
	main bool // it lasts as long as the program
}

// poolExit adds what becomes of the pool at one exit, and reports whether its
// settings there matter.
func (p *pkgInfo) poolExit(out *Pool, e *engine, x exit, how settling) bool {
	handles := p.resultHandles(e, x)
	if x.st.status != released && len(handles) > 0 {
		out.Given = true
	}
	switch {
	case x.st.status == released:
		// By a deferred call: it serves others until then. By hand, on the
		// way out of a constructor that failed.
		out.Closed = true
		serves := x.st.shared && x.st.byDefer || how.main
		out.Settled = out.Settled || serves
		return serves
	case len(handles) > 0 && p.configurable(e.root, handles) && !(how.here && x.st.status == taken && x.st.guess == noSym):
		out.Returned = true
	case x.st.status == taken && e.hidden[x.st.guess]:
		out.Given, out.Returned = true, true // whoever has it by now may configure it
	case len(handles) > 0, x.st.status == taken, p.givenBack(e, x), how.lent, how.main, x.st.shared:
		out.Settled = true
		out.Stored = out.Stored || x.st.status == taken
		for _, h := range handles {
			out.Kept = append(out.Kept, keptAt(e.root.Signature.Results().At(h.Index).Type(), h.Path)...)
		}
	default:
		out.Left = true
		out.Wasted = out.Wasted || !p.returnsError(e, x)
		return false
	}
	return true
}

// configurable reports whether the callers of fn can reach the pool in its
// results, to configure it. Those of an unexported function see all fields. A
// function that is used as a value is called by a framework.
func (p *pkgInfo) configurable(fn *ssa.Function, handles []summary.Handle) bool {
	outer := outermost(fn)
	if p.usedAsValue(outer) {
		return false
	}
	if !token.IsExported(outer.Name()) {
		return true
	}
	return slices.ContainsFunc(handles, func(h summary.Handle) bool { return p.reachable(fn, h) })
}

// usedAsValue reports whether the package uses fn other than by calling it.
func (p *pkgInfo) usedAsValue(fn *ssa.Function) bool {
	if p.values == nil {
		p.values = make(map[ssa.Value]bool)
		var scan func(f *ssa.Function)
		scan = func(f *ssa.Function) {
			var ops []*ssa.Value
			for _, b := range f.Blocks {
				for _, instr := range b.Instrs {
					call, isCall := instr.(ssa.CallInstruction)
					for _, op := range instr.Operands(ops[:0]) {
						if g, ok := (*op).(*ssa.Function); ok && !(isCall && op == &call.Common().Value) {
							p.values[g] = true
						}
					}
				}
			}
			for _, a := range f.AnonFuncs {
				scan(a)
			}
		}
		for _, f := range p.ssa.Funcs {
			scan(f)
		}
	}
	return p.values[fn]
}

// reachable reports whether the holder of a result can reach the pool behind
// a handle: it is the result itself, an exported field, or there is an
// accessor.
func (p *pkgInfo) reachable(fn *ssa.Function, h summary.Handle) bool {
	if h.Param {
		return false
	}
	if h.Path == "" {
		return true
	}
	t := fn.Signature.Results().At(h.Index).Type()
	if elems := splitPath(h.Path); len(elems) == 1 && len(elems[0]) > 1 && elems[0][0] == '.' {
		if name := elems[0][1:]; token.IsExported(name) {
			return true
		}
	}
	if !types.IsInterface(t) {
		if _, isPtr := t.Underlying().(*types.Pointer); !isPtr {
			t = types.NewPointer(t)
		}
	}
	set := types.NewMethodSet(t)
	for i := range set.Len() {
		m, ok := set.At(i).Obj().(*types.Func)
		if !ok || m.Signature().Params().Len() > 0 || m.Signature().Results().Len() == 0 {
			continue
		}
		if p.isPoolType(m.Signature().Results().At(0).Type()) {
			return true
		}
	}
	return false
}

// keptAt lists the fields on the way of a path below a result.
func keptAt(t types.Type, path string) []Kept {
	var out []Kept
	for _, el := range splitPath(path) {
		if n := NamedOf(t); n != nil && el[0] == '.' {
			out = append(out, Kept{Struct: n, Field: el[1:]})
		}
		if t = elemType(t, el); t == nil {
			break
		}
	}
	return out
}

// keep remembers where the pool is stored.
func (e *engine) keep(v *ssa.Store) {
	switch a := v.Addr.(type) {
	case *ssa.Global:
		e.kept = append(e.kept, Kept{Global: a})
	case *ssa.FieldAddr:
		if n := NamedOf(a.X.Type()); n != nil {
			e.kept = append(e.kept, Kept{Struct: n, Field: fieldElem(a.X.Type(), a.Field)[1:]})
		}
	}
}
