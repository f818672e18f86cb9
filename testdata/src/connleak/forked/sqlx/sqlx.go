// Package sqlx is a fork of the real one: its types embed those of database/sql.
package sqlx

import "database/sql"

type (
	DB   struct{ *sql.DB }
	Tx   struct{ *sql.Tx }
	Stmt struct{ *sql.Stmt }
	Rows struct{ *sql.Rows }
)

// A Row is released by methods of its own, too, which look into it.
type Row struct {
	err  error
	rows *sql.Rows
}

func (r *Row) Scan(dest ...any) error {
	if r.err != nil {
		return r.err
	}
	defer r.rows.Close()
	if !r.rows.Next() {
		return sql.ErrNoRows
	}
	return r.rows.Scan(dest...)
}

func (r *Row) scanAny(dest any) error {
	if r.err != nil {
		return r.err
	}
	defer r.rows.Close()
	if !r.rows.Next() {
		return sql.ErrNoRows
	}
	return r.rows.Scan(dest)
}

func (db *DB) QueryRowx(query string, args ...any) *Row {
	rows, err := db.DB.Query(query, args...)
	return &Row{rows: rows, err: err}
}

func Get(db *DB, dest any, query string, args ...any) error {
	r := db.QueryRowx(query, args...)
	return r.scanAny(dest)
}

func Forget(db *DB, query string) {
	db.QueryRowx(query) // want "connleak/row"
}
