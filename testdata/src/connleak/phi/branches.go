// Package phi has values that meet: several acquisitions assigned to one
// variable, by branch, by fallback, one after the other.
package phi

import (
	"context"
	"database/sql"
	"errors"
)

// Either query, one Close.
func search(db *sql.DB, byName bool, key string) (n int, err error) {
	var rows *sql.Rows
	if byName {
		rows, err = db.Query("SELECT id FROM users WHERE name = ?", key)
	} else {
		rows, err = db.Query("SELECT id FROM users WHERE mail = ?", key)
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

// Either query, no Close: both are reported.
func searchLeft(db *sql.DB, byName bool, key string) (n int, err error) {
	var rows *sql.Rows
	if byName {
		rows, err = db.Query("SELECT id FROM users WHERE name = ?", key) // want "rows.*connleak/rows"
	} else {
		rows, err = db.Query("SELECT id FROM users WHERE mail = ?", key) // want "rows.*connleak/rows"
	}
	if err != nil {
		return 0, err
	}
	if rows.Next() {
		err = rows.Scan(&n)
	}
	return n, err
}

// Each branch tests its own error, one of them is closed in its branch, the other is not.
func searchOneBranch(db *sql.DB, byName bool, key string) (err error) {
	var rows *sql.Rows
	if byName {
		if rows, err = db.Query("SELECT id FROM users WHERE name = ?", key); err != nil {
			return err
		}
		defer rows.Close()
	} else {
		if rows, err = db.Query("SELECT id FROM users WHERE mail = ?", key); err != nil { // want "rows.*connleak/rows"
			return err
		}
	}
	if !rows.Next() {
		return sql.ErrNoRows
	}
	return rows.Err()
}

// A switch that assigns.
func searchSwitch(ctx context.Context, db *sql.DB, tx *sql.Tx, kind string) error {
	var stmt *sql.Stmt
	var err error
	switch kind {
	case "user":
		stmt, err = db.PrepareContext(ctx, "SELECT id FROM users")
	case "group":
		stmt, err = db.PrepareContext(ctx, "SELECT id FROM groups")
	default:
		stmt, err = tx.PrepareContext(ctx, "SELECT id FROM things")
	}
	if err != nil {
		return err
	}
	defer stmt.Close()
	_, err = stmt.ExecContext(ctx)
	return err
}

// A switch that assigns, and a statement of the Tx among them, which is the only one that ends by itself.
func searchSwitchLeft(ctx context.Context, db *sql.DB, tx *sql.Tx, kind string) error {
	var stmt *sql.Stmt
	var err error
	switch kind {
	case "user":
		stmt, err = db.PrepareContext(ctx, "SELECT id FROM users") // want "stmt.*connleak/stmt"
	case "group":
		stmt, err = db.PrepareContext(ctx, "SELECT id FROM groups") // want "stmt.*connleak/stmt"
	default:
		stmt, err = tx.PrepareContext(ctx, "SELECT id FROM things")
	}
	if err != nil {
		return err
	}
	_, err = stmt.ExecContext(ctx)
	return err
}

// Queried on one branch only; the nil check after the meeting is exact.
func maybeQuery(db *sql.DB, deep bool) (n int, err error) {
	var rows *sql.Rows
	if deep {
		if rows, err = db.Query("SELECT id FROM children"); err != nil {
			return 0, err
		}
	}
	if rows != nil {
		defer rows.Close()
		if rows.Next() {
			err = rows.Scan(&n)
		}
	}
	return n, err
}

// Queried on one branch only and released under another condition.
func maybeQueryOther(db *sql.DB, deep, verbose bool) (n int, err error) {
	var rows *sql.Rows
	if deep {
		if rows, err = db.Query("SELECT id FROM children"); err != nil { // want "rows.*connleak/rows"
			return 0, err
		}
	}
	if verbose && rows != nil {
		defer rows.Close()
		if rows.Next() {
			err = rows.Scan(&n)
		}
	}
	return n, err
}

// The same condition twice: deep opens, deep closes.
func maybeQuerySame(db *sql.DB, deep bool) (n int, err error) {
	var rows *sql.Rows
	if deep {
		if rows, err = db.Query("SELECT id FROM children"); err != nil {
			return 0, err
		}
	}
	n = len("children")
	if deep {
		rows.Close()
	}
	return n, nil
}

// The second query only runs when the first failed.
func fallback(db *sql.DB) (*sql.Rows, error) {
	rows, err := db.Query("SELECT id, mail FROM users")
	if err != nil {
		rows, err = db.Query("SELECT id, '' FROM users")
	}
	if err != nil {
		return nil, err
	}
	return rows, nil
}

// The second query only runs when the first failed, and a deferred Close serves whichever worked.
func fallbackClosed(db *sql.DB) error {
	rows, err := db.Query("SELECT id, mail FROM users")
	if err != nil {
		if rows, err = db.Query("SELECT id, '' FROM users"); err != nil {
			return err
		}
	}
	defer rows.Close()
	if !rows.Next() {
		return sql.ErrNoRows
	}
	return nil
}

// The second query may run although the first worked.
func fallbackForced(db *sql.DB, force bool) error {
	rows, err := db.Query("SELECT id, mail FROM users") // want "rows.*connleak/rows"
	if err != nil || force {
		rows, err = db.Query("SELECT id, '' FROM users")
	}
	if err != nil {
		return err
	}
	return rows.Close()
}

// One Begin or another, and a Rollback that stands on both.
func beginEither(ctx context.Context, db *sql.DB, readOnly bool) error {
	tx, err := db.BeginTx(ctx, nil)
	if readOnly {
		err = errors.Join(err, errors.New("retry as read only"))
		if tx != nil {
			_ = tx.Rollback()
		}
		tx, err = db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	}
	if err != nil {
		return err
	}
	defer tx.Rollback()
	return tx.Commit()
}
