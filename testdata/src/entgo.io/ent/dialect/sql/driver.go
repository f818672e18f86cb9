// Package sql is a stub of entgo.io/ent/dialect/sql: real signatures, no bodies.
package sql

import (
	"context"
	"database/sql"
	"database/sql/driver"

	"entgo.io/ent/dialect"

	"stub"
)

type (
	// Rows wraps the sql.Rows.
	Rows struct{ ColumnScanner }
	// TxOptions holds the transaction options to be used in DB.BeginTx.
	TxOptions = sql.TxOptions
)

type ColumnScanner interface {
	Close() error
	ColumnTypes() ([]*sql.ColumnType, error)
	Columns() ([]string, error)
	Err() error
	Next() bool
	NextResultSet() bool
	Scan(dest ...any) error
}

type ExecQuerier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

type Conn struct {
	ExecQuerier
	dialect string
}

func (c Conn) Exec(ctx context.Context, query string, args, v any) (rerr error) {
	return stub.Any[error]()
}

func (c Conn) Query(ctx context.Context, query string, args, v any) error {
	return stub.Any[error]()
}

type Driver struct {
	Conn
	dialect string
}

func NewDriver(dialect string, c Conn) *Driver {
	return stub.Any[*Driver]()
}

func Open(dialect, source string) (*Driver, error) {
	return stub.Any[*Driver](), stub.Any[error]()
}

func OpenDB(dialect string, db *sql.DB) *Driver {
	return stub.Any[*Driver]()
}

func (d Driver) DB() *sql.DB {
	return stub.Any[*sql.DB]()
}

func (d Driver) Dialect() string {
	return stub.Any[string]()
}

func (d *Driver) Tx(ctx context.Context) (dialect.Tx, error) {
	return stub.Any[dialect.Tx](), stub.Any[error]()
}

func (d *Driver) Close() error {
	return stub.Any[error]()
}

func (d *Driver) BeginTx(ctx context.Context, opts *TxOptions) (dialect.Tx, error) {
	return stub.Any[dialect.Tx](), stub.Any[error]()
}

type Tx struct {
	Conn
	driver.Tx
}

func ScanSlice(rows ColumnScanner, v any) error {
	return stub.Any[error]()
}

func ScanOne(rows ColumnScanner, v any) error {
	return stub.Any[error]()
}
