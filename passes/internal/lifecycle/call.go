package lifecycle

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/resource"
)

// A callSite is a call about to be executed, with the operands as they were
// when it was evaluated (for a deferred call, when it was deferred).
type callSite struct {
	instr  ssa.CallInstruction
	common *ssa.CallCommon
	value  *ssa.Call // nil for go and defer
	fn     sym       // the function value of a dynamic call
	args   []sym     // receiver first
}

func (e *engine) site(st *state, instr ssa.CallInstruction, value *ssa.Call) *callSite {
	c := &callSite{instr: instr, common: instr.Common(), value: value}
	c.fn = e.denotes(st, c.common.Value)
	if c.common.IsInvoke() {
		c.args = append(c.args, c.fn)
	}
	for _, a := range c.common.Args {
		c.args = append(c.args, e.denotes(st, a))
	}
	return c
}

// argValue returns the operand behind argument i.
func (c *callSite) argValue(i int) ssa.Value { return argumentOf(c.common, i) }

// argumentOf returns an argument of a call, nil if it has not so many. That of an
// interface's method has the interface for its first.
func argumentOf(c *ssa.CallCommon, i int) ssa.Value {
	if c.IsInvoke() {
		if i == 0 {
			return c.Value
		}
		i--
	}
	if i < len(c.Args) {
		return c.Args[i]
	}
	return nil
}

// A target is what is known of the function that a call reaches.
type target struct {
	obj     *types.Func   // the declared function or method, or nil
	fn      *ssa.Function // its body, if there is one in this package
	closure sym           // the function value, if fn is a literal
	invoke  bool          // obj is a method of an interface
	literal *ssa.Function // what the captured function variable always holds
}

// resolve finds out what c calls.
func (e *engine) resolve(st *state, c *callSite) target {
	if c.common.IsInvoke() {
		return e.resolveInvoke(st, c)
	}
	fn := c.common.StaticCallee()
	clo := noSym
	switch v := e.tab.infos[c.fn].val.(type) {
	case *ssa.Function:
		fn = v
	case *ssa.MakeClosure:
		fn, clo = v.Fn.(*ssa.Function), c.fn
	}
	if fn == nil {
		fn = knownOption(c.common.Value)
	}
	if fn == nil {
		if fn = e.pkg.variable(c.common.Value); fn == nil || fn.Parent() != nil {
			return target{literal: e.pkg.literalOf(c.common.Value)}
		}
	}
	return e.functionTarget(fn, clo)
}

func (e *engine) functionTarget(fn *ssa.Function, clo sym) target {
	if o := fn.Origin(); o != nil {
		fn = o
	}
	t := target{fn: fn, closure: clo}
	if fn.Parent() == nil && !isWrapper(fn) {
		t.obj, _ = fn.Object().(*types.Func)
		if t.obj != nil {
			t.obj = t.obj.Origin()
		}
	}
	return t
}

// isWrapper reports whether fn is a synthetic function around a method: a
// method value, a method expression, a promoted method.
func isWrapper(fn *ssa.Function) bool {
	return fn.Synthetic != "" && len(fn.Blocks) > 0 && fn.Pkg == nil
}

func (e *engine) resolveInvoke(st *state, c *callSite) target {
	m := c.common.Method
	t := e.typeOf(st, c.args[0])
	if t == nil || types.IsInterface(t) || e.pkg.models.Func(m) != nil {
		return target{obj: m, invoke: true}
	}
	if _, ok := types.Unalias(t).(*types.TypeParam); ok {
		return target{obj: m, invoke: true}
	}
	obj, index, _ := types.LookupFieldOrMethod(t, false, m.Pkg(), m.Name())
	method, ok := obj.(*types.Func)
	if !ok {
		return target{obj: m, invoke: true}
	}
	if len(index) > 1 {
		if fn := e.pkg.ssa.SSA.Prog.LookupMethod(t, m.Pkg(), m.Name()); fn != nil && len(fn.Blocks) > 0 {
			return target{fn: fn}
		}
	}
	tgt := target{obj: method.Origin()}
	if fn := e.pkg.ssa.SSA.Prog.FuncValue(method.Origin()); fn != nil {
		tgt.fn = fn
	}
	return tgt
}

// call executes a call and returns the states after it.
func (e *engine) call(st *state, c *callSite) []*state {
	e.stack = append(e.stack, c.instr)
	defer func() { e.stack = e.stack[:len(e.stack)-1] }()
	if st.ownState && slices.Contains(c.args, symR) {
		st.ownState = false // the branch did not keep the path from it
	}
	if c.value != nil {
		e.deferredAgain(st, c)
		e.forget(st, c.value)
	}
	if b, ok := c.common.Value.(*ssa.Builtin); ok {
		return e.builtin(st, c, b.Name())
	}
	if !c.common.IsInvoke() && c.fn != noSym {
		if states, ok := e.callReleaser(st, c); ok {
			return states
		}
	}
	t := e.resolve(st, c)
	if t.literal != nil {
		return e.applySummary(st, c, t, e.pkg.literalSummary(t.literal))
	}
	if d := e.pkg.directive(t.obj); d != nil {
		return e.applySummary(st, c, t, d)
	}
	if t.obj != nil {
		row := e.pkg.models.Func(t.obj)
		if row == nil && t.invoke {
			row = e.pkg.models.InterfaceMethodOf(c.common.Value.Type(), t.obj)
		}
		if row != nil {
			return e.applyModel(st, c, t.obj, row)
		}
		if t.invoke && c.args[0] == symR && e.abstract() {
			return e.callMethod(st, c, t.obj)
		}
	}
	if t.fn != nil && t.obj == nil && len(t.fn.Blocks) > 0 && !slices.Contains(e.active, t.fn) {
		if isElement(c.common.Value) {
			e.elements++
			defer func() { e.elements-- }()
		}
		return e.inline(st, c, t)
	}
	if e.pkg.borrowsAll(t.obj) {
		return e.applySummary(st, c, t, nil)
	}
	if s, known := e.pkg.summaryOf(t); known {
		return e.applySummary(st, c, t, s)
	}
	if s := e.pkg.quiet(t); s != nil {
		return e.applyQuiet(st, c, t, s)
	}
	return e.unknown(st, c, t)
}

// deferredAgain looks, before the acquisition is executed once more, whether
// the previous resource is released by a deferred call: what that call was
// given may be a result of the previous execution.
func (e *engine) deferredAgain(st *state, c *callSite) {
	if e.birth == nil || e.discover || c.instr != ssa.CallInstruction(e.birth.instr) || st.status != open || len(st.defers) == 0 || e.inContainer(st) {
		return
	}
	if e.birth.context != nil && !slices.Equal(e.birth.context, e.stack) {
		return
	}
	if d := e.pendingRelease(st); d != nil {
		e.noteLoopDefer(d)
		st.status = released
		// It is about the previous one from here on.
		st.defers = slices.DeleteFunc(slices.Clone(st.defers), func(x deferred) bool { return x.instr == d })
	}
}

// isElement reports whether v is taken out of a container, so that the next
// time it may be another.
func isElement(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.UnOp:
		_, ok := v.X.(*ssa.IndexAddr)
		return ok
	case *ssa.Extract:
		_, ok := v.Tuple.(*ssa.Next)
		return ok
	case *ssa.Lookup:
		return true
	}
	return false
}

// abstract reports whether the tracked resource is a parameter of a type that
// does not tell what releases it.
func (e *engine) abstract() bool {
	if e.birth != nil || e.rType == nil {
		return false
	}
	if _, isParam := types.Unalias(e.rType).(*types.TypeParam); isParam {
		return true
	}
	_, modelled := e.pkg.models.Resource(e.rType)
	return types.IsInterface(e.rType) && !modelled
}

// callReleaser handles the call of a function value that is known to release
// the resource: the close function that a callee has returned.
func (e *engine) callReleaser(st *state, c *callSite) ([]*state, bool) {
	if st.status == open && c.fn == st.cancel && e.deferDepth == 0 {
		e.release(st) // a deferred one comes too late: it bounds the leak
		return []*state{st}, true
	}
	switch {
	case st.status != open:
		return nil, false
	case st.heap[e.tab.address(c.fn, "()")] == symR:
		e.release(st)
		return []*state{st}, true
	case st.heap[e.tab.address(c.fn, "(!)")] == symR:
		return e.iterate(st, c), true
	case st.heap[e.tab.address(c.fn, "(?)")] == symR:
		return e.mayRelease(st, c), true
	}
	return nil, false
}

// iterate executes the call of an iterator that releases the resource when it
// comes to its end, and leaves it open where it is told to stop. The body of a
// range loop tells; of another function it is not known.
func (e *engine) iterate(st *state, c *callSite) []*state {
	if len(c.args) == 1 {
		if fn := e.literal(c.args[0]); fn != nil && fn.Synthetic == yieldBody {
			done, stopped := e.runLoopBody(st, c.args[0], fn)
			for _, s := range done {
				e.release(s)
			}
			return append(done, stopped...)
		}
	}
	return e.mayRelease(st, c)
}

// mayRelease executes the call of a function that releases the resource or not.
func (e *engine) mayRelease(st *state, c *callSite) []*state {
	kept := st.clone()
	e.release(st)
	return append(e.runCallbacks(kept, c), st)
}

// release notes that the resource has been released.
func (e *engine) release(st *state) {
	if st.status != open {
		return
	}
	st.byDefer = e.deferDepth > 0
	if !st.byDefer && e.dry == 0 && (e.birth == nil || e.pkg.strict) && len(st.defers) > 0 {
		// Released by hand, with a deferred release behind it.
		e.dry++
		st.byDefer = e.pendingRelease(st) != nil
		e.dry--
	}
	st.status = released
	if st.byDefer {
		e.note("released by a deferred call")
	} else {
		e.note("released")
	}
	for _, u := range st.lent {
		e.confirm[u] = true
	}
}

// callMethod notes that a method has been called on a parameter whose type
// does not tell what the method does; the caller knows.
func (e *engine) callMethod(st *state, c *callSite, m *types.Func) []*state {
	name := m.Name()
	sig := m.Signature()
	if sig.Params().Len() == 0 && sig.Results().Len() == 1 && isBool(sig.Results().At(0).Type()) && c.value != nil {
		done := st.clone()
		e.learn(st, e.tab.own(c.value), 3)
		e.learn(done, e.tab.own(c.value), 4)
		noteCalled(done, name+"=false")
		return []*state{st, done}
	}
	if mayEnd(m) || e.pkg.isSetter(m) {
		noteCalled(st, name)
	}
	for i := range c.args[1:] {
		e.lend(st, c, c.args[i+1])
	}
	e.havoc(st, c)
	return []*state{st}
}

func isBool(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

func noteCalled(st *state, name string) {
	if i, found := slices.BinarySearch(st.called, name); !found && len(st.called) < 8 {
		st.called = slices.Insert(slices.Clone(st.called), i, name)
	}
}

// setResult binds result i of the call.
func (e *engine) setResult(st *state, c *callSite, i int, t sym) {
	if c.value == nil || t == noSym {
		return
	}
	if c.common.Signature().Results().Len() == 1 {
		st.vals[c.value] = t
		return
	}
	st.heap[e.component(c.value, i)] = t
}

// resultSym returns the sym of result i, one of its own where nothing was
// bound.
func (e *engine) resultSym(st *state, c *callSite, i int) sym {
	if c.value == nil {
		return noSym
	}
	n := c.common.Signature().Results().Len()
	if i >= n {
		return noSym
	}
	if n == 1 {
		return e.denotes(st, c.value)
	}
	a := e.component(c.value, i)
	if t, ok := st.heap[a]; ok && t != noSym {
		return t
	}
	own := e.tab.address(a, "@")
	st.heap[a] = own
	return own
}

// builtin executes a call of a predeclared function.
func (e *engine) builtin(st *state, c *callSite, name string) []*state {
	switch name {
	case "append":
		e.appendTo(st, c)
	case "len":
		if t := e.length(st, c.common.Args[0]); t != noSym {
			e.setResult(st, c, 0, t)
		}
	case "recover":
		// Only normal exits are judged: nothing is panicking there.
		e.setResult(st, c, 0, symNil)
	case "panic":
		return nil
	case "ssa:wrapnilchk":
		e.setResult(st, c, 0, c.args[0])
	}
	return []*state{st}
}

func (e *engine) appendTo(st *state, c *callSite) {
	if c.value == nil {
		return
	}
	own := e.tab.own(c.value)
	for _, a := range c.args {
		e.copyElems(st, a, own)
	}
	root := e.tab.root(c.args[0])
	if st.status == open && e.hands(st, own) && !e.local(st, c.args[0]) && c.args[0] != symNil && root >= numConstSyms {
		// Elements of a slice that others see: the result is nearly always
		// stored back there.
		if _, isPhi := e.tab.infos[root].val.(*ssa.Phi); !isPhi {
			st.lent = append(st.lent, c.instr)
		}
	}
}

// copyElems gives dst the elements of src, or the parts of elements that are
// structs. One that holds the resource stands for all.
func (e *engine) copyElems(st *state, src, dst sym) {
	from, to := e.tab.address(src, "[]"), e.tab.address(dst, "[]")
	elems := make(map[sym]sym)
	for a, t := range st.heap {
		if t == noSym {
			continue
		}
		if a == from {
			elems[to] = t
		} else if path, ok := e.tab.under(a, from); ok {
			elems[e.tab.address(to, path)] = t
		}
	}
	for at, t := range elems {
		if cur := st.heap[at]; cur == noSym || !e.reaches(st, cur) {
			st.heap[at] = t
		}
	}
}

// goroutine executes a go statement: the resource is handed over if the
// goroutine releases it or passes it on.
func (e *engine) goroutine(st *state, c *callSite) {
	t := e.resolve(st, c)
	for _, a := range append([]sym{t.closure}, c.args...) {
		st.shared = st.shared || e.reaches(st, a)
	}
	if t.fn != nil && t.obj == nil && len(t.fn.Blocks) > 0 {
		e.goLiteral(st, c, t)
		return
	}
	for _, s := range e.call(st.clone(), c) {
		if st.status == open && s.status != open {
			st.status = taken
		}
	}
	if st.status == open && st.shared && e.birth != nil && e.birth.kind == resource.DB && !e.handOver[c.instr] {
		e.lentTo[c.instr] = noSym
		st.lent = append(slices.Clip(st.lent), c.instr)
	} else if st.status == open && st.shared && e.handOver[c.instr] {
		st.status = taken // it lives as long as the goroutine
	}
	for _, a := range c.args {
		e.escape(st, a)
	}
}

func (e *engine) goLiteral(st *state, c *callSite, t target) {
	held := false
	for _, a := range append([]sym{t.closure}, c.args...) {
		held = held || e.reaches(st, a)
	}
	if !held && !e.bornIn(t.fn) {
		e.havocCaptured(st, t.closure, t.fn)
		return
	}
	e.stack = append(e.stack, c.instr)
	defer func() { e.stack = e.stack[:len(e.stack)-1] }()
	s := st.clone()
	var left []exit
	exits := e.enter(s, c, t)
	done := len(exits) == 0 // it serves for ever
	for _, x := range exits {
		if x.st.status == open {
			left = append(left, x)
		} else if x.st.status != unborn {
			done = true
		}
	}
	if st.status == open && done && len(left) > 0 && !e.handOver[c.instr] {
		// It may also just use what the function releases after it: see lend.
		e.lentTo[c.instr] = noSym
		st.lent = append(st.lent, c.instr)
	} else if st.status == open && done {
		e.note("handed to a goroutine that releases it")
		st.status = taken
		if e.dry == 0 {
			e.goLeaks = append(e.goLeaks, left...)
		}
	}
	e.havocCaptured(st, t.closure, t.fn)
}

// acquireRow returns the acquisition of a model row at result i.
func acquireRow(row *resource.Func, i int) *resource.Acquire {
	for k := range row.Acquires {
		if row.Acquires[k].Result == i {
			return &row.Acquires[k]
		}
	}
	return nil
}
