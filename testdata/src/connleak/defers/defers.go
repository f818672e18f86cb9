// Package defers releases at the end: in deferred calls and closures, with named
// results, through method values, too late, or not at all.
package defers

import (
	"database/sql"
	"errors"
	"io"
	"log"
)

// A deferred closure that looks at Close's error.
func logClose(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	defer func() {
		if err := rows.Close(); err != nil {
			log.Print(err)
		}
	}()
	if rows.Next() {
		return nil
	}
	return sql.ErrNoRows
}

// A deferred closure that looks at another error and closes nothing.
func logErr(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	defer func() {
		if err := rows.Err(); err != nil {
			log.Print(err)
		}
	}()
	if rows.Next() {
		return nil
	}
	return sql.ErrNoRows
}

// Close is an argument of errors.Join, on the named result.
func joinClose(db *sql.DB) (err error) {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	if rows.Next() {
		return nil
	}
	return sql.ErrNoRows
}

func appendErr(errs ...error) error { return errors.Join(errs...) }

// Close is one argument of several of a project's own collector.
func appendClose(db *sql.DB) (err error) {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	defer func() {
		err = appendErr(err, rows.Err(), rows.Close())
	}()
	if rows.Next() {
		return nil
	}
	return sql.ErrNoRows
}

// A method value binds its receiver where it is taken.
func methodValue(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	done := rows.Close
	defer done()
	if rows.Next() {
		return nil
	}
	return sql.ErrNoRows
}

// A method value that is called on one branch only.
func methodValueSometimes(db *sql.DB, keep bool) error {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	done := rows.Close
	if rows.Next() && !keep {
		return done()
	}
	return sql.ErrNoRows
}

// A method expression.
func methodExpression(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	defer (*sql.Rows).Close(rows)
	if rows.Next() {
		return nil
	}
	return sql.ErrNoRows
}

// The rows are a parameter of the deferred closure.
func parameter(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	defer func(r *sql.Rows) { _ = r.Close() }(rows)
	if rows.Next() {
		return nil
	}
	return sql.ErrNoRows
}

// They are an io.Closer there.
func parameterCloser(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	defer func(c io.Closer, what string) {
		if err := c.Close(); err != nil {
			log.Print(what, err)
		}
	}(rows, "users")
	if rows.Next() {
		return nil
	}
	return sql.ErrNoRows
}

// The parameter is not the one that is closed.
func parameterOther(db *sql.DB, other *sql.Rows) error {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	defer func(r, o *sql.Rows) {
		log.Print(r.Err())
		_ = o.Close()
	}(rows, other)
	if rows.Next() {
		return nil
	}
	return sql.ErrNoRows
}

// A defer on one branch.
func sometimes(db *sql.DB, verbose bool) error {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	if verbose {
		defer rows.Close()
	}
	if rows.Next() {
		return nil
	}
	return sql.ErrNoRows
}

// A defer on each branch.
func always(db *sql.DB, verbose bool) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	if verbose {
		defer func() { log.Print(rows.Close()) }()
	} else {
		defer rows.Close()
	}
	if rows.Next() {
		return nil
	}
	return sql.ErrNoRows
}

// The defer stands behind a call that can fail.
func tooLate(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	cols, err := rows.Columns()
	if err != nil {
		return err
	}
	defer rows.Close()
	log.Print(cols)
	return nil
}

// The defer stands before the call that can fail.
func inTime(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	defer rows.Close()
	cols, err := rows.Columns()
	if err != nil {
		return err
	}
	log.Print(cols)
	return nil
}

func closeLater(rows *sql.Rows) func() {
	return func() { _ = rows.Close() }
}

// The helper returns what has to be called; the second pair of parentheses calls it.
func helperCalled(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	defer closeLater(rows)()
	if rows.Next() {
		return nil
	}
	return sql.ErrNoRows
}

// Without it nothing is closed.
func helperNotCalled(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	defer closeLater(rows)
	if rows.Next() {
		return nil
	}
	return sql.ErrNoRows
}

// The arguments of a deferred call are evaluated at once: the rows are closed right here.
func evaluatedAtOnce(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	defer log.Println("closed", rows.Close())
	return nil
}

// Two results, two defers, one of them on the wrong value.
func sameTwice(db *sql.DB) error {
	users, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	defer users.Close()
	groups, err := db.Query("SELECT id FROM groups") // want "groups.*connleak/rows"
	if err != nil {
		return err
	}
	defer users.Close()
	if groups.Next() {
		return nil
	}
	return sql.ErrNoRows
}
