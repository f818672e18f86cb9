// Package pgx is a stub of github.com/jackc/pgx/v4: real signatures, no bodies.
package pgx

import (
	"context"
	"errors"

	"github.com/jackc/pgconn"

	"stub"
)

var ErrNoRows = errors.New("no rows in result set")

type TxOptions struct{ IsoLevel string }

type Conn struct{}

func Connect(ctx context.Context, connString string) (*Conn, error) {
	return stub.Any[*Conn](), stub.Any[error]()
}

func (c *Conn) Begin(ctx context.Context) (Tx, error) {
	return stub.Any[Tx](), stub.Any[error]()
}

func (c *Conn) BeginTx(ctx context.Context, txOptions TxOptions) (Tx, error) {
	return stub.Any[Tx](), stub.Any[error]()
}

func (c *Conn) BeginFunc(ctx context.Context, f func(Tx) error) (err error) {
	return stub.Any[error]()
}

func (c *Conn) Close(ctx context.Context) error {
	return stub.Any[error]()
}

func (c *Conn) Ping(ctx context.Context) error {
	return stub.Any[error]()
}

func (c *Conn) PgConn() *pgconn.PgConn {
	return stub.Any[*pgconn.PgConn]()
}

func (c *Conn) Query(ctx context.Context, sql string, args ...interface{}) (Rows, error) {
	return stub.Any[Rows](), stub.Any[error]()
}

func (c *Conn) QueryRow(ctx context.Context, sql string, args ...interface{}) Row {
	return stub.Any[Row]()
}

func (c *Conn) QueryFunc(ctx context.Context, sql string, args []interface{}, scans []interface{}, f func(QueryFuncRow) error) (pgconn.CommandTag, error) {
	return stub.Any[pgconn.CommandTag](), stub.Any[error]()
}

func (c *Conn) Exec(ctx context.Context, sql string, arguments ...interface{}) (pgconn.CommandTag, error) {
	return stub.Any[pgconn.CommandTag](), stub.Any[error]()
}

func (c *Conn) SendBatch(ctx context.Context, b *Batch) BatchResults {
	return stub.Any[BatchResults]()
}

type Tx interface {
	Begin(ctx context.Context) (Tx, error)
	BeginFunc(ctx context.Context, f func(Tx) error) (err error)
	Commit(ctx context.Context) error
	Rollback(ctx context.Context) error
	SendBatch(ctx context.Context, b *Batch) BatchResults
	Prepare(ctx context.Context, name, sql string) (*pgconn.StatementDescription, error)
	Exec(ctx context.Context, sql string, arguments ...interface{}) (commandTag pgconn.CommandTag, err error)
	Query(ctx context.Context, sql string, args ...interface{}) (Rows, error)
	QueryRow(ctx context.Context, sql string, args ...interface{}) Row
	QueryFunc(ctx context.Context, sql string, args []interface{}, scans []interface{}, f func(QueryFuncRow) error) (pgconn.CommandTag, error)
	Conn() *Conn
}

type Rows interface {
	Close()
	Err() error
	CommandTag() pgconn.CommandTag
	Next() bool
	Scan(dest ...interface{}) error
	Values() ([]interface{}, error)
	RawValues() [][]byte
}

type Row interface {
	Scan(dest ...interface{}) error
}

type QueryFuncRow interface {
	RawValues() [][]byte
}

type Batch struct{}

func (b *Batch) Queue(query string, arguments ...interface{}) {}
func (b *Batch) Len() int {
	return stub.Any[int]()
}

type BatchResults interface {
	Exec() (pgconn.CommandTag, error)
	Query() (Rows, error)
	QueryRow() Row
	Close() error
}
