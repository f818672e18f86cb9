package lifecycle

import (
	"fmt"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/resource"
	"github.com/connvet/connvet/passes/internal/summary"
)

// A Pool is a pool that a function opens or gets, and what becomes of it
// there. The settings are those of all paths on which it lives on.
type Pool struct {
	*Finding      // where and how it is acquired; no exits
	Direct   bool // Call is the opener itself
	Pools    []summary.Pool
	Settled  bool   // it is stored, handed over, or used by main
	Given    bool   // it is in a result, whether or not the caller can configure it
	Returned bool   // the caller gets it, and can configure it
	Stored   bool   // it is taken over by something that outlives the function
	Closed   bool   // it is closed on some path
	Left     bool   // it is left open at an exit, and nobody has it
	Wasted   bool   // and not only where the function fails
	Lost     bool   // it is opened again while the one before is open
	Kept     []Kept // where it is stored
}

// Kept is a variable of the package, or a field of a type, that holds a pool.
type Kept struct {
	Global *ssa.Global
	Struct *types.Named
	Field  string
}

// maxChain bounds the calls that are remembered between the opener and the
// function that holds the pool.
const maxChain = 8

// isPool reports whether what is followed is a pool.
func (e *engine) isPool() bool {
	if e.birth != nil {
		return e.birth.kind == resource.DB
	}
	if e.rType == nil {
		return true
	}
	_, modelled := e.pkg.models.Resource(e.rType)
	return !modelled || e.pkg.isPoolType(e.rType)
}

// isPoolType reports whether values of the type are pools.
func (p *pkgInfo) isPoolType(t types.Type) bool {
	r, ok := p.models.Resource(t)
	return ok && r.Kind == resource.DB
}

// lender reports whether values of the type lend a pool, as gorm's do.
func (p *pkgInfo) lender(t types.Type) bool {
	n := NamedOf(t)
	if n == nil || n.Obj().Pkg() == nil || !p.models.Modelled(n.Obj().Pkg().Path()) {
		return false
	}
	for i := range n.NumMethods() {
		if row := p.models.Func(n.Method(i)); row != nil && len(row.Lends) > 0 {
			return true
		}
	}
	return false
}

// configures reports whether a function may set something of the pool that its
// parameter lends: it asks for the pool, or passes the parameter to a function
// that does.
func (p *pkgInfo) configures(param *ssa.Parameter) bool {
	for _, r := range *param.Referrers() {
		call, ok := r.(ssa.CallInstruction)
		if !ok || call.Common().IsInvoke() {
			continue
		}
		obj, fn := staticTarget(call.Common())
		if obj == nil {
			continue
		}
		if row := p.models.Func(obj); row != nil {
			if len(row.Lends) > 0 {
				return true
			}
			continue
		}
		s, known := p.summaryOf(target{obj: obj, fn: fn})
		if known && s != nil && slices.ContainsFunc(s.Params, func(e summary.ParamEffect) bool {
			return e.Path == "" && e.Param < len(call.Common().Args) && call.Common().Args[e.Param] == ssa.Value(param)
		}) {
			return true
		}
	}
	return false
}

// applySettings executes what a model row says of the settings of its
// receiver, and of what the receiver lends.
func (e *engine) applySettings(st *state, c *callSite, row *resource.Func, off int) {
	if len(row.Sets) == 0 && len(row.Lends) == 0 || st.status == unborn || !e.isPool() {
		return
	}
	for _, a := range row.Lends {
		if i := a.Param + off; i < len(c.args) && c.args[i] == symR {
			e.setResult(st, c, a.Result, symR)
		}
	}
	for _, s := range row.Sets {
		i := s.Param + off
		if i >= len(c.args) || c.args[0] != symR {
			continue
		}
		var set summary.Settings
		set[s.Setting] = e.pkg.settingAmounts(e.root, c, i)
		st.set = st.set.Then(set)
	}
}

// mayBeSet notes that a call which cannot be followed was given the pool
// itself, and may have configured it.
func (e *engine) mayBeSet(st *state, c *callSite) {
	if st.status == unborn || !e.isPool() || c.common.StaticCallee() != nil || !e.settable(c) {
		return
	}
	e.unknownSet(st)
}

// noteLast remembers the settings at the last instruction at which the pool is
// alive, as the source goes: those of a function that never returns.
func (e *engine) noteLast(st *state) {
	if e.at > e.last {
		e.last, e.lastSet = e.at, st.set
	} else {
		e.lastSet = e.lastSet.Join(st.set)
	}
}

// unknownSet notes that the pool may have been configured out of sight.
func (e *engine) unknownSet(st *state) {
	var set summary.Settings
	for i := range set {
		set[i] = []summary.Amount{{Kind: summary.Untouched}, {Kind: summary.Unknown}}
	}
	st.set = st.set.Then(set)
}

// settable reports whether the callee gets the pool in a type that lets it
// change the settings.
func (e *engine) settable(c *callSite) bool {
	params := c.common.Signature().Params()
	for i := range params.Len() {
		if _, isFunc := params.At(i).Type().Underlying().(*types.Signature); isFunc {
			return false // it is given something to do with the pool
		}
	}
	for i, a := range c.args {
		v := c.argValue(i)
		if a != symR || v == nil || c.common.IsInvoke() && i == 0 {
			continue
		}
		if iface, ok := v.Type().Underlying().(*types.Interface); ok && iface.NumMethods() > 0 {
			if !e.pkg.hasSetter(iface) {
				continue
			}
		}
		return true
	}
	return false
}

// applySet applies the settings that a callee gives the resource.
func (e *engine) applySet(st *state, c *callSite, set summary.Settings) {
	if set.IsZero() {
		return
	}
	st.set = st.set.Then(set.Map(func(a summary.Amount) []summary.Amount {
		return e.pkg.substitute(e.root, c, a)
	}))
}

// configureKept applies the settings that a callee gives a pool which has been
// stored in what it gets.
func (e *engine) configureKept(st *state, c *callSite, eff *summary.ParamEffect) {
	t := c.args[eff.Param]
	if eff.Path != "" {
		t = e.content(st, t, eff.Path)
	}
	if t != symR {
		return
	}
	var sets []summary.Settings
	closes := true
	for _, cs := range eff.Cases {
		sets = append(sets, cs.Set)
		closes = closes && cs.Outcome == summary.Released
	}
	e.applySet(st, c, joinAll(sets))
	if closes {
		e.closeKept(st)
	}
}

// closeKept notes that a pool which has been stored is closed where it is kept.
func (e *engine) closeKept(st *state) {
	if e.birth != nil && e.birth.kind == resource.DB {
		st.status, st.byDefer, st.guess = released, e.deferDepth > 0, noSym
	}
}

// poolsOf describes the pools that an acquisition yields, before this
// function has configured them.
func (p *pkgInfo) poolsOf(fn *ssa.Function, b *birth) []summary.Pool {
	here := p.site(b.instr)
	c := &callSite{instr: b.instr, common: &b.instr.Call, value: b.instr}
	if b.fresh == nil {
		return []summary.Pool{p.openedPool(fn, b, c, here)}
	}
	var out []summary.Pool
	for _, pool := range b.fresh.Pools {
		subst := func(a summary.Amount) []summary.Amount { return p.substitute(fn, c, a) }
		pool.Set = pool.Set.Map(subst)
		pool.Driver = summary.MapAmounts(pool.Driver, subst)
		pool.DSN = publicDSN(summary.MapAmounts(pool.DSN, subst))
		pool.Chain = append([]summary.Site{here}, pool.Chain...)
		if len(pool.Chain) > maxChain {
			pool.Chain = slices.Delete(pool.Chain, maxChain/2, maxChain/2+len(pool.Chain)-maxChain)
		}
		out = append(out, pool)
	}
	return out
}

// openedPool describes the pool of an opener.
func (p *pkgInfo) openedPool(fn *ssa.Function, b *birth, c *callSite, here summary.Site) summary.Pool {
	pool := summary.Pool{ID: p.openerID(b.instr), Opener: b.obj.FullName(), Chain: []summary.Site{here}}
	o, ok := p.openerRow(b)
	if !ok || o.Bounded {
		// An opener of one driver: pgxpool, a mock.
		pool.Driver = driverOf(b.obj.Pkg())
	}
	if !ok {
		return pool
	}
	pool.Bound = o.Bounded
	if o.Driver >= 0 && o.Driver < len(c.common.Args) {
		pool.Driver = p.amountsOf(fn, c.common.Args[o.Driver], 0)
	}
	if o.DSN >= 0 && o.DSN < len(c.common.Args) {
		pool.DSN = p.amountsOf(fn, c.common.Args[o.DSN], 0)
	}
	if o.Via >= 0 && o.Via < len(c.common.Args) {
		p.viaConnector(fn, c.common.Args[o.Via], &pool)
		p.viaConfig(fn, c.common.Args[o.Via], &pool, b.obj.Pkg())
	}
	pool.DSN = publicDSN(pool.DSN)
	return pool
}

// openerRow returns what the tables say of how an acquisition opens its pool.
func (p *pkgInfo) openerRow(b *birth) (resource.Opener, bool) {
	if row := p.models.Func(b.obj); row != nil {
		for _, o := range row.Opens {
			if o.Result == b.model.Result {
				return o, true
			}
		}
	}
	return resource.Opener{}, false
}

// driverOf names the driver by the package that has it.
func driverOf(pkg *types.Package) []summary.Amount {
	return []summary.Amount{{Kind: summary.FromConst, IsText: true, Text: pkg.Path()}}
}

// publicDSN strips credentials.
func publicDSN(list []summary.Amount) []summary.Amount {
	return summary.MapAmounts(list, func(a summary.Amount) []summary.Amount { return []summary.Amount{a.Public()} })
}

// viaConnector looks at what a connector, dialector or configuration was made
// by: the package tells the driver, its text arguments the data source name.
func (p *pkgInfo) viaConnector(fn *ssa.Function, v ssa.Value, pool *summary.Pool) {
	v = strip(v)
	if n := NamedOf(v.Type()); n != nil && n.Obj().Pkg() != nil && !types.IsInterface(n) && p.namesDriver(n.Obj().Pkg(), pool) {
		pool.Driver = driverOf(n.Obj().Pkg())
	}
	if ex, ok := v.(*ssa.Extract); ok {
		v = ex.Tuple
	}
	call, ok := v.(*ssa.Call)
	if !ok {
		return
	}
	obj, _ := staticTarget(&call.Call)
	if obj == nil || obj.Pkg() == nil {
		return
	}
	if p.namesDriver(obj.Pkg(), pool) {
		pool.Driver = driverOf(obj.Pkg())
	}
	for _, a := range call.Call.Args {
		if isString(a.Type()) {
			pool.DSN = p.amountsOf(fn, a, 0)
			return
		}
		if t, ok := p.driverConfig(fn, a); ok {
			pool.DSN = []summary.Amount{t}
			return
		}
	}
}

// namesDriver reports whether the package of a connector tells the driver: that
// of a library, for an opener that serves several.
func (p *pkgInfo) namesDriver(pkg *types.Package, pool *summary.Pool) bool {
	return !pool.Bound && pkg != p.pass.Pkg
}

// strip looks through conversions that keep the value.
func strip(v ssa.Value) ssa.Value {
	for {
		switch x := v.(type) {
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		default:
			return v
		}
	}
}

// NamedOf returns the named type that t is, or points to, nil if there is none.
func NamedOf(t types.Type) *types.Named {
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	n, _ := types.Unalias(t).(*types.Named)
	return n
}

func isString(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

// openerID names an opener: the function that it stands in, and its number
// among the openers there.
func (p *pkgInfo) openerID(call *ssa.Call) string {
	fn := outermost(call.Parent())
	n := 0
	for i, c := range p.openers(fn) {
		if c == call {
			n = i + 1
		}
	}
	return fmt.Sprintf("%s.%s#%d", p.pass.Pkg.Path(), p.funcName(fn), n)
}

func outermost(fn *ssa.Function) *ssa.Function {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	return fn
}

// funcName is the name of a declared function within its package.
func (p *pkgInfo) funcName(fn *ssa.Function) string {
	if obj, ok := fn.Object().(*types.Func); ok {
		return summary.Name(obj)
	}
	return fn.Name()
}

// openers lists the calls in fn, and in the literals within, that open a pool
// themselves.
func (p *pkgInfo) openers(fn *ssa.Function) []*ssa.Call {
	if list, ok := p.opened[fn]; ok {
		return list
	}
	var out []*ssa.Call
	for _, b := range p.births(fn) {
		if b.kind == resource.DB && b.fresh == nil {
			out = append(out, b.instr)
		}
	}
	slices.SortStableFunc(out, func(a, b *ssa.Call) int { return int(a.Pos() - b.Pos()) })
	p.opened[fn] = out
	return out
}

// site describes a call for facts.
func (p *pkgInfo) site(instr ssa.CallInstruction) summary.Site {
	pos := p.pass.Fset.Position(instr.Pos())
	s := summary.Site{
		Pkg:  p.pass.Pkg.Path(),
		File: baseName(pos.Filename),
		Line: pos.Line,
		Col:  pos.Column,
		Func: p.funcName(outermost(instr.Parent())),
	}
	if obj, _ := staticTarget(instr.Common()); obj != nil {
		s.Call = funcName(obj)
	}
	return s
}
