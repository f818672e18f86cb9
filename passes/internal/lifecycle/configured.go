package lifecycle

import (
	"go/token"
	"go/types"
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
	p := r.facts
	if p == nil {
		return nil
	}
	holds := make(map[*ssa.Function]bool)
	for _, pool := range r.Pools {
		holds[outermost(pool.Func)] = true
	}
	var out []Kept
	p.eachCall(func(fn *ssa.Function, call ssa.CallInstruction) {
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

// eachCall calls f for each call of the package, with the declared function
// that it stands in.
func (p *pkgInfo) eachCall(f func(fn *ssa.Function, call ssa.CallInstruction)) {
	for _, fn := range p.ssa.Funcs {
		eachCallIn(fn, func(call ssa.CallInstruction) { f(fn, call) })
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
	found, elsewhere := false, false
	p.eachCall(func(caller *ssa.Function, call ssa.CallInstruction) {
		if _, callee := staticTarget(call.Common()); callee == fn {
			found = true
			elsewhere = elsewhere || !among[caller]
		}
	})
	return elsewhere || !found
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
		if n := namedOf(v.X.Type()); n != nil {
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

// Site describes a call for facts.
func (r *Result) Site(c ssa.CallInstruction) summary.Site { return r.facts.site(c) }

// EachCall calls f for each call of the package.
func (r *Result) EachCall(f func(ssa.CallInstruction)) {
	r.facts.eachCall(func(_ *ssa.Function, call ssa.CallInstruction) { f(call) })
}

// IsPool reports whether values of the type are pools, or lend one.
func (r *Result) IsPool(t types.Type) bool {
	res, ok := r.facts.models.Resource(t)
	return ok && res.Kind == resource.DB || r.facts.lender(t)
}

// Substitute replaces what speaks of the callee's parameters by what a call
// gives for them.
func (r *Result) Substitute(c ssa.CallInstruction, list []summary.Amount) []summary.Amount {
	value, _ := c.(*ssa.Call)
	site := &callSite{instr: c, common: c.Common(), value: value}
	return summary.MapAmounts(list, func(a summary.Amount) []summary.Amount {
		return publicDSN(r.facts.substitute(outermost(c.Parent()), site, a))
	})
}

// maxCallers bounds the levels of calls that are asked for a parameter.
const maxCallers = 4

// Resolve replaces what speaks of parameters of fn by what the calls of it give,
// if they are all in the package.
func (r *Result) Resolve(fn *ssa.Function, list []summary.Amount) []summary.Amount {
	return r.resolve(outermost(fn), list, 0)
}

func (r *Result) resolve(fn *ssa.Function, list []summary.Amount, depth int) []summary.Amount {
	if depth >= maxCallers || !slices.ContainsFunc(list, func(a summary.Amount) bool { return a.Kind == summary.FromParam }) {
		return list
	}
	if token.IsExported(fn.Name()) && r.facts.pass.Pkg.Name() != "main" || r.facts.usedAsValue(fn) {
		return list
	}
	var out []summary.Amount
	found := false
	r.facts.eachCall(func(caller *ssa.Function, call ssa.CallInstruction) {
		if _, callee := staticTarget(call.Common()); callee == fn {
			found = true
			out = summary.JoinAmounts(out, r.resolve(caller, r.Substitute(call, list), depth+1))
		}
	})
	if !found {
		return list
	}
	return out
}

// Opener reports whether the tables say that fn opens a pool: its body is how.
func (r *Result) Opener(fn *ssa.Function) bool {
	obj, ok := outermost(fn).Object().(*types.Func)
	if !ok {
		return false
	}
	row := r.facts.models.Func(obj)
	return row != nil && len(row.Opens) > 0
}

// MaySkip reports whether the callee of c, which is given a literal, may return
// without calling it.
func (r *Result) MaySkip(c ssa.CallInstruction, lit *ssa.Function) bool {
	obj, fn := staticTarget(c.Common())
	if obj == nil {
		return false
	}
	s, known := r.facts.summaryOf(target{obj: obj, fn: fn})
	if !known || s == nil {
		return false
	}
	for _, call := range s.Calls {
		if call.Path != "" || !call.Maybe || call.Param >= len(c.Common().Args) {
			continue
		}
		switch v := strip(c.Common().Args[call.Param]).(type) {
		case *ssa.MakeClosure:
			return v.Fn == lit
		case *ssa.Function:
			return v == lit
		}
	}
	return false
}

// UsedAsValue reports whether the package uses fn other than by calling it.
func (r *Result) UsedAsValue(fn *ssa.Function) bool { return r.facts.usedAsValue(fn) }

// FuncName is the name of the declared function that fn is, or is in, as
// package summary has it.
func (r *Result) FuncName(fn *ssa.Function) string { return r.facts.funcName(outermost(fn)) }

// EachSetter calls f for each call of the package that sets a setting.
func (r *Result) EachSetter(f func(call ssa.CallInstruction, name string, s resource.Setting, arg ssa.Value)) {
	if r.facts == nil {
		return
	}
	r.facts.eachCall(func(_ *ssa.Function, call ssa.CallInstruction) {
		if call.Common().IsInvoke() {
			return
		}
		obj, _ := staticTarget(call.Common())
		if obj == nil {
			return
		}
		row := r.facts.models.Func(obj)
		if row == nil {
			return
		}
		for _, s := range row.Sets {
			if i := s.Param + 1; i < len(call.Common().Args) {
				f(call, obj.Name(), s.Setting, call.Common().Args[i])
			}
		}
	})
}
