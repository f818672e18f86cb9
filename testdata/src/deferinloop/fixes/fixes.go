// Package fixes releases at the end of the iteration what a defer in the loop
// releases too late.
package fixes

import (
	"context"
	"database/sql"
	"log"
)

// At the end.
func columns(db *sql.DB, tables []string) (n int, err error) {
	for _, table := range tables {
		rows, err := db.Query("SELECT * FROM " + table)
		if err != nil {
			return 0, err
		}
		defer rows.Close() // want "rows is released by a defer in a loop.*deferinloop"
		cols, err := rows.Columns()
		if err != nil {
			return 0, err
		}
		n += len(cols)
	}
	return n, nil
}

// Before continue, too; before break it does no harm.
func remove(ctx context.Context, db *sql.DB, ids []int) error {
	for _, id := range ids {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback() // want "tx is released by a defer in a loop.*deferinloop"
		if _, err := tx.Exec("DELETE FROM users WHERE id = ?", id); err != nil {
			log.Print(err)
			continue
		}
		if id == 0 {
			break
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}
