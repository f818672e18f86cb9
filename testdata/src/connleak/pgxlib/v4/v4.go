// Package v4 uses github.com/jackc/pgx/v4, which is modelled as v5 is.
package v4

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v4"
	"github.com/jackc/pgx/v4/pgxpool"
)

var errStop = errors.New("stop")

// A failed Scan closes in v4, too.
func names(ctx context.Context, pool *pgxpool.Pool) (n int, err error) {
	rows, err := pool.Query(ctx, "SELECT name FROM users")
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return n, err
		}
		n++
	}
	return n, rows.Err()
}

// A return for another reason.
func namesStopped(ctx context.Context, conn *pgx.Conn) error {
	rows, err := conn.Query(ctx, "SELECT name FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	for rows.Next() {
		return errStop
	}
	return rows.Err()
}

// QueryFunc closes.
func queryFunc(ctx context.Context, pool *pgxpool.Pool) (sum int, err error) {
	var id int
	_, err = pool.QueryFunc(ctx, "SELECT id FROM users", nil, []interface{}{&id}, func(pgx.QueryFuncRow) error {
		sum += id
		return nil
	})
	return sum, err
}

// BeginFunc ends its Tx.
func beginFunc(ctx context.Context, pool *pgxpool.Pool) error {
	return pool.BeginFunc(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "DELETE FROM users")
		return err
	})
}

// An exit without Rollback.
func begun(ctx context.Context, pool *pgxpool.Pool) error {
	tx, err := pool.Begin(ctx) // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "DELETE FROM users"); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// A connection that is not released on an error.
func acquired(ctx context.Context, pool *pgxpool.Pool) error {
	conn, err := pool.Acquire(ctx) // want "conn.*connleak/conn"
	if err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, "DELETE FROM users"); err != nil {
		return err
	}
	conn.Release()
	return nil
}

// A pool that is closed.
func connected(ctx context.Context, dsn string) error {
	pool, err := pgxpool.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer pool.Close()
	return pool.Ping(ctx)
}

// A pool that is dropped.
func connectedLeft(ctx context.Context, dsn string) error {
	pool, err := pgxpool.Connect(ctx, dsn) // want "pool.*connleak/db"
	if err != nil {
		return err
	}
	return pool.Ping(ctx)
}
