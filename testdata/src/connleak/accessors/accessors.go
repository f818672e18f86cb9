// Package accessors lends what somebody else owns: a getter is no acquisition,
// whatever its name; and a function that opens is one, whatever its name.
package accessors

import (
	"context"
	"database/sql"
	"sync"
	"sync/atomic"
)

type service struct {
	db   *sql.DB
	conn *sql.Conn
	tx   *sql.Tx
}

func (s *service) DB() *sql.DB { return s.db }

func (s *service) Conn() (*sql.Conn, error) { return s.conn, nil }

func (s *service) Tx() *sql.Tx { return s.tx }

// What getters return is lent.
func (s *service) ping(ctx context.Context) error {
	if err := s.DB().PingContext(ctx); err != nil {
		return err
	}
	conn, err := s.Conn()
	if err != nil {
		return err
	}
	if err := conn.PingContext(ctx); err != nil {
		return err
	}
	_, err = s.Tx().Exec("SELECT 1")
	return err
}

type config struct{ dsn string }

// DB sounds like a getter and opens.
func (c *config) DB() (*sql.DB, error) { return sql.Open("mysql", c.dsn) }

// A pool that is opened by something that sounds like a getter is dropped.
func (c *config) count() (n int, err error) {
	db, err := c.DB() // want "db.*connleak/db"
	if err != nil {
		return 0, err
	}
	err = db.QueryRow("SELECT COUNT(*) FROM users").Scan(&n)
	return n, err
}

// A pool that is opened by something that sounds like a getter is closed.
func (c *config) countClosed() (n int, err error) {
	db, err := c.DB()
	if err != nil {
		return 0, err
	}
	defer db.Close()
	err = db.QueryRow("SELECT COUNT(*) FROM users").Scan(&n)
	return n, err
}

// Session pins a fresh connection.
func (s *service) Session(ctx context.Context) (*sql.Conn, error) { return s.db.Conn(ctx) }

// The fresh connection is not given back.
func (s *service) sessionID(ctx context.Context) (id int, err error) {
	conn, err := s.Session(ctx) // want "conn.*connleak/conn"
	if err != nil {
		return 0, err
	}
	err = conn.QueryRowContext(ctx, "SELECT CONNECTION_ID()").Scan(&id)
	return id, err
}

var current atomic.Pointer[sql.DB]

// An atomic Load lends.
func ping(ctx context.Context) error {
	db := current.Load()
	if db == nil {
		return sql.ErrConnDone
	}
	return db.PingContext(ctx)
}

// A pool stored in an atomic lives on.
func swap(dsn string) error {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	if old := current.Swap(db); old != nil {
		return old.Close()
	}
	return nil
}

// A pool that is stored only when it answers.
func swapChecked(ctx context.Context, dsn string) error {
	db, err := sql.Open("mysql", dsn) // want "db.*connleak/db"
	if err != nil {
		return err
	}
	if err := db.PingContext(ctx); err != nil {
		return err
	}
	current.Store(db)
	return nil
}

// pools memoises by address.
type pools struct {
	mu    sync.Mutex
	byDSN map[string]*sql.DB
}

// A lookup lends, and what is opened is stored.
func (p *pools) get(dsn string) (*sql.DB, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if db, ok := p.byDSN[dsn]; ok {
		return db, nil
	}
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	p.byDSN[dsn] = db
	return db, nil
}

// A memoised pool belongs to the memo.
func (p *pools) count(dsn string) (n int, err error) {
	db, err := p.get(dsn)
	if err != nil {
		return 0, err
	}
	err = db.QueryRow("SELECT COUNT(*) FROM users").Scan(&n)
	return n, err
}

// A pool that does not answer is neither stored nor closed.
func (p *pools) getChecked(ctx context.Context, dsn string) (*sql.DB, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if db, ok := p.byDSN[dsn]; ok {
		return db, nil
	}
	db, err := sql.Open("mysql", dsn) // want "db.*connleak/db"
	if err != nil {
		return nil, err
	}
	if err := db.PingContext(ctx); err != nil {
		return nil, err
	}
	p.byDSN[dsn] = db
	return db, nil
}

var (
	once   sync.Once
	shared *sql.DB
)

// Opened once, kept in a package variable, lent to everybody.
func sharedPool(dsn string) *sql.DB {
	once.Do(func() {
		var err error
		if shared, err = sql.Open("mysql", dsn); err != nil {
			panic(err)
		}
	})
	return shared
}

// The borrower of the shared pool owes nothing.
func pingShared(dsn string) error { return sharedPool(dsn).Ping() }

// Opened once by sync.OnceValues.
var openOnce = sync.OnceValues(func() (*sql.DB, error) {
	return sql.Open("mysql", "app@/shop")
})

// The borrower of a once-value owes nothing.
func pingOnce() error {
	db, err := openOnce()
	if err != nil {
		return err
	}
	return db.Ping()
}

type txKey struct{}

// A transaction travels in the context; who takes it out borrows it.
func txFrom(ctx context.Context) (*sql.Tx, bool) {
	tx, ok := ctx.Value(txKey{}).(*sql.Tx)
	return tx, ok
}

// The borrower of the context's transaction owes nothing.
func insert(ctx context.Context, db *sql.DB) error {
	if tx, ok := txFrom(ctx); ok {
		_, err := tx.ExecContext(ctx, "INSERT INTO users VALUES (1)")
		return err
	}
	_, err := db.ExecContext(ctx, "INSERT INTO users VALUES (1)")
	return err
}

// Whoever put it there still owes the end.
func withTx(ctx context.Context, db *sql.DB, fn func(context.Context) error) error {
	tx, err := db.BeginTx(ctx, nil) // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if err := fn(context.WithValue(ctx, txKey{}, tx)); err != nil {
		return err
	}
	return tx.Commit()
}

// Whoever put it there ends it.
func withTxRolledBack(ctx context.Context, db *sql.DB, fn func(context.Context) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := fn(context.WithValue(ctx, txKey{}, tx)); err != nil {
		return err
	}
	return tx.Commit()
}

// A context that carries the transaction away is an owner of its own.
func beginInContext(ctx context.Context, db *sql.DB) (context.Context, error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	return context.WithValue(ctx, txKey{}, tx), nil
}
