// Package sqlx has nothing but the name and a few methods of sqlx.
package sqlx

// DB is no pool.
type DB struct{ names []string }

// Rows are no rows.
type Rows struct{ names []string }

// Queryx queries nothing.
func (db *DB) Queryx(query string) (*Rows, error) { return &Rows{names: db.names}, nil }

// Next advances.
func (r *Rows) Next() bool {
	if len(r.names) == 0 {
		return false
	}
	r.names = r.names[1:]
	return true
}

// Close is there to look alike.
func (r *Rows) Close() error { return nil }
