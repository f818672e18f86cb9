package lifecycle

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/resource"
	"github.com/connvet/connvet/passes/internal/summary"
)

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
		e.unname(st, kept)
		if kept {
			// Those acquired before are still in the container, also where
			// this acquisition fails.
			out = append(out, e.failedAgain(st.clone(), c)...)
		}
		st.called, st.lent, st.stored, st.looped = nil, nil, nil, nil
		st.byDefer, st.guess = false, noSym
		st.set, st.shared = summary.Settings{}, false
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
	i := errorResult(c.common.Signature())
	if a := e.birth.model; a != nil {
		i = a.Err
	}
	if i < 0 || !e.learn(st, e.resultSym(st, c, i), summary.NonNil) {
		return nil
	}
	return []*state{st}
}

// inContainer reports whether the resource is an element of something, or held by
// an element.
func (e *engine) inContainer(st *state) bool {
	for a, t := range st.heap {
		if e.isElement(a) && e.reaches(st, t) {
			return true
		}
	}
	return false
}

// isElement reports whether an address is that of an element of a container.
func (e *engine) isElement(a sym) bool { return strings.Contains(e.tab.infos[a].path, "[") }

// contained returns the objects that are elements of containers, or reached from
// one.
func (e *engine) contained(st *state) map[sym]bool {
	found := make(map[sym]bool)
	var add func(t sym)
	add = func(t sym) {
		if t < numConstSyms || found[t] {
			return
		}
		found[t] = true
		for a, c := range st.heap {
			if _, ok := e.tab.under(a, t); ok || a == t {
				add(c)
			}
		}
	}
	for a, t := range st.heap {
		if e.isElement(a) {
			add(t)
		}
	}
	return found
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
		if !ok || !e.reaches(st, t) || phi.Referrers() == nil || phi.Parent() != b.Parent() {
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

// unname removes every name of the previous resource, but not what is kept of
// it in containers.
func (e *engine) unname(st *state, kept bool) {
	for v, t := range st.vals {
		if t == symR {
			st.vals[v] = symNonNil
		}
	}
	var held map[sym]bool
	if kept {
		held = e.contained(st)
	}
	for a, t := range st.heap {
		if t == symR && !(kept && (e.isElement(a) || held[e.tab.root(a)])) {
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
