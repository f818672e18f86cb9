// Package seq09: ranges over iterators that drain their rows.
package seq09

import (
	"database/sql"
	"iter"
)

func ids(db *sql.DB) (iter.Seq[int], error) {
	rows, err := db.Query("select id from t")
	if err != nil {
		return nil, err
	}
	return func(yield func(int) bool) {
		for rows.Next() {
			if !yield(1) {
				return
			}
		}
	}, nil
}

func first(db *sql.DB) (int, error) {
	s, err := ids(db) // want `is not released on every path: the return at line \d+ leaves`
	if err != nil {
		return 0, err
	}
	for v := range s {
		return v, nil
	}
	return 0, nil
}

func sum(db *sql.DB) (n int, err error) {
	s, err := ids(db)
	if err != nil {
		return 0, err
	}
	for v := range s {
		n += v
	}
	return n, nil
}
