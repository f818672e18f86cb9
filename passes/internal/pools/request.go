package pools

import (
	"cmp"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/entry"
	"github.com/connvet/connvet/passes/internal/lifecycle"
)

// The categories of poolperrequest that are not an entry's.
const (
	Loop      = "loop"
	Goroutine = "goroutine"
	Churn     = "churn"
)

// A Request is a pool that is opened again and again.
type Request struct {
	At       ssa.CallInstruction // in the entry or loop
	Opening  Opening
	Category string
	Runs     string // how often: "for each HTTP request"
	What     string // the entry: "http handler"; "" for a loop
	Scope    string // of the manifest, where it is not the category
}

// scope is how often the pool is opened, in the manifest's words.
func (r Request) scope() string { return cmp.Or(r.Scope, r.Category) }

// requests finds the pools that are opened again and again in this package's
// entries and loops.
func (o *openings) requests() []Request {
	registered := make(map[*ssa.Function]entry.Entry)
	o.res.EachCall(func(c ssa.CallInstruction) {
		if fn, e, ok := entry.Registered(c.Common()); ok {
			registered[fn] = e
		}
	})
	var out []Request
	var visit func(fn *ssa.Function)
	visit = func(fn *ssa.Function) {
		e, ok := o.entryOf(fn)
		if !ok {
			e, ok = registered[fn]
		}
		if ok {
			out = append(out, o.entryRequests(fn, e)...)
		} else {
			out = append(out, o.loopRequests(fn)...)
		}
		for _, lit := range fn.AnonFuncs {
			visit(lit)
		}
	}
	for _, fn := range o.res.SSA.Funcs {
		visit(fn)
	}
	slices.SortStableFunc(out, func(a, b Request) int { return int(a.At.Pos() - b.At.Pos()) })
	return out
}

// entryOf tells whether a framework runs fn many times. A function that is only
// handed what is made for each request counts where it is used as a value, by
// an adapter of the program's own: otherwise its callers are looked at.
func (o *openings) entryOf(fn *ssa.Function) (entry.Entry, bool) {
	e, ok := entry.Of(fn)
	if !ok || e.Exact || fn.Parent() != nil || o.res.UsedAsValue(fn) {
		return e, ok
	}
	return entry.Entry{}, false
}

// entryRequests lists the pools that an entry opens whenever it runs, each
// opener once.
func (o *openings) entryRequests(fn *ssa.Function, e entry.Entry) []Request {
	var out []Request
	for _, c := range o.calls(fn) {
		for _, op := range c.opens {
			if slices.ContainsFunc(out, func(r Request) bool { return r.Opening.Pool.ID == op.Pool.ID }) {
				continue
			}
			r := Request{At: c.instr, Opening: op, Category: e.Category, Runs: e.Runs, What: e.What}
			if op.Fate == Closed {
				r.Scope, r.Category = r.Category, Churn
			}
			out = append(out, r)
		}
	}
	return out
}

// loopRequests lists the pools that the loops of a function open in each
// round. A pool for each element of a list, kept or closed, is no mistake: one
// for each message or goroutine is, and one that is lost.
func (o *openings) loopRequests(fn *ssa.Function) []Request {
	var out []Request
	for _, c := range o.calls(fn) {
		for _, op := range c.opens {
			if r, ok := o.inLoop(c.instr, op); ok {
				out = append(out, r)
			}
		}
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if c, ok := instr.(ssa.CallInstruction); ok && starts(c) && lifecycle.InCycle(b) {
				out = append(out, o.goroutines(c)...)
			}
		}
	}
	return out
}

// inLoop judges a call in a loop.
func (o *openings) inLoop(c ssa.CallInstruction, op Opening) (Request, bool) {
	if _, isGo := c.(*ssa.Go); isGo || !lifecycle.InCycle(c.Block()) {
		return Request{}, false
	}
	r := Request{At: c, Opening: op, Category: Loop, Runs: "in each round of a loop"}
	if e, ok := entry.MessageLoop(c.Block()); ok {
		r.Category, r.Runs, r.What = e.Category, e.Runs, e.What
		if op.Fate == Closed {
			r.Scope, r.Category = r.Category, Churn
			return r, !endsWithSuccess(c)
		}
		return r, true
	}
	if call, ok := c.(*ssa.Call); ok && len(o.at[call]) > 0 {
		// Left at an exit of the function is another matter.
		return r, op.Drops && op.Fate != Closed && !o.at[call][0].Direct || slices.ContainsFunc(o.at[call], func(p *lifecycle.Pool) bool { return p.Lost })
	}
	return r, op.Fate == Left
}

// endsWithSuccess reports whether the loop around a call is left as soon as the
// call returns no error: it waits for a server, and connects once.
func endsWithSuccess(c ssa.CallInstruction) bool {
	call, ok := c.(*ssa.Call)
	if !ok {
		return false
	}
	var err ssa.Value = call
	if n := call.Call.Signature().Results().Len(); n > 1 {
		err = nil
		for _, r := range *call.Referrers() {
			if x, ok := r.(*ssa.Extract); ok && x.Index == n-1 {
				err = x
			}
		}
	}
	if err == nil || !types.Identical(err.Type(), types.Universe.Lookup("error").Type()) {
		return false
	}
	for _, r := range *err.Referrers() {
		test, ok := r.(*ssa.BinOp)
		if !ok || test.Op != token.EQL && test.Op != token.NEQ {
			continue
		}
		for _, use := range *test.Referrers() {
			branch, ok := use.(*ssa.If)
			if !ok {
				continue
			}
			success := branch.Block().Succs[0]
			if test.Op == token.NEQ {
				success = branch.Block().Succs[1]
			}
			if entry.Leaves(call.Block(), success) {
				return true
			}
		}
	}
	return false
}

// starts reports whether a call starts a goroutine.
func starts(c ssa.CallInstruction) bool {
	_, isGo := c.(*ssa.Go)
	return isGo || entry.Starts(c.Common())
}

// goroutines lists what the goroutines of a loop open.
func (o *openings) goroutines(g ssa.CallInstruction) []Request {
	var out []Request
	add := func(at ssa.CallInstruction, op Opening) {
		if op.Fate == Kept {
			return // one for each of a list
		}
		out = append(out, Request{At: at, Opening: op, Category: Goroutine, Runs: "in each goroutine of a loop"})
	}
	for _, op := range o.opensAt(g) {
		add(g, op)
	}
	for _, lit := range runs(g) {
		for _, c := range o.calls(lit) {
			for _, op := range c.opens {
				add(c.instr, op)
			}
		}
	}
	return out
}
