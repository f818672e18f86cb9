package rt

import (
	"database/sql"
	"io"
	"slices"
)

// A Frame is one activation of a generated function or function literal.
type Frame struct {
	in     *In
	caller *Frame // dynamic
	outer  *Frame // lexical, of a function literal
	line   int    // of the statement that runs
	exit   int    // line of the exit taken; 0: none was reached
	passed int    // obligations since then go straight to the caller; -1: none do
	kept   []any  // what the exit hands to the caller
	vars   map[string]*obligation
	iters  map[int]int
	defers map[int][]deferral // by loop
}

// A deferral is a release that a loop has deferred.
type deferral struct {
	line int
	ob   *obligation
}

// An obligation is one resource that somebody must release.
type obligation struct {
	kind   string
	tok    any // the driver's object
	owner  *Frame
	sites  []int // lines in the owner at which it was acquired, outermost first
	since  int   // when the owner got it
	lost   []int // lines at which its variable took another value
	isOpen func() bool
	maybe  func() bool // it is a matter of opinion whether this is a leak
	free   bool        // nobody in the program owes it
}

// Enter opens the frame of a declared function.
func Enter() *Frame {
	f := &Frame{in: cur, caller: cur.cur, passed: -1}
	cur.cur = f
	return f
}

// Lit opens the frame of a function literal within f.
func (f *Frame) Lit() *Frame {
	l := Enter()
	l.outer = f
	return l
}

func (f *Frame) root() *Frame {
	for f.outer != nil {
		f = f.outer
	}
	return f
}

// At says that the statement at line is about to run.
func (f *Frame) At(line int) {
	f.line = line
	f.in.cur, f.in.picky = f, false
	f.in.matchStmts()
	f.in.truth.reached(line)
}

// Look is At for a statement that looks at the error of a release.
func (f *Frame) Look(line int) {
	f.At(line)
	f.in.picky = true
}

// Exit says that the function returns at line, with these values.
func (f *Frame) Exit(line int, values ...any) {
	f.At(line)
	f.exit, f.kept, f.passed = line, values, -1
}

// ExitLook is Exit where what is returned is the error of a release.
func (f *Frame) ExitLook(line int) {
	f.Exit(line)
	f.in.picky = true
}

// Pass says that the function returns at line what a call there returns.
func (f *Frame) Pass(line int) {
	f.Exit(line)
	f.passed = f.in.seq
}

// Leave is deferred before anything else is, so it sees what the deferred
// calls have left.
func (f *Frame) Leave() {
	f.in.cur = f.caller
	if r := recover(); r != nil {
		// A panic ends the function at no exit of its own.
		f.settle(true)
		panic(r)
	}
	f.settle(f.exit == 0 || f.in.dead)
}

func (f *Frame) settle(unjudged bool) {
	in := f.in
	for _, ob := range in.obs {
		if ob.owner != f || ob.free {
			continue
		}
		switch {
		case unjudged:
			ob.free = true
		case !ob.isOpen():
		case f.passed >= 0 && ob.since > f.passed, in.reaches(f.kept, ob):
			f.handUp(ob)
		default:
			in.truth.leak(ob, f.exit, f.line, false, ob.maybe != nil && ob.maybe())
			ob.free = true
		}
	}
}

// handUp makes the caller owe what f returned to it.
func (f *Frame) handUp(ob *obligation) {
	to := f.caller
	if to == nil {
		ob.free = true
		return
	}
	if f.outer == nil || f.root() != to.root() {
		ob.sites = nil
		if rows, ok := ob.tok.(*fakeRows); ok && rows.procedure {
			ob.maybe = func() bool { return rows.ended } // the caller has not made the query either
		}
	}
	f.in.own(ob, to, append([]int{to.line}, ob.sites...), nil)
}

func (in *In) own(ob *obligation, by *Frame, sites, lost []int) {
	for _, old := range in.obs {
		if old != ob && old.owner == by && old.kind == ob.kind && old.sites[0] == sites[0] && old.isOpen() {
			// The same call once more: the variable of the last round is gone.
			old.lost = append(old.lost, sites[0])
		}
	}
	in.seq++
	ob.owner, ob.sites, ob.lost, ob.since = by, sites, lost, in.seq
}

// Up says that a function literal has put the resource into a variable of the
// function around it.
func (f *Frame) Up(v any) {
	for _, ob := range f.in.find(v) {
		if ob.owner == f && f.outer != nil {
			f.in.own(ob, f.outer, ob.sites, ob.lost)
		}
	}
}

// Escape says that the resource is now where it outlives the function.
func (f *Frame) Escape(v any) {
	for _, ob := range f.in.find(v) {
		ob.free = true
	}
}

// Set says that the variable called name now holds v.
func (f *Frame) Set(line int, name string, v any) {
	r := f.root()
	if r.vars == nil {
		r.vars = map[string]*obligation{}
	}
	var now *obligation
	if obs := f.in.find(v); len(obs) > 0 {
		now = obs[0]
	}
	if old := r.vars[name]; old != nil && old != now && old.isOpen() {
		old.lost = append(old.lost, line)
	}
	r.vars[name] = now
}

// Of is v, the owner of what line acquires next.
func Of[T any](f *Frame, line int, v T) T {
	if c, ok := any(v).(*sql.Conn); ok && connOf(c) == nil {
		f.in.truth.stale = add(f.in.truth.stale, line)
	}
	for _, ob := range f.in.find(v) {
		if !ob.isOpen() {
			f.in.truth.stale = add(f.in.truth.stale, line)
		}
	}
	return v
}

// Loop says that loop number id starts.
func (f *Frame) Loop(id int) {
	if f.iters == nil {
		f.iters = map[int]int{}
		f.defers = map[int][]deferral{}
	}
	f.iters[id] = 0
	f.defers[id] = nil
}

// Iter says that the body of loop number id starts once more.
func (f *Frame) Iter(line, id int) {
	f.At(line)
	f.iters[id]++
	for _, d := range f.defers[id] {
		if d.ob.isOpen() && !d.ob.free {
			f.in.truth.deferred(d.line)
		}
	}
	if f.iters[id] > maxIter {
		f.in.abandon("loop")
	}
}

// Defer says that the statement at line defers the release of v, within these
// loops.
func (f *Frame) Defer(line int, v any, loops ...int) {
	for _, ob := range f.in.find(v) {
		for _, id := range loops {
			if f.defers == nil {
				continue // the shrinker has taken the loops away
			}
			f.defers[id] = append(f.defers[id], deferral{line, ob})
		}
		f.in.truth.defersIn(ob)
	}
}

// Close is c.Close() at line. Conn.Close waits for the rows and the
// transaction of its connection: with one open it never returns, and the
// function ends here.
func (f *Frame) Close(line int, c io.Closer) error {
	if conn, ok := c.(*sql.Conn); ok && conn != nil {
		if fc := connOf(conn); fc != nil && fc.waits() {
			if panicking() {
				// What a deferred Close does to a function that dies anyhow is not judged.
				f.in.dead = true
				return nil
			}
			f.blocked(line, fc)
		}
	}
	return c.Close()
}

// Closer is the function value c.Close.
func (f *Frame) Closer(line int, c io.Closer) func() error {
	return func() error { return f.Close(line, c) }
}

// waits tells whether Conn.Close would not return.
func (c *fakeConn) waits() bool {
	return slices.ContainsFunc(c.held, func(ob *obligation) bool { return ob.isOpen() })
}

// blocked ends the run at a Close of fc that never returns.
func (f *Frame) blocked(line int, fc *fakeConn) {
	for _, ob := range f.in.obs {
		// What is open elsewhere stays so, if one wants to see it like that.
		if ob.isOpen() {
			f.hang(ob, line, !slices.Contains(fc.held, ob))
		}
	}
	f.in.abandon("Conn.Close")
}

// hang books a resource that is open when the function stops for ever. A run
// that was given up before has no say: its deferred calls run too early.
func (f *Frame) hang(ob *obligation, line int, maybe bool) {
	if f.in.dead || ob.free || ob.owner == nil {
		return
	}
	exit := ob.owner.exit
	if exit == 0 {
		exit = ob.owner.line
	}
	f.in.truth.leak(ob, exit, line, true, maybe)
}

// Go runs fn as a goroutine does that is faster than the function.
func (f *Frame) Go(fn func()) {
	fn()
	f.in.cur = f
}
