// Package errcheck shows how the error of an acquisition is tested: on the error
// branch there is no resource and so nothing is owed.
package errcheck

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"log"

	pkgerrors "github.com/pkg/errors"
)

var errNotFound = errors.New("not found")

// err == nil around the work: the other branch has no rows.
func namesIfOK(db *sql.DB) (n int) {
	rows, err := db.Query("SELECT name FROM users")
	if err == nil {
		for rows.Next() {
			n++
		}
		rows.Close()
	}
	return n
}

// err == nil around the work, which leaves early.
func namesIfOKEarly(db *sql.DB) (n int) {
	rows, err := db.Query("SELECT name FROM users") // want "rows.*connleak/rows"
	if err == nil {
		for rows.Next() {
			if n++; n > 10 {
				return n
			}
		}
		rows.Close()
	}
	return n
}

// The else branch has the rows.
func namesElse(db *sql.DB) error {
	if rows, err := db.Query("SELECT name FROM users"); err != nil {
		return err
	} else {
		defer rows.Close()
		for rows.Next() {
			if rows.Err() != nil {
				return errNotFound
			}
		}
	}
	return nil
}

// The else branch has the rows and forgets them.
func namesElseLeft(db *sql.DB) error {
	if rows, err := db.Query("SELECT name FROM users"); err != nil { // want "rows.*connleak/rows"
		return err
	} else {
		cols, err := rows.Columns()
		log.Print(cols)
		return err
	}
}

// The condition is the other way round.
func namesInverted(db *sql.DB) error {
	rows, err := db.Query("SELECT name FROM users")
	if nil == err {
		return rows.Close()
	}
	return err
}

// The test is negated.
func namesNegated(db *sql.DB) error {
	rows, err := db.Query("SELECT name FROM users")
	if !(err != nil) {
		return rows.Close()
	}
	return fmt.Errorf("names: %w", err)
}

// A boolean holds the test's result.
func namesFlag(db *sql.DB) error {
	rows, err := db.Query("SELECT name FROM users")
	failed := err != nil
	if failed {
		return err
	}
	return rows.Close()
}

// A boolean holds the test's result, and the good branch forgets the rows.
func namesFlagLeft(db *sql.DB) error {
	rows, err := db.Query("SELECT name FROM users") // want "rows.*connleak/rows"
	ok := err == nil
	if !ok {
		return err
	}
	_, err = rows.Columns()
	return err
}

// A switch without a tag.
func namesSwitch(ctx context.Context, db *sql.DB) error {
	rows, err := db.QueryContext(ctx, "SELECT name FROM users")
	switch {
	case err != nil && ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return err
	}
	defer rows.Close()
	return rows.Err()
}

// A switch over the error: only nil brings rows.
func namesSwitchTag(db *sql.DB) error {
	rows, err := db.Query("SELECT name FROM users")
	switch err {
	case nil:
		return rows.Close()
	case sql.ErrConnDone:
		return errNotFound
	default:
		return err
	}
}

// A switch over the error whose nil case forgets the rows.
func namesSwitchTagLeft(db *sql.DB) error {
	rows, err := db.Query("SELECT name FROM users") // want "rows.*connleak/rows"
	switch err {
	case nil:
		if !rows.Next() {
			return errNotFound
		}
		return nil
	case sql.ErrConnDone:
		return errNotFound
	default:
		return err
	}
}

// errors.Is true means that the error is there.
func namesErrorsIs(db *sql.DB) error {
	rows, err := db.Query("SELECT name FROM users")
	if errors.Is(err, sql.ErrConnDone) {
		return errNotFound
	}
	if err != nil {
		return err
	}
	return rows.Close()
}

// errors.Is false says nothing: the last return has rows when err is nil.
func namesErrorsIsOnly(db *sql.DB) error {
	rows, err := db.Query("SELECT name FROM users") // want "rows.*connleak/rows"
	if errors.Is(err, sql.ErrConnDone) {
		return errNotFound
	}
	if err == nil && rows.Next() {
		return nil
	}
	return err
}

// errors.As true means that the error is there.
func namesErrorsAs(db *sql.DB) (err error) {
	rows, err := db.Query("SELECT name FROM users")
	var valuer interface{ driver.Valuer }
	if errors.As(err, &valuer) {
		return errNotFound
	} else if err != nil {
		return err
	}
	return rows.Close()
}

// The error compared with a value that is not nil.
func namesSentinelEqual(db *sql.DB) error {
	rows, err := db.Query("SELECT name FROM users")
	if err == driver.ErrBadConn {
		rows, err = db.Query("SELECT name FROM users")
	}
	if err != nil {
		return err
	}
	return rows.Close()
}

// Wrapped first and tested again afterwards: fmt.Errorf never returns nil.
func namesWrapped(db *sql.DB) error {
	rows, err := db.Query("SELECT name FROM users")
	if err != nil {
		err = fmt.Errorf("names: %w", err)
	}
	if err != nil {
		return err
	}
	return rows.Close()
}

// errors.Wrap of github.com/pkg/errors is nil exactly when its argument is.
func namesPkgErrors(db *sql.DB) error {
	rows, err := db.Query("SELECT name FROM users")
	if err := pkgerrors.Wrap(err, "names"); err != nil {
		return err
	}
	return rows.Close()
}

// The same, with the rows lost on the good branch.
func namesPkgErrorsLeft(db *sql.DB) error {
	rows, err := db.Query("SELECT name FROM users") // want "rows.*connleak/rows"
	if err := pkgerrors.WithStack(err); err != nil {
		return err
	}
	return rows.Err()
}

// A named result holds the error.
func namesNamed(db *sql.DB) (n int, err error) {
	var rows *sql.Rows
	rows, err = db.Query("SELECT name FROM users")
	if err != nil {
		return
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		n++
		if n > 5 {
			return
		}
	}
	err = rows.Err()
	return
}

// A hook between the call and its test changes nothing about the pair.
func namesHook(db *sql.DB, observe func(error)) error {
	rows, err := db.Query("SELECT name FROM users")
	observe(err)
	if err != nil {
		return err
	}
	return rows.Close()
}

// A nil check on the resource is as good as one on the error.
func namesNilCheck(db *sql.DB) error {
	rows, err := db.Query("SELECT name FROM users")
	if rows != nil {
		defer rows.Close()
	}
	if err != nil {
		return err
	}
	for rows.Next() {
		return nil
	}
	return errNotFound
}

// A nil check on the resource, the other way.
func namesNilReturn(db *sql.DB) (n int) {
	rows, _ := db.Query("SELECT name FROM users")
	if rows == nil {
		return 0
	}
	for rows.Next() {
		n++
	}
	return n
}

// A nil check that guards the wrong thing.
func namesNilCheckLeft(db *sql.DB) (first string) {
	rows, _ := db.Query("SELECT name FROM users") // want "rows.*connleak/rows"
	if rows == nil {
		return ""
	}
	if rows.Next() {
		_ = rows.Scan(&first)
	}
	return first
}
