// Package generics has type parameters in helpers, runners and owners.
package generics

import (
	"database/sql"
	"errors"
	"io"
)

var errStop = errors.New("stop")

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func closeIt[C io.Closer](c C) { _ = c.Close() }

func closeAll[C interface{ Close() error }](cs ...C) {
	for _, c := range cs {
		_ = c.Close()
	}
}

func advance[R interface{ Next() bool }](r R) bool { return r.Next() }

// must hands the rows on.
func countMust(db *sql.DB) (n int) {
	rows := must(db.Query("SELECT id FROM users"))
	defer rows.Close()
	if rows.Next() {
		n++
	}
	return n
}

// must hands the rows on, and they are lost.
func countMustLeft(db *sql.DB) (n int) {
	rows := must(db.Query("SELECT id FROM users")) // want "connleak/rows"
	if rows.Next() {
		n++
	}
	return n
}

// A generic closer.
func closedByGeneric(db *sql.DB) error {
	stmt, err := db.Prepare("DELETE FROM users")
	if err != nil {
		return err
	}
	defer closeIt(stmt)
	_, err = stmt.Exec()
	return err
}

// A generic, variadic closer.
func closedByVariadic(db *sql.DB) error {
	users, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	groups, err := db.Query("SELECT id FROM groups")
	if err != nil {
		closeAll(users)
		return err
	}
	closeAll(users, groups)
	return nil
}

// A generic function that only advances.
func advancedLeft(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	if advance(rows) {
		return nil
	}
	return errStop
}

// A generic function that only advances, behind a Close.
func advanced(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	defer rows.Close()
	if advance(rows) {
		return nil
	}
	return errStop
}

func collect[T any](rows *sql.Rows, scan func(*sql.Rows) (T, error)) (out []T, err error) {
	defer rows.Close()
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

func collectLeft[T any](rows *sql.Rows, scan func() (T, error)) (out []T, err error) {
	for rows.Next() {
		v, err := scan()
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// The generic collector closes.
func collected(db *sql.DB) ([]int, error) {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return nil, err
	}
	return collect(rows, func(rows *sql.Rows) (id int, err error) {
		err = rows.Scan(&id)
		return id, err
	})
}

// The generic collector leaves the rows open on an error.
func collectedLeft(db *sql.DB) ([]int, error) {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return nil, err
	}
	return collectLeft(rows, func() (id int, err error) {
		err = rows.Scan(&id)
		return id, err
	})
}

// repo is generic; what its methods acquire is found in the generic body.
type repo[T any] struct {
	db   *sql.DB
	scan func(*sql.Rows, *T) error
}

// all closes.
func (r *repo[T]) all(query string) (out []T, err error) {
	rows, err := r.db.Query(query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var v T
		if err := r.scan(rows, &v); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// ids does not, when Scan fails.
func (r *repo[T]) ids(query string) (out []int, err error) {
	rows, err := r.db.Query(query) // want "rows.*connleak/rows"
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, nil
}

// lease is a generic owner of anything that closes.
type lease[C io.Closer] struct {
	held C
	uses int
}

func newLease(db *sql.DB) (*lease[*sql.Stmt], error) {
	stmt, err := db.Prepare("SELECT id FROM users")
	if err != nil {
		return nil, err
	}
	return &lease[*sql.Stmt]{held: stmt}, nil
}

func (l *lease[C]) release() error { return l.held.Close() }

// The lease is released.
func leased(db *sql.DB) error {
	l, err := newLease(db)
	if err != nil {
		return err
	}
	defer l.release()
	l.uses++
	return nil
}

// The lease is dropped.
func leasedLeft(db *sql.DB) error {
	l, err := newLease(db) // want "l.*connleak/wrapper"
	if err != nil {
		return err
	}
	l.uses++
	return nil
}

// Type parameters do not hide the instance's own queries.
func instances(db *sql.DB) (int, error) {
	users := &repo[string]{db: db}
	names, err := users.all("SELECT name FROM users")
	if err != nil {
		return 0, err
	}
	return len(names), nil
}
