package errcheck

import (
	"context"
	"database/sql"
	"errors"
	"log"
	"sync/atomic"
)

var errLocked = errors.New("locked")

// The result is not made from the error that is given.
func locking(lock *atomic.Bool, busy error, f func() error) error {
	if !lock.CompareAndSwap(false, true) {
		return busy
	}
	if err := f(); err != nil {
		return err
	}
	return nil
}

type locked struct{ conn *sql.Conn }

func (l *locked) Close() error { return l.conn.Close() }

func newLocked(ctx context.Context, db *sql.DB, lock *atomic.Bool, f func() error) (*locked, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if err := locking(lock, errLocked, f); err != nil {
		conn.Close()
		return nil, err
	}
	return &locked{conn}, nil
}

func newLockedLost(ctx context.Context, db *sql.DB, lock *atomic.Bool, f func() error) (*locked, error) {
	conn, err := db.Conn(ctx) // want "conn is not closed on every path.*connleak/conn"
	if err != nil {
		return nil, err
	}
	if err := locking(lock, errLocked, f); err != nil {
		return nil, err
	}
	return &locked{conn}, nil
}

func rowsLocked(db *sql.DB, lock *atomic.Bool) error {
	rows, err := db.Query("SELECT 1") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	if err := locking(lock, errLocked, db.Ping); err != nil {
		rows.Close()
		return err
	}
	return nil
}

// A helper finds a kind of error in another: there was one.
type codeError struct{ code string }

func (e *codeError) Error() string { return e.code }

func asCode(err error) *codeError {
	e := new(codeError)
	if errors.As(err, &e) {
		return e
	}
	return nil
}

func mustCode(err error) *codeError {
	e := asCode(err)
	if e == nil {
		log.Fatal("another error")
	}
	return e
}

func wantCode(db *sql.DB) string {
	_, err := db.Query("SELECT x")
	e := asCode(err)
	if e == nil {
		log.Fatal("no error")
	}
	return e.code
}

func wantCodeHelper(db *sql.DB) string {
	_, err := db.Query("SELECT x")
	return mustCode(err).code
}

func wantCodeAsserted(db *sql.DB) string {
	_, err := db.Query("SELECT x")
	e, ok := err.(*codeError)
	if !ok {
		log.Fatal("no error")
	}
	return e.code
}

func wantCodeAssertion(db *sql.DB) string {
	_, err := db.Query("SELECT x")
	return err.(*codeError).code
}

func wantNoCode(db *sql.DB) string {
	_, err := db.Query("SELECT x") // want "connleak/rows"
	if e := asCode(err); e != nil {
		return e.code
	}
	return ""
}

func isCode(err error) bool {
	_, ok := err.(*codeError)
	return ok
}

func wantCodeAsked(db *sql.DB) {
	_, err := db.Query("SELECT x")
	if !isCode(err) {
		log.Fatal("no error")
	}
}

func wantCodeUnasked(db *sql.DB) {
	_, err := db.Query("SELECT x") // want "connleak/rows"
	if isCode(err) {
		log.Fatal("an error")
	}
}
