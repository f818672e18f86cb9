package rt

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strings"
)

// A connector opens the connections of one pool.
type connector struct {
	in     *In
	closed bool
	fail   error // why the next connection cannot be made
}

func (c *connector) Driver() driver.Driver { return drv{} }

func (c *connector) Close() error { c.closed = true; return c.in.releaseFailure() }

// Connect makes a connection. Only a *sql.Conn is an acquisition: any other
// call that needs a connection has its own way to fail.
func (c *connector) Connect(context.Context) (driver.Conn, error) {
	fc := &fakeConn{c: c, in: c.in}
	if calledFor()&forConn == 0 {
		return fc, nil
	}
	if err := c.fail; err != nil {
		c.fail = nil
		return nil, err
	}
	if err := c.in.failure(); err != nil {
		return nil, err
	}
	fc.lend()
	return fc, nil
}

type drv struct{}

func (drv) Open(string) (driver.Conn, error) {
	return nil, errors.New("oracle: opened without a connector")
}

// OpenConnector is reached by sql.Open.
func (drv) OpenConnector(string) (driver.Connector, error) {
	if err := cur.failure(); err != nil {
		return nil, err
	}
	return cur.Connector(), nil
}

func init() { sql.Register("oracle", drv{}) }

// Connector is what sql.OpenDB takes; the pool over it is owed by the line that
// asks for it.
func (in *In) Connector() driver.Connector {
	c := &connector{in: in}
	in.acquire("db", c, func() bool { return !c.closed })
	return c
}

// A fakeConn is one connection.
type fakeConn struct {
	c    *connector
	in   *In
	lent *lease // it is held as a *sql.Conn
	held []*obligation
}

// A lease is one use of a connection as a *sql.Conn; the pool lends it again
// after that.
type lease struct{ c *fakeConn }

// lend makes the connection the resource of a *sql.Conn.
func (c *fakeConn) lend() {
	l := &lease{c: c}
	c.lent = l
	c.in.acquire("conn", l, func() bool { return c.lent == l })
}

// ResetSession runs when the pool hands out a connection that it has used before.
func (c *fakeConn) ResetSession(context.Context) error {
	if calledFor()&forConn == 0 {
		return nil
	}
	if c.c.fail != nil {
		return driver.ErrBadConn
	}
	if err := c.in.failure(); err != nil {
		// The pool tries another connection, and at last a new one.
		c.c.fail = err
		return driver.ErrBadConn
	}
	c.lend()
	return nil
}

// IsValid runs when a connection returns to its pool.
func (c *fakeConn) IsValid() bool {
	c.lent, c.held = nil, nil
	return true
}

func (c *fakeConn) Close() error { return nil }

func (c *fakeConn) Prepare(string) (driver.Stmt, error) { return nil, errors.ErrUnsupported }

func (c *fakeConn) Begin() (driver.Tx, error) { return nil, errors.ErrUnsupported }

func (c *fakeConn) Ping(context.Context) error { return c.in.failure() }

func (c *fakeConn) ExecContext(context.Context, string, []driver.NamedValue) (driver.Result, error) {
	return result{}, c.in.failure()
}

func (c *fakeConn) QueryContext(_ context.Context, query string, _ []driver.NamedValue) (driver.Rows, error) {
	if err := c.in.failure(); err != nil {
		return nil, err
	}
	r := c.rows(false)
	r.procedure = strings.HasPrefix(query, "CALL ")
	// Where the text is not in sight, the end of one result looks like the end.
	r.ob.maybe = func() bool { return r.procedure && r.unseen }
	return r, nil
}

// rows makes a result set; inTx says that its statement belongs to a transaction.
func (c *fakeConn) rows(inTx bool) *fakeRows {
	called := calledFor()
	inTx = inTx || called&forTx != 0
	r := &fakeRows{in: c.in, pins: c.pins() && !inTx}
	kind := "rows"
	if called&forRow != 0 {
		kind = "row"
	}
	ob := c.in.acquire(kind, r, func() bool { return !r.closed })
	r.ob = ob
	if inTx {
		// It ends with the transaction, which alone is judged.
		ob.free = true
	} else {
		c.hold(ob)
	}
	return r
}

// pins tells whether what is acquired on c now takes a connection of its own.
func (c *fakeConn) pins() bool { return c.c == c.in.conn && c.lent == nil }

// hold books what Conn.Close will wait for.
func (c *fakeConn) hold(ob *obligation) {
	if c.lent != nil {
		c.held = append(c.held, ob)
	}
}

func (c *fakeConn) BeginTx(context.Context, driver.TxOptions) (driver.Tx, error) {
	if err := c.in.failure(); err != nil {
		return nil, err
	}
	tx := &fakeTx{c: c, pins: c.pins()}
	c.hold(c.in.acquire("tx", tx, func() bool { return !tx.done }))
	return tx, nil
}

func (c *fakeConn) PrepareContext(context.Context, string) (driver.Stmt, error) {
	called := calledFor()
	s := &fakeStmt{c: c, inTx: called&forTx != 0, onConn: c.lent != nil}
	if called&forStmt != 0 {
		// The pool prepares an open statement on one more connection.
		return s, nil
	}
	if err := c.in.failure(); err != nil {
		return nil, err
	}
	if c.c == c.in.conn && !s.inTx && !s.onConn {
		c.in.fresh = append(c.in.fresh, s)
	}
	ob := c.in.acquire("stmt", s, s.open)
	ob.maybe = func() bool { return c.c.closed || s.rows > 0 }
	ob.free = s.inTx
	return s, nil
}

type result struct{}

func (result) LastInsertId() (int64, error) { return 0, nil }
func (result) RowsAffected() (int64, error) { return 0, nil }

// A fakeTx is a transaction.
type fakeTx struct {
	c    *fakeConn
	done bool
	pins bool // it holds a connection of the lent pool itself
}

func (t *fakeTx) Commit() error { return t.end() }

// Rollback is also what database/sql does when the context of the transaction
// ends: that bounds a leak and is no release.
func (t *fakeTx) Rollback() error {
	if calledFor()&forContext != 0 {
		t.c.in.noted.Store(true)
		return nil
	}
	return t.end()
}

func (t *fakeTx) end() error {
	t.done = true
	return t.c.in.releaseFailure()
}

// A fakeStmt is a prepared statement.
type fakeStmt struct {
	c      *fakeConn
	sql    *sql.Stmt // over it, if it is one of the lent pool
	inTx   bool
	onConn bool // it was prepared on a *sql.Conn, and survives that
	closed bool
	rows   int // open ones
}

// open tells whether the program has the statement open. A pool closes and
// prepares it again as its connections come and go, so the pool is asked.
func (s *fakeStmt) open() bool {
	s.c.in.matchStmts()
	if s.sql != nil {
		return stmtHeld(s.c.in.db, s.sql)
	}
	return !s.closed
}

func (s *fakeStmt) Close() error {
	switch called := calledFor(); {
	case called&forPool != 0:
		return nil // it goes with its connection, not by the program's doing
	case called&forContext != 0:
		s.closed = true
		return nil
	}
	s.closed = true
	return s.c.in.releaseFailure()
}

func (s *fakeStmt) NumInput() int { return -1 }

func (s *fakeStmt) Exec([]driver.Value) (driver.Result, error) { return nil, errors.ErrUnsupported }
func (s *fakeStmt) Query([]driver.Value) (driver.Rows, error)  { return nil, errors.ErrUnsupported }

func (s *fakeStmt) ExecContext(ctx context.Context, _ []driver.NamedValue) (driver.Result, error) {
	return result{}, s.c.in.failure()
}

func (s *fakeStmt) QueryContext(ctx context.Context, _ []driver.NamedValue) (driver.Rows, error) {
	if err := s.c.in.failure(); err != nil {
		return nil, err
	}
	r := s.c.rows(s.inTx)
	r.stmt = s
	s.rows++
	return r, nil
}
