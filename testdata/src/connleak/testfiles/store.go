// Package testfiles has its leaks in tests: connleak reports there, too.
package testfiles

import (
	"context"
	"database/sql"
)

// Store keeps jobs.
type Store struct{ db *sql.DB }

// Open opens a store.
func Open(dsn string) (*Store, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	return &Store{db: db}, nil
}

// Close closes the store.
func (s *Store) Close() error { return s.db.Close() }

// Jobs lists the jobs.
func (s *Store) Jobs(ctx context.Context) (*sql.Rows, error) {
	return s.db.QueryContext(ctx, "SELECT id FROM jobs")
}
