// Package callbacks has functions that run a function: what they lend is still
// theirs, whatever the function does.
package callbacks

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

var errStop = errors.New("stop")

// Commits or rolls back, as the function decides.
func withTx(ctx context.Context, db *sql.DB, fn func(tx *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := fn(tx); err != nil {
		if rerr := tx.Rollback(); rerr != nil {
			return fmt.Errorf("%w (rollback: %v)", err, rerr)
		}
		return err
	}
	return tx.Commit()
}

// Forgets the Rollback. The call of fn is no hand-over: the same function commits after it.
func withTxNoRollback(ctx context.Context, db *sql.DB, fn func(tx *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil) // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if err := fn(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// Survives a panic of the function as well.
func withTxPanic(ctx context.Context, db *sql.DB, fn func(tx *sql.Tx) error) (err error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() {
		if p := recover(); p != nil {
			_ = tx.Rollback()
			panic(p)
		}
		if err != nil {
			_ = tx.Rollback()
			return
		}
		err = tx.Commit()
	}()
	return fn(tx)
}

// The decision to end is the function's own: handed over.
func withTxHandedOver(ctx context.Context, db *sql.DB, fn func(tx *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	return fn(tx)
}

// A generic runner with a result.
func inTx[T any](ctx context.Context, db *sql.DB, fn func(tx *sql.Tx) (T, error)) (T, error) {
	var zero T
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return zero, err
	}
	defer tx.Rollback()
	v, err := fn(tx)
	if err != nil {
		return zero, err
	}
	return v, tx.Commit()
}

// A generic runner that forgets the Rollback.
func inTxNoRollback[T any](ctx context.Context, db *sql.DB, fn func(tx *sql.Tx) (T, error)) (T, error) {
	var zero T
	tx, err := db.BeginTx(ctx, nil) // want "tx.*connleak/tx"
	if err != nil {
		return zero, err
	}
	v, err := fn(tx)
	if err != nil {
		return zero, err
	}
	return v, tx.Commit()
}

// The callback borrows the Tx; its rows and statements end with it.
func firstJob(ctx context.Context, db *sql.DB) (id int, err error) {
	err = withTx(ctx, db, func(tx *sql.Tx) error {
		stmt, err := tx.Prepare("SELECT id FROM jobs FOR UPDATE")
		if err != nil {
			return err
		}
		rows, err := stmt.Query()
		if err != nil {
			return err
		}
		if !rows.Next() {
			return errStop
		}
		return rows.Scan(&id)
	})
	return id, err
}

// The callback's own query on the pool has nothing to do with the Tx.
func firstJobOfPool(ctx context.Context, db *sql.DB) (id int, err error) {
	err = withTx(ctx, db, func(tx *sql.Tx) error {
		rows, err := db.QueryContext(ctx, "SELECT id FROM jobs") // want "rows.*connleak/rows"
		if err != nil {
			return err
		}
		if !rows.Next() {
			return errStop
		}
		return rows.Scan(&id)
	})
	return id, err
}

// The generic runner's callback.
func countJobs(ctx context.Context, db *sql.DB) (int, error) {
	return inTx(ctx, db, func(tx *sql.Tx) (n int, err error) {
		err = tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM jobs").Scan(&n)
		return n, err
	})
}

// Transactor runs functions in a Tx of its own.
type Transactor interface {
	InTx(ctx context.Context, fn func(tx *sql.Tx) error) error
}

// What an interface lends to a callback is not the callback's to end.
func deleteJobs(ctx context.Context, t Transactor) error {
	return t.InTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM jobs")
		return err
	})
}

// A transaction that the callback begins is the callback's to end.
func deleteJobsNested(ctx context.Context, t Transactor, db *sql.DB) error {
	return t.InTx(ctx, func(outer *sql.Tx) error {
		tx, err := db.BeginTx(ctx, nil) // want "tx.*connleak/tx"
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM jobs"); err != nil {
			return err
		}
		return tx.Commit()
	})
}
