// Package bun is a stub of github.com/uptrace/bun: real signatures, no bodies.
package bun

import (
	"context"
	"database/sql"

	"github.com/uptrace/bun/schema"

	"stub"
)

type IConn interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

type IDB interface {
	IConn
	Dialect() schema.Dialect
	NewSelect() *SelectQuery
	NewRaw(query string, args ...any) *RawQuery
	BeginTx(ctx context.Context, opts *sql.TxOptions) (Tx, error)
	RunInTx(ctx context.Context, opts *sql.TxOptions, f func(ctx context.Context, tx Tx) error) error
}

type DBOption func(db *DB)

type noCopyState struct {
	*sql.DB
	dialect schema.Dialect
}

type DB struct {
	*noCopyState
}

func NewDB(sqldb *sql.DB, dialect schema.Dialect, opts ...DBOption) *DB {
	return stub.Any[*DB]()
}

func (db *DB) Close() error {
	return stub.Any[error]()
}

func (db *DB) Dialect() schema.Dialect {
	return stub.Any[schema.Dialect]()
}

func (db *DB) NewSelect() *SelectQuery {
	return stub.Any[*SelectQuery]()
}

func (db *DB) NewRaw(query string, args ...any) *RawQuery {
	return stub.Any[*RawQuery]()
}

func (db *DB) ScanRows(ctx context.Context, rows *sql.Rows, dest ...any) error {
	return stub.Any[error]()
}

func (db *DB) ScanRow(ctx context.Context, rows *sql.Rows, dest ...any) error {
	return stub.Any[error]()
}

func (db *DB) Exec(query string, args ...any) (sql.Result, error) {
	return stub.Any[sql.Result](), stub.Any[error]()
}

func (db *DB) Query(query string, args ...any) (*sql.Rows, error) {
	return stub.Any[*sql.Rows](), stub.Any[error]()
}

func (db *DB) QueryRow(query string, args ...any) *sql.Row {
	return stub.Any[*sql.Row]()
}

func (db *DB) Begin() (Tx, error) {
	return stub.Any[Tx](), stub.Any[error]()
}

func (db *DB) BeginTx(ctx context.Context, opts *sql.TxOptions) (Tx, error) {
	return stub.Any[Tx](), stub.Any[error]()
}

func (db *DB) Conn(ctx context.Context) (Conn, error) {
	return stub.Any[Conn](), stub.Any[error]()
}

func (db *DB) Prepare(query string) (Stmt, error) {
	return stub.Any[Stmt](), stub.Any[error]()
}

func (db *DB) PrepareContext(ctx context.Context, query string) (Stmt, error) {
	return stub.Any[Stmt](), stub.Any[error]()
}

func (db *DB) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return stub.Any[sql.Result](), stub.Any[error]()
}

func (db *DB) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return stub.Any[*sql.Rows](), stub.Any[error]()
}

func (db *DB) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return stub.Any[*sql.Row]()
}

func (db *DB) RunInTx(ctx context.Context, opts *sql.TxOptions, fn func(ctx context.Context, tx Tx) error) error {
	return stub.Any[error]()
}

type Conn struct {
	db *DB
	*sql.Conn
}

func (c Conn) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return stub.Any[*sql.Rows](), stub.Any[error]()
}

func (c Conn) NewSelect() *SelectQuery {
	return stub.Any[*SelectQuery]()
}

func (c Conn) BeginTx(ctx context.Context, opts *sql.TxOptions) (Tx, error) {
	return stub.Any[Tx](), stub.Any[error]()
}

type Stmt struct {
	*sql.Stmt
}

type Tx struct {
	ctx context.Context
	db  *DB
	*sql.Tx
}

func (tx Tx) Commit() error {
	return stub.Any[error]()
}

func (tx Tx) Rollback() error {
	return stub.Any[error]()
}

func (tx Tx) NewSelect() *SelectQuery {
	return stub.Any[*SelectQuery]()
}

func (tx Tx) NewRaw(query string, args ...any) *RawQuery {
	return stub.Any[*RawQuery]()
}

func (tx Tx) Exec(query string, args ...any) (sql.Result, error) {
	return stub.Any[sql.Result](), stub.Any[error]()
}

func (tx Tx) Query(query string, args ...any) (*sql.Rows, error) {
	return stub.Any[*sql.Rows](), stub.Any[error]()
}

func (tx Tx) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return stub.Any[sql.Result](), stub.Any[error]()
}

func (tx Tx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return stub.Any[*sql.Rows](), stub.Any[error]()
}

type SelectQuery struct{}

func (q *SelectQuery) Conn(db IConn) *SelectQuery {
	return stub.Any[*SelectQuery]()
}

func (q *SelectQuery) Model(model any) *SelectQuery {
	return stub.Any[*SelectQuery]()
}

func (q *SelectQuery) Column(columns ...string) *SelectQuery {
	return stub.Any[*SelectQuery]()
}

func (q *SelectQuery) Where(query string, args ...any) *SelectQuery {
	return stub.Any[*SelectQuery]()
}

func (q *SelectQuery) Rows(ctx context.Context) (*sql.Rows, error) {
	return stub.Any[*sql.Rows](), stub.Any[error]()
}

func (q *SelectQuery) Scan(ctx context.Context, dest ...any) error {
	return stub.Any[error]()
}

type RawQuery struct{}

func (q *RawQuery) Exec(ctx context.Context, dest ...any) (sql.Result, error) {
	return stub.Any[sql.Result](), stub.Any[error]()
}

func (q *RawQuery) Scan(ctx context.Context, dest ...any) error {
	return stub.Any[error]()
}
