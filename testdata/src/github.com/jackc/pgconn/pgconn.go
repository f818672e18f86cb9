// Package pgconn is a stub of github.com/jackc/pgconn: real signatures, no bodies.
package pgconn

import "stub"

type CommandTag []byte

func (ct CommandTag) RowsAffected() int64 {
	return stub.Any[int64]()
}

type StatementDescription struct {
	Name string
	SQL  string
}

type PgConn struct{}

func (pgConn *PgConn) PID() uint32 {
	return stub.Any[uint32]()
}
