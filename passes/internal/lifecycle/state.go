package lifecycle

import (
	"encoding/binary"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/summary"
)

// A status is the part of a state that the engine keeps apart at joins, in
// the manner of property simulation.
type status uint8

const (
	unborn   status = iota // not acquired on this path
	open                   // owed
	released               // released
	taken                  // somebody else's by now
)

// A deferred call waits for the end of the function it was registered in.
type deferred struct {
	instr *ssa.Defer
	fn    sym
	args  []sym
}

func (d deferred) same(x deferred) bool {
	return d.instr == x.instr && d.fn == x.fn && slices.Equal(d.args, x.args)
}

// A state is what is known at one point of one set of paths.
type state struct {
	status   status
	guess    sym              // taken on the guess that a call which cannot be followed keeps this
	set      summary.Settings // of a pool: what has been applied to it
	shared   bool             // others use it while this function runs
	byDefer  bool             // the release was a deferred one
	ownState bool             // the path depends on another field of the tracked parameter
	liveErr  sym              // the error that the resource came with
	parent   sym              // what the resource ends with
	waits    sym              // the connection whose Close waits for it
	cancel   sym              // the function that cancels its context
	vals     map[ssa.Value]sym
	heap     map[sym]sym // contents of addresses
	facts    map[sym]summary.Value
	escaped  map[sym]bool // objects that others can reach by now
	defers   []deferred
	called   []string // methods called on a tracked parameter of interface type
	stored   []summary.Handle
	lent     []ssa.Instruction // dynamic calls that were given the resource
	looped   []*ssa.If         // loops over a container of the resource that have begun
	path     *step
}

// A step of the witness path, last one first.
type step struct {
	prev  *step
	instr ssa.Instruction
	taken bool // of an If
}

func newState() *state {
	return &state{
		vals:  make(map[ssa.Value]sym),
		heap:  make(map[sym]sym),
		facts: make(map[sym]summary.Value),
	}
}

func (s *state) clone() *state {
	c := *s
	c.vals = maps.Clone(s.vals)
	c.heap = maps.Clone(s.heap)
	c.facts = maps.Clone(s.facts)
	if s.escaped != nil {
		c.escaped = maps.Clone(s.escaped)
	}
	c.defers = slices.Clip(s.defers)
	c.called = slices.Clip(s.called)
	c.stored = slices.Clip(s.stored)
	c.lent = slices.Clip(s.lent)
	return &c
}

// key is equal for states that may be joined: those that agree on the
// obligation, on every live name of the resource and on the deferred calls.
func (e *engine) key(s *state) string {
	buf := make([]byte, 0, 64)
	buf = append(buf, byte(s.status))
	if s.byDefer {
		buf = append(buf, 'd')
	}
	if s.status == open {
		var names []uint32
		for v, t := range s.vals {
			if _, isPhi := v.(*ssa.Phi); !isPhi {
				continue
			}
			if t == symR {
				names = append(names, uint32(e.tab.own(v)))
			} else if e.literal(t) != nil {
				names = append(names, uint32(e.tab.own(v)), 1<<30|uint32(t))
			}
		}
		for a, t := range s.heap {
			if t == symR {
				names = append(names, 1<<31|uint32(a))
			} else if t >= numConstSyms && e.tab.infos[a].base == noSym && e.literal(t) != nil {
				names = append(names, 1<<31|uint32(a), 1<<30|uint32(t))
			}
		}
		slices.Sort(names)
		for _, n := range names {
			buf = binary.BigEndian.AppendUint32(buf, n)
		}
	}
	for a, t := range s.heap {
		// How the body of a range-over-func loop was left.
		if in := e.tab.infos[t]; in.isInt {
			if v, ok := e.tab.infos[a].val.(*ssa.Alloc); ok && strings.HasPrefix(v.Comment, "jump$") {
				buf = append(buf, 'J')
				buf = binary.BigEndian.AppendUint32(buf, uint32(in.num))
			}
		}
	}
	for _, d := range s.defers {
		buf = append(buf, 'D')
		buf = binary.BigEndian.AppendUint32(buf, e.instrID(d.instr))
		if slices.Contains(d.args, symR) {
			buf = append(buf, 'R')
		}
	}
	for _, l := range s.looped {
		buf = append(buf, 'L')
		buf = binary.BigEndian.AppendUint32(buf, e.instrID(l))
	}
	for _, c := range s.called {
		buf = append(append(buf, 'C'), c...)
	}
	for i, q := range e.apart {
		if f := e.fact(s, q); f != 0 {
			buf = append(buf, 'Q', byte(i), byte(f))
		}
	}
	return string(buf)
}

// fact returns what is known of t, 0 if nothing is.
func (e *engine) fact(s *state, t sym) summary.Value {
	switch t {
	case symNil:
		return summary.Nil
	case symNonNil:
		return summary.NonNil
	case symTrue:
		return summary.True
	case symFalse:
		return summary.False
	case symR:
		if s.status != unborn {
			return summary.NonNil
		}
	case noSym:
		return 0
	}
	if f := s.facts[t]; f != 0 {
		return f
	}
	if in := &e.tab.infos[t]; in.isInt {
		// For integers, nil stands for zero.
		if in.num == 0 {
			return summary.Nil
		}
		return summary.NonNil
	}
	if v := e.tab.infos[t].val; v != nil && (alwaysNonNil(v) || e.pkg.isSentinel(v)) {
		return summary.NonNil
	}
	return 0
}

// alwaysNonNil reports whether v is an address or a fresh object.
func alwaysNonNil(v ssa.Value) bool {
	switch v.(type) {
	case *ssa.Alloc, *ssa.Function, *ssa.MakeClosure, *ssa.Global, *ssa.MakeMap, *ssa.MakeChan, *ssa.MakeSlice, *ssa.FieldAddr, *ssa.IndexAddr:
		return true
	}
	return false
}

// join merges b into a, keeping what both know, and reports whether a has
// lost anything.
func (e *engine) join(a, b *state) bool {
	learned := make(map[sym]summary.Value) // of values that now have a name of their own
	changed := e.joinVals(a, b, learned)
	if e.joinHeap(a, b) {
		changed = true
	}
	for t, f := range a.facts {
		g, isLearned := learned[t]
		if !isLearned {
			g = e.fact(b, t)
		}
		if g != f {
			delete(a.facts, t)
			changed = true
		}
	}
	for t, f := range learned {
		setFact(a, t, f)
	}
	if a.ownState && !b.ownState {
		a.ownState = false
		changed = true
	}
	if a.guess != noSym && b.guess == noSym {
		a.guess = noSym // certain on some path
		changed = true
	}
	if !a.set.Equal(&b.set) {
		set := a.set.Join(b.set)
		changed = changed || !set.Equal(&a.set)
		a.set = set
	}
	if b.shared && !a.shared {
		a.shared = true
		changed = true
	}
	for t := range b.escaped {
		if !a.escaped[t] {
			if a.escaped == nil {
				a.escaped = make(map[sym]bool)
			}
			a.escaped[t] = true
			changed = true
		}
	}
	for _, u := range b.lent {
		if !slices.Contains(a.lent, u) {
			a.lent = append(slices.Clip(a.lent), u)
			changed = true
		}
	}
	for _, h := range b.stored {
		if !slices.Contains(a.stored, h) {
			a.stored = append(slices.Clip(a.stored), h)
			changed = true
		}
	}
	for i := range a.defers {
		for j, x := range a.defers[i].args {
			if y := b.defers[i].args[j]; x != y && x != noSym {
				a.defers[i].args = slices.Clone(a.defers[i].args)
				a.defers[i].args[j] = noSym
				changed = true
			}
		}
	}
	return changed
}

func (e *engine) joinVals(a, b *state, learned map[sym]summary.Value) (changed bool) {
	differ := func(v ssa.Value, sa, sb sym) {
		own := e.tab.own(v)
		f := e.fact(a, sa)
		if f != e.fact(b, sb) {
			f = 0
		}
		delete(a.vals, v)
		learned[own] = f
		if sa != own {
			changed = true
		}
	}
	for v, sa := range a.vals {
		if sb := e.denotes(b, v); sa != sb {
			differ(v, sa, sb)
		}
	}
	for v, sb := range b.vals {
		if _, ok := a.vals[v]; !ok {
			if own := e.tab.own(v); own != sb && a.facts[own] != 0 {
				differ(v, own, sb)
			}
		}
	}
	return changed
}

func setFact(s *state, t sym, f summary.Value) {
	if f == 0 {
		delete(s.facts, t)
	} else {
		s.facts[t] = f
	}
}

func (e *engine) joinHeap(a, b *state) (changed bool) {
	for addr, sa := range a.heap {
		sb, ok := b.heap[addr]
		if ok && sa == sb || sa == noSym {
			continue
		}
		changed = true
		a.heap[addr] = noSym
		if ok {
			if f := e.fact(a, sa); f != 0 && f == e.fact(b, sb) && sa > symR {
				a.heap[addr] = constOf(f)
				changed = a.heap[addr] != sa
			}
		}
	}
	for addr := range b.heap {
		if _, ok := a.heap[addr]; !ok {
			a.heap[addr] = noSym
			changed = true
		}
	}
	return changed
}

// constOf returns an anonymous sym with the value f.
func constOf(f summary.Value) sym {
	switch f {
	case summary.Nil:
		return symNil
	case summary.NonNil:
		return symNonNil
	case summary.True:
		return symTrue
	case summary.False:
		return symFalse
	}
	return noSym
}

// denotes returns the sym that v stands for in s.
func (e *engine) denotes(s *state, v ssa.Value) sym {
	if t, ok := s.vals[v]; ok {
		return t
	}
	if c, ok := v.(*ssa.Const); ok {
		return e.tab.constSym(c)
	}
	return e.tab.own(v)
}

// set makes v denote t from here on.
func (e *engine) set(s *state, v ssa.Value, t sym) {
	e.forget(s, v)
	if t != noSym && t != e.tab.byVal[v] {
		s.vals[v] = t
	}
}

// forget prepares v for a new definition: in a loop, names that still stand
// for its previous value keep what is known of it and no more.
func (e *engine) forget(s *state, v ssa.Value) {
	delete(s.vals, v)
	own, ok := e.tab.byVal[v]
	if !ok {
		return
	}
	stale := func(t sym) bool {
		if t < numConstSyms || e.tab.infos[t].base == noSym {
			return t == own
		}
		other := e.tab.infos[t].other
		return e.tab.root(t) == own || other != noSym && e.tab.root(other) == own
	}
	for w, t := range s.vals {
		if stale(t) {
			f := s.facts[t]
			s.vals[w] = constOf(f)
			if f == 0 {
				delete(s.vals, w)
				delete(s.facts, e.tab.own(w))
			}
		}
	}
	for a, t := range s.heap {
		switch {
		case stale(a):
			delete(s.heap, a)
		case stale(t):
			s.heap[a] = constOf(s.facts[t])
		}
	}
	for t := range s.facts {
		if stale(t) {
			delete(s.facts, t)
		}
	}
	delete(s.escaped, own)
}
