package lifecycle

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/resource"
	"github.com/connvet/connvet/passes/internal/summary"
)

// Configured lists the variables and fields whose pool is given a limit
// somewhere in the package, by a function that gets it from there. Where each
// caller of a method holds the pool itself, the engine has followed it and the
// field is not listed.
func (r *Result) Configured() []Kept {
	if len(r.Pools) == 0 {
		return nil
	}
	p := r.pkg
	holds := make(map[*ssa.Function]bool)
	for _, pool := range r.Pools {
		holds[outermost(pool.Func)] = true
	}
	var out []Kept
	p.eachCall(func(call ssa.CallInstruction) {
		fn := outermost(call.Parent())
		if holds[fn] {
			return
		}
		for _, v := range p.limited(call.Common()) {
			if k, ok := p.keptIn(v, 0); ok && (k.Global != nil || p.calledElsewhere(fn, holds)) {
				out = append(out, k)
			}
		}
	})
	return out
}

// eachCall calls f for each call of the package.
func (p *pkgInfo) eachCall(f func(ssa.CallInstruction)) {
	for _, fn := range p.ssa.Funcs {
		eachCallIn(fn, f)
	}
}

// eachCallIn calls f for each call of a function and of the literals within.
func eachCallIn(fn *ssa.Function, f func(ssa.CallInstruction)) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok {
				f(call)
			}
		}
	}
	for _, anon := range fn.AnonFuncs {
		eachCallIn(anon, f)
	}
}

// calledElsewhere reports whether fn may be called by a function that is not
// among those.
func (p *pkgInfo) calledElsewhere(fn *ssa.Function, among map[*ssa.Function]bool) bool {
	if token.IsExported(fn.Name()) || p.usedAsValue(fn) {
		return true
	}
	calls := p.callsOf(fn)
	return len(calls) == 0 || slices.ContainsFunc(calls, func(c ssa.CallInstruction) bool { return !among[outermost(c.Parent())] })
}

// callsOf lists the calls of a function of the package, in source order.
func (p *pkgInfo) callsOf(fn *ssa.Function) []ssa.CallInstruction {
	if p.callers == nil {
		p.callers = make(map[*ssa.Function][]ssa.CallInstruction)
		p.eachCall(func(call ssa.CallInstruction) {
			if _, callee := staticTarget(call.Common()); callee != nil {
				p.callers[callee] = append(p.callers[callee], call)
			}
		})
	}
	return p.callers[fn]
}

// limited lists the operands of a call that it gives a limit.
func (p *pkgInfo) limited(c *ssa.CallCommon) []ssa.Value {
	obj, fn := staticTarget(c)
	if obj == nil || c.IsInvoke() {
		return nil
	}
	if row := p.models.Func(obj); row != nil {
		for _, s := range row.Sets {
			if s.Setting == resource.MaxOpen && len(c.Args) > 0 {
				return c.Args[:1]
			}
		}
		return nil
	}
	if p.borrowsAll(obj) {
		return nil
	}
	s, known := p.summaryOf(target{obj: obj, fn: fn})
	if !known || s == nil {
		return nil
	}
	var out []ssa.Value
	for _, e := range s.Params {
		if e.Param >= len(c.Args) {
			continue
		}
		for _, cs := range e.Cases {
			if slices.ContainsFunc(cs.Set[resource.MaxOpen], func(a summary.Amount) bool { return a.Kind != summary.Untouched && a.Kind != summary.Unknown }) {
				out = append(out, c.Args[e.Param])
				break
			}
		}
	}
	return out
}

// keptIn finds the variable or field that v was read from.
func (p *pkgInfo) keptIn(v ssa.Value, depth int) (Kept, bool) {
	if depth > 6 {
		return Kept{}, false
	}
	switch v := strip(v).(type) {
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return p.keptIn(v.X, depth+1)
		}
	case *ssa.Global:
		return Kept{Global: v}, true
	case *ssa.FieldAddr:
		if _, ok := p.models.Resource(v.X.Type()); ok {
			return p.keptIn(v.X, depth+1) // the pool within a pool of another package
		}
		if n := NamedOf(v.X.Type()); n != nil {
			return Kept{Struct: n, Field: fieldElem(v.X.Type(), v.Field)[1:]}, true
		}
	case *ssa.Extract:
		return p.keptIn(v.Tuple, depth+1)
	case *ssa.Call:
		obj, fn := staticTarget(&v.Call)
		if obj == nil || len(v.Call.Args) == 0 {
			return Kept{}, false
		}
		if row := p.models.Func(obj); row != nil && len(row.Lends) > 0 {
			return p.keptIn(v.Call.Args[0], depth+1)
		}
		s, _ := p.summaryOf(target{obj: obj, fn: fn})
		if s == nil || len(s.Views) == 0 {
			return Kept{}, false
		}
		kept := keptAt(v.Call.Args[s.Views[0].Param].Type(), s.Views[0].Path)
		if len(kept) > 0 {
			return kept[len(kept)-1], true
		}
	}
	return Kept{}, false
}
