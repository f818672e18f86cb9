package errcheck

import (
	"database/sql"
	"errors"
	"fmt"
	"log"
)

func failed(err error) bool {
	if err != nil {
		log.Print(err)
		return true
	}
	return false
}

func isMissing(err error) bool { return errors.Is(err, sql.ErrNoRows) }

func annotate(err error, what string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

// A helper says by its result whether there is an error.
func namesFailed(db *sql.DB) {
	rows, err := db.Query("SELECT name FROM users")
	if failed(err) {
		return
	}
	rows.Close()
}

// The helper says so, and the rows are left behind it.
func namesFailedLeft(db *sql.DB) {
	rows, err := db.Query("SELECT name FROM users") // want "rows.*connleak/rows"
	if failed(err) {
		return
	}
	if rows.Next() {
		log.Print("there are users")
	}
}

// A helper that is true for one error only says nothing when it is false.
func namesMissing(db *sql.DB) {
	rows, err := db.Query("SELECT name FROM users")
	if isMissing(err) {
		return
	}
	if failed(err) {
		return
	}
	rows.Close()
}

// The project's own wrapping keeps nil nil.
func namesAnnotated(db *sql.DB) error {
	rows, err := db.Query("SELECT name FROM users")
	if err = annotate(err, "names"); err != nil {
		return err
	}
	return rows.Close()
}

// The project's own wrapping keeps nil nil, and the rows are left behind it.
func namesAnnotatedLeft(db *sql.DB) error {
	rows, err := db.Query("SELECT name FROM users") // want "rows.*connleak/rows"
	if err = annotate(err, "names"); err != nil {
		return err
	}
	return rows.Err()
}

// Both results go on, the error wrapped.
func forward(db *sql.DB) (*sql.Rows, error) {
	rows, err := db.Query("SELECT name FROM users")
	return rows, annotate(err, "forward")
}

// The wrapped error is the pair's error still.
func forwarded(db *sql.DB) error {
	rows, err := forward(db)
	if err != nil {
		return err
	}
	return rows.Close()
}

// The wrapped error is the pair's error still, and the rows are left behind it.
func forwardedLeft(db *sql.DB) error {
	rows, err := forward(db) // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	return rows.Err()
}

// A struct holds both until they are looked at.
func namesStruct(db *sql.DB) error {
	var r struct {
		rows *sql.Rows
		err  error
	}
	r.rows, r.err = db.Query("SELECT name FROM users")
	if r.err != nil {
		return r.err
	}
	return r.rows.Close()
}

// The two errors are joined: nil when both are.
func namesJoined(db *sql.DB) error {
	rows, err := db.Query("SELECT name FROM users")
	_, execErr := db.Exec("DELETE FROM users")
	if rows != nil {
		defer rows.Close()
	}
	return errors.Join(err, execErr)
}
