// Package gotos jumps.
package gotos

import (
	"database/sql"
	"errors"
)

var errStop = errors.New("stop")

// goto out of the rows loop, past the end that would have closed them.
func jumpOut(db *sql.DB, limit int) (n int, err error) {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		if n++; n == limit {
			goto done
		}
	}
	err = rows.Err()
done:
	return n, err
}

// goto to the Close.
func jumpToClose(db *sql.DB, limit int) (n int, err error) {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		if n++; n == limit {
			goto done
		}
	}
	err = rows.Err()
done:
	rows.Close()
	return n, err
}

// The error exit of C, with its Rollback.
func jumpToRollback(db *sql.DB) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	if _, err = tx.Exec("DELETE FROM users"); err != nil {
		goto fail
	}
	if _, err = tx.Exec("DELETE FROM groups"); err != nil {
		goto fail
	}
	return tx.Commit()
fail:
	tx.Rollback()
	return err
}

// The error exit of C, without its Rollback.
func jumpToReturn(db *sql.DB) error {
	tx, err := db.Begin() // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if _, err = tx.Exec("DELETE FROM users"); err != nil {
		goto fail
	}
	return tx.Commit()
fail:
	return errors.Join(errStop, err)
}

// goto back, a loop by hand: the rows of the round before are still open.
func jumpBack(db *sql.DB) error {
	tries := 0
	var rows *sql.Rows
	var err error
again:
	rows, err = db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	if tries++; tries < 3 {
		goto again
	}
	return rows.Close()
}

// goto back, with the rows of the round before closed.
func jumpBackClosed(db *sql.DB) error {
	tries := 0
	var rows *sql.Rows
	var err error
again:
	rows, err = db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	if tries++; tries < 3 {
		rows.Close()
		goto again
	}
	return rows.Close()
}

// A loop that is read to its end by goto.
func jumpDrained(db *sql.DB) (n int, err error) {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return 0, err
	}
next:
	if rows.Next() {
		n++
		goto next
	}
	return n, rows.Err()
}
