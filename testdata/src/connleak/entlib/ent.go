// Package entlib uses ent's dialect/sql. The package is called sql as well: only
// its import path tells it from database/sql.
package entlib

import (
	"context"
	stdsql "database/sql"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
)

// A driver is opened and dropped when the first query fails.
func open(ctx context.Context, dsn string) (dialect.Driver, error) {
	drv, err := sql.Open(dialect.MySQL, dsn) // want "drv.*connleak/db"
	if err != nil {
		return nil, err
	}
	if err := drv.DB().PingContext(ctx); err != nil {
		return nil, err
	}
	return drv, nil
}

// A driver is opened and closed when the first query fails. DB lends the pool.
func openClosed(ctx context.Context, dsn string) (dialect.Driver, error) {
	drv, err := sql.Open(dialect.MySQL, dsn)
	if err != nil {
		return nil, err
	}
	pool := drv.DB()
	pool.SetConnMaxLifetime(time.Minute)
	if err := pool.PingContext(ctx); err != nil {
		drv.Close()
		return nil, err
	}
	return drv, nil
}

// OpenDB is another view of the pool.
func openDB(ctx context.Context, dsn string) error {
	db, err := stdsql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	drv := sql.OpenDB(dialect.MySQL, db)
	defer drv.Close()
	return drv.Exec(ctx, "DELETE FROM users", []any{}, nil)
}

// OpenDB is another view of the pool, and neither is closed.
func openDBLeft(ctx context.Context, dsn string) error {
	db, err := stdsql.Open("mysql", dsn) // want "connleak/db"
	if err != nil {
		return err
	}
	drv := sql.OpenDB(dialect.MySQL, db)
	return drv.Exec(ctx, "DELETE FROM users", []any{}, nil)
}

// A transaction of the driver.
func remove(ctx context.Context, drv *sql.Driver) error {
	tx, err := drv.Tx(ctx)
	if err != nil {
		return err
	}
	if err := tx.Exec(ctx, "DELETE FROM users", []any{}, nil); err != nil {
		tx.Rollback()
		return err
	}
	return tx.Commit()
}

// A transaction of the driver, with an exit that forgets it.
func removeLeft(ctx context.Context, drv *sql.Driver) error {
	tx, err := drv.BeginTx(ctx, &sql.TxOptions{}) // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if err := tx.Exec(ctx, "DELETE FROM users", []any{}, nil); err != nil {
		return err
	}
	return tx.Commit()
}

// A transaction of the driver's interface, with an exit that forgets it.
func removeByInterface(ctx context.Context, drv dialect.Driver) error {
	tx, err := drv.Tx(ctx) // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if err := tx.Exec(ctx, "DELETE FROM users", []any{}, nil); err != nil {
		return err
	}
	return tx.Commit()
}
