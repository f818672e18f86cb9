package pgxlib

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// The usual idiom.
func transfer(ctx context.Context, pool *pgxpool.Pool) error {
	tx, err := pool.Begin(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback(ctx)
	if _, err := tx.Exec(ctx, "DELETE FROM users"); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// An exit without Rollback.
func transferLeft(ctx context.Context, pool *pgxpool.Pool) error {
	tx, err := pool.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.Serializable}) // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "DELETE FROM users"); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// A pgx Tx is not ended by its context, so a timeout bounds nothing.
func timeoutLeft(pool *pgxpool.Pool) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	tx, err := pool.Begin(ctx) // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "DELETE FROM users"); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// BeginFunc begins, runs and ends.
func beginFunc(ctx context.Context, pool *pgxpool.Pool) error {
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "DELETE FROM users")
		return err
	})
}

// BeginTxFunc lends its Tx; one that the function begins on the pool is its own.
func beginTxFunc(ctx context.Context, pool *pgxpool.Pool) error {
	return pgx.BeginTxFunc(ctx, pool, pgx.TxOptions{}, func(outer pgx.Tx) error {
		tx, err := pool.Begin(ctx) // want "tx.*connleak/tx"
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "DELETE FROM users"); err != nil {
			return err
		}
		return tx.Commit(ctx)
	})
}

// Acquired and released.
func acquired(ctx context.Context, pool *pgxpool.Pool) error {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	return conn.Ping(ctx)
}

// Acquired and kept by an error exit.
func acquiredLeft(ctx context.Context, pool *pgxpool.Pool) error {
	conn, err := pool.Acquire(ctx) // want "conn.*connleak/conn"
	if err != nil {
		return err
	}
	if err := conn.Ping(ctx); err != nil {
		return err
	}
	conn.Release()
	return nil
}

// Conn lends what the pool's connection owns.
func underlying(ctx context.Context, pool *pgxpool.Pool) (uint32, error) {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return 0, err
	}
	defer conn.Release()
	raw := conn.Conn()
	return raw.PgConn().PID(), raw.Ping(ctx)
}

// Hijack moves the ownership to its result.
func hijacked(ctx context.Context, pool *pgxpool.Pool) error {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	raw := conn.Hijack()
	defer raw.Close(ctx)
	return raw.Ping(ctx)
}

// Hijack moves the ownership to its result, which is dropped.
func hijackedLeft(ctx context.Context, pool *pgxpool.Pool) error {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	raw := conn.Hijack() // want "raw.*connleak/conn"
	return raw.Ping(ctx)
}

// Hijack moves the ownership to its result, which is returned.
func hijackedReturned(ctx context.Context, pool *pgxpool.Pool) (*pgx.Conn, error) {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	return conn.Hijack(), nil
}

// A connection of its own.
func connected(ctx context.Context, dsn string) error {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	return conn.Ping(ctx)
}

// A connection of its own, dropped.
func connectedLeft(ctx context.Context, dsn string) error {
	conn, err := pgx.Connect(ctx, dsn) // want "conn.*connleak/conn"
	if err != nil {
		return err
	}
	return conn.Ping(ctx)
}

// A pool that does not answer is dropped.
func newPool(ctx context.Context, dsn string) (*pgxpool.Pool, error) {
	pool, err := pgxpool.New(ctx, dsn) // want "pool.*connleak/db"
	if err != nil {
		return nil, err
	}
	if err := pool.Ping(ctx); err != nil {
		return nil, err
	}
	return pool, nil
}

// A pool that does not answer is closed.
func newPoolClosed(ctx context.Context, config *pgxpool.Config) (*pgxpool.Pool, error) {
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, err
	}
	return pool, nil
}

// A batch is closed.
func batch(ctx context.Context, pool *pgxpool.Pool, ids []int) error {
	b := &pgx.Batch{}
	for _, id := range ids {
		b.Queue("DELETE FROM users WHERE id = $1", id)
	}
	results := pool.SendBatch(ctx, b)
	defer results.Close()
	for range ids {
		if _, err := results.Exec(); err != nil {
			return err
		}
	}
	return nil
}

// A batch is closed at the end only.
func batchLeft(ctx context.Context, pool *pgxpool.Pool, ids []int) error {
	b := &pgx.Batch{}
	for _, id := range ids {
		b.Queue("DELETE FROM users WHERE id = $1", id)
	}
	results := pool.SendBatch(ctx, b) // want "results.*connleak/batch"
	for range ids {
		if _, err := results.Exec(); err != nil {
			return err
		}
	}
	return results.Close()
}

// A batch that is closed where it is sent.
func batchAtOnce(ctx context.Context, pool *pgxpool.Pool, b *pgx.Batch) error {
	return pool.SendBatch(ctx, b).Close()
}

// A batch whose results nobody wants.
func batchDropped(ctx context.Context, pool *pgxpool.Pool, b *pgx.Batch) {
	pool.SendBatch(ctx, b) // want "connleak/batch"
}

// A nested transaction is a savepoint of the outer one, which ends it.
func nested(ctx context.Context, pool *pgxpool.Pool) error {
	tx, err := pool.Begin(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback(ctx)
	inner, err := tx.Begin(ctx)
	if err != nil {
		return err
	}
	defer inner.Rollback(ctx)
	if _, err := inner.Exec(ctx, "DELETE FROM users"); err != nil {
		return err
	}
	if err := inner.Commit(ctx); err != nil {
		return err
	}
	return tx.Commit(ctx)
}
