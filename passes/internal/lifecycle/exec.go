package lifecycle

import (
	"go/token"
	"go/types"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/summary"
)

// exec executes one instruction that is neither a phi nor a terminator.
func (e *engine) exec(fn *ssa.Function, instr ssa.Instruction, st *state) []*state {
	e.at = instr.Pos()
	if fn == e.root && e.at >= e.last && (st.status == open || st.status == taken) && e.birth != nil && e.isPool() {
		e.noteLast(st)
	}
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
		if st.status != unborn && e.isPool() && e.reaches(st, e.denotes(st, v.Val)) {
			e.keep(v)
		}
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
		e.resize(e.denotes(st, v.X))
		e.set(st, v, e.denotes(st, v.X))
	case *ssa.Slice:
		e.resize(e.denotes(st, v.X))
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
	in, step := e.tab.infos[x], e.tab.infos[y]
	counts := in.isInt && in.num >= 0 || !in.isInt && e.fact(st, x) == summary.NonNil
	e.forget(st, v)
	if in.isInt && step.isInt && v.Op == token.ADD && in.num == -1 && step.num == 1 {
		st.vals[v] = e.tab.integer(0) // the first index of a range
		return
	}
	if b, ok := v.Type().Underlying().(*types.Basic); !ok || b.Info()&types.IsInteger == 0 {
		return
	}
	if counts && v.Op == token.ADD && e.tab.infos[y].isInt && e.tab.infos[y].num > 0 {
		e.learn(st, e.tab.own(v), summary.NonNil)
	}
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
