// Package strict is read with -connvet.strict: a release has to be deferred, so
// that a panic is survived, and rows of a Tx count as open until the Tx ends.
package strict

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"testing"
)

var errStop = errors.New("stop")

// An explicit Close on every path does not survive a panic of use.
func explicit(db *sql.DB, use func(*sql.Rows) error) error {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	err = use(rows)
	return errors.Join(err, rows.Close())
}

// A deferred Close does.
func deferred(db *sql.DB, use func(*sql.Rows) error) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	defer rows.Close()
	return use(rows)
}

// A transaction that each path ends, in order.
func explicitTx(db *sql.DB, use func(*sql.Tx) error) error {
	tx, err := db.Begin() // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if err := use(tx); err != nil {
		tx.Rollback()
		return err
	}
	return tx.Commit()
}

// A transaction with the deferred Rollback.
func deferredTx(db *sql.DB, use func(*sql.Tx) error) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := use(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// A deferred closure that decides by the error is deferred.
func deferredClosure(db *sql.DB, use func(*sql.Tx) error) (err error) {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer func() {
		if p := recover(); p != nil {
			tx.Rollback()
			panic(p)
		}
		if err != nil {
			tx.Rollback()
			return
		}
		err = tx.Commit()
	}()
	return use(tx)
}

func closeQuietly(c io.Closer) { _ = c.Close() }

// A deferred helper is deferred.
func deferredHelper(ctx context.Context, db *sql.DB, use func(*sql.Conn) error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer closeQuietly(conn)
	return use(conn)
}

// A pinned connection given back by hand.
func explicitConn(ctx context.Context, db *sql.DB, use func(*sql.Conn) error) error {
	conn, err := db.Conn(ctx) // want "conn.*connleak/conn"
	if err != nil {
		return err
	}
	err = use(conn)
	closeQuietly(conn)
	return err
}

// A callee that defers the Close of its parameter is as good.
func handedDown(db *sql.DB) (int, error) {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return 0, err
	}
	return count(rows)
}

func count(rows *sql.Rows) (n int, err error) {
	defer rows.Close()
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

// Returned: nothing is owed here.
func returned(db *sql.DB) (*sql.Rows, error) {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return nil, err
	}
	return rows, nil
}

// Scan follows at once: there is no room for a panic.
func row(db *sql.DB) (n int, err error) {
	err = db.QueryRow("SELECT COUNT(*) FROM users").Scan(&n)
	return n, err
}

// Rows of a Tx are open until it ends.
func rowsOfTx(tx *sql.Tx) error {
	rows, err := tx.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	if !rows.Next() {
		return errStop
	}
	return nil
}

// Rows of a Tx, closed.
func rowsOfTxClosed(tx *sql.Tx) error {
	rows, err := tx.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	defer rows.Close()
	if !rows.Next() {
		return errStop
	}
	return nil
}

// Cleanup runs whatever happens.
func cleanup(tb testing.TB, db *sql.DB, use func(*sql.Rows)) {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { rows.Close() })
	use(rows)
}

// What leaks without -strict leaks with it.
func plain(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	if !rows.Next() {
		return errStop
	}
	return nil
}
