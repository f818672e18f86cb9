package settles

import (
	"context"
	"database/sql"
)

// OpenDB returns its pool: the caller settles it, and sets the limit.
func OpenDB(dsn string) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	return db, db.Ping()
}

// Named returns its pool by a named result.
func Named(dsn string) (db *sql.DB, err error) {
	db, err = sql.Open("mysql", dsn)
	return
}

// Exported has a field that callers can reach.
type Exported struct{ DB *sql.DB }

// NewExported leaves the limit to its callers.
func NewExported(dsn string) (*Exported, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	return &Exported{DB: db}, nil
}

// Accessible has an accessor.
type Accessible struct{ db *sql.DB }

// DB lends the pool.
func (a *Accessible) DB() *sql.DB { return a.db }

// NewAccessible leaves the limit to its callers.
func NewAccessible(dsn string) (*Accessible, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	return &Accessible{db: db}, nil
}

// Embedding has all methods of the pool.
type Embedding struct{ *sql.DB }

// NewEmbedding leaves the limit to its callers.
func NewEmbedding(dsn string) (*Embedding, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	return &Embedding{db}, nil
}

// Forwarding has a method that sets the limit.
type Forwarding struct{ db *sql.DB }

// SetMaxOpenConns is for callers.
func (f *Forwarding) SetMaxOpenConns(n int) { f.db.SetMaxOpenConns(n) }

// NewForwarding leaves the limit to its callers.
func NewForwarding(dsn string) (*Forwarding, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	return &Forwarding{db: db}, nil
}

// Used and closed by one function, one query after the other.
func count(ctx context.Context, dsn string) (n int, err error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	err = db.QueryRowContext(ctx, "SELECT COUNT(*) FROM t").Scan(&n)
	return n, err
}

// The same, with a helper that only queries.
func countBy(ctx context.Context, dsn string) (int, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return 0, err
	}
	n, err := countIn(ctx, db)
	db.Close()
	return n, err
}

func countIn(ctx context.Context, db *sql.DB) (n int, err error) {
	err = db.QueryRowContext(ctx, "SELECT COUNT(*) FROM t").Scan(&n)
	return n, err
}
