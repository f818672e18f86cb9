// Package flags has releases that depend on a variable which says whether there
// is something to release.
package flags

import (
	"context"
	"database/sql"
	"errors"
)

var errNone = errors.New("nothing to do")

// Rolled back unless committed.
func archive(db *sql.DB) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	committed := false
	defer func() {
		if !committed {
			tx.Rollback()
		}
	}()
	if _, err := tx.Exec("INSERT INTO archive SELECT * FROM jobs"); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	committed = true
	return nil
}

// The flag is set although an early return still follows.
func archiveTooEarly(db *sql.DB) error {
	tx, err := db.Begin() // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	committed := false
	defer func() {
		if !committed {
			tx.Rollback()
		}
	}()
	res, err := tx.Exec("INSERT INTO archive SELECT * FROM jobs")
	if err != nil {
		return err
	}
	committed = true
	if n, _ := res.RowsAffected(); n == 0 {
		return errNone
	}
	return tx.Commit()
}

// Begun here or handed in: only an own transaction is ended.
func insert(ctx context.Context, db *sql.DB, tx *sql.Tx, name string) (err error) {
	own := tx == nil
	if own {
		if tx, err = db.BeginTx(ctx, nil); err != nil {
			return err
		}
		defer tx.Rollback()
	}
	if _, err = tx.ExecContext(ctx, "INSERT INTO users VALUES (?)", name); err != nil {
		return err
	}
	if own {
		return tx.Commit()
	}
	return nil
}

// Without the defer the own transaction stays open on an error.
func insertLeft(ctx context.Context, db *sql.DB, tx *sql.Tx, name string) (err error) {
	own := tx == nil
	if own {
		if tx, err = db.BeginTx(ctx, nil); err != nil { // want "tx.*connleak/tx"
			return err
		}
	}
	if _, err = tx.ExecContext(ctx, "INSERT INTO users VALUES (?)", name); err != nil {
		return err
	}
	if own {
		return tx.Commit()
	}
	return nil
}

// Without the defer, but with the flag asked on the error path as well.
func insertBoth(ctx context.Context, db *sql.DB, tx *sql.Tx, name string) (err error) {
	own := false
	if tx == nil {
		if tx, err = db.BeginTx(ctx, nil); err != nil {
			return err
		}
		own = true
	}
	if _, err = tx.ExecContext(ctx, "INSERT INTO users VALUES (?)", name); err != nil {
		if own {
			tx.Rollback()
		}
		return err
	}
	if own {
		err = tx.Commit()
	}
	return err
}

// found is true exactly when the loop was left with rows unread.
func contains(db *sql.DB, want string) (bool, error) {
	rows, err := db.Query("SELECT name FROM users")
	if err != nil {
		return false, err
	}
	found := false
	for rows.Next() {
		var name string
		if rows.Scan(&name) == nil && name == want {
			found = true
			break
		}
	}
	if found {
		rows.Close()
	}
	return found, rows.Err()
}

// The test is the wrong way round.
func containsInverted(db *sql.DB, want string) (bool, error) {
	rows, err := db.Query("SELECT name FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return false, err
	}
	found := false
	for rows.Next() {
		var name string
		if rows.Scan(&name) == nil && name == want {
			found = true
			break
		}
	}
	if !found {
		rows.Close()
	}
	return found, rows.Err()
}

// Next's result is kept in a variable.
func ids(db *sql.DB) (out []int, err error) {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return nil, err
	}
	more := rows.Next()
	for more {
		var id int
		_ = rows.Scan(&id)
		out = append(out, id)
		more = rows.Next()
	}
	return out, rows.Err()
}

// Next's result is kept in a variable, and something else ends the loop as well.
func idsLimited(db *sql.DB, limit int) (out []int, err error) {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return nil, err
	}
	more := rows.Next()
	for more && len(out) < limit {
		var id int
		_ = rows.Scan(&id)
		out = append(out, id)
		more = rows.Next()
	}
	return out, rows.Err()
}

// A named state.
func copyState(db *sql.DB, write func(string) error) (err error) {
	const (
		open   = "open"
		closed = "closed"
	)
	rows, err := db.Query("SELECT name FROM users")
	if err != nil {
		return err
	}
	state := open
	for state == open {
		if !rows.Next() {
			state = closed
			break
		}
		var name string
		if err = rows.Scan(&name); err != nil {
			break
		}
		if err = write(name); err != nil {
			break
		}
	}
	if state == open {
		rows.Close()
	}
	return err
}

// The pool is kept only when everything worked; the deferred Close asks the flag.
func open(dsn string) (db *sql.DB, err error) {
	db, err = sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	ok := false
	defer func() {
		if !ok {
			db.Close()
		}
	}()
	if err := db.Ping(); err != nil {
		return db, err
	}
	ok = true
	return db, nil
}

// Errors counted, and then one of the two ends.
func settle(db *sql.DB, names []string) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	failed := 0
	for _, name := range names {
		if _, err := tx.Exec("DELETE FROM users WHERE name = ?", name); err != nil {
			failed++
		}
	}
	if failed > 0 {
		return tx.Rollback()
	}
	return tx.Commit()
}

// Errors counted, and only the good case ended.
func settleLeft(db *sql.DB, names []string) error {
	tx, err := db.Begin() // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	failed := 0
	for _, name := range names {
		if _, err := tx.Exec("DELETE FROM users WHERE name = ?", name); err != nil {
			failed++
		}
	}
	if failed == 0 {
		return tx.Commit()
	}
	return errNone
}
