package lifecycle

import (
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// alloc makes a fresh cell or object.
func (e *engine) alloc(st *state, v *ssa.Alloc) {
	if own := e.tab.byVal[v]; st.status == open && own != noSym && e.reaches(st, own) {
		// A variable of the loop's body: what the previous round left in it
		// can be released by a deferred call only.
		if d := e.pendingRelease(st); d != nil {
			e.noteLoopDefer(d)
			st.status = released
		}
	}
	e.forget(st, v)
	elem := v.Type().Underlying().(*types.Pointer).Elem()
	if z := e.tab.zeroSym(elem); z != noSym {
		st.heap[e.tab.own(v)] = z
	}
}

// fieldElem names field i of t, or of what t points to.
func fieldElem(t types.Type, i int) string {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	if s, ok := coreStruct(t); ok {
		return "." + s.Field(i).Name()
	}
	return "." + strconv.Itoa(i)
}

// isAggregate reports whether values of type t have parts of their own.
func isAggregate(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Struct, *types.Array:
		return true
	}
	return false
}

// coreStruct returns the struct type behind t, also where t is a type
// parameter constrained to one.
func coreStruct(t types.Type) (*types.Struct, bool) {
	s, ok := t.Underlying().(*types.Struct)
	return s, ok
}

// loadInto lets v denote what the address holds.
func (e *engine) loadInto(st *state, v ssa.Value, addr sym) {
	if isAggregate(v.Type()) {
		if addr == symR || st.heap[addr] == symR {
			e.set(st, v, symR) // a resource that is a struct
			return
		}
		e.forget(st, v)
		e.copyParts(st, addr, e.tab.own(v))
		return
	}
	if t, ok := st.heap[addr]; ok && t != noSym {
		e.set(st, v, t)
		return
	}
	if e.embeddedView(addr, v.Type()) || e.embeddedPool(addr, v.Type()) {
		e.set(st, v, symR)
		return
	}
	e.forget(st, v)
	if root := e.tab.root(addr); (root == symR || e.derived[root]) && nilable(v.Type()) {
		e.derived[e.tab.own(v)] = true
	}
	if _, known := st.heap[addr]; !known && e.entryCell(addr) {
		// The content at entry has a name of its own, so that a summary
		// can speak of it.
		t := e.tab.address(addr, "*entry")
		st.vals[v] = t
		st.heap[addr] = t
		return
	}
	if addr != noSym {
		st.heap[addr] = e.tab.own(v)
	}
}

// entryCell reports whether addr is what a pointer parameter points to.
func (e *engine) entryCell(addr sym) bool {
	p, ok := e.tab.infos[addr].val.(*ssa.Parameter)
	return ok && p.Parent() == e.root
}

// embeddedView reports whether addr is a part of the resource that is the
// same resource in another type: the *sql.Rows within a *sqlx.Rows.
func (e *engine) embeddedView(addr sym, t types.Type) bool {
	in := e.tab.infos[addr]
	if in.base != symR || strings.HasPrefix(in.path, "*") {
		return false
	}
	if e.rType == nil {
		return false
	}
	if _, ok := e.pkg.models.Resource(e.rType); !ok {
		return false
	}
	_, ok := e.pkg.models.Resource(t)
	return ok
}

// embeddedPool reports whether addr is a part, however deep, of the pool that
// is a pool itself.
func (e *engine) embeddedPool(addr sym, t types.Type) bool {
	root := e.tab.root(addr)
	if root != symR && !e.derived[root] || e.rType == nil || !e.pkg.isPoolType(e.rType) {
		return false
	}
	return e.pkg.isPoolType(t)
}

// copyParts gives dst the parts of src.
func (e *engine) copyParts(st *state, src, dst sym) {
	type part struct {
		path string
		t    sym
	}
	var parts []part
	for a, t := range st.heap {
		if p, ok := e.tab.under(a, src); ok {
			parts = append(parts, part{p, t})
		}
	}
	for _, p := range parts {
		st.heap[e.tab.address(dst, p.path)] = p.t
	}
}

// store writes t, a value of type typ, to the address.
func (e *engine) store(st *state, addr, t sym, typ types.Type) {
	holds := st.status == open && (e.keeps(st, t) || e.derived[t])
	if holds && !e.local(st, addr) {
		e.give(st, addr, t)
		if e.isPool() {
			st.heap[addr] = t // it can still be configured there
		}
		return
	}
	if isAggregate(typ) && t != symR {
		delete(st.heap, addr)
		for a := range st.heap {
			if _, ok := e.tab.under(a, addr); ok {
				delete(st.heap, a)
			}
		}
		e.copyParts(st, t, addr)
		return
	}
	if strings.HasSuffix(e.tab.infos[addr].path, "]") && !holds && st.heap[addr] != noSym {
		if e.reaches(st, st.heap[addr]) {
			return // one element of many: keep the interesting one
		}
	}
	st.heap[addr] = t
}

// local reports whether the object that addr belongs to is known to this
// function only.
func (e *engine) local(st *state, addr sym) bool {
	root := e.tab.root(addr)
	if st.escaped[root] {
		return false
	}
	if e.objects[root] {
		return true
	}
	in := e.tab.infos[root]
	if in.typ != nil {
		return true // a part of the tracked object
	}
	switch v := in.val.(type) {
	case *ssa.Alloc, *ssa.MakeMap, *ssa.MakeSlice, *ssa.MakeClosure:
		return true
	case *ssa.UnOp, *ssa.Field, *ssa.Extract, *ssa.Index:
		return isAggregate(v.(ssa.Value).Type())
	case *ssa.Call:
		b, ok := v.Call.Value.(*ssa.Builtin)
		return ok && b.Name() == "append"
	}
	return false
}

// give hands the resource to the object at addr, which others can reach.
func (e *engine) give(st *state, addr, t sym) {
	root := e.tab.root(addr)
	if p, ok := e.tab.infos[root].val.(*ssa.Parameter); ok && p.Parent() == e.root {
		path := e.tab.infos[addr].path
		if path == "" {
			path = "*"
		}
		for _, h := range e.handlesOf(st, t) {
			h.Param, h.Index, h.Path = true, paramIndex(e.root, p), path+h.Path
			st.stored = append(st.stored, h)
		}
	}
	if _, ok := e.tab.infos[root].val.(*ssa.FreeVar); ok {
		e.toFree = true
	}
	e.noteAt(e.at, "stored in something that outlives the function")
	st.status = taken
}

func paramIndex(fn *ssa.Function, p *ssa.Parameter) int {
	for i, q := range fn.Params {
		if p == q {
			return i
		}
	}
	return -1
}

// handOff gives t, and all that it reaches, to code that is not seen.
func (e *engine) handOff(st *state, t sym) {
	if st.status == open && e.hands(st, t) {
		e.noteAt(e.at, "sent to another goroutine")
		st.status = taken
	}
	e.escape(st, t)
}

// escape marks the local objects that t reaches as known to others.
func (e *engine) escape(st *state, t sym) {
	if t < numConstSyms {
		return
	}
	root := e.tab.root(t)
	if st.escaped[root] {
		return
	}
	if fn := e.literal(root); fn != nil {
		e.escapeCaptured(st, root, fn)
		return
	}
	if st.escaped == nil {
		st.escaped = make(map[sym]bool)
	}
	st.escaped[root] = true
	var inner []sym
	for a, c := range st.heap {
		if _, ok := e.tab.under(a, root); ok || a == root {
			inner = append(inner, c)
		}
	}
	for _, c := range inner {
		e.escape(st, c)
	}
}

// escapeCaptured marks the captured variables that a literal, run at a time
// unknown, may release.
func (e *engine) escapeCaptured(st *state, clo sym, fn *ssa.Function) {
	for i, fv := range fn.FreeVars {
		if cell, ok := st.heap[e.tab.address(clo, "#"+strconv.Itoa(i))]; ok && mayRelease(fv, 0) {
			e.escape(st, cell)
		}
	}
}

// mayRelease reports whether a captured variable is used for more than
// being looked at: it is the receiver or argument of a call, or handed on.
func mayRelease(v ssa.Value, depth int) bool {
	refs := v.Referrers()
	if refs == nil || depth > 8 {
		return true
	}
	for _, r := range *refs {
		switch r := r.(type) {
		case ssa.CallInstruction, *ssa.MakeInterface, *ssa.Phi, *ssa.Return:
			return true
		case *ssa.Store:
			if r.Val == v {
				return true
			}
		case *ssa.UnOp:
			if mayRelease(r, depth+1) {
				return true
			}
		case *ssa.FieldAddr:
			if mayRelease(r, depth+1) {
				return true
			}
		case *ssa.MakeClosure:
			for i, b := range r.Bindings {
				if b == v && mayRelease(r.Fn.(*ssa.Function).FreeVars[i], depth+1) {
					return true
				}
			}
		}
	}
	return false
}

// reaches reports whether t is the resource or an object that holds it.
func (e *engine) reaches(st *state, t sym) bool {
	return e.reach(st, t, 0)
}

func (e *engine) reach(st *state, t sym, depth int) bool {
	if t == symR {
		return true
	}
	if t < numConstSyms || depth > 6 {
		return false
	}
	if e.tab.infos[t].base == symR {
		return false // a part of the resource is not the resource
	}
	for a, c := range st.heap {
		if c == noSym || c != symR && c < numConstSyms {
			continue
		}
		if _, ok := e.tab.under(a, t); (ok || a == t) && e.reach(st, c, depth+1) {
			return true
		}
	}
	return false
}
