package fixes

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// A deferred Rollback does nothing after Commit.
func transfer(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil) // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE accounts SET n = n - 1"); err != nil {
		return err
	}
	return tx.Commit()
}

// Rollback wants the context.
func transferPgx(ctx context.Context, pool *pgxpool.Pool) error {
	tx, err := pool.Begin(ctx) // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "UPDATE accounts SET n = n - 1"); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// The context is no variable.
func transferBackground(conn *pgx.Conn) error {
	tx, err := conn.Begin(context.TODO()) // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	_, err = tx.Exec(context.TODO(), "UPDATE accounts SET n = n - 1")
	return err
}

// A connection of a pool is released, not closed.
func lease(ctx context.Context, pool *pgxpool.Pool) error {
	conn, err := pool.Acquire(ctx) // want "conn.*connleak/conn"
	if err != nil {
		return err
	}
	return conn.Ping(ctx)
}

// The transaction is handed on at the end, so it is ended where it is dropped.
func begin(ctx context.Context, db *sql.DB) (*sql.Tx, error) {
	tx, err := db.BeginTx(ctx, nil) // want "tx.*connleak/tx"
	if err != nil {
		return nil, err
	}
	if _, err := tx.ExecContext(ctx, "SET search_path = app"); err != nil {
		return nil, err
	}
	return tx, nil
}
