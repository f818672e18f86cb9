// Package methodvaluesimple is correct code as it stands in services.
package methodvaluesimple

import "database/sql"

type Store struct{ db *sql.DB }

func NewStore(dsn string, n int) (*Store, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	set := db.SetMaxOpenConns
	set(n)
	return &Store{db: db}, nil
}

func setIf[T int | int64](v T, f func(T)) {
	if v > 0 {
		f(v)
	}
}

func NewStore2(dsn string, n int) (*Store, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	setIf(n, db.SetMaxOpenConns)
	return &Store{db: db}, nil
}
