// Package hidden keeps database/sql out of its API: what it returns are
// interfaces and structs that say nothing of a database.
package hidden

import (
	"database/sql"
	"io"
)

// Cursor reads names.
type Cursor interface {
	Next() bool
	Name() string
	Close() error
}

type cursor struct {
	rows *sql.Rows
	name string
}

func (c *cursor) Next() bool {
	return c.rows.Next() && c.rows.Scan(&c.name) == nil
}

func (c *cursor) Name() string { return c.name }

func (c *cursor) Close() error { return c.rows.Close() }

// Source names where to read from; it owns a pool.
type Source struct{ db *sql.DB }

// Open opens a source.
func Open(dsn string) (*Source, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	return &Source{db: db}, nil
}

// Close closes the source.
func (s *Source) Close() error { return s.db.Close() }

// Names opens a cursor.
func (s *Source) Names() (Cursor, error) {
	rows, err := s.db.Query("SELECT name FROM users")
	if err != nil {
		return nil, err
	}
	return &cursor{rows: rows}, nil
}

// Lock takes a lock, which lasts until the result is closed.
func (s *Source) Lock(name string) (io.Closer, error) {
	tx, err := s.db.Begin()
	if err != nil {
		return nil, err
	}
	if _, err := tx.Exec("SELECT id FROM locks WHERE name = ? FOR UPDATE", name); err != nil {
		tx.Rollback()
		return nil, err
	}
	return lock{tx}, nil
}

type lock struct{ tx *sql.Tx }

func (l lock) Close() error { return l.tx.Rollback() }

// Each reads all names and closes the cursor.
func Each(c Cursor, fn func(name string) error) error {
	defer c.Close()
	for c.Next() {
		if err := fn(c.Name()); err != nil {
			return err
		}
	}
	return nil
}

// First reads one name and leaves the cursor open.
func First(c Cursor) string {
	if c.Next() {
		return c.Name()
	}
	return ""
}
