// Package dialect is a stub of entgo.io/ent/dialect: real signatures, no bodies.
package dialect

import (
	"context"
	"database/sql/driver"

	"stub"
)

const (
	MySQL    = "mysql"
	SQLite   = "sqlite3"
	Postgres = "postgres"
)

type ExecQuerier interface {
	Exec(ctx context.Context, query string, args, v any) error
	Query(ctx context.Context, query string, args, v any) error
}

type Driver interface {
	ExecQuerier
	Tx(context.Context) (Tx, error)
	Close() error
	Dialect() string
}

type Tx interface {
	ExecQuerier
	driver.Tx
}

func Debug(d Driver, logger ...func(...any)) Driver {
	return stub.Any[Driver]()
}
