package lifecycle

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/summary"
)

// A variable that is assigned a function literal once, and captured by other
// literals, is a function in all but name: it gets a summary as one.

// literalOf returns the literal that a captured variable always holds, nil if
// that is not known.
func literalOf(v ssa.Value) *ssa.Function {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return nil
	}
	fv, ok := load.X.(*ssa.FreeVar)
	if !ok {
		return nil
	}
	for depth := 0; depth < 8; depth++ {
		switch b := bindingOf(fv).(type) {
		case *ssa.FreeVar:
			fv = b
		case *ssa.Alloc:
			if capturedStore(b) {
				return nil
			}
			switch f := soleStore(b).(type) {
			case *ssa.MakeClosure:
				fn, _ := f.Fn.(*ssa.Function)
				return fn
			case *ssa.Function:
				return f
			}
			return nil
		default:
			return nil
		}
	}
	return nil
}

// capturedStore reports whether a literal that captures the variable assigns
// it.
func capturedStore(a *ssa.Alloc) bool {
	for _, r := range *a.Referrers() {
		mc, ok := r.(*ssa.MakeClosure)
		if !ok {
			continue
		}
		for i, b := range mc.Bindings {
			if b == a && assigned(mc.Fn.(*ssa.Function).FreeVars[i]) {
				return true
			}
		}
	}
	return false
}

// literalSummary returns the summary of such a literal, nil while it is being
// made.
func (p *pkgInfo) literalSummary(fn *ssa.Function) *summary.Func {
	if s, ok := p.sums[fn]; ok {
		return s
	}
	p.sums[fn] = nil
	p.guard(fn, func() { p.sums[fn] = p.summarize(fn) })
	return p.sums[fn]
}

// literalName makes an object for a literal, to speak of it.
func literalName(fn *ssa.Function, v ssa.Value) *types.Func {
	name := fn.Name()
	if load, ok := v.(*ssa.UnOp); ok {
		name = load.X.Name()
	}
	return types.NewFunc(fn.Pos(), fn.Pkg.Pkg, name, fn.Signature)
}
