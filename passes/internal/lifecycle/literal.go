package lifecycle

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/summary"
)

// A variable that is assigned a function literal once, and captured by other
// literals, is a function in all but name: it gets a summary as one.

// literalOf returns the literal that a captured variable, or one of the package,
// always holds, nil if that is not known.
func (p *pkgInfo) literalOf(v ssa.Value) *ssa.Function {
	if fn := p.variable(v); fn != nil && fn.Parent() != nil {
		return fn
	}
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

// variable returns the function that a variable of the package holds, if it gets
// one where it is declared and no other: a seam for tests, which assign another.
func (p *pkgInfo) variable(v ssa.Value) *ssa.Function {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return nil
	}
	g, ok := load.X.(*ssa.Global)
	if !ok || g.Pkg != p.ssa.SSA || g.Object() == nil || g.Object().Exported() || p.assignedLater(g) {
		return nil
	}
	if p.initial == nil {
		p.initial = initialFunctions(p.ssa.SSA.Func("init"))
	}
	return p.initial[g]
}

// initialFunctions lists the functions that variables of a package are declared
// with.
func initialFunctions(init *ssa.Function) map[*ssa.Global]*ssa.Function {
	found := make(map[*ssa.Global]*ssa.Function)
	if init == nil {
		return found
	}
	for _, b := range init.Blocks {
		for _, instr := range b.Instrs {
			s, ok := instr.(*ssa.Store)
			if !ok {
				continue
			}
			g, isGlobal := s.Addr.(*ssa.Global)
			fn, isFunc := s.Val.(*ssa.Function)
			if isGlobal && isFunc && !isWrapper(fn) {
				found[g] = fn
			}
		}
	}
	return found
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
