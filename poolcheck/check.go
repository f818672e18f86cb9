package poolcheck

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/connvet/connvet/poolcheck/internal/preset"
	"github.com/connvet/connvet/poolcheck/internal/server"
)

// Check compares a budget with the server that db connects to. It takes one
// connection of db, sends a handful of SELECT and SHOW statements on it, and gives
// it back. A service of the budget that declares no pool is the calling program:
// its pool is db, with the limit that is really in force.
//
// A server that cannot be read, or not to the end, is an error that says why in
// one line and never holds a password or what else the data source name says; the
// report then has what was found out by then. If the pool yields no connection in
// time because all are in use, that is a verdict and no error. Without a report,
// the budget is wrong.
//
// db may be nil if the budget has an assumption.
func Check(ctx context.Context, db *sql.DB, b Budget) (*Report, error) {
	c, err := newCheck(db, b)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, c.timeout()+c.b.Window)
	defer cancel()
	defer c.close()
	c.read(ctx)
	return c.report(), c.err()
}

// A FaultError is a server that could not be read.
type FaultError struct{ cause error }

// Error describes the fault in one line.
func (e *FaultError) Error() string { return server.Explain(e.cause) }

// Unwrap returns what the driver said, which may name the account.
func (e *FaultError) Unwrap() error { return e.cause }

// IsFull reports whether the server refused the connection because it has too
// many, or the account has: then another way in may be open.
func (e *FaultError) IsFull() bool { return server.IsFull(e.cause) || server.IsAccountLimit(e.cause) }

// A check is one reading of a server, and the connection that it was read on.
type check struct {
	*judge
	db   *sql.DB
	conn *sql.Conn
}

// newCheck prepares a check; an error means that the budget is wrong.
func newCheck(db *sql.DB, b Budget) (*check, error) {
	if err := b.Validate(); err != nil {
		return nil, err
	}
	if db == nil && b.Assume == "" {
		return nil, errors.New("there is neither a server to read nor an assumption")
	}
	c := &check{judge: &judge{b: &b, s: new(server.Snapshot)}, db: db}
	self := -1
	if db != nil {
		self = db.Stats().MaxOpenConnections
	}
	var err error
	c.loads, err = newLoads(&b, self)
	return c, err
}

func (c *check) timeout() time.Duration { return cmp.Or(c.b.Timeout, DefaultTimeout) }

// read reads the server, or what stands in for it.
func (c *check) read(ctx context.Context) {
	if c.db != nil {
		c.fault = c.readServer(ctx)
	}
	if c.s.Session.Known || c.b.Assume == "" {
		return
	}
	p, err := preset.Lookup(c.b.Assume)
	if err != nil {
		c.fault = cmp.Or(c.fault, err)
		return
	}
	c.s = &server.Snapshot{Assumed: p.Name, Variables: map[string]string{"max_connections": fmt.Sprint(p.MaxConnections)}}
	c.basis = describe(p)
}

// readServer connects and reads. A failed attempt to connect is not repeated:
// this is about what one client meets.
func (c *check) readServer(ctx context.Context) error {
	var err error
	c.conn, err = c.connect(ctx)
	if err != nil {
		if stats := c.db.Stats(); stats.MaxOpenConnections > 0 && stats.InUse >= stats.MaxOpenConnections && errors.Is(err, context.DeadlineExceeded) {
			c.exhausted = &stats
			return nil
		}
		return err
	}
	var users []string
	for _, l := range c.loads {
		users = append(users, cmp.Or(l.User, c.b.Account))
	}
	c.s, err = server.Read(ctx, c.conn, server.Options{Host: c.b.Host, Users: users, Window: c.b.Window, Deep: c.b.Deep})
	if err == nil && c.b.Proxy.Admin != nil {
		err = c.readProxy(ctx)
	}
	return err
}

// connect takes a connection of the pool. The driver is not made for servers that
// send garbage: it may panic.
func (c *check) connect(ctx context.Context) (conn *sql.Conn, err error) {
	defer func() {
		if p := recover(); p != nil {
			conn, err = nil, server.ErrGarbage
		}
	}()
	return c.db.Conn(ctx)
}

// readProxy reads the limits of a ProxySQL.
func (c *check) readProxy(ctx context.Context) error {
	conn, err := c.b.Proxy.Admin.Conn(ctx)
	if err != nil {
		return fmt.Errorf("the proxy's admin port: %w", err)
	}
	defer conn.Close()
	c.s.Proxy, err = server.ReadProxySQL(ctx, conn)
	return err
}

// report asks all rules.
func (c *check) report() *Report { return newReport(c.judge) }

// err returns the fault as an error.
func (c *check) err() error {
	if c.fault == nil {
		return nil
	}
	return &FaultError{c.fault}
}

// close gives the connection back.
func (c *check) close() {
	if c.conn != nil {
		c.conn.Close()
	}
}

// A Preset is a size of a managed service that Budget.Assume knows.
type Preset struct {
	Name           string
	MaxConnections int64
	Description    string // what it is and where it was read, for people
}

// Presets lists the sizes that Budget.Assume knows. Those by memory, such as
// rds:16GiB, are more than can be listed.
func Presets() []Preset {
	var list []Preset
	for _, name := range preset.Names() {
		if p, err := preset.Lookup(name); err == nil {
			list = append(list, Preset{p.Name, p.MaxConnections, describe(p)})
		}
	}
	return list
}

// describe says what a preset is and where it was read.
func describe(p preset.Preset) string {
	text := p.Service + ", " + p.Hardware
	if p.Note != "" {
		text += "; " + p.Note
	}
	return fmt.Sprintf("%s (%s, %s)", text, p.Source, p.Date)
}

// CheckPreset reports what is wrong with a name for Budget.Assume.
func CheckPreset(name string) error {
	_, err := preset.Lookup(name)
	return err
}
