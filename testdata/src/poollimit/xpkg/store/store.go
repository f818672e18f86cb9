// Package store wraps what package opener opens.
package store

import (
	"database/sql"

	"poollimit/xpkg/opener"
	"poollimit/xpkg/tuning"
)

// Store is configured by whoever asks it for its pool.
type Store struct{ db *sql.DB }

// New leaves the limit to its callers.
func New(dsn string) (*Store, error) {
	db, err := opener.Open(dsn)
	if err != nil {
		return nil, err
	}
	return &Store{db: db}, nil
}

// DB lends the pool.
func (s *Store) DB() *sql.DB { return s.db }

// Sealed hides its pool.
type Sealed struct{ db *sql.DB }

// NewSealed sets no limit, and nobody else can.
func NewSealed(dsn string) (*Sealed, error) {
	db, err := opener.Open(dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return &Sealed{db: db}, nil
}

// NewSealedTuned has a package set the limit.
func NewSealedTuned(dsn string) (*Sealed, error) {
	db, err := opener.Open(dsn)
	if err != nil {
		return nil, err
	}
	tuning.Apply(db)
	return &Sealed{db: db}, nil
}

// Given is given a pool, and judged where that was opened.
func Given(db *sql.DB) *Sealed { return &Sealed{db: db} }

// OpenVia is a wrapper of a wrapper.
func OpenVia(dsn string, n int) (*sql.DB, error) { return opener.OpenTo(dsn, n) }
