package lifecycle

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/summary"
)

// A paramCall is a call of a function value that the caller provides.
type paramCall struct {
	summary.Callee
	at    *ssa.BasicBlock // in the function itself; nil for one in a literal
	maybe bool            // the callee that calls it may not
}

// calledFuncs lists the function values that fn calls and that its caller
// provides: a parameter, or a field below one.
func (p *pkgInfo) calledFuncs(fn *ssa.Function) []summary.Callee {
	var calls []paramCall
	var scan func(f *ssa.Function)
	scan = func(f *ssa.Function) {
		for _, b := range f.Blocks {
			for _, instr := range b.Instrs {
				call, ok := instr.(ssa.CallInstruction)
				if !ok {
					continue
				}
				add := func(v ssa.Value, suffix string, maybe bool) {
					if param, path, ok := origin(fn, v, 0); ok {
						c := paramCall{summary.Callee{Param: param, Path: path + suffix}, nil, maybe}
						if f == fn {
							c.at = b
						}
						calls = append(calls, c)
					}
				}
				if common := call.Common(); !common.IsInvoke() && common.StaticCallee() == nil {
					add(common.Value, "", false)
				}
				p.forwardedCalls(call, add)
			}
		}
		for _, a := range f.AnonFuncs {
			scan(a)
		}
	}
	scan(fn)
	var out []summary.Callee
	for _, c := range calls {
		if !slices.ContainsFunc(out, func(x summary.Callee) bool { return x.Param == c.Param && x.Path == c.Path }) && len(out) < 8 {
			c.Maybe = mayBeSkipped(fn, calls, c)
			out = append(out, c.Callee)
		}
	}
	return out
}

// mayBeSkipped reports whether fn can return without a call of the function
// value. A loop is taken to run, and a nil check of the value to find one.
func mayBeSkipped(fn *ssa.Function, calls []paramCall, of paramCall) bool {
	called := make(map[*ssa.BasicBlock]bool)
	for _, c := range calls {
		if c.Param != of.Param || c.Path != of.Path {
			continue
		}
		if c.at == nil || InCycle(c.at) {
			return false
		}
		if !c.maybe {
			called[c.at] = true
		}
	}
	seen := make(map[*ssa.BasicBlock]bool)
	work := []*ssa.BasicBlock{fn.Blocks[0]}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[b] || called[b] {
			continue
		}
		seen[b] = true
		switch last := b.Instrs[len(b.Instrs)-1].(type) {
		case *ssa.Return:
			return true
		case *ssa.If:
			if i, ok := nonNilSide(fn, last, of); ok {
				work = append(work, b.Succs[i])
				continue
			}
		}
		work = append(work, b.Succs...)
	}
	return false
}

// nonNilSide returns the successor of a nil check of the function value on
// which it is not nil.
func nonNilSide(fn *ssa.Function, branch *ssa.If, of paramCall) (succ int, ok bool) {
	cond, isCompare := branch.Cond.(*ssa.BinOp)
	if !isCompare || cond.Op != token.EQL && cond.Op != token.NEQ {
		return 0, false
	}
	if k, isConst := cond.Y.(*ssa.Const); !isConst || !k.IsNil() {
		return 0, false
	}
	if param, path, known := origin(fn, cond.X, 0); !known || param != of.Param || path != of.Path {
		return 0, false
	}
	if cond.Op == token.EQL {
		succ = 1
	}
	return succ, true
}

// forwardedCalls adds the function values that fn's callee calls for it.
func (p *pkgInfo) forwardedCalls(call ssa.CallInstruction, add func(v ssa.Value, suffix string, maybe bool)) {
	common := call.Common()
	obj, fn := staticTarget(common)
	if obj == nil || common.IsInvoke() {
		return
	}
	if row := p.models.Func(obj); row != nil {
		off := 0
		if obj.Signature().Recv() != nil {
			off = 1
		}
		for _, c := range row.Calls {
			if i := c.Param + off; i < len(common.Args) {
				add(common.Args[i], "", false)
			}
		}
		return
	}
	if p.borrowsAll(obj) {
		return
	}
	if s, known := p.summaryOf(target{obj: obj, fn: fn}); known && s != nil {
		for _, c := range s.Calls {
			if c.Param < len(common.Args) {
				add(common.Args[c.Param], c.Path, c.Maybe)
			}
		}
	}
}
