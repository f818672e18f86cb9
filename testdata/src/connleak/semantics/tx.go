package semantics

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

var errNoStock = errors.New("no stock")

// The idiom: a deferred Rollback, which is a no-op after Commit.
func transfer(ctx context.Context, db *sql.DB, from, to int, amount float64) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "UPDATE accounts SET balance = balance - ? WHERE id = ?", amount, from); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE accounts SET balance = balance + ? WHERE id = ?", amount, to); err != nil {
		return err
	}
	return tx.Commit()
}

// Commit on success, nothing on an error.
func transferNoRollback(ctx context.Context, db *sql.DB, from int, amount float64) error {
	tx, err := db.BeginTx(ctx, nil) // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE accounts SET balance = balance - ? WHERE id = ?", amount, from); err != nil {
		return err
	}
	return tx.Commit()
}

// The first error exit rolls back, the second forgets it.
func reserve(db *sql.DB, sku string) error {
	tx, err := db.Begin() // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	var stock int
	if err := tx.QueryRow("SELECT stock FROM items WHERE sku = ?", sku).Scan(&stock); err != nil {
		tx.Rollback()
		return err
	}
	if stock == 0 {
		return errNoStock
	}
	if _, err := tx.Exec("UPDATE items SET stock = stock - 1 WHERE sku = ?", sku); err != nil {
		tx.Rollback()
		return err
	}
	return tx.Commit()
}

// Every exit ends the transaction.
func reserveRolledBack(db *sql.DB, sku string) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	var stock int
	if err := tx.QueryRow("SELECT stock FROM items WHERE sku = ?", sku).Scan(&stock); err != nil {
		tx.Rollback()
		return err
	}
	if stock == 0 {
		return errors.Join(errNoStock, tx.Rollback())
	}
	if _, err := tx.Exec("UPDATE items SET stock = stock - 1 WHERE sku = ?", sku); err != nil {
		if rerr := tx.Rollback(); rerr != nil {
			return fmt.Errorf("rollback after %w: %v", err, rerr)
		}
		return err
	}
	return tx.Commit()
}

// "Rollback if an error, else commit" in a deferred closure on the named result.
func rename(db *sql.DB, id int, name string) (err error) {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			tx.Rollback()
			return
		}
		err = tx.Commit()
	}()
	if _, err = tx.Exec("UPDATE users SET name = ? WHERE id = ?", name, id); err != nil {
		return err
	}
	_, err = tx.Exec("INSERT INTO audit VALUES (?, ?)", id, name)
	return err
}

// The deferred closure only knows the error case: the success path never commits.
func renameNeverCommitted(db *sql.DB, id int, name string) (err error) {
	tx, err := db.Begin() // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			tx.Rollback()
		}
	}()
	_, err = tx.Exec("UPDATE users SET name = ? WHERE id = ?", name, id)
	return err
}

// A Commit that fails ends the transaction too: no Rollback is owed after it.
func commitFails(db *sql.DB) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	if _, err := tx.Exec("DELETE FROM sessions"); err != nil {
		_ = tx.Rollback()
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// The words ROLLBACK and COMMIT sent as statements end nothing in database/sql: the Tx keeps its connection.
func rollbackAsText(db *sql.DB) error {
	tx, err := db.Begin() // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if _, err := tx.Exec("DELETE FROM sessions"); err != nil {
		_, _ = tx.Exec("ROLLBACK")
		return err
	}
	_, err = tx.Exec("COMMIT")
	return err
}

// A helper call between Begin and the defer can fail and return.
func deferTooLate(db *sql.DB, load func() ([]int, error)) error {
	tx, err := db.Begin() // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	ids, err := load()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, id := range ids {
		if _, err := tx.Exec("DELETE FROM jobs WHERE id = ?", id); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// The helper is called before Begin.
func deferInTime(db *sql.DB, load func() ([]int, error)) error {
	ids, err := load()
	if err != nil {
		return err
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, id := range ids {
		if _, err := tx.Exec("DELETE FROM jobs WHERE id = ?", id); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// Rows of a Tx end with the Tx: silent without -strict.
func rowsOfTx(db *sql.DB) (first int, err error) {
	tx, err := db.Begin()
	if err != nil {
		return 0, err
	}
	defer tx.Rollback()
	rows, err := tx.Query("SELECT id FROM jobs")
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		if err := rows.Scan(&first); err != nil {
			return 0, err
		}
		if first > 0 {
			break
		}
	}
	return first, tx.Commit()
}

// So do rows of a Tx that the caller passed in.
func rowsOfCallersTx(tx *sql.Tx) (first int, err error) {
	rows, err := tx.Query("SELECT id FROM jobs")
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		if err := rows.Scan(&first); err != nil {
			return 0, err
		}
	}
	return first, rows.Err()
}

// After a Scan into sql.RawBytes the rows hold a lock until the next Next or Close:
// ending the Tx does not end them, it waits for them.
func rawBytesOfTx(db *sql.DB, w func([]byte) error) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	rows, err := tx.Query("SELECT body FROM mails") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	for rows.Next() {
		var raw sql.RawBytes
		if err := rows.Scan(&raw); err != nil {
			return err
		}
		if err := w(raw); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// With its own Close, deferred after the Rollback and so run before it.
func rawBytesOfTxClosed(db *sql.DB, w func([]byte) error) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	rows, err := tx.Query("SELECT body FROM mails")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var raw sql.RawBytes
		if err := rows.Scan(&raw); err != nil {
			return err
		}
		if err := w(raw); err != nil {
			return err
		}
	}
	return rows.Err()
}

// The same by way of a slice.
func rawSliceOfTx(db *sql.DB, cols int, w func([]sql.RawBytes) error) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	rows, err := tx.Query("SELECT * FROM mails") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	raw := make([]sql.RawBytes, cols)
	dest := make([]any, cols)
	for i := range raw {
		dest[i] = &raw[i]
	}
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		if err := w(raw); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// A helper that takes a statement from whatever it is given.
type preparer interface {
	Prepare(query string) (*sql.Stmt, error)
}

func mustPrepare(db preparer, query string) *sql.Stmt {
	stmt, err := db.Prepare(query)
	if err != nil {
		panic(err)
	}
	return stmt
}

func preparedOfTx(db *sql.DB) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	stmt := mustPrepare(tx, "SELECT 1")
	rows, err := stmt.Query()
	if err != nil {
		return err
	}
	rows.Next()
	return nil
}

func preparedOfCallersTx(tx *sql.Tx) error {
	rows, err := mustPrepare(tx, "SELECT 1").Query()
	if err != nil {
		return err
	}
	rows.Next()
	return nil
}

func preparedOfPool(db *sql.DB) error {
	stmt := mustPrepare(db, "SELECT 1") // want "stmt.*connleak/stmt"
	rows, err := stmt.Query()           // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	rows.Next()
	return nil
}

func firstOf(db interface {
	Query(query string, args ...any) (*sql.Rows, error)
}) (*sql.Rows, error) {
	return db.Query("SELECT 1")
}

func firstOfTx(tx *sql.Tx) error {
	rows, err := firstOf(tx)
	if err != nil {
		return err
	}
	rows.Next()
	return nil
}

func firstOfPool(db *sql.DB) error {
	rows, err := firstOf(db) // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	rows.Next()
	return nil
}
