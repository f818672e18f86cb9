package lifecycle

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/resource"
	"github.com/connvet/connvet/passes/internal/summary"
)

// A birth is an acquisition: a call that hands its caller an obligation.
type birth struct {
	instr *ssa.Call
	kind  resource.Kind
	obj   *types.Func

	// Either a row of the model tables,
	model *resource.Acquire
	// or an obligation that the callee's summary tells of.
	fresh *summary.Fresh

	// drainKeeps is set where reading to the end does not release: the
	// statement's text promises several results.
	drainKeeps bool

	// poolOnly is set for an opened pool that owes no release.
	poolOnly bool

	// context, where the acquisition stands in a literal, tells the calls
	// through which the function under analysis reaches it: each yields a
	// resource of its own.
	context []ssa.Instruction
}

// births lists the acquisitions in fn and in the literals within.
func (p *pkgInfo) births(fn *ssa.Function) []*birth {
	var out []*birth
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok {
				out = append(out, p.birthsAt(call)...)
			}
		}
	}
	for _, anon := range fn.AnonFuncs {
		out = append(out, p.births(anon)...)
	}
	return out
}

// birthsAt lists what the call acquires.
func (p *pkgInfo) birthsAt(call *ssa.Call) []*birth {
	obj, fn := staticTarget(&call.Call)
	if obj == nil {
		if fn = p.variable(call.Call.Value); fn != nil {
			obj, _ = fn.Object().(*types.Func)
		}
	}
	if obj == nil {
		return p.literalBirths(call)
	}
	directed := p.directive(obj)
	row := p.models.Func(obj)
	if row == nil && call.Call.IsInvoke() {
		row = p.models.InterfaceMethodOf(call.Call.Value.Type(), obj)
	}
	switch {
	case directed != nil && slices.Contains(directed.Says, summary.Result):
	case row != nil:
		return p.modelBirths(call, obj, row)
	case call.Call.IsInvoke() || p.borrowsAll(obj):
		return nil
	}
	s, known := p.summaryOf(target{obj: obj, fn: fn, invoke: call.Call.IsInvoke()})
	if !known || s == nil {
		return nil
	}
	var out []*birth
	for i := range s.Fresh {
		if f := &s.Fresh[i]; !p.endsWithTx(call, f) {
			out = append(out, &birth{instr: call, kind: resource.Kind(f.Kind), obj: obj, fresh: f})
		}
	}
	return out
}

// literalBirths lists what the call of a captured function variable acquires.
func (p *pkgInfo) literalBirths(call *ssa.Call) []*birth {
	fn := p.literalOf(call.Call.Value)
	if fn == nil {
		return nil
	}
	s := p.literalSummary(fn)
	if s == nil {
		return nil
	}
	var out []*birth
	for i := range s.Fresh {
		f := &s.Fresh[i]
		f.Owner = p.owner(fn, f)
		out = append(out, &birth{instr: call, kind: resource.Kind(f.Kind), obj: literalName(fn, call.Call.Value), fresh: f})
	}
	return out
}

// staticTarget returns the declared function that a call names.
func staticTarget(c *ssa.CallCommon) (*types.Func, *ssa.Function) {
	if c.IsInvoke() {
		return c.Method, nil
	}
	fn := c.StaticCallee()
	if fn == nil {
		fn = knownOption(c.Value)
	}
	if fn == nil {
		return nil, nil
	}
	if o := fn.Origin(); o != nil {
		fn = o
	}
	if fn.Parent() != nil {
		return nil, nil
	}
	obj, _ := fn.Object().(*types.Func)
	if obj != nil {
		obj = obj.Origin()
	}
	return obj, fn
}

// knownOption returns the only function that v names, where it holds either
// that one or something unknown: a default that callers may replace.
func knownOption(v ssa.Value) *ssa.Function {
	phi, ok := v.(*ssa.Phi)
	if !ok {
		return nil
	}
	var known *ssa.Function
	for _, edge := range phi.Edges {
		if ct, ok := edge.(*ssa.ChangeType); ok {
			edge = ct.X
		}
		fn, ok := edge.(*ssa.Function)
		if !ok || fn == known {
			continue
		}
		if known != nil || fn.Parent() != nil {
			return nil
		}
		known = fn
	}
	return known
}

func (p *pkgInfo) modelBirths(call *ssa.Call, obj *types.Func, row *resource.Func) []*birth {
	var out []*birth
	for i := range row.Acquires {
		a := &row.Acquires[i]
		if (a.Owned && !p.strict || p.ofTx(call, a)) && !(a.Kind == resource.Rows && ReadsRawBytes(call.Parent())) {
			continue
		}
		if a.Into > 0 && p.filled(call, obj, a) == nil {
			continue
		}
		b := &birth{instr: call, kind: a.Kind, obj: obj, model: a}
		b.drainKeeps = a.Kind == resource.Rows && severalResults(&call.Call)
		out = append(out, b)
	}
	return append(out, p.openedOnly(call, obj, row)...)
}

// openedOnly lists the pools that a call opens without an obligation.
func (p *pkgInfo) openedOnly(call *ssa.Call, obj *types.Func, row *resource.Func) []*birth {
	var out []*birth
	for _, o := range row.Opens {
		if acquireRow(row, o.Result) != nil || slices.ContainsFunc(call.Call.Args, p.givenPool) {
			continue
		}
		a := &resource.Acquire{Result: o.Result, Kind: resource.DB, Err: errorResult(obj.Signature()), Ctx: resource.NoResult, From: resource.NoParam}
		out = append(out, &birth{instr: call, kind: resource.DB, obj: obj, model: a, poolOnly: true})
	}
	return out
}

// givenPool reports whether an argument of an opener (a dialector, a
// configuration) was made with a pool that there is already.
func (p *pkgInfo) givenPool(v ssa.Value) bool {
	v = strip(v)
	if load, ok := v.(*ssa.UnOp); ok {
		v = load.X
	}
	switch v := v.(type) {
	case *ssa.Call:
		return !v.Call.IsInvoke() && slices.ContainsFunc(v.Call.Args, p.givenPool)
	case *ssa.Alloc:
		for _, r := range *v.Referrers() {
			fa, ok := r.(*ssa.FieldAddr)
			if !ok {
				continue
			}
			for _, use := range *fa.Referrers() {
				if s, ok := use.(*ssa.Store); ok && s.Addr == fa && p.isPoolType(strip(s.Val).Type()) {
					return true
				}
			}
		}
		return false
	}
	return p.isPoolType(v.Type())
}

// lent reports whether the acquisition is there for its settings only.
func (b *birth) lent() bool { return b.poolOnly || b.fresh != nil && b.fresh.Lent }

// filled returns the argument that an acquisition fills instead of returning
// something, if it is a resource.
func (p *pkgInfo) filled(call *ssa.Call, obj *types.Func, a *resource.Acquire) ssa.Value {
	i := a.Into - 1
	if obj.Signature().Recv() != nil && !call.Call.IsInvoke() {
		i++
	}
	if i >= len(call.Call.Args) {
		return nil
	}
	v := call.Call.Args[i]
	if mi, ok := v.(*ssa.MakeInterface); ok {
		v = mi.X
	}
	if _, ok := p.models.Resource(v.Type()); !ok {
		return nil
	}
	return v
}
