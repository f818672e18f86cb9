// Package dbctor opens pools: in constructors with error paths, in retry loops,
// for globals. A pool is an obligation only while it is local.
package dbctor

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Ping fails and the pool is dropped: in a retry loop or a health check that grows.
func connect(dsn string) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn) // want "db.*connleak/db"
	if err != nil {
		return nil, err
	}
	if err := db.Ping(); err != nil {
		return nil, fmt.Errorf("ping: %w", err)
	}
	return db, nil
}

// Ping fails and the pool is closed.
func connectClosed(dsn string) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	if err := db.Ping(); err != nil {
		db.Close()
		return nil, fmt.Errorf("ping: %w", err)
	}
	return db, nil
}

// Ping fails and the pool is returned with the error: the caller has it.
func connectBoth(dsn string) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	return db, db.Ping()
}

// A caller that believes the error.
func connectBothBelieved(dsn string) (*sql.DB, error) {
	db, err := connectBoth(dsn) // want "db.*connleak/db"
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	return db, nil
}

// A caller that knows better.
func connectBothKnown(dsn string) (*sql.DB, error) {
	db, err := connectBoth(dsn)
	if err != nil {
		if db != nil {
			db.Close()
		}
		return nil, fmt.Errorf("connect: %w", err)
	}
	return db, nil
}

// A deferred Close on the named error.
func connectDeferred(ctx context.Context, dsn string) (db *sql.DB, err error) {
	db, err = sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			db.Close()
		}
	}()
	if err = db.PingContext(ctx); err != nil {
		return db, err
	}
	_, err = db.ExecContext(ctx, "SET NAMES utf8mb4")
	return db, err
}

// The statement `return nil, err` sets db to nil before the deferred closure runs: Close is called on nil.
func connectDeferredNil(ctx context.Context, dsn string) (db *sql.DB, err error) {
	db, err = sql.Open("mysql", dsn) // want "db.*connleak/db"
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil && db != nil {
			db.Close()
		}
	}()
	if err = db.PingContext(ctx); err != nil {
		return nil, err
	}
	return db, nil
}

// The last of several checks forgets the Close.
func connectChecked(ctx context.Context, dsn string, minVersion int) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn) // want "db.*connleak/db"
	if err != nil {
		return nil, err
	}
	var version int
	if err := db.QueryRowContext(ctx, "SELECT version FROM meta").Scan(&version); err != nil {
		db.Close()
		return nil, err
	}
	if version < minVersion {
		return nil, fmt.Errorf("version %d is too old", version)
	}
	return db, nil
}

// The pool is dropped in every round but the last.
func connectRetry(ctx context.Context, dsn string) (*sql.DB, error) {
	for ctx.Err() == nil {
		db, err := sql.Open("mysql", dsn) // want "db.*connleak/db"
		if err != nil {
			return nil, err
		}
		if err := db.PingContext(ctx); err == nil {
			return db, nil
		}
		time.Sleep(time.Second)
	}
	return nil, ctx.Err()
}

// The pool is closed in every round but the last.
func connectRetryClosed(ctx context.Context, dsn string) (*sql.DB, error) {
	for ctx.Err() == nil {
		db, err := sql.Open("mysql", dsn)
		if err != nil {
			return nil, err
		}
		if err := db.PingContext(ctx); err == nil {
			return db, nil
		}
		db.Close()
		time.Sleep(time.Second)
	}
	return nil, ctx.Err()
}

// One pool, pinged until it answers; when it never does it is dropped.
func connectPatient(ctx context.Context, dsn string) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn) // want "db.*connleak/db"
	if err != nil {
		return nil, err
	}
	for range 10 {
		if err = db.PingContext(ctx); err == nil {
			return db, nil
		}
		time.Sleep(time.Second)
	}
	return nil, err
}

// A health check that opens a pool each time it is asked.
func healthy(ctx context.Context, dsn string) bool {
	db, err := sql.Open("mysql", dsn) // want "db.*connleak/db"
	if err != nil {
		return false
	}
	return db.PingContext(ctx) == nil
}

// A health check that closes it.
func healthyClosed(ctx context.Context, dsn string) bool {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return false
	}
	ok := db.PingContext(ctx) == nil
	db.Close()
	return ok
}

// A switch reassigns the pool.
func connectFlavour(dsn, flavour string) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn) // want "db.*connleak/db"
	if err != nil {
		return nil, err
	}
	switch flavour {
	case "mysql":
	case "postgres":
		if db, err = sql.Open("postgres", dsn); err != nil {
			return nil, err
		}
	default:
		db.Close()
		return nil, errors.New("unknown flavour")
	}
	return db, nil
}

// A switch assigns the pool once.
func connectFlavourOnce(dsn, flavour string) (db *sql.DB, err error) {
	switch flavour {
	case "mysql":
		db, err = sql.Open("mysql", dsn)
	case "postgres":
		db, err = sql.Open("postgres", dsn)
	default:
		return nil, errors.New("unknown flavour")
	}
	if err != nil {
		return nil, err
	}
	return db, nil
}

// Two pools: the second fails and the first is dropped.
func connectPair(primary, replica string) (p, r *sql.DB, err error) {
	p, err = sql.Open("mysql", primary) // want "p.*connleak/db"
	if err != nil {
		return nil, nil, err
	}
	r, err = sql.Open("mysql", replica)
	if err != nil {
		return nil, nil, err
	}
	return p, r, nil
}

// Two pools: the second fails and the first is closed.
func connectPairClosed(primary, replica string) (p, r *sql.DB, err error) {
	p, err = sql.Open("mysql", primary)
	if err != nil {
		return nil, nil, err
	}
	r, err = sql.Open("mysql", replica)
	if err != nil {
		p.Close()
		return nil, nil, err
	}
	return p, r, nil
}
