package lifecycle

import (
	"go/constant"
	"go/types"
	"slices"
	"strings"

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
		f := &s.Fresh[i]
		out = append(out, &birth{instr: call, kind: resource.Kind(f.Kind), obj: obj, fresh: f})
	}
	return out
}

// literalBirths lists what the call of a captured function variable acquires.
func (p *pkgInfo) literalBirths(call *ssa.Call) []*birth {
	fn := literalOf(call.Call.Value)
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

func (p *pkgInfo) modelBirths(call *ssa.Call, obj *types.Func, row *resource.Func) []*birth {
	var out []*birth
	for i := range row.Acquires {
		a := &row.Acquires[i]
		if (a.Owned && !p.strict || p.ofTx(call, a)) && !(a.Kind == resource.Rows && readsRawBytes(call.Parent())) {
			continue
		}
		if a.Into > 0 && p.filled(call, obj, a) == nil {
			continue
		}
		b := &birth{instr: call, kind: a.Kind, obj: obj, model: a}
		b.drainKeeps = a.Kind == resource.Rows && severalResults(&call.Call)
		out = append(out, b)
	}
	return out
}

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

// readsRawBytes reports whether the function scans into sql.RawBytes: the
// rows then hold a lock that neither the context nor the transaction takes.
func readsRawBytes(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			a, ok := instr.(*ssa.Alloc)
			if !ok {
				continue
			}
			if n, ok := types.Unalias(a.Type().Underlying().(*types.Pointer).Elem()).(*types.Named); ok && n.Obj().Name() == "RawBytes" && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "database/sql" {
				return true
			}
		}
	}
	return false
}

// ofTx reports whether what is acquired ends with a transaction although the
// row does not say so: it is taken from a statement of a transaction, or
// through an interface that a transaction was given for.
func (p *pkgInfo) ofTx(call *ssa.Call, a *resource.Acquire) bool {
	if p.strict {
		return false
	}
	from := a.From
	switch {
	case from >= 0 && from < len(call.Call.Args):
		return p.txBound(call.Call.Args[from], 0)
	case call.Call.IsInvoke():
		return p.txBound(call.Call.Value, 0)
	case call.Call.Signature().Recv() != nil && len(call.Call.Args) > 0:
		return p.txBound(call.Call.Args[0], 0)
	}
	return false
}

// txBound reports whether v is a transaction or a statement of one.
func (p *pkgInfo) txBound(v ssa.Value, depth int) bool {
	if depth > 6 {
		return false
	}
	if r, ok := p.models.Resource(v.Type()); ok && r.Kind == resource.Tx {
		return true
	}
	switch v := v.(type) {
	case *ssa.MakeInterface:
		return p.txBound(v.X, depth+1)
	case *ssa.ChangeInterface:
		return p.txBound(v.X, depth+1)
	case *ssa.UnOp:
		return p.txBound(v.X, depth+1)
	case *ssa.FieldAddr: // the connection within a transaction
		return p.txBound(v.X, depth+1)
	case *ssa.Field:
		return p.txBound(v.X, depth+1)
	case *ssa.Phi:
		for _, e := range v.Edges {
			if !p.txBound(e, depth+1) {
				return false
			}
		}
		return len(v.Edges) > 0
	case *ssa.Extract:
		call, ok := v.Tuple.(*ssa.Call)
		return ok && p.txMade(call, v.Index, depth)
	case *ssa.Call:
		return p.txMade(v, 0, depth)
	}
	return false
}

// txMade reports whether a result of the call ends with a transaction.
func (p *pkgInfo) txMade(call *ssa.Call, result, depth int) bool {
	obj, _ := staticTarget(&call.Call)
	if obj == nil {
		return false
	}
	row := p.models.Func(obj)
	if row == nil {
		return false
	}
	a := acquireRow(row, result)
	if a == nil {
		// A builder that was given a transaction to run with.
		return slices.ContainsFunc(call.Call.Args, func(v ssa.Value) bool { return p.txBound(v, depth+1) })
	}
	if a.Owned {
		return true
	}
	return a.Kind == resource.Stmt && p.ofTx(call, a)
}

// severalResults reports whether the constant statement text may have more
// than one result set: a CALL, or several statements.
func severalResults(c *ssa.CallCommon) bool {
	for _, a := range c.Args {
		k, ok := a.(*ssa.Const)
		if !ok || k.Value == nil || k.Value.Kind() != constant.String {
			continue
		}
		text := strings.TrimSpace(constant.StringVal(k.Value))
		if len(text) >= 5 && strings.EqualFold(text[:4], "call") && (text[4] == ' ' || text[4] == '\t' || text[4] == '\n' || text[4] == '{') {
			return true
		}
		return severalStatements(text)
	}
	return false
}

// severalStatements reports whether text goes on behind a semicolon that
// stands outside of quotes.
func severalStatements(text string) bool {
	var quote rune
	for i, r := range text {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '\'' || r == '"' || r == '`':
			quote = r
		case r == ';':
			return strings.TrimSpace(text[i+1:]) != ""
		}
	}
	return false
}

// bear executes the acquisition: on the paths on which it succeeds the
// resource is open, on the others there is nothing to release.
func (e *engine) bear(states []*state, c *callSite) []*state {
	if e.discover {
		if !slices.ContainsFunc(e.contexts, func(x []ssa.Instruction) bool { return slices.Equal(x, e.stack) }) {
			e.contexts = append(e.contexts, slices.Clone(e.stack))
		}
		return states
	}
	if e.birth.context != nil && !slices.Equal(e.birth.context, e.stack) {
		return states
	}
	var out []*state
	for _, st := range states {
		kept := st.status == open && e.inContainer(st)
		if st.status == open && !kept {
			e.lose(st)
		}
		e.unname(st)
		if kept {
			// Those acquired before are still in the container, also where
			// this acquisition fails.
			out = append(out, e.failedAgain(st.clone(), c)...)
		}
		st.called, st.lent, st.stored, st.looped, st.byDefer = nil, nil, nil, nil, false
		st.path, st.liveErr, st.parent, st.waits, st.cancel = nil, noSym, noSym, noSym, noSym
		if e.birth.model != nil {
			out = append(out, e.bearModel(st, c)...)
		} else {
			out = append(out, e.bearFresh(st, c)...)
		}
	}
	return e.compact(out)
}

// failedAgain is the state in which the acquisition fails and the container
// keeps the ones made before.
func (e *engine) failedAgain(st *state, c *callSite) []*state {
	a := e.birth.model
	if a == nil || a.Err < 0 || !e.learn(st, e.resultSym(st, c, a.Err), summary.NonNil) {
		return nil
	}
	return []*state{st}
}

// inContainer reports whether the resource is an element of something.
func (e *engine) inContainer(st *state) bool {
	for a, t := range st.heap {
		if t == symR && strings.Contains(e.tab.infos[a].path, "[") {
			return true
		}
	}
	return false
}

// cancelOf returns the function that cancels the context of the acquisition,
// if it is made in this function: calling it ends what the context ends.
func (e *engine) cancelOf(st *state, a *resource.Acquire) sym {
	i := a.Ctx
	if i >= 0 && e.birth.obj.Signature().Recv() != nil && !e.birth.instr.Call.IsInvoke() {
		i++
	}
	if i < 0 || i >= len(e.birth.instr.Call.Args) {
		return noSym
	}
	v := e.birth.instr.Call.Args[i]
	if load, ok := v.(*ssa.UnOp); ok {
		if cell, ok := load.X.(*ssa.Alloc); ok {
			v = soleStore(cell)
		}
	}
	ctx, ok := v.(*ssa.Extract)
	if !ok || ctx.Index != 0 || ctx.Tuple.Referrers() == nil {
		return noSym
	}
	call, ok := ctx.Tuple.(*ssa.Call)
	if !ok {
		return noSym
	}
	if obj, _ := staticTarget(&call.Call); obj == nil || obj.Pkg() == nil || obj.Pkg().Path() != "context" {
		return noSym
	}
	for _, r := range *call.Referrers() {
		if x, ok := r.(*ssa.Extract); ok && x.Index == 1 {
			return e.denotes(st, x)
		}
	}
	return noSym
}

// fill lets every name of the argument that the acquisition filled stand for
// the resource.
func (e *engine) fill(st *state) {
	arg := e.pkg.filled(e.birth.instr, e.birth.obj, e.birth.model)
	t := e.denotes(st, arg)
	for v, x := range st.vals {
		if x == t {
			st.vals[v] = symR
		}
	}
	for a, x := range st.heap {
		if x == t {
			st.heap[a] = symR
		}
	}
	if v := e.tab.infos[t].val; v != nil {
		st.vals[v] = symR
	}
	st.vals[arg] = symR
}

// isSQLConn reports whether obj is a method of database/sql's Conn, whose
// Close waits for what was made with it.
func isSQLConn(obj *types.Func) bool {
	recv := obj.Signature().Recv()
	if recv == nil || obj.Pkg() == nil || obj.Pkg().Path() != "database/sql" {
		return false
	}
	return recv.Type().String() == "*database/sql.Conn"
}

// lose handles a resource that is still open when its acquisition is
// executed again.
func (e *engine) lose(st *state) {
	if e.dry > 0 || e.elements > 0 {
		return
	}
	before := st.clone()
	if d := e.pendingRelease(before); d != nil {
		e.noteLoopDefer(d)
		return
	}
	if !e.keptElsewhere(st) {
		e.overwrites = append(e.overwrites, overwrite{path: st.path})
	}
}

func (e *engine) noteLoopDefer(d *ssa.Defer) {
	if e.dry == 0 && !slices.Contains(e.loopDefers, d) {
		e.loopDefers = append(e.loopDefers, d)
	}
}

// pendingRelease returns the deferred call that will release the resource.
func (e *engine) pendingRelease(st *state) *ssa.Defer {
	for i := len(st.defers) - 1; i >= 0; i-- {
		d := st.defers[i]
		s := st.clone()
		s.defers = []deferred{d}
		for _, s := range e.runDefers(s) {
			if s.status == released || s.status == taken {
				return d.instr
			}
		}
	}
	return nil
}

// keptElsewhere reports whether the previous resource is still reachable, in
// a variable that is used after the acquisition.
func (e *engine) keptElsewhere(st *state) bool {
	b := e.birth.instr.Block()
	for v, t := range st.vals {
		phi, ok := v.(*ssa.Phi)
		if !ok || t != symR || phi.Referrers() == nil || phi.Parent() != b.Parent() {
			continue
		}
		for _, r := range *phi.Referrers() {
			switch r.(type) {
			case *ssa.Call, *ssa.Defer, *ssa.Store, *ssa.MakeInterface, *ssa.FieldAddr:
				if b.Dominates(r.Block()) && (r.Block() != b || e.after(r)) {
					return true
				}
			}
		}
	}
	return false
}

// after reports whether r stands behind the acquisition in its block.
func (e *engine) after(r ssa.Instruction) bool {
	instrs := r.Block().Instrs
	return slices.Index(instrs, r) > slices.Index(instrs, ssa.Instruction(e.birth.instr))
}

// unname removes every name of the previous resource.
func (e *engine) unname(st *state) {
	for v, t := range st.vals {
		if t == symR {
			st.vals[v] = symNonNil
		}
	}
	for a, t := range st.heap {
		if t == symR && !strings.Contains(e.tab.infos[a].path, "[") {
			st.heap[a] = symNonNil
		}
	}
	var keep []deferred
	for _, d := range st.defers {
		if !slices.Contains(d.args, symR) && d.fn != symR {
			keep = append(keep, d)
		}
	}
	st.defers = keep
	for t := range st.facts {
		if t == symR || e.tab.infos[t].base == symR {
			delete(st.facts, t)
		}
	}
}

func (e *engine) bearModel(st *state, c *callSite) []*state {
	a := e.birth.model
	var out []*state
	if a.Err >= 0 {
		failed := st.clone()
		failed.status = unborn
		if e.learn(failed, e.resultSym(failed, c, a.Err), summary.NonNil) {
			// The value beside an error is not looked at; a nil check of
			// it must come out right.
			if a.Into == 0 {
				e.setResult(failed, c, a.Result, symNil)
			}
			out = append(out, failed)
		}
		if !e.learn(st, e.resultSym(st, c, a.Err), summary.Nil) {
			return out
		}
	}
	st.status = open
	st.path = &step{instr: c.instr}
	if a.Ends && len(c.args) > 0 {
		st.parent = c.args[0]
	}
	if len(c.args) > 0 && a.Kind != resource.Stmt && isSQLConn(e.birth.obj) {
		st.waits = c.args[0]
	}
	st.cancel = e.cancelOf(st, a)
	if a.Into > 0 {
		e.fill(st)
	} else {
		e.setResult(st, c, a.Result, symR)
	}
	return append(out, st)
}

func (e *engine) bearFresh(st *state, c *callSite) []*state {
	var out []*state
	failed := st.clone()
	failed.status = unborn
	always := false
	var errs []summary.Cond
	for i := range e.birth.fresh.Cases {
		cs := &e.birth.fresh.Cases[i]
		results := 0
		for _, g := range cs.Guards {
			if g.Subject == summary.Result {
				results++
				errs = append(errs, g)
			}
		}
		always = always || results == 0
		s := st.clone()
		if !e.guards(s, c, cs.Guards) {
			continue
		}
		s.status = open
		s.path = &step{instr: c.instr}
		for _, g := range cs.Guards {
			if g.Subject == summary.Result && g.Is == summary.NonNil && isError(c.common.Signature().Results().At(g.Index).Type()) {
				s.liveErr = e.resultSym(s, c, g.Index)
			}
		}
		e.bindHandles(s, c, cs.Handles, symR)
		out = append(out, s)
	}
	if always {
		return out
	}
	ok := true
	if len(errs) > 0 && !slices.ContainsFunc(errs, func(g summary.Cond) bool { return g != errs[0] }) {
		ok = e.learn(failed, e.resultSym(failed, c, errs[0].Index), errs[0].Is.Not())
		if errs[0].Is == summary.Nil || errs[0].Is == summary.True {
			for _, h := range e.birth.fresh.Cases[0].Handles {
				if !h.Param && h.Path == "" {
					e.setResult(failed, c, h.Index, symNil)
				}
			}
		}
	}
	if ok {
		out = append(out, failed)
	}
	return out
}
