// Package seq01: ranges over iterators that drain their rows.
package seq01

import (
	"database/sql"
	"iter"
)

func all(rows *sql.Rows) iter.Seq[*sql.Rows] {
	return func(yield func(*sql.Rows) bool) {
		for rows.Next() {
			if !yield(rows) {
				return
			}
		}
	}
}

func count(db *sql.DB) (int, error) {
	rows, err := db.Query("select id from t")
	if err != nil {
		return 0, err
	}
	n := 0
	for range all(rows) {
		n++
	}
	return n, rows.Err()
}

func first(db *sql.DB) error {
	rows, err := db.Query("select id from t") // want `the return at line 39 leaves`
	if err != nil {
		return err
	}
	for r := range all(rows) {
		var a int
		if err := r.Scan(&a); err != nil {
			return err
		}
	}
	return rows.Err()
}
