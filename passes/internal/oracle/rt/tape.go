package rt

import (
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"
)

// maxIter bounds how often a loop without a bound of its own goes round.
const maxIter = 3

// A BusyError is the type of ErrBusy, for errors.As.
type BusyError struct{}

func (*BusyError) Error() string { return "busy" }

var (
	// ErrBusy is the error that programs tell from others with errors.Is.
	ErrBusy error = &BusyError{}
	// ErrFailed is any other failure.
	ErrFailed = errors.New("failed")
)

// An abandoned run went round a loop more often than maxIter, or stopped for
// ever: what it would have done after that is not judged.
type abandoned struct{ why string }

// A choice is one decision on the tape: value val of n possible ones.
type choice struct{ val, n int }

// An In is the input of one run.
type In struct {
	tape []choice
	pos  int
	dead bool // the run is abandoned: draws return zero and are not recorded

	busy bool // the program tells ErrBusy from other errors
	errs bool // the program looks at Rows.Err
	rows int  // bounds a result set
	sets int  // bounds the further results of a procedure

	cur   *Frame
	seq   int
	obs   []*obligation
	fresh []*fakeStmt // whose *sql.Stmt is not known yet
	conn  *connector  // of the pool that the program is lent
	db    *sql.DB
	truth *truth
	picky bool        // the error of the release that runs is looked at
	noted atomic.Bool // a context ended a resource
}

// cur is the running input. Generated functions such as a closer of io.Closer
// have no parameter to find it by, and one run is one goroutine.
var cur *In

func (in *In) draw(n int) int {
	if in.dead {
		return 0
	}
	if in.pos == len(in.tape) {
		in.tape = append(in.tape, choice{0, n})
	}
	c := in.tape[in.pos]
	if c.n != n {
		panic(fmt.Sprintf("oracle: the program is not a function of its tape: %d choices, then %d", c.n, n))
	}
	in.pos++
	return c.val
}

// next turns the tape to the next untried one.
func next(tape []choice) ([]choice, bool) {
	for len(tape) > 0 {
		last := &tape[len(tape)-1]
		if last.val+1 < last.n {
			last.val++
			return tape, true
		}
		tape = tape[:len(tape)-1]
	}
	return nil, false
}

// DB is the pool that the program is lent.
func (in *In) DB() *sql.DB { return in.db }

// Root chooses the function to call.
func (in *In) Root(n int) int { return in.draw(n) }

// Lent makes a resource that the program is lent by its caller.
func Lent[T any](in *In, open func(*sql.DB) (T, error)) T {
	in.dead = true
	v, err := open(in.db)
	in.dead = false
	if err != nil {
		panic(fmt.Sprint("oracle: ", err))
	}
	return v
}

// Bit is a condition that nothing in the program decides.
func (in *In) Bit() bool { return in.draw(2) == 1 }

// N is the bound of a loop: 0, 1 or 2.
func (in *In) N() int { return in.draw(3) }

// Fail is a call that fails or does not.
func (in *In) Fail() error { return in.failure() }

// Items is a slice whose length the program cannot know.
func (in *In) Items() []int { return make([]int, in.draw(3)) }

func (in *In) failure() error {
	n := 2
	if in.busy {
		n = 3
	}
	switch in.draw(n) {
	case 1:
		return ErrFailed
	case 2:
		return fmt.Errorf("oracle: %w", ErrBusy)
	}
	return nil
}

// releaseFailure fails a release, if the program looks.
func (in *In) releaseFailure() error {
	if in.picky && in.draw(2) == 1 {
		return ErrFailed
	}
	return nil
}

// abandon ends the run here.
func (in *In) abandon(why string) {
	in.dead = true
	panic(abandoned{why})
}
