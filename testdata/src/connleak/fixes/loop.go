package fixes

import (
	"context"
	"database/sql"
	"log"
)

// A return out of the loop: no defer, it would pile up.
func inner(db *sql.DB, tables []string) (n int, err error) {
	for _, table := range tables {
		rows, err := db.Query("SELECT id FROM " + table) // want "rows.*connleak/rows"
		if err != nil {
			return 0, err
		}
		for rows.Next() {
			if err := rows.Scan(&n); err != nil {
				return 0, err
			}
		}
	}
	return n, nil
}

// Each way out of the iteration.
func outer(ctx context.Context, db *sql.DB, ids []int) error {
	for _, id := range ids {
		tx, err := db.BeginTx(ctx, nil) // want "tx.*connleak/tx"
		if err != nil {
			return err
		}
		if id < 0 {
			break
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM users WHERE id = ?", id); err != nil {
			log.Print(err)
			continue
		}
		if id == 0 {
			return errStop
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}

// The end of the iteration.
func end(db *sql.DB, tables []string) (n int) {
	for _, table := range tables {
		if rows, err := db.Query("SELECT * FROM " + table); err == nil { // want "rows.*connleak/rows"
			cols, _ := rows.Columns()
			n += len(cols)
		}
	}
	return n
}

// A retry that drops what did not work.
func retry(ctx context.Context, dsn string) (*sql.DB, error) {
	for ctx.Err() == nil {
		db, err := sql.Open("mysql", dsn) // want "db.*connleak/db"
		if err != nil {
			return nil, err
		}
		if err := db.PingContext(ctx); err == nil {
			return db, nil
		}
	}
	return nil, ctx.Err()
}
