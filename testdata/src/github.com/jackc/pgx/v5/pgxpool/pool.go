// Package pgxpool is a stub of github.com/jackc/pgx/v5/pgxpool: real signatures, no bodies.
package pgxpool

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"stub"
)

type Config struct {
	MaxConns int32
	MinConns int32
}

func ParseConfig(connString string) (*Config, error) {
	return stub.Any[*Config](), stub.Any[error]()
}

type Stat struct{}

type Pool struct{}

func New(ctx context.Context, connString string) (*Pool, error) {
	return stub.Any[*Pool](), stub.Any[error]()
}

func NewWithConfig(ctx context.Context, config *Config) (*Pool, error) {
	return stub.Any[*Pool](), stub.Any[error]()
}

func (p *Pool) Close() {}
func (p *Pool) Acquire(ctx context.Context) (c *Conn, err error) {
	return stub.Any[*Conn](), stub.Any[error]()
}

func (p *Pool) AcquireFunc(ctx context.Context, f func(*Conn) error) error {
	return stub.Any[error]()
}

func (p *Pool) AcquireAllIdle(ctx context.Context) []*Conn {
	return stub.Any[[]*Conn]()
}

func (p *Pool) Config() *Config {
	return stub.Any[*Config]()
}

func (p *Pool) Stat() *Stat {
	return stub.Any[*Stat]()
}

func (p *Pool) Ping(ctx context.Context) error {
	return stub.Any[error]()
}

func (p *Pool) Begin(ctx context.Context) (pgx.Tx, error) {
	return stub.Any[pgx.Tx](), stub.Any[error]()
}

func (p *Pool) BeginTx(ctx context.Context, txOptions pgx.TxOptions) (pgx.Tx, error) {
	return stub.Any[pgx.Tx](), stub.Any[error]()
}

func (p *Pool) Exec(ctx context.Context, sql string, arguments ...any) (pgconn.CommandTag, error) {
	return stub.Any[pgconn.CommandTag](), stub.Any[error]()
}

func (p *Pool) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	return stub.Any[pgx.Rows](), stub.Any[error]()
}

func (p *Pool) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	return stub.Any[pgx.Row]()
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

func (c *Conn) Ping(ctx context.Context) error {
	return stub.Any[error]()
}

func (c *Conn) Begin(ctx context.Context) (pgx.Tx, error) {
	return stub.Any[pgx.Tx](), stub.Any[error]()
}

func (c *Conn) BeginTx(ctx context.Context, txOptions pgx.TxOptions) (pgx.Tx, error) {
	return stub.Any[pgx.Tx](), stub.Any[error]()
}

func (c *Conn) Exec(ctx context.Context, sql string, arguments ...any) (pgconn.CommandTag, error) {
	return stub.Any[pgconn.CommandTag](), stub.Any[error]()
}

func (c *Conn) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	return stub.Any[pgx.Rows](), stub.Any[error]()
}

func (c *Conn) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	return stub.Any[pgx.Row]()
}

func (c *Conn) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults {
	return stub.Any[pgx.BatchResults]()
}

type Tx struct{}

func (tx *Tx) Begin(ctx context.Context) (pgx.Tx, error) {
	return stub.Any[pgx.Tx](), stub.Any[error]()
}

func (tx *Tx) Commit(ctx context.Context) error {
	return stub.Any[error]()
}

func (tx *Tx) Rollback(ctx context.Context) error {
	return stub.Any[error]()
}

func (tx *Tx) Conn() *pgx.Conn {
	return stub.Any[*pgx.Conn]()
}

func (tx *Tx) Exec(ctx context.Context, sql string, arguments ...any) (pgconn.CommandTag, error) {
	return stub.Any[pgconn.CommandTag](), stub.Any[error]()
}

func (tx *Tx) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	return stub.Any[pgx.Rows](), stub.Any[error]()
}

func (tx *Tx) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	return stub.Any[pgx.Row]()
}

func (tx *Tx) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults {
	return stub.Any[pgx.BatchResults]()
}

func (tx *Tx) Prepare(ctx context.Context, name, sql string) (*pgconn.StatementDescription, error) {
	return stub.Any[*pgconn.StatementDescription](), stub.Any[error]()
}
