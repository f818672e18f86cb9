package lifecycle

import (
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/summary"
)

// exec executes one instruction that is neither a phi nor a terminator.
func (e *engine) exec(fn *ssa.Function, instr ssa.Instruction, st *state) []*state {
	e.at = instr.Pos()
	switch v := instr.(type) {
	case *ssa.Call:
		return e.call(st, e.site(st, v, v))
	case *ssa.Go:
		e.goroutine(st, e.site(st, v, nil))
	case *ssa.Defer:
		e.deferCall(st, v)
	case *ssa.RunDefers:
		return e.runDefers(st)
	case *ssa.Store:
		e.store(st, e.denotes(st, v.Addr), e.denotes(st, v.Val), v.Val.Type())
	case *ssa.MapUpdate:
		e.store(st, e.tab.address(e.denotes(st, v.Map), "[]"), e.denotes(st, v.Value), v.Value.Type())
		e.store(st, e.tab.address(e.denotes(st, v.Map), "[key]"), e.denotes(st, v.Key), v.Key.Type())
	case *ssa.Send:
		e.handOff(st, e.denotes(st, v.X))
	case *ssa.Select:
		return e.selects(st, v)
	case *ssa.TypeAssert:
		return e.typeAssert(st, v)
	case *ssa.Alloc:
		e.alloc(st, v)
	case ssa.Value:
		e.value(st, v)
	}
	return []*state{st}
}

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

// value computes a value without side effects.
func (e *engine) value(st *state, v ssa.Value) {
	switch v := v.(type) {
	case *ssa.MakeInterface:
		t := e.denotes(st, v.X)
		if !nilable(v.X.Type()) && !isTypeParam(v.X.Type()) && !e.reaches(st, t) {
			t = symNonNil
		}
		e.set(st, v, t)
	case *ssa.ChangeInterface:
		e.set(st, v, e.denotes(st, v.X))
	case *ssa.ChangeType:
		e.set(st, v, e.denotes(st, v.X))
	case *ssa.Convert:
		e.set(st, v, e.denotes(st, v.X))
	case *ssa.Slice:
		e.set(st, v, e.denotes(st, v.X))
	case *ssa.SliceToArrayPointer:
		e.set(st, v, e.denotes(st, v.X))
	case *ssa.Range:
		e.set(st, v, e.denotes(st, v.X))
	case *ssa.FieldAddr:
		e.fieldAddr(st, v)
	case *ssa.IndexAddr:
		e.set(st, v, e.tab.address(e.denotes(st, v.X), "[]"))
	case *ssa.Field:
		e.loadInto(st, v, e.tab.address(e.denotes(st, v.X), fieldElem(v.X.Type(), v.Field)))
	case *ssa.Index:
		e.loadInto(st, v, e.tab.address(e.denotes(st, v.X), "[]"))
	case *ssa.Lookup:
		e.lookup(st, v)
	case *ssa.Next:
		e.next(st, v)
	case *ssa.Extract:
		e.extract(st, v)
	case *ssa.MakeClosure:
		e.forget(st, v)
		own := e.tab.own(v)
		for i, b := range v.Bindings {
			st.heap[e.tab.address(own, "#"+strconv.Itoa(i))] = e.denotes(st, b)
		}
	case *ssa.UnOp:
		if v.Op == token.MUL {
			e.loadInto(st, v, e.denotes(st, v.X))
			return
		}
		e.forget(st, v)
	case *ssa.BinOp:
		e.arith(st, v)
	default:
		e.forget(st, v)
	}
}

// fieldAddr names the address of a field. The field that holds the error
// paired with the resource is told from the field of an alias of it, which
// speaks of a later call.
func (e *engine) fieldAddr(st *state, v *ssa.FieldAddr) {
	base, elem := e.denotes(st, v.X), fieldElem(v.X.Type(), v.Field)
	if base == symR && e.birth != nil && e.birth.model != nil && e.birth.model.ErrField != "" && elem == "."+e.birth.model.ErrField {
		call, isCall := v.X.(*ssa.Call)
		if !isCall || call == e.birth.instr {
			at := e.tab.address(symR, "@err")
			e.errField = e.tab.address(symR, "@errvalue")
			st.heap[at] = e.errField
			e.set(st, v, at)
			return
		}
		e.set(st, v, e.tab.own(v))
		return
	}
	e.set(st, v, e.tab.address(base, elem))
}

// arith follows counters as far as zero and not zero.
func (e *engine) arith(st *state, v *ssa.BinOp) {
	x, y := e.denotes(st, v.X), e.denotes(st, v.Y)
	in := e.tab.infos[x]
	counts := in.isInt && in.num >= 0 || e.fact(st, x) == summary.NonNil
	e.forget(st, v)
	if b, ok := v.Type().Underlying().(*types.Basic); !ok || b.Info()&types.IsInteger == 0 {
		return
	}
	if counts && v.Op == token.ADD && e.tab.infos[y].isInt && e.tab.infos[y].num > 0 {
		e.learn(st, e.tab.own(v), summary.NonNil)
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
	if e.embeddedView(addr, v.Type()) {
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
	holds := st.status == open && (e.hands(st, t) || e.derived[t])
	if holds && !e.local(st, addr) {
		e.give(st, addr, t)
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

func (e *engine) lookup(st *state, v *ssa.Lookup) {
	addr := e.tab.address(e.denotes(st, v.X), "[]")
	if !v.CommaOk {
		e.loadInto(st, v, addr)
		return
	}
	e.forget(st, v)
	if t, ok := st.heap[addr]; ok && t != noSym {
		st.heap[e.component(v, 0)] = t
	}
}

// next yields an element of a container. If it holds the resource, the loop
// over it is assumed to come to it.
func (e *engine) next(st *state, v *ssa.Next) {
	base := e.denotes(st, v.Iter)
	e.forget(st, v)
	for i, elem := range [...]string{1: "[key]", 2: "[]"} {
		if elem == "" {
			continue
		}
		if t, ok := st.heap[e.tab.address(base, elem)]; ok && t != noSym {
			st.heap[e.component(v, i)] = t
		}
	}
}

// component is the address of a component of a tuple.
func (e *engine) component(tuple ssa.Value, i int) sym {
	return e.tab.address(e.tab.own(tuple), "#"+strconv.Itoa(i))
}

func (e *engine) extract(st *state, v *ssa.Extract) {
	if t, ok := st.heap[e.component(v.Tuple, v.Index)]; ok && t != noSym {
		e.set(st, v, t)
		return
	}
	e.forget(st, v)
}

// selects splits the state by the case that is chosen.
func (e *engine) selects(st *state, v *ssa.Select) []*state {
	e.forget(st, v)
	var out []*state
	for i, c := range v.States {
		s := st.clone()
		s.heap[e.component(v, 0)] = e.tab.integer(int64(i))
		if c.Dir == types.SendOnly {
			e.handOff(s, e.denotes(s, c.Send))
		}
		out = append(out, s)
	}
	if !v.Blocking {
		st.heap[e.component(v, 0)] = e.tab.integer(-1)
		out = append(out, st)
	}
	return e.compact(out)
}

// typeAssert passes the value on; whether it holds is known when the
// dynamic type is. For a parameter whose type does not tell, the summary says
// what happens to which type.
func (e *engine) typeAssert(st *state, v *ssa.TypeAssert) []*state {
	t := e.denotes(st, v.X)
	if !v.CommaOk {
		e.set(st, v, t)
		return []*state{st}
	}
	e.forget(st, v)
	holds, known := e.asserts(st, t, v.AssertedType)
	if !known && t == symR && st.status == open && e.abstract() && !types.IsInterface(v.AssertedType) {
		other := st.clone()
		mark := types.TypeString(v.AssertedType, nil)
		noteCalled(st, "is "+mark)
		noteCalled(other, "not "+mark)
		e.bindAssert(st, v, t, true)
		e.bindAssert(other, v, t, false)
		return []*state{st, other}
	}
	if known {
		e.bindAssert(st, v, t, holds)
	} else {
		st.heap[e.component(v, 0)] = t
	}
	return []*state{st}
}

func (e *engine) bindAssert(st *state, v *ssa.TypeAssert, t sym, holds bool) {
	ok := symTrue
	if !holds {
		t, ok = symNil, symFalse
	}
	st.heap[e.component(v, 0)] = t
	st.heap[e.component(v, 1)] = ok
}

// asserts reports whether t has type typ or implements it.
func (e *engine) asserts(st *state, t sym, typ types.Type) (holds, known bool) {
	dyn := e.typeOf(st, t)
	iface, isIface := typ.Underlying().(*types.Interface)
	if dyn == nil || types.IsInterface(dyn) {
		// An interface that is asked for on a tracked value is there to
		// release it.
		return true, t == symR && isIface && iface.NumMethods() > 0
	}
	if _, isParam := types.Unalias(dyn).(*types.TypeParam); isParam {
		return false, false
	}
	if isIface {
		return types.Implements(dyn, iface), true
	}
	return types.Identical(dyn, typ), true
}

// typeOf returns the most precise type known of t, or nil.
func (e *engine) typeOf(st *state, t sym) types.Type {
	if t == symR {
		return e.rType
	}
	if d := e.dyn[t]; d != nil {
		return d
	}
	if t < numConstSyms {
		return nil
	}
	if in := e.tab.infos[t]; in.val != nil {
		return in.val.Type()
	} else {
		return in.typ
	}
}

func isTypeParam(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.TypeParam)
	return ok
}
