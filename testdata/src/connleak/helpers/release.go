// Package helpers has releases in functions of the same package: closers of one
// or many, closers on a condition, and functions that only borrow.
package helpers

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log"
)

func closeRows(rows *sql.Rows) {
	if err := rows.Close(); err != nil {
		log.Print(err)
	}
}

func closeQuietly(c io.Closer) {
	_ = c.Close()
}

func closeNamed(c io.Closer, name string) {
	if c == nil {
		return
	}
	if err := c.Close(); err != nil {
		log.Print(name, err)
	}
}

func closeAll(cs ...io.Closer) error {
	var errs []error
	for _, c := range cs {
		errs = append(errs, c.Close())
	}
	return errors.Join(errs...)
}

func ignore(f func() error) {
	_ = f()
}

func logColumns(rows *sql.Rows) {
	cols, err := rows.Columns()
	log.Print(cols, err)
}

// Deferred release in a helper of its own type.
func typedHelper(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	defer closeRows(rows)
	if rows.Next() {
		return nil
	}
	return sql.ErrNoRows
}

// A helper of the same shape that only reads.
func typedBorrow(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	defer logColumns(rows)
	if rows.Next() {
		return nil
	}
	return sql.ErrNoRows
}

// A helper that takes an io.Closer.
func closerHelper(db *sql.DB) error {
	stmt, err := db.Prepare("DELETE FROM users")
	if err != nil {
		return err
	}
	defer closeQuietly(stmt)
	_, err = stmt.Exec()
	return err
}

// A helper that takes an io.Closer and checks it for nil.
func closerNamedHelper(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer closeNamed(conn, "conn")
	return conn.PingContext(ctx)
}

// Several at once.
func variadicHelper(db *sql.DB) error {
	stmt, err := db.Prepare("SELECT id FROM users")
	if err != nil {
		return err
	}
	rows, err := stmt.Query()
	if err != nil {
		return errors.Join(err, stmt.Close())
	}
	defer closeAll(rows, stmt)
	if rows.Next() {
		return nil
	}
	return sql.ErrNoRows
}

// Several at once, but not all of them.
func variadicHelperOneMissing(db *sql.DB, extra io.Closer) error {
	stmt, err := db.Prepare("SELECT id FROM users") // want "stmt.*connleak/stmt"
	if err != nil {
		return err
	}
	rows, err := stmt.Query()
	if err != nil {
		return errors.Join(err, stmt.Close())
	}
	defer closeAll(rows, extra)
	if rows.Next() {
		return nil
	}
	return sql.ErrNoRows
}

// The method value goes to a helper that calls it.
func methodValueHelper(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	defer ignore(rows.Close)
	if rows.Next() {
		return nil
	}
	return sql.ErrNoRows
}

// The wrong method value.
func methodValueHelperErr(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	defer ignore(rows.Err)
	if rows.Next() {
		return nil
	}
	return sql.ErrNoRows
}

type rollbacker interface{ Rollback() error }

func rollback(tx rollbacker, err *error) {
	if rerr := tx.Rollback(); rerr != nil && !errors.Is(rerr, sql.ErrTxDone) && *err == nil {
		*err = rerr
	}
}

// A Rollback helper behind an interface, with the error's address.
func rollbackHelper(db *sql.DB) (err error) {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer rollback(tx, &err)
	if _, err := tx.Exec("DELETE FROM users"); err != nil {
		return err
	}
	return tx.Commit()
}

func finish(tx *sql.Tx, err *error) {
	if *err != nil {
		_ = tx.Rollback()
		return
	}
	*err = tx.Commit()
}

func undo(tx *sql.Tx, err *error) {
	if *err != nil {
		_ = tx.Rollback()
	}
}

// The helper decides by the named result.
func finishHelper(db *sql.DB) (err error) {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer finish(tx, &err)
	_, err = tx.Exec("DELETE FROM users")
	return err
}

// The helper only knows the error case; the success path has no Commit.
func undoHelper(db *sql.DB) (err error) {
	tx, err := db.Begin() // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	defer undo(tx, &err)
	_, err = tx.Exec("DELETE FROM users")
	return err
}

// The helper only knows the error case, and the success path commits.
func undoHelperCommit(db *sql.DB) (err error) {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer undo(tx, &err)
	if _, err = tx.Exec("DELETE FROM users"); err != nil {
		return err
	}
	return tx.Commit()
}

func failTx(tx *sql.Tx, cause error) error {
	if err := tx.Rollback(); err != nil {
		return fmt.Errorf("%w (rollback: %v)", cause, err)
	}
	return cause
}

// The release is in the return statement.
func rollbackInReturn(db *sql.DB) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	if _, err := tx.Exec("DELETE FROM users"); err != nil {
		return failTx(tx, err)
	}
	if _, err := tx.Exec("DELETE FROM groups"); err != nil {
		return failTx(tx, err)
	}
	return tx.Commit()
}

// One return statement goes without it.
func rollbackInOneReturn(db *sql.DB) error {
	tx, err := db.Begin() // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if _, err := tx.Exec("DELETE FROM users"); err != nil {
		return failTx(tx, err)
	}
	if _, err := tx.Exec("DELETE FROM groups"); err != nil {
		return fmt.Errorf("groups: %w", err)
	}
	return tx.Commit()
}

// The same helper as a local closure.
func rollbackClosure(db *sql.DB) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	fail := func(cause error) error {
		return errors.Join(cause, tx.Rollback())
	}
	if _, err := tx.Exec("DELETE FROM users"); err != nil {
		return fail(err)
	}
	return tx.Commit()
}

// A local closure that only describes.
func describeClosure(db *sql.DB) error {
	tx, err := db.Begin() // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	fail := func(cause error) error {
		return fmt.Errorf("in %p: %w", tx, cause)
	}
	if _, err := tx.Exec("DELETE FROM users"); err != nil {
		return fail(err)
	}
	return tx.Commit()
}
