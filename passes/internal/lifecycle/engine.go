package lifecycle

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/summary"
)

const (
	// maxSteps bounds one run of the path engine: instructions executed,
	// over all states. The largest function of the corpora needs a tenth.
	maxSteps = 200_000

	// maxStates bounds the states kept apart at one block.
	maxStates = 48

	// maxDepth bounds the nesting of closures executed in place.
	maxDepth = 8
)

// An engine runs one obligation, or one parameter, through one function.
type engine struct {
	pkg   *pkgInfo
	tab   *symtab
	root  *ssa.Function
	birth *birth     // the acquisition that is followed, or nil
	rType types.Type // type of the resource, nil if unknown

	// handOver holds the dynamic calls that take the resource over, because
	// the function does not release it after them.
	handOver map[ssa.Instruction]bool
	confirm  map[ssa.Instruction]bool // lent to, and released afterwards
	lentTo   map[ssa.Instruction]sym  // dynamic calls that were lent the resource, and as what

	instrIDs   map[ssa.Instruction]uint32
	derived    map[sym]bool       // parts of the resource
	objects    map[sym]bool       // call results that are objects of their own
	hidden     map[sym]bool       // objects whose fields were lent, see lendHidden
	cut        map[sym]bool       // values whose sym stands for parts of them, too
	asked      map[sym][]*ssa.If  // if wanted: the branches that ask each question
	again      map[*ssa.If]bool   // branches whose questions keep states apart
	apart      []sym              // and these
	dyn        map[sym]types.Type // dynamic types of interface values
	active     []*ssa.Function    // closures being executed
	stack      []ssa.Instruction  // the calls being executed
	discover   bool               // only note where the acquisition is reached
	contexts   [][]ssa.Instruction
	steps      int
	dry        int  // executions that only ask what would happen
	elements   int  // calls of elements of containers being executed
	deferDepth int  // deferred calls being executed
	broke      bool // a budget was exceeded
	errField   sym  // the field of the resource that holds the paired error
	goesOn     bool // functions that are called back return true
	keeping    bool // a function that uses the pool counts as holding it
	toFree     bool // the resource went to a captured variable

	kept       []Kept           // where a pool was stored
	last       token.Pos        // the last instruction at which a pool was alive
	lastSet    summary.Settings // and its settings there
	overwrites []overwrite
	hangs      []hang
	fate       []FateStep
	at         token.Pos // the instruction being executed
	loopDefers []*ssa.Defer
	goLeaks    []exit
}

// An overwrite is the acquisition again with the old resource still open.
type overwrite struct{ path *step }

// A hang is the Close of a connection that waits for the open resource.
type hang struct {
	pos  token.Pos
	path *step
}

// An exit is a state that reaches the end of a function body.
type exit struct {
	st      *state
	ret     *ssa.Return
	results []sym
}

func newEngine(pkg *pkgInfo, root *ssa.Function) *engine {
	return &engine{
		pkg:     pkg,
		tab:     newSymtab(),
		root:    root,
		confirm: make(map[ssa.Instruction]bool),
		lentTo:  make(map[ssa.Instruction]sym),

		instrIDs: make(map[ssa.Instruction]uint32),
		objects:  make(map[sym]bool),
		hidden:   make(map[sym]bool),
		derived:  make(map[sym]bool),
		dyn:      make(map[sym]types.Type),
	}
}

func (e *engine) instrID(i ssa.Instruction) uint32 {
	id, ok := e.instrIDs[i]
	if !ok {
		id = uint32(len(e.instrIDs) + 1)
		e.instrIDs[i] = id
	}
	return id
}

// A bucket holds the states at the start of one block, in order of arrival.
type bucket struct {
	keys   []string
	states []*state
	dirty  []bool
}

// runBody executes fn's body from st and returns the states at its returns.
// The caller's deferred calls are set aside meanwhile.
func (e *engine) runBody(fn *ssa.Function, st *state) []exit {
	if len(fn.Blocks) == 0 || len(e.active) >= maxDepth || slices.Contains(e.active, fn) {
		e.broke = e.broke || len(e.active) >= maxDepth
		return nil
	}
	e.active = append(e.active, fn)
	defer func() { e.active = e.active[:len(e.active)-1] }()

	var outer []deferred
	if fn.Synthetic != yieldBody { // whose defers are those of the function around it
		outer, st.defers = st.defers, nil
	}
	w := &walk{e: e, fn: fn, in: make([]bucket, len(fn.Blocks)), exits: make(map[string]int)}
	w.arrive(fn.Blocks[0], st)
	for !e.broke {
		if e.steps > maxSteps {
			e.broke = true
			break
		}
		b := w.next()
		if b == nil {
			break
		}
		w.visit(b)
	}
	if fn.Synthetic != yieldBody {
		for i := range w.out {
			w.out[i].st.defers = outer
		}
	}
	return w.out
}

// A walk is the execution of one function body.
type walk struct {
	e     *engine
	fn    *ssa.Function
	in    []bucket
	work  []*ssa.BasicBlock
	out   []exit
	exits map[string]int
}

// next takes the pending block that comes first in the source's order.
func (w *walk) next() *ssa.BasicBlock {
	if len(w.work) == 0 {
		return nil
	}
	best := 0
	for i, b := range w.work {
		if b.Index < w.work[best].Index {
			best = i
		}
	}
	b := w.work[best]
	w.work = slices.Delete(w.work, best, best+1)
	return b
}

// arrive joins st into the states at the start of b.
func (w *walk) arrive(b *ssa.BasicBlock, st *state) {
	w.e.steps += 2 + (len(st.vals)+len(st.heap)+len(st.facts))/4
	k := w.e.key(st)
	bk := &w.in[b.Index]
	if i := slices.Index(bk.keys, k); i >= 0 {
		if !w.e.join(bk.states[i], st) {
			return
		}
		bk.dirty[i] = true
	} else {
		if len(bk.states) >= maxStates {
			w.e.broke = true
			return
		}
		bk.keys = append(bk.keys, k)
		bk.states = append(bk.states, st)
		bk.dirty = append(bk.dirty, true)
	}
	if !slices.Contains(w.work, b) {
		w.work = append(w.work, b)
	}
}

// visit executes b from each of its states that has changed.
func (w *walk) visit(b *ssa.BasicBlock) {
	bk := &w.in[b.Index]
	for i := 0; i < len(bk.states); i++ {
		if !bk.dirty[i] {
			continue
		}
		bk.dirty[i] = false
		w.block(b, bk.states[i].clone())
		if w.e.broke {
			return
		}
	}
}

// block executes the instructions of b from st and hands the states on.
func (w *walk) block(b *ssa.BasicBlock, st *state) {
	e := w.e
	states := []*state{st}
	for _, instr := range b.Instrs {
		switch instr := instr.(type) {
		case *ssa.Phi: // assigned on the edge
		case *ssa.If:
			for _, s := range states {
				w.branch(b, instr, s)
			}
			return
		case *ssa.Jump:
			for _, s := range states {
				w.edge(b, b.Succs[0], s)
			}
			return
		case *ssa.Return:
			for _, s := range states {
				w.leave(instr, s)
			}
			return
		case *ssa.Panic:
			return // not an exit that has to be survived
		default:
			var next []*state
			for _, s := range states {
				e.steps++
				next = append(next, e.exec(w.fn, instr, s)...)
			}
			if e.steps > maxSteps {
				e.broke = true
				return
			}
			states = e.compact(next)
		}
	}
}

// compact joins the states of a fork that need not stay apart.
func (e *engine) compact(states []*state) []*state {
	if len(states) < 8 {
		return states
	}
	var keys []string
	var out []*state
	for _, s := range states {
		k := e.key(s)
		if i := slices.Index(keys, k); i >= 0 {
			e.join(out[i], s)
			continue
		}
		keys = append(keys, k)
		out = append(out, s)
	}
	return out
}

// branch follows both edges of an If, as far as they are feasible.
func (w *walk) branch(b *ssa.BasicBlock, instr *ssa.If, st *state) {
	w.e.ask(st, instr)
	for i, truth := range [...]bool{true, false} {
		s := st
		if i == 0 {
			s = st.clone()
		}
		if s.status == open && w.e.rangesOverIt(s, instr) {
			switch {
			case truth && !slices.Contains(s.looped, instr):
				s.looped = append(slices.Clip(s.looped), instr)
			case !truth && !slices.Contains(s.looped, instr):
				continue // the loop comes to the element that matters
			}
		}
		if !w.e.assume(s, instr.Cond, truth) {
			continue
		}
		if s.status == open {
			s.path = &step{prev: s.path, instr: instr, taken: truth}
		}
		w.edge(b, b.Succs[i], s)
	}
}

// edge assigns the phis of to and arrives there.
func (w *walk) edge(from, to *ssa.BasicBlock, st *state) {
	if phis := phisOf(to); len(phis) > 0 {
		pred := slices.Index(to.Preds, from)
		if len(from.Succs) == 2 && from.Succs[0] == from.Succs[1] {
			pred = slices.Index(to.Preds, from) // both edges carry equal values or the If is degenerate
		}
		vals := make([]sym, len(phis))
		for i, phi := range phis {
			vals[i] = w.e.denotes(st, phi.Edges[pred])
		}
		for i, phi := range phis {
			own := w.e.tab.byVal[phi]
			f := w.e.fact(st, vals[i])
			if vals[i] == own && own != noSym {
				continue // loop-invariant
			}
			w.e.forget(st, phi)
			if vals[i] == noSym {
				continue
			}
			if vals[i] != symR && w.definedBy(vals[i], to) {
				// The value is about to be computed anew: keep what is known.
				setFact(st, w.e.tab.own(phi), f)
				continue
			}
			st.vals[phi] = vals[i]
		}
	}
	w.arrive(to, st)
}

// definedBy reports whether t is another phi of block b, whose old value the
// assignment in progress replaces.
func (w *walk) definedBy(t sym, b *ssa.BasicBlock) bool {
	phi, ok := w.e.tab.infos[t].val.(*ssa.Phi)
	return ok && phi.Block() == b
}

func phisOf(b *ssa.BasicBlock) []*ssa.Phi {
	var out []*ssa.Phi
	for _, instr := range b.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		out = append(out, phi)
	}
	return out
}

// leave records st as an exit of the body, joined with equal ones of the
// same return statement.
func (w *walk) leave(ret *ssa.Return, st *state) {
	states := []*state{st}
	if len(st.defers) > 0 && w.fn.Synthetic != yieldBody {
		// Deferred by the body of a range-over-func loop: go/ssa gives the
		// function no instruction that runs them.
		states = w.e.runDefers(st)
	}
	for _, s := range states {
		x := exit{st: s, ret: ret}
		for _, r := range ret.Results {
			x.results = append(x.results, w.e.denotes(s, r))
		}
		w.out = append(w.out, x)
	}
}
