// Package tx defers Rollbacks in loops.
package tx

import (
	"context"
	"database/sql"
	"log"
)

// A failed Exec goes on with the next round, the transaction still open.
func remove(ctx context.Context, db *sql.DB, ids []int) error {
	for _, id := range ids {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback() // want "deferinloop"
		if _, err := tx.Exec("DELETE FROM users WHERE id = ?", id); err != nil {
			log.Print(err)
			continue
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}

// Each round commits or leaves the function: at the back edge nothing is open.
func removeCommitted(ctx context.Context, db *sql.DB, ids []int) error {
	for _, id := range ids {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback()
		if _, err := tx.Exec("DELETE FROM users WHERE id = ?", id); err != nil {
			return err
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}

// A Commit that fails has ended the transaction as well.
func removeLogged(ctx context.Context, db *sql.DB, ids []int) error {
	for _, id := range ids {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback()
		if _, err := tx.Exec("DELETE FROM users WHERE id = ?", id); err != nil {
			return err
		}
		if err := tx.Commit(); err != nil {
			log.Print(err)
		}
	}
	return nil
}

// A failed Exec rolls back before it goes on.
func removeRolledBack(ctx context.Context, db *sql.DB, ids []int) error {
	for _, id := range ids {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback()
		if _, err := tx.Exec("DELETE FROM users WHERE id = ?", id); err != nil {
			tx.Rollback()
			continue
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}

// A batch without a Commit: every round's transaction is open until the end.
func dryRun(ctx context.Context, db *sql.DB, ids []int) error {
	for _, id := range ids {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback() // want "deferinloop"
		if _, err := tx.Exec("DELETE FROM users WHERE id = ?", id); err != nil {
			return err
		}
	}
	return nil
}
