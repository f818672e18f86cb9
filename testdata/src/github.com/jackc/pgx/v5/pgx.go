// Package pgx is a stub of github.com/jackc/pgx/v5: real signatures, no bodies.
package pgx

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5/pgconn"

	"stub"
)

var (
	ErrNoRows   = errors.New("no rows in result set")
	ErrTxClosed = errors.New("tx is closed")
)

type TxIsoLevel string

const Serializable TxIsoLevel = "serializable"

type TxOptions struct {
	IsoLevel   TxIsoLevel
	BeginQuery string
}

type ConnConfig struct{}

func ParseConfig(connString string) (*ConnConfig, error) {
	return stub.Any[*ConnConfig](), stub.Any[error]()
}

type Conn struct{}

func Connect(ctx context.Context, connString string) (*Conn, error) {
	return stub.Any[*Conn](), stub.Any[error]()
}

func ConnectConfig(ctx context.Context, connConfig *ConnConfig) (*Conn, error) {
	return stub.Any[*Conn](), stub.Any[error]()
}

func (c *Conn) Begin(ctx context.Context) (Tx, error) {
	return stub.Any[Tx](), stub.Any[error]()
}

func (c *Conn) BeginTx(ctx context.Context, txOptions TxOptions) (Tx, error) {
	return stub.Any[Tx](), stub.Any[error]()
}

func (c *Conn) Close(ctx context.Context) error {
	return stub.Any[error]()
}

func (c *Conn) Exec(ctx context.Context, sql string, arguments ...any) (pgconn.CommandTag, error) {
	return stub.Any[pgconn.CommandTag](), stub.Any[error]()
}

func (c *Conn) IsClosed() bool {
	return stub.Any[bool]()
}

func (c *Conn) PgConn() *pgconn.PgConn {
	return stub.Any[*pgconn.PgConn]()
}

func (c *Conn) Ping(ctx context.Context) error {
	return stub.Any[error]()
}

func (c *Conn) Prepare(ctx context.Context, name, sql string) (sd *pgconn.StatementDescription, err error) {
	return stub.Any[*pgconn.StatementDescription](), stub.Any[error]()
}

func (c *Conn) Query(ctx context.Context, sql string, args ...any) (Rows, error) {
	return stub.Any[Rows](), stub.Any[error]()
}

func (c *Conn) QueryRow(ctx context.Context, sql string, args ...any) Row {
	return stub.Any[Row]()
}

func (c *Conn) SendBatch(ctx context.Context, b *Batch) BatchResults {
	return stub.Any[BatchResults]()
}

type Tx interface {
	Begin(ctx context.Context) (Tx, error)
	Commit(ctx context.Context) error
	Rollback(ctx context.Context) error
	SendBatch(ctx context.Context, b *Batch) BatchResults
	Prepare(ctx context.Context, name, sql string) (*pgconn.StatementDescription, error)
	Exec(ctx context.Context, sql string, arguments ...any) (commandTag pgconn.CommandTag, err error)
	Query(ctx context.Context, sql string, args ...any) (Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) Row
	Conn() *Conn
}

func BeginFunc(
	ctx context.Context,
	db interface {
		Begin(ctx context.Context) (Tx, error)
	},
	fn func(Tx) error,
) (err error) {
	return stub.Any[error]()
}

func BeginTxFunc(
	ctx context.Context,
	db interface {
		BeginTx(ctx context.Context, txOptions TxOptions) (Tx, error)
	},
	txOptions TxOptions,
	fn func(Tx) error,
) (err error) {
	return stub.Any[error]()
}
