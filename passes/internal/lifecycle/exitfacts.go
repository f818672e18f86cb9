package lifecycle

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/summary"
)

// exitFacts computes what fn's returns say without any resource: whether it
// returns at all, which results are never nil, or nil exactly if a parameter
// is. It reports whether the budget sufficed.
func (p *pkgInfo) exitFacts(fn *ssa.Function, s *summary.Func) bool {
	if !p.factsMatter(fn) {
		return true
	}
	e := newEngine(p, fn)
	exits := e.runBody(fn, newState())
	if e.broke {
		return len(fn.Blocks) > 200 // too large to be a helper
	}
	if len(exits) == 0 {
		s.NoReturn = true
		return true
	}
	for i, param := range fn.Params {
		if f := commonFact(e, exits, func(x exit) sym { return e.tab.own(param) }); f != 0 && !isReceiver(fn, i) {
			s.NoReturnIf = append(s.NoReturnIf, summary.Cond{Subject: summary.Param, Index: i, Is: f.Not()})
		}
	}
	p.boolResult(e, fn, exits, s)
	for r := range fn.Signature.Results().Len() {
		if !nilable(fn.Signature.Results().At(r).Type()) {
			continue
		}
		p.resultFacts(e, fn, exits, r, s)
		if _, ok := p.models.Resource(fn.Signature.Results().At(r).Type()); ok {
			p.resultView(e, fn, exits, r, s)
		}
	}
	return true
}

// resultView finds out whether result r is always what stands at one path
// below a parameter: whether fn is an accessor.
func (p *pkgInfo) resultView(e *engine, fn *ssa.Function, exits []exit, r int, s *summary.Func) {
	var view *summary.View
	for _, x := range exits {
		if e.fact(x.st, x.results[r]) == summary.Nil {
			continue
		}
		v := e.viewOf(x.st, fn, x.results[r])
		if v == nil || view != nil && *v != *view {
			return
		}
		view = v
	}
	if view != nil {
		view.Result = r
		s.Views = append(s.Views, *view)
	}
}

// viewOf finds the path below a parameter at which t stands.
func (e *engine) viewOf(st *state, fn *ssa.Function, t sym) *summary.View {
	for i, param := range fn.Params {
		var paths []string
		for a, c := range st.heap {
			if path, ok := e.tab.under(a, e.tab.own(param)); ok && c == t {
				paths = append(paths, path)
			}
		}
		if len(paths) == 1 && strings.HasPrefix(paths[0], ".") {
			return &summary.View{Param: i, Path: paths[0]}
		}
	}
	return nil
}

// boolResult computes what the single boolean result of a predicate says of
// its parameters: failed(err) is true exactly if err is not nil.
func (p *pkgInfo) boolResult(e *engine, fn *ssa.Function, exits []exit, s *summary.Func) {
	res := fn.Signature.Results()
	if res.Len() != 1 || !isBool(res.At(0).Type()) {
		return
	}
	for i, param := range fn.Params {
		if !nilable(param.Type()) {
			continue
		}
		own := e.tab.own(param)
		for _, truth := range [...]summary.Value{summary.True, summary.False} {
			given := func(st *state, x exit) bool { return e.assume(st, x.ret.Results[0], truth == summary.True) }
			if f := e.factWhen(exits, own, given); f != 0 {
				s.Implies = append(s.Implies, summary.Implication{
					If:   summary.Cond{Subject: summary.Result, Is: truth},
					Then: summary.Cond{Subject: summary.Param, Index: i, Is: f},
				})
			}
		}
	}
}

// factWhen returns what all exits that can have a result know of t. given restricts
// the state at an exit to that result, and reports whether it can be.
func (e *engine) factWhen(exits []exit, t sym, given func(*state, exit) bool) summary.Value {
	var common summary.Value
	for _, x := range exits {
		st := x.st.clone()
		if !given(st, x) {
			continue
		}
		f := e.fact(st, t)
		if f == 0 || common != 0 && f != common {
			return 0
		}
		common = f
	}
	return common
}

func isReceiver(fn *ssa.Function, i int) bool { return i == 0 && fn.Signature.Recv() != nil }

// factsMatter reports whether fn is of a shape that exitFacts can say
// something useful about.
func (p *pkgInfo) factsMatter(fn *ssa.Function) bool {
	if len(fn.Blocks) > 120 {
		return false
	}
	sig := fn.Signature
	if errorResult(sig) >= 0 && len(fn.Blocks) <= 8 {
		return true
	}
	for i := range sig.Params().Len() {
		t := sig.Params().At(i).Type()
		if isError(t) {
			return true
		}
		for r := range sig.Results().Len() {
			if nilable(t) && types.Identical(types.Unalias(t), types.Unalias(sig.Results().At(r).Type())) {
				return true
			}
		}
	}
	if sig.Results().Len() > 0 && sig.Params().Len() == 0 && len(fn.Blocks) <= 8 {
		if _, ok := p.models.Resource(sig.Results().At(0).Type()); ok {
			return true // an accessor
		}
	}
	if recv := sig.Recv(); recv != nil && sig.Results().Len() == 1 && types.Identical(recv.Type(), sig.Results().At(0).Type()) {
		return true
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Panic:
				return true
			case *ssa.Call:
				if p.neverReturns(&instr.Call) {
					return true
				}
			}
		}
	}
	return false
}

// neverReturns reports whether a call can end the path.
func (p *pkgInfo) neverReturns(c *ssa.CallCommon) bool {
	obj, fn := staticTarget(c)
	if obj == nil {
		return false
	}
	if row := p.models.Func(obj); row != nil {
		return row.NoReturn || len(row.NoReturnIf) > 0
	}
	t := target{obj: obj, fn: fn, invoke: c.IsInvoke()}
	if t.invoke {
		return false
	}
	s, _ := p.summaryOf(t)
	return s != nil && (s.NoReturn || len(s.NoReturnIf) > 0)
}

func nilable(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Signature, *types.Map, *types.Slice:
		return true
	}
	return false
}

// commonFact returns the fact that all exits share about a value.
func commonFact(e *engine, exits []exit, of func(exit) sym) summary.Value {
	f := e.fact(exits[0].st, of(exits[0]))
	for _, x := range exits[1:] {
		if e.fact(x.st, of(x)) != f {
			return 0
		}
	}
	return f
}

func (p *pkgInfo) resultFacts(e *engine, fn *ssa.Function, exits []exit, r int, s *summary.Func) {
	switch commonFact(e, exits, func(x exit) sym { return x.results[r] }) {
	case summary.NonNil:
		if isError(fn.Signature.Results().At(r).Type()) {
			s.Nilness = append(s.Nilness, summary.Nilness{Result: r, Param: summary.Never})
			return
		}
	case summary.Nil:
		if isError(fn.Signature.Results().At(r).Type()) {
			s.Nilness = append(s.Nilness, summary.Nilness{Result: r, Param: summary.Always})
			return
		}
	}
	for i, param := range fn.Params {
		own := e.tab.own(param)
		alias, iff := true, isError(param.Type())
		for _, x := range exits {
			res := x.results[r]
			fr, fp := e.fact(x.st, res), e.fact(x.st, own)
			alias = alias && (res == own || fr == summary.Nil)
			iff = iff && (res == own || fr != 0 && fr == fp)
		}
		switch {
		case iff && isError(fn.Signature.Results().At(r).Type()):
			s.Nilness = append(s.Nilness, summary.Nilness{Result: r, Param: i})
			return
		case alias && anyAlias(exits, r, own):
			s.Aliases = append(s.Aliases, summary.Alias{Result: r, Param: i})
			return
		}
	}
	if unrelated(e, fn, exits, r) {
		s.Nilness = append(s.Nilness, summary.Nilness{Result: r, Param: summary.Unrelated})
	}
	if fn.Signature.Results().Len() == 1 {
		e.impliedBy(fn, exits, s)
	}
}

// unrelated reports whether result r is an error that is known not to come from
// the only error among the parameters: callers would take it for that.
func unrelated(e *engine, fn *ssa.Function, exits []exit, r int) bool {
	if !isError(fn.Signature.Results().At(r).Type()) {
		return false
	}
	var sole *ssa.Parameter
	for _, param := range fn.Params {
		if isError(param.Type()) {
			if sole != nil {
				return false
			}
			sole = param
		}
	}
	if sole == nil {
		return false
	}
	own := e.tab.own(sole)
	for _, x := range exits {
		if f := e.fact(x.st, x.results[r]); x.results[r] != own && f != 0 && f != e.fact(x.st, own) {
			return true
		}
	}
	return false
}

// impliedBy finds out what the only result says of the parameters, if it is nil
// and if it is not: a helper that looks for a kind of error in another returns
// something only if there is one.
func (e *engine) impliedBy(fn *ssa.Function, exits []exit, s *summary.Func) {
	for i, param := range fn.Params {
		if !isError(param.Type()) {
			continue
		}
		own := e.tab.own(param)
		for _, is := range [...]summary.Value{summary.Nil, summary.NonNil} {
			given := func(st *state, x exit) bool { return e.learn(st, x.results[0], is) }
			if f := e.factWhen(exits, own, given); f != 0 {
				s.Implies = append(s.Implies, summary.Implication{
					If:   summary.Cond{Subject: summary.Result, Is: is},
					Then: summary.Cond{Subject: summary.Param, Index: i, Is: f},
				})
			}
		}
	}
}

func anyAlias(exits []exit, r int, own sym) bool {
	for _, x := range exits {
		if x.results[r] == own {
			return true
		}
	}
	return false
}
