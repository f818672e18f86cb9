// Package testfiles has a pool in its tests.
package testfiles

import "database/sql"

// Store is what is tested.
type Store struct{ db *sql.DB }

// New sets no limit.
func New(dsn string) (*Store, error) {
	db, err := sql.Open("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return &Store{db}, nil
}
