// Package owners has structs that own a resource: whoever constructs one owes
// the method that releases it.
package owners

import (
	"context"
	"database/sql"
	"errors"
)

var errStop = errors.New("stop")

// userIter owns its rows; Close releases them.
type userIter struct {
	rows *sql.Rows
	cur  string
	err  error
}

func newUserIter(ctx context.Context, db *sql.DB) (*userIter, error) {
	rows, err := db.QueryContext(ctx, "SELECT name FROM users")
	if err != nil {
		return nil, err
	}
	return &userIter{rows: rows}, nil
}

func (it *userIter) Next() bool {
	if !it.rows.Next() {
		return false
	}
	it.err = it.rows.Scan(&it.cur)
	return it.err == nil
}

func (it *userIter) Close() error { return it.rows.Close() }

// The iterator is closed.
func firstName(ctx context.Context, db *sql.DB) (string, error) {
	it, err := newUserIter(ctx, db)
	if err != nil {
		return "", err
	}
	defer it.Close()
	if !it.Next() {
		return "", it.err
	}
	return it.cur, nil
}

// The iterator is dropped on one path.
func firstNameLeft(ctx context.Context, db *sql.DB, want string) (string, error) {
	it, err := newUserIter(ctx, db) // want "it.*connleak/wrapper"
	if err != nil {
		return "", err
	}
	it.Next()
	if it.cur != want {
		return "", errStop
	}
	return it.cur, it.Close()
}

// The constructor's result is forwarded.
func activeUsers(ctx context.Context, db *sql.DB) (*userIter, error) {
	it, err := newUserIter(ctx, db)
	if err != nil {
		return nil, err
	}
	it.cur = "none"
	return it, nil
}

// A wrapper of the wrapper: the obligation nests.
type pagedIter struct {
	inner *userIter
	page  int
}

func newPagedIter(ctx context.Context, db *sql.DB) (*pagedIter, error) {
	inner, err := newUserIter(ctx, db)
	if err != nil {
		return nil, err
	}
	return &pagedIter{inner: inner}, nil
}

func (p *pagedIter) Stop() {
	_ = p.inner.Close()
}

// Stopped.
func firstPage(ctx context.Context, db *sql.DB) error {
	p, err := newPagedIter(ctx, db)
	if err != nil {
		return err
	}
	defer p.Stop()
	p.page++
	return nil
}

// Not stopped.
func firstPageLeft(ctx context.Context, db *sql.DB) error {
	p, err := newPagedIter(ctx, db) // want "p.*connleak/wrapper"
	if err != nil {
		return err
	}
	p.page++
	return nil
}

// closableIter is an interface result; the constructor's value keeps its obligation behind it.
type closableIter interface {
	Next() bool
	Close() error
}

func openIter(ctx context.Context, db *sql.DB) (closableIter, error) {
	it, err := newUserIter(ctx, db)
	if err != nil {
		return nil, err
	}
	return it, nil
}

// Closed through the interface.
func countIter(ctx context.Context, db *sql.DB) (n int, err error) {
	it, err := openIter(ctx, db)
	if err != nil {
		return 0, err
	}
	defer it.Close()
	for it.Next() {
		if n++; n > 10 {
			return n, errStop
		}
	}
	return n, nil
}

// Dropped behind the interface.
func countIterLeft(ctx context.Context, db *sql.DB) (n int, err error) {
	it, err := openIter(ctx, db) // want "it.*connleak/wrapper"
	if err != nil {
		return 0, err
	}
	for it.Next() {
		if n++; n > 10 {
			return n, errStop
		}
	}
	return n, it.Close()
}

// embeddedRows gets Close by promotion.
type embeddedRows struct {
	*sql.Rows
	seen int
}

func newEmbeddedRows(db *sql.DB) (*embeddedRows, error) {
	rows, err := db.Query("SELECT name FROM users")
	if err != nil {
		return nil, err
	}
	return &embeddedRows{Rows: rows}, nil
}

// The promoted Close releases.
func embedded(db *sql.DB) error {
	e, err := newEmbeddedRows(db)
	if err != nil {
		return err
	}
	defer e.Close()
	e.seen++
	return e.Err()
}

// The promoted Err does not.
func embeddedLeft(db *sql.DB) error {
	e, err := newEmbeddedRows(db) // want "e.*connleak/(wrapper|rows)"
	if err != nil {
		return err
	}
	e.seen++
	return e.Err()
}

// lazyIter opens its rows when it is first asked, and Stop closes them: constructing one opens nothing.
type lazyIter struct {
	db   *sql.DB
	rows *sql.Rows
	err  error
}

func newLazyIter(db *sql.DB) *lazyIter { return &lazyIter{db: db} }

func (l *lazyIter) Next() bool {
	if l.rows == nil {
		rows, err := l.db.Query("SELECT name FROM users")
		if err != nil {
			l.err = err
			return false
		}
		l.rows = rows
	}
	return l.rows.Next()
}

func (l *lazyIter) Stop() {
	if l.rows != nil {
		l.rows.Close()
	}
}

// A lazily opened iterator, stopped.
func lazily(db *sql.DB) bool {
	it := newLazyIter(db)
	defer it.Stop()
	return it.Next()
}

// A lazily opened iterator that was never asked.
func lazilyUnused(db *sql.DB, really bool) bool {
	it := newLazyIter(db)
	if !really {
		return false
	}
	defer it.Stop()
	return it.Next()
}
