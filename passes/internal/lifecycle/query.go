package lifecycle

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/resource"
	"github.com/connvet/connvet/passes/internal/summary"
)

// What package pools asks of the engine. But for EachSetter, these want a
// package that holds a resource: one whose Result has its SSA form.

// Site describes a call for facts.
func (r *Result) Site(c ssa.CallInstruction) summary.Site { return r.pkg.site(c) }

// EachCall calls f for each call of the package.
func (r *Result) EachCall(f func(ssa.CallInstruction)) {
	r.pkg.eachCall(f)
}

// IsPool reports whether values of the type are pools, or lend one.
func (r *Result) IsPool(t types.Type) bool {
	return r.pkg.isPoolType(t) || r.pkg.lender(t)
}

// Substitute replaces what speaks of the callee's parameters by what a call
// gives for them.
func (r *Result) Substitute(c ssa.CallInstruction, list []summary.Amount) []summary.Amount {
	value, _ := c.(*ssa.Call)
	site := &callSite{instr: c, common: c.Common(), value: value}
	return summary.MapAmounts(list, func(a summary.Amount) []summary.Amount {
		return publicDSN(r.pkg.substitute(outermost(c.Parent()), site, a))
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
	if token.IsExported(fn.Name()) && r.pkg.pass.Pkg.Name() != "main" || r.pkg.usedAsValue(fn) {
		return list
	}
	calls := r.pkg.callsOf(fn)
	if len(calls) == 0 {
		return list
	}
	var out []summary.Amount
	for _, call := range calls {
		out = summary.JoinAmounts(out, r.resolve(outermost(call.Parent()), r.Substitute(call, list), depth+1))
	}
	return out
}

// Opener reports whether the tables say that fn opens a pool: its body is how.
func (r *Result) Opener(fn *ssa.Function) bool {
	obj, ok := outermost(fn).Object().(*types.Func)
	if !ok {
		return false
	}
	row := r.pkg.models.Func(obj)
	return row != nil && len(row.Opens) > 0
}

// MaySkip reports whether the callee of c, which is given a literal, may return
// without calling it.
func (r *Result) MaySkip(c ssa.CallInstruction, lit *ssa.Function) bool {
	obj, fn := staticTarget(c.Common())
	if obj == nil {
		return false
	}
	s, known := r.pkg.summaryOf(target{obj: obj, fn: fn})
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
func (r *Result) UsedAsValue(fn *ssa.Function) bool { return r.pkg.usedAsValue(fn) }

// FuncName is the name of the declared function that fn is, or is in, as
// package summary has it.
func (r *Result) FuncName(fn *ssa.Function) string { return r.pkg.funcName(outermost(fn)) }

// EachSetter calls f for each call of the package that sets a setting.
func (r *Result) EachSetter(f func(call ssa.CallInstruction, name string, s resource.Setting, arg ssa.Value)) {
	if r.pkg == nil {
		return
	}
	r.pkg.eachCall(func(call ssa.CallInstruction) {
		if call.Common().IsInvoke() {
			return
		}
		obj, _ := staticTarget(call.Common())
		if obj == nil {
			return
		}
		row := r.pkg.models.Func(obj)
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
