// Package loops acquires in loops: retries, nested queries, batches, pages.
package loops

import (
	"context"
	"database/sql"
	"errors"
	"log"
	"time"
)

var errStop = errors.New("stop")

// Tried until it works: a failed try leaves nothing behind.
func queryRetry(ctx context.Context, db *sql.DB) (n int, err error) {
	var rows *sql.Rows
	for range 3 {
		if rows, err = db.QueryContext(ctx, "SELECT id FROM users"); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	if rows.Next() {
		err = rows.Scan(&n)
	}
	return n, err
}

// Tried until it works, but a first success does not end the loop.
func queryRetryOn(ctx context.Context, db *sql.DB) (n int, err error) {
	var rows *sql.Rows
	for range 3 {
		if rows, err = db.QueryContext(ctx, "SELECT id FROM users"); err != nil { // want "rows.*connleak/rows"
			time.Sleep(time.Second)
		}
	}
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	if rows.Next() {
		err = rows.Scan(&n)
	}
	return n, err
}

// A transaction per try: the one that failed is not rolled back.
func txRetry(ctx context.Context, db *sql.DB) (err error) {
	for range 3 {
		var tx *sql.Tx
		if tx, err = db.BeginTx(ctx, nil); err != nil { // want "tx.*connleak/tx"
			continue
		}
		if _, err = tx.ExecContext(ctx, "DELETE FROM users"); err != nil {
			continue
		}
		return tx.Commit()
	}
	return err
}

// A transaction per try, each ended.
func txRetryRolledBack(ctx context.Context, db *sql.DB) (err error) {
	for range 3 {
		var tx *sql.Tx
		if tx, err = db.BeginTx(ctx, nil); err != nil {
			continue
		}
		if _, err = tx.ExecContext(ctx, "DELETE FROM users"); err != nil {
			tx.Rollback()
			continue
		}
		return tx.Commit()
	}
	return err
}

// An inner break reaches the next query without Close.
func firstOfEach(db *sql.DB, tables []string) (ids []int, err error) {
	for _, table := range tables {
		rows, err := db.Query("SELECT id FROM " + table) // want "rows.*connleak/rows"
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var id int
			if rows.Scan(&id) == nil && id > 0 {
				ids = append(ids, id)
				break
			}
		}
	}
	return ids, nil
}

// The Close stands behind the inner loop.
func firstOfEachClosed(db *sql.DB, tables []string) (ids []int, err error) {
	for _, table := range tables {
		rows, err := db.Query("SELECT id FROM " + table)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var id int
			if rows.Scan(&id) == nil && id > 0 {
				ids = append(ids, id)
				break
			}
		}
		rows.Close()
	}
	return ids, nil
}

// A continue of the outer loop skips the Close.
func widths(db *sql.DB, tables []string) (n int, err error) {
	for _, table := range tables {
		rows, err := db.Query("SELECT * FROM " + table) // want "rows.*connleak/rows"
		if err != nil {
			return 0, err
		}
		cols, err := rows.Columns()
		if err != nil {
			log.Print(err)
			continue
		}
		n += len(cols)
		rows.Close()
	}
	return n, nil
}

// The Close comes first.
func widthsClosed(db *sql.DB, tables []string) (n int, err error) {
	for _, table := range tables {
		rows, err := db.Query("SELECT * FROM " + table)
		if err != nil {
			return 0, err
		}
		cols, err := rows.Columns()
		rows.Close()
		if err != nil {
			log.Print(err)
			continue
		}
		n += len(cols)
	}
	return n, nil
}

// Each round's value is released by a closure of its own.
func deferPerRound(db *sql.DB, tables []string) error {
	for _, table := range tables {
		err := func() error {
			rows, err := db.Query("SELECT * FROM " + table)
			if err != nil {
				return err
			}
			defer rows.Close()
			if !rows.Next() {
				return errStop
			}
			return nil
		}()
		if err != nil {
			return err
		}
	}
	return nil
}

// A defer in the loop releases too, late: deferinloop says so, connleak is silent.
func deferInLoop(db *sql.DB, tables []string) error {
	for _, table := range tables {
		rows, err := db.Query("SELECT * FROM " + table)
		if err != nil {
			return err
		}
		defer rows.Close()
		if !rows.Next() {
			return errStop
		}
	}
	return nil
}

// The inner rows are closed, the outer ones are not when the inner query fails.
func parents(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM parents") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	for rows.Next() {
		var id int
		_ = rows.Scan(&id)
		children, err := db.Query("SELECT id FROM children WHERE parent = ?", id)
		if err != nil {
			return err
		}
		children.Close()
	}
	return rows.Err()
}

// Both are closed on each way out.
func parentsClosed(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM parents")
	if err != nil {
		return err
	}
	for rows.Next() {
		var id int
		_ = rows.Scan(&id)
		children, err := db.Query("SELECT id FROM children WHERE parent = ?", id)
		if err != nil {
			rows.Close()
			return err
		}
		children.Close()
	}
	return rows.Err()
}

// A label leads out of both loops: the inner rows are closed, the outer ones are not.
func findPair(db *sql.DB) (a, b int, err error) {
	outer, err := db.Query("SELECT id FROM a") // want "outer.*connleak/rows"
	if err != nil {
		return 0, 0, err
	}
search:
	for outer.Next() {
		_ = outer.Scan(&a)
		inner, err := db.Query("SELECT id FROM b")
		if err != nil {
			continue
		}
		for inner.Next() {
			_ = inner.Scan(&b)
			if a == b {
				inner.Close()
				break search
			}
		}
	}
	return a, b, nil
}

// Behind the label both are closed.
func findPairClosed(db *sql.DB) (a, b int, err error) {
	outer, err := db.Query("SELECT id FROM a")
	if err != nil {
		return 0, 0, err
	}
search:
	for outer.Next() {
		_ = outer.Scan(&a)
		inner, err := db.Query("SELECT id FROM b")
		if err != nil {
			continue
		}
		for inner.Next() {
			_ = inner.Scan(&b)
			if a == b {
				inner.Close()
				break search
			}
		}
	}
	return a, b, outer.Close()
}
