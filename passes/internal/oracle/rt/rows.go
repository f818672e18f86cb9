package rt

import (
	"database/sql/driver"
	"io"
)

// A fakeRows is a result set of one column.
type fakeRows struct {
	in     *In
	stmt   *fakeStmt
	n      int
	closed bool

	procedure   bool // it may have several results
	sets        int
	asked, more bool
	ended       bool // this result
	unseen      bool // by code that has not made the query
	ob          *obligation

	pins bool // it holds a connection of the lent pool itself
}

func (r *fakeRows) Columns() []string { return []string{"c"} }

func (r *fakeRows) Close() error {
	if calledFor()&forContext != 0 {
		r.in.noted.Store(true)
		return nil
	}
	r.closed = true
	if r.stmt != nil {
		r.stmt.rows--
	}
	return r.in.releaseFailure()
}

// Next makes a row, the end or an error. An error that nobody looks at is as
// good as the end, but for the first row, which a Row.Scan may want.
func (r *fakeRows) Next(dest []driver.Value) error {
	if r.ended {
		return io.EOF
	}
	outcomes := []error{nil, io.EOF, ErrFailed}
	if r.n > 0 && !r.in.errs {
		outcomes = outcomes[:2]
	}
	if r.n == r.in.rows {
		outcomes = outcomes[1:]
	}
	r.n++
	if err := outcomes[r.in.draw(len(outcomes))]; err != nil {
		r.ended = true
		f, by := r.in.cur, r.ob.owner
		r.unseen = f != nil && by != nil && f.root() != by.root()
		return err
	}
	dest[0] = lazy{r.in}
	return nil
}

// HasNextResultSet decides for a procedure whether there is another result:
// then the end of this one does not close the rows.
func (r *fakeRows) HasNextResultSet() bool {
	if !r.procedure || r.sets == r.in.sets {
		return false
	}
	if !r.asked {
		r.asked, r.more = true, r.in.draw(2) == 1
	}
	return r.more
}

func (r *fakeRows) NextResultSet() error {
	if !r.HasNextResultSet() {
		return io.EOF
	}
	r.sets++
	r.n, r.asked, r.ended = 0, false, false
	return nil
}

// lazy decides when it is scanned whether it converts.
type lazy struct{ in *In }

func (l lazy) String() string {
	if l.in.draw(2) == 1 {
		return "no number"
	}
	return "1"
}
