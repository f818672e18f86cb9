package owners

import (
	"database/sql"
	"fmt"
)

// result is a generic owner whose ForEach iterates and closes.
type result[T any] struct {
	rows *sql.Rows
	scan func(*sql.Rows) (T, error)
}

func find[T any](db *sql.DB, query string, scan func(*sql.Rows) (T, error)) (*result[T], error) {
	rows, err := db.Query(query)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", query, err)
	}
	return &result[T]{rows: rows, scan: scan}, nil
}

func (r *result[T]) ForEach(fn func(T) error) error {
	defer r.rows.Close()
	for r.rows.Next() {
		v, err := r.scan(r.rows)
		if err != nil {
			return err
		}
		if err := fn(v); err != nil {
			return err
		}
	}
	return r.rows.Err()
}

func scanName(rows *sql.Rows) (name string, err error) {
	err = rows.Scan(&name)
	return name, err
}

// ForEach releases.
func printNames(db *sql.DB) error {
	names, err := find(db, "SELECT name FROM users", scanName)
	if err != nil {
		return err
	}
	return names.ForEach(func(name string) error {
		fmt.Println(name)
		return nil
	})
}

// ForEach is not reached on one path.
func printNamesLeft(db *sql.DB, quiet bool) error {
	names, err := find(db, "SELECT name FROM users", scanName) // want "names.*connleak/wrapper"
	if err != nil {
		return err
	}
	if quiet {
		return nil
	}
	return names.ForEach(func(name string) error {
		fmt.Println(name)
		return nil
	})
}
