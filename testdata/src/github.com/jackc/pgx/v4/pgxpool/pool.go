// Package pgxpool is a stub of github.com/jackc/pgx/v4/pgxpool: real signatures, no bodies.
package pgxpool

import (
	"context"

	"github.com/jackc/pgconn"
	"github.com/jackc/pgx/v4"

	"stub"
)

type Pool struct{}

func Connect(ctx context.Context, connString string) (*Pool, error) {
	return stub.Any[*Pool](), stub.Any[error]()
}

func (p *Pool) Close() {}
func (p *Pool) Acquire(ctx context.Context) (*Conn, error) {
	return stub.Any[*Conn](), stub.Any[error]()
}

func (p *Pool) AcquireFunc(ctx context.Context, f func(*Conn) error) error {
	return stub.Any[error]()
}

func (p *Pool) Begin(ctx context.Context) (pgx.Tx, error) {
	return stub.Any[pgx.Tx](), stub.Any[error]()
}

func (p *Pool) BeginFunc(ctx context.Context, f func(pgx.Tx) error) error {
	return stub.Any[error]()
}

func (p *Pool) Ping(ctx context.Context) error {
	return stub.Any[error]()
}

func (p *Pool) Query(ctx context.Context, sql string, args ...interface{}) (pgx.Rows, error) {
	return stub.Any[pgx.Rows](), stub.Any[error]()
}

func (p *Pool) QueryRow(ctx context.Context, sql string, args ...interface{}) pgx.Row {
	return stub.Any[pgx.Row]()
}

func (p *Pool) Exec(ctx context.Context, sql string, arguments ...interface{}) (pgconn.CommandTag, error) {
	return stub.Any[pgconn.CommandTag](), stub.Any[error]()
}

func (p *Pool) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults {
	return stub.Any[pgx.BatchResults]()
}

type Conn struct{}

func (c *Conn) Release() {}
func (c *Conn) Hijack() *pgx.Conn {
	return stub.Any[*pgx.Conn]()
}

func (c *Conn) Conn() *pgx.Conn {
	return stub.Any[*pgx.Conn]()
}

func (c *Conn) Begin(ctx context.Context) (pgx.Tx, error) {
	return stub.Any[pgx.Tx](), stub.Any[error]()
}

func (c *Conn) Query(ctx context.Context, sql string, args ...interface{}) (pgx.Rows, error) {
	return stub.Any[pgx.Rows](), stub.Any[error]()
}

func (c *Conn) Exec(ctx context.Context, sql string, arguments ...interface{}) (pgconn.CommandTag, error) {
	return stub.Any[pgconn.CommandTag](), stub.Any[error]()
}

func (p *Pool) QueryFunc(ctx context.Context, sql string, args []interface{}, scans []interface{}, f func(pgx.QueryFuncRow) error) (pgconn.CommandTag, error) {
	return stub.Any[pgconn.CommandTag](), stub.Any[error]()
}
