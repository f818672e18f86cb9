package semantics

import (
	"context"
	"database/sql"
	"time"
)

// The cancelled context closes these rows, so the leak is bounded by the function; it is
// reported all the same, in words that say what bounds it.
func boundedRows(db *sql.DB) (id int, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	rows, err := db.QueryContext(ctx, "SELECT id FROM jobs") // want "rows.*connleak/rows"
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		if err := rows.Scan(&id); err != nil {
			return 0, err
		}
	}
	return id, rows.Err()
}

// The same bound on a transaction.
func boundedTx(db *sql.DB) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	tx, err := db.BeginTx(ctx, nil) // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM jobs"); err != nil {
		return err
	}
	return tx.Commit()
}

// And on a row.
func boundedRow(db *sql.DB) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	row := db.QueryRowContext(ctx, "SELECT id FROM jobs") // want "row.*connleak/row]"
	return row.Err()
}

// The context of an http request or of the caller is no bound that this function can see.
func callersContext(ctx context.Context, db *sql.DB) error {
	rows, err := db.QueryContext(ctx, "SELECT id FROM jobs") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	if rows.Next() {
		return nil
	}
	return rows.Err()
}

// Bounded and closed.
func boundedRowsClosed(db *sql.DB) (id int, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	rows, err := db.QueryContext(ctx, "SELECT id FROM jobs")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&id); err != nil {
			return 0, err
		}
	}
	return id, rows.Err()
}

// A statement does not belong to the context it was prepared with.
func boundedStmt(db *sql.DB) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	stmt, err := db.PrepareContext(ctx, "DELETE FROM jobs") // want "stmt.*connleak/stmt"
	if err != nil {
		return err
	}
	_, err = stmt.ExecContext(ctx)
	return err
}
