package rt

import (
	"database/sql"
	"fmt"
	"runtime"
)

// A Program is one generated program and what its text says about it.
type Program struct {
	ID   int
	Busy bool // it mentions ErrBusy
	Errs bool // it looks at Rows.Err
	Rows int  // rows of a result set, at most
	Sets int  // results of a procedure behind the first, at most
	Ctx  bool // it cancels contexts, so the pool may count less than is open
	Run  func(*In)
}

var programs []Program

// Register is called by each generated file.
func Register(p Program) { programs = append(programs, p) }

// explore runs p on every tape.
func (p Program) explore(maxRuns int) Result {
	res := Result{ID: p.ID}
	var t truth
	var tape []choice
	for more := true; more; {
		if res.Runs == maxRuns {
			res.Dropped = "more runs than allowed"
			return res
		}
		res.Runs++
		in, why := p.run(tape, &t)
		if why != "" {
			res.Dropped = why
			return res
		}
		tape, more = next(in.tape)
	}
	for _, l := range t.leaks {
		res.Leaks = append(res.Leaks, *l)
	}
	for line, ok := range t.lines {
		if ok {
			res.Reached = append(res.Reached, line)
		}
	}
	res.Stale = t.stale
	res.Deferred, res.LoopHeld = t.deferLn, t.loopHeld
	return res
}

// run is one run. It returns why the program can not be judged, if so.
func (p Program) run(tape []choice, t *truth) (in *In, why string) {
	in = &In{tape: tape, busy: p.Busy, errs: p.Errs, rows: p.Rows, sets: p.Sets, truth: t}
	in.conn = &connector{in: in}
	in.db = sql.OpenDB(in.conn) //connvet:ignore poollimit/unbounded there is no server behind it
	in.db.SetMaxIdleConns(100)
	cur = in
	finished := false
	func() {
		defer func() {
			if r := recover(); r != nil {
				why = unexpected(r)
			}
		}()
		p.Run(in)
		finished = true
	}()
	if finished && why == "" && !p.Ctx {
		why = in.checkStats()
	}
	in.dead = true
	in.db.Close()
	return in, why
}

// unexpected tells a panic that the program is meant to have from a mistake of
// the generator.
func unexpected(r any) string {
	if _, ok := r.(abandoned); ok {
		return ""
	}
	if err, ok := r.(runtime.Error); ok {
		return "panic: " + err.Error()
	}
	if _, ok := r.(error); ok {
		return "" // an error that the program has been given
	}
	return fmt.Sprint("panic: ", r)
}

// checkStats compares the books with what the pool itself counts.
func (in *In) checkStats() string {
	if in.noted.Load() || in.dead {
		return ""
	}
	open := 0
	for _, ob := range in.obs {
		if ob.pins(in) && ob.isOpen() {
			open++
		}
	}
	if use := in.db.Stats().InUse; use != open {
		return fmt.Sprintf("oracle: %d connections in use, %d resources open", use, open)
	}
	return ""
}
