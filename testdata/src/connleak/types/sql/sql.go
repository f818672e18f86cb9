// Package sql is not database/sql: its rows are slices in memory.
package sql

// DB holds tables.
type DB struct{ tables map[string][]string }

// Rows is a slice with a position.
type Rows struct {
	values []string
	pos    int
}

// Query finds a table.
func (db *DB) Query(name string) (*Rows, error) { return &Rows{values: db.tables[name]}, nil }

// Next advances.
func (r *Rows) Next() bool { r.pos++; return r.pos <= len(r.values) }

// Close is there to look alike.
func (r *Rows) Close() error { return nil }
