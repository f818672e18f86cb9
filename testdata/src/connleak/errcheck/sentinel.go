package errcheck

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// errNeedsInit comes together with a pool that works.
var errNeedsInit = errors.New("database needs init")

// A live pool may be returned together with errNeedsInit, none with any other error.
func openStore(dsn string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	var n int
	if err := db.QueryRow("SELECT COUNT(*) FROM schema_version").Scan(&n); err != nil {
		return db, errNeedsInit
	}
	return db, nil
}

// The sentinel keeps the pool alive and the defer covers both.
func checkStore(dsn string) error {
	db, err := openStore(dsn)
	if err != nil && err != errNeedsInit {
		return err
	}
	defer db.Close()
	return db.Ping()
}

// Init only when needed, then the pool is handed on.
func initStore(dsn string) (*sql.DB, error) {
	db, err := openStore(dsn)
	if errors.Is(err, errNeedsInit) {
		if _, err := db.Exec("CREATE TABLE schema_version (v INT)"); err != nil {
			db.Close()
			return nil, fmt.Errorf("init: %w", err)
		}
		return db, nil
	}
	return db, err
}

// The deferred Rollback is registered before the error is looked at.
func updateGuarded(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if tx != nil {
		defer tx.Rollback()
	}
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM jobs"); err != nil {
		return err
	}
	return tx.Commit()
}

// The same guard around the wrong variable.
func updateGuardedWrong(ctx context.Context, db *sql.DB, outer *sql.Tx) error {
	tx, err := db.BeginTx(ctx, nil) // want "tx.*connleak/tx"
	if outer != nil {
		defer outer.Rollback()
	}
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM jobs"); err != nil {
		return err
	}
	return tx.Commit()
}

// Two errors at once.
func twoQueries(db *sql.DB) (err error) {
	a, errA := db.Query("SELECT id FROM a")
	b, errB := db.Query("SELECT id FROM b")
	if errA == nil {
		defer a.Close()
	}
	if errB == nil {
		defer b.Close()
	}
	return errors.Join(errA, errB)
}

// Two errors at once, one test for both: when only the second fails the first is lost.
func twoQueriesOneTest(db *sql.DB) error {
	a, errA := db.Query("SELECT id FROM a") // want "a.*connleak/rows"
	b, errB := db.Query("SELECT id FROM b") // want "b.*connleak/rows"
	if errA != nil || errB != nil {
		return errors.Join(errA, errB)
	}
	defer a.Close()
	defer b.Close()
	return nil
}

// A later error kept in the same variable has nothing to do with the rows.
func errReused(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM a") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	_, err = db.Exec("DELETE FROM b")
	if err != nil {
		return err
	}
	return rows.Close()
}

// A later error kept in the same variable, with the rows closed before it is returned.
func errReusedClosed(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM a")
	if err != nil {
		return err
	}
	_, err = db.Exec("DELETE FROM b")
	if err != nil {
		rows.Close()
		return err
	}
	return rows.Close()
}
