package pools

import (
	"cmp"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/entry"
	"github.com/connvet/connvet/passes/internal/lifecycle"
	"github.com/connvet/connvet/passes/internal/summary"
)

// openings finds out which functions open a pool each time they are called.
type openings struct {
	pass *analysis.Pass
	res  *lifecycle.Result
	at   map[*ssa.Call][]*lifecycle.Pool
	done map[*ssa.Function][]call
	// imports are the facts of other packages, nil for those without one.
	imports map[*types.Package]*Fact
}

// A call is an instruction of a function that opens pools.
type call struct {
	instr ssa.CallInstruction
	opens []Opening
}

func newOpenings(pass *analysis.Pass, res *lifecycle.Result) *openings {
	o := &openings{
		pass: pass, res: res,
		at:      make(map[*ssa.Call][]*lifecycle.Pool),
		done:    make(map[*ssa.Function][]call),
		imports: make(map[*types.Package]*Fact),
	}
	for _, p := range res.Pools {
		o.at[p.Call] = append(o.at[p.Call], p)
	}
	return o
}

// maxOpenings bounds what is told of one function, and maxChain how many
// calls of the way to the opener.
const (
	maxOpenings = 8
	maxChain    = 12
)

// calls lists the instructions of fn, and of the literals that it runs, which
// open pools whenever fn is called.
func (o *openings) calls(fn *ssa.Function) []call {
	if list, ok := o.done[fn]; ok {
		return list
	}
	o.done[fn] = nil // while it is being made: recursion adds nothing
	var out []call
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			c, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			if opens := o.opensAt(c); len(opens) > 0 && !o.cached(c) {
				out = append(out, call{c, opens})
			}
			for _, lit := range runs(c) {
				if o.res.MaySkip(c, lit) {
					continue // it asks for one if there is none
				}
				if _, isEntry := o.entryOf(lit); isEntry {
					continue
				}
				for _, inner := range o.calls(lit) {
					if !o.cached(c) {
						out = append(out, inner)
					}
				}
			}
		}
	}
	o.done[fn] = out
	return out
}

// runs lists the literals that a call runs, or has run.
func runs(c ssa.CallInstruction) []*ssa.Function {
	common := c.Common()
	if entry.Once(common) && keptOnce(c) {
		return nil
	}
	if _, _, ok := entry.Registers(common); ok {
		return nil
	}
	var out []*ssa.Function
	for _, v := range append([]ssa.Value{common.Value}, common.Args...) {
		if lit := literal(v); lit != nil {
			out = append(out, lit)
		}
	}
	return out
}

// keptOnce reports whether what runs a function once outlives the function
// that has it: a local sync.Once, or a sync.OnceValue made for each call,
// remembers nothing.
func keptOnce(c ssa.CallInstruction) bool {
	common := c.Common()
	if recv := common.Signature().Recv(); recv != nil && len(common.Args) > 0 {
		_, local := common.Args[0].(*ssa.Alloc)
		return !local
	}
	v, ok := c.(*ssa.Call)
	if !ok || v.Referrers() == nil || len(*v.Referrers()) == 0 {
		return true
	}
	for _, r := range *v.Referrers() {
		if call, ok := r.(ssa.CallInstruction); !ok || call.Common().Value != v {
			return true
		}
	}
	return false
}

// literal returns the function literal that v is.
func literal(v ssa.Value) *ssa.Function {
	switch v := v.(type) {
	case *ssa.MakeClosure:
		if fn, ok := v.Fn.(*ssa.Function); ok && fn.Parent() != nil {
			return fn
		}
	case *ssa.Function:
		if v.Parent() != nil {
			return v
		}
	case *ssa.ChangeType:
		return literal(v.X)
	case *ssa.MakeInterface:
		return literal(v.X)
	}
	return nil
}

// opensAt lists the pools that one call opens.
func (o *openings) opensAt(c ssa.CallInstruction) []Opening {
	direct, _ := c.(*ssa.Call)
	var out []Opening
	for _, p := range o.at[direct] {
		if direct == nil || !p.Direct {
			continue
		}
		for i := range p.Pools {
			if q := &p.Pools[i]; !Embedded(q) {
				op := Opening{Pool: *q, Chain: q.Chain, Fate: fateOf(p), Drops: p.Left || p.Lost}
				op.Pool.Chain = nil
				out = append(out, op)
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, from := range o.callee(c) {
		op := from
		op.Pool.Driver = o.res.Substitute(c, op.Pool.Driver)
		if Embedded(&op.Pool) {
			continue
		}
		op.Pool.DSN = o.res.Substitute(c, op.Pool.DSN)
		op.Pool.Set = op.Pool.Set.Map(func(a summary.Amount) []summary.Amount { return o.res.Substitute(c, []summary.Amount{a}) })
		if op.Fate == Returned {
			op.Fate = Left // nobody took it, unless the engine saw who did
			for _, p := range o.at[direct] {
				if direct != nil {
					op.Fate = fateOf(p)
				}
			}
		}
		op.Chain = append([]summary.Site{o.res.Site(c)}, op.Chain...)
		if n := len(op.Chain); n > maxChain {
			op.Chain = slices.Delete(op.Chain, maxChain/2, maxChain/2+n-maxChain)
		}
		if !slices.ContainsFunc(out, func(x Opening) bool { return x.Pool.ID == op.Pool.ID }) && len(out) < maxOpenings {
			out = append(out, op)
		}
	}
	return out
}

// fateOf sums up what becomes of a pool in the function that gets it.
func fateOf(p *lifecycle.Pool) Fate {
	switch {
	case p.Lost || p.Left && !p.Given && (p.Wasted || !p.Closed):
		return Left
	case p.Given:
		return Returned
	case p.Closed && !p.Stored:
		return Closed // also where others use it until then
	}
	return Kept
}

// callee lists what the function that c calls opens.
func (o *openings) callee(c ssa.CallInstruction) []Opening {
	fn := c.Common().StaticCallee()
	if fn == nil {
		return nil
	}
	if origin := fn.Origin(); origin != nil {
		fn = origin
	}
	if fn.Parent() != nil {
		return nil // a literal: see runs
	}
	if len(fn.Blocks) > 0 && fn.Pkg == o.res.SSA.SSA {
		return o.ofFunc(fn)
	}
	obj, ok := fn.Object().(*types.Func)
	if !ok || obj.Pkg() == nil || obj.Pkg() == o.pass.Pkg {
		return nil
	}
	if fact := o.imported(obj.Pkg()); fact != nil {
		return fact.lookup(summary.Name(obj.Origin()))
	}
	return nil
}

// imported returns the fact of another package, nil if it has none.
func (o *openings) imported(pkg *types.Package) *Fact {
	fact, ok := o.imports[pkg]
	if !ok {
		var f Fact
		if o.pass.ImportPackageFact(pkg, &f) {
			fact = &f
		}
		o.imports[pkg] = fact
	}
	return fact
}

// ofFunc lists what a function of this package opens, each opener once.
func (o *openings) ofFunc(fn *ssa.Function) []Opening {
	var out []Opening
	for _, c := range o.calls(fn) {
		for _, op := range c.opens {
			if !slices.ContainsFunc(out, func(x Opening) bool { return x.Pool.ID == op.Pool.ID }) && len(out) < maxOpenings {
				out = append(out, op)
			}
		}
	}
	return out
}

// fact collects what importers have to know.
func (o *openings) fact() *Fact {
	f := &Fact{}
	for _, fn := range o.res.SSA.Funcs {
		obj, ok := fn.Object().(*types.Func)
		if !ok {
			continue
		}
		if opens := o.ofFunc(fn); len(opens) > 0 {
			f.Funcs = append(f.Funcs, Func{Name: summary.Name(obj), Opens: opens})
		}
	}
	slices.SortFunc(f.Funcs, func(a, b Func) int { return cmp.Compare(a.Name, b.Name) })
	return f
}
