// Package sqlx is a project's fork of sqlx: the same layout under another path.
package sqlx

import (
	"database/sql"

	"stub"
)

type DB struct {
	*sql.DB
	driverName string
}

type Tx struct {
	*sql.Tx
	driverName string
}

type Stmt struct {
	*sql.Stmt
	unsafe bool
}

type Rows struct {
	*sql.Rows
	started bool
}

func (db *DB) Queryx(query string, args ...interface{}) (*Rows, error) {
	return stub.Any[*Rows](), stub.Any[error]()
}

func (db *DB) Beginx() (*Tx, error) {
	return stub.Any[*Tx](), stub.Any[error]()
}

func (r *Rows) StructScan(dest interface{}) error {
	return stub.Any[error]()
}
