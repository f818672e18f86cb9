package sqlx

import (
	"context"
	"database/sql"

	"stub"
)

type QueryerContext interface {
	QueryContext(ctx context.Context, query string, args ...interface{}) (*sql.Rows, error)
	QueryxContext(ctx context.Context, query string, args ...interface{}) (*Rows, error)
	QueryRowxContext(ctx context.Context, query string, args ...interface{}) *Row
}

type PreparerContext interface {
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
}

type ExecerContext interface {
	ExecContext(ctx context.Context, query string, args ...interface{}) (sql.Result, error)
}

type ExtContext interface {
	binder
	QueryerContext
	ExecerContext
}

func ConnectContext(ctx context.Context, driverName, dataSourceName string) (*DB, error) {
	return stub.Any[*DB](), stub.Any[error]()
}

func PreparexContext(ctx context.Context, p PreparerContext, query string) (*Stmt, error) {
	return stub.Any[*Stmt](), stub.Any[error]()
}

func SelectContext(ctx context.Context, q QueryerContext, dest interface{}, query string, args ...interface{}) error {
	return stub.Any[error]()
}

func GetContext(ctx context.Context, q QueryerContext, dest interface{}, query string, args ...interface{}) error {
	return stub.Any[error]()
}

func (db *DB) PreparexContext(ctx context.Context, query string) (*Stmt, error) {
	return stub.Any[*Stmt](), stub.Any[error]()
}

func (db *DB) PrepareNamedContext(ctx context.Context, query string) (*NamedStmt, error) {
	return stub.Any[*NamedStmt](), stub.Any[error]()
}

func (db *DB) NamedQueryContext(ctx context.Context, query string, arg interface{}) (*Rows, error) {
	return stub.Any[*Rows](), stub.Any[error]()
}

func (db *DB) NamedExecContext(ctx context.Context, query string, arg interface{}) (sql.Result, error) {
	return stub.Any[sql.Result](), stub.Any[error]()
}

func (db *DB) SelectContext(ctx context.Context, dest interface{}, query string, args ...interface{}) error {
	return stub.Any[error]()
}

func (db *DB) GetContext(ctx context.Context, dest interface{}, query string, args ...interface{}) error {
	return stub.Any[error]()
}

func (db *DB) QueryxContext(ctx context.Context, query string, args ...interface{}) (*Rows, error) {
	return stub.Any[*Rows](), stub.Any[error]()
}

func (db *DB) QueryRowxContext(ctx context.Context, query string, args ...interface{}) *Row {
	return stub.Any[*Row]()
}

func (db *DB) MustBeginTx(ctx context.Context, opts *sql.TxOptions) *Tx {
	return stub.Any[*Tx]()
}

func (db *DB) BeginTxx(ctx context.Context, opts *sql.TxOptions) (*Tx, error) {
	return stub.Any[*Tx](), stub.Any[error]()
}

func (db *DB) Connx(ctx context.Context) (*Conn, error) {
	return stub.Any[*Conn](), stub.Any[error]()
}

func (c *Conn) BeginTxx(ctx context.Context, opts *sql.TxOptions) (*Tx, error) {
	return stub.Any[*Tx](), stub.Any[error]()
}

func (c *Conn) PreparexContext(ctx context.Context, query string) (*Stmt, error) {
	return stub.Any[*Stmt](), stub.Any[error]()
}

func (c *Conn) QueryxContext(ctx context.Context, query string, args ...interface{}) (*Rows, error) {
	return stub.Any[*Rows](), stub.Any[error]()
}

func (c *Conn) QueryRowxContext(ctx context.Context, query string, args ...interface{}) *Row {
	return stub.Any[*Row]()
}

func (tx *Tx) StmtxContext(ctx context.Context, stmt interface{}) *Stmt {
	return stub.Any[*Stmt]()
}

func (tx *Tx) PreparexContext(ctx context.Context, query string) (*Stmt, error) {
	return stub.Any[*Stmt](), stub.Any[error]()
}

func (tx *Tx) QueryxContext(ctx context.Context, query string, args ...interface{}) (*Rows, error) {
	return stub.Any[*Rows](), stub.Any[error]()
}

func (tx *Tx) QueryRowxContext(ctx context.Context, query string, args ...interface{}) *Row {
	return stub.Any[*Row]()
}

func (tx *Tx) SelectContext(ctx context.Context, dest interface{}, query string, args ...interface{}) error {
	return stub.Any[error]()
}

func (tx *Tx) GetContext(ctx context.Context, dest interface{}, query string, args ...interface{}) error {
	return stub.Any[error]()
}

func (tx *Tx) NamedExecContext(ctx context.Context, query string, arg interface{}) (sql.Result, error) {
	return stub.Any[sql.Result](), stub.Any[error]()
}

func (s *Stmt) QueryxContext(ctx context.Context, args ...interface{}) (*Rows, error) {
	return stub.Any[*Rows](), stub.Any[error]()
}

func (s *Stmt) QueryRowxContext(ctx context.Context, args ...interface{}) *Row {
	return stub.Any[*Row]()
}

func (s *Stmt) SelectContext(ctx context.Context, dest interface{}, args ...interface{}) error {
	return stub.Any[error]()
}
