// Package app uses store and util: what their functions do with a resource comes
// from facts, or from the helper being nothing but an io.Closer's.
package app

import (
	"context"
	"database/sql"
	"errors"

	"connleak/xpkg/store"
	"connleak/xpkg/util"
)

var errStop = errors.New("stop")

// Forwarded by another package, closed here.
func names(ctx context.Context, db *sql.DB) error {
	rows, err := store.Query(ctx, db, "SELECT name FROM users")
	if err != nil {
		return err
	}
	defer rows.Close()
	if rows.Next() {
		return nil
	}
	return errStop
}

// Forwarded by another package, not closed here.
func namesLeft(ctx context.Context, db *sql.DB) error {
	rows, err := store.Query(ctx, db, "SELECT name FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	if rows.Next() {
		return nil
	}
	return errStop
}

// Must of another package, and a reader of another package that closes.
func ids(db *sql.DB) ([]int, error) {
	return store.IDs(store.Must(db.Query("SELECT id FROM users")))
}

// Must of another package, and a reader of another package that may stop early.
func idsLeft(db *sql.DB) ([]int, error) {
	rows := store.Must(db.Query("SELECT id FROM users")) // want "connleak/rows"
	return store.Drain(rows)
}

// The same with a Close.
func idsDrained(db *sql.DB) ([]int, error) {
	rows := store.Must(db.Query("SELECT id FROM users"))
	defer rows.Close()
	return store.Drain(rows)
}

// Ended by another package as the named result says.
func touch(ctx context.Context, db *sql.DB) (err error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer store.Finish(tx, &err)
	return store.Touch(ctx, tx)
}

// Only used by another package.
func touchLeft(ctx context.Context, db *sql.DB) (err error) {
	tx, err := db.BeginTx(ctx, nil) // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if err := store.Touch(ctx, tx); err != nil {
		return err
	}
	return tx.Commit()
}

// A runner of another package.
func inTx(ctx context.Context, db *sql.DB) error {
	return store.InTx(ctx, db, func(tx *sql.Tx) error { return store.Touch(ctx, tx) })
}

// An owner of another package, closed.
func seed(db *sql.DB) error {
	repo, err := store.NewRepo(db)
	if err != nil {
		return err
	}
	defer repo.Close()
	return repo.Insert(1)
}

// An owner of another package, dropped.
func seedLeft(db *sql.DB) error {
	repo, err := store.NewRepo(db) // want "repo.*connleak/wrapper"
	if err != nil {
		return err
	}
	return repo.Insert(1)
}

// A helper on io.Closer in a package that has nothing to do with databases.
func closedByUtil(db *sql.DB) error {
	rows, err := db.Query("SELECT name FROM users")
	if err != nil {
		return err
	}
	defer util.Close(rows)
	if rows.Next() {
		return nil
	}
	return errStop
}

// A helper on func() error in a package that has nothing to do with databases.
func closedByUtilFunc(db *sql.DB) error {
	rows, err := db.Query("SELECT name FROM users")
	if err != nil {
		return err
	}
	defer util.CloseFunc(rows.Close)
	if rows.Next() {
		return nil
	}
	return errStop
}

// The helper is called too late.
func closedByUtilTooLate(db *sql.DB) error {
	rows, err := db.Query("SELECT name FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	if !rows.Next() {
		return errStop
	}
	if rows.Scan() != nil {
		return errStop
	}
	util.Close(rows)
	return nil
}

// Ranging over an iterator of another package owes nothing.
func firstUser(db *sql.DB) (string, error) {
	for name, err := range store.Users(db) {
		return name, err
	}
	return "", errStop
}
