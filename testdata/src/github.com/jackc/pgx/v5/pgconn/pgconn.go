// Package pgconn is a stub of github.com/jackc/pgx/v5/pgconn: real signatures, no bodies.
package pgconn

import (
	"context"

	"stub"
)

type CommandTag struct{ s string }

func (ct CommandTag) RowsAffected() int64 {
	return stub.Any[int64]()
}

func (ct CommandTag) String() string {
	return stub.Any[string]()
}

type FieldDescription struct {
	Name        string
	DataTypeOID uint32
}

type StatementDescription struct {
	Name string
	SQL  string
}

type PgConn struct{}

func Connect(ctx context.Context, connString string) (*PgConn, error) {
	return stub.Any[*PgConn](), stub.Any[error]()
}

func (pgConn *PgConn) PID() uint32 {
	return stub.Any[uint32]()
}

func (pgConn *PgConn) IsClosed() bool {
	return stub.Any[bool]()
}

func (pgConn *PgConn) Ping(ctx context.Context) error {
	return stub.Any[error]()
}

func (pgConn *PgConn) Close(ctx context.Context) error {
	return stub.Any[error]()
}

func (pgConn *PgConn) ParameterStatus(key string) string {
	return stub.Any[string]()
}
