package helpers

import (
	"context"
	"database/sql"
	"fmt"
	"io"
)

func queryWithColumns(db *sql.DB, table string) (*sql.Rows, []string, error) {
	rows, err := db.Query("SELECT * FROM " + table)
	if err != nil {
		return nil, nil, err
	}
	cols, err := rows.Columns()
	if err != nil {
		rows.Close()
		return nil, nil, err
	}
	return rows, cols, nil
}

// The first of three results is owed.
func widthClosed(db *sql.DB) (int, error) {
	rows, cols, err := queryWithColumns(db, "users")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	return len(cols), nil
}

// The first of three results is dropped.
func widthDropped(db *sql.DB) (int, error) {
	_, cols, err := queryWithColumns(db, "users") // want "connleak/rows"
	return len(cols), err
}

// Two results, each with its obligation.
func queryBoth(db *sql.DB) (users, groups *sql.Rows, err error) {
	if users, err = db.Query("SELECT id FROM users"); err != nil {
		return nil, nil, err
	}
	if groups, err = db.Query("SELECT id FROM groups"); err != nil {
		users.Close()
		return nil, nil, err
	}
	return users, groups, nil
}

// Both are closed.
func bothClosed(db *sql.DB) error {
	users, groups, err := queryBoth(db)
	if err != nil {
		return err
	}
	defer users.Close()
	defer groups.Close()
	return nil
}

// One is closed.
func oneClosed(db *sql.DB) error {
	users, groups, err := queryBoth(db) // want "groups.*connleak/rows"
	if err != nil {
		return err
	}
	defer users.Close()
	return groups.Err()
}

func passThrough(rows *sql.Rows, what string) *sql.Rows {
	fmt.Println("reading", what)
	return rows
}

// A result that is a parameter is the same value.
func aliasClosed(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	same := passThrough(rows, "users")
	defer same.Close()
	if !rows.Next() {
		return sql.ErrNoRows
	}
	return nil
}

// A result that is a parameter is the same value, and neither name is closed.
func aliasLeft(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users") // want "connleak/rows"
	if err != nil {
		return err
	}
	same := passThrough(rows, "users")
	if !same.Next() {
		return sql.ErrNoRows
	}
	return nil
}

func closeAny(v any) {
	if c, ok := v.(io.Closer); ok {
		_ = c.Close()
	}
}

func endAny(v any) {
	switch v := v.(type) {
	case *sql.Tx:
		_ = v.Rollback()
	case *sql.Rows:
		_ = v.Close()
	case fmt.Stringer:
		fmt.Println(v)
	}
}

// A helper that asks for a Closer by assertion.
func assertedClosed(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer closeAny(conn)
	return conn.PingContext(ctx)
}

// A helper that switches over the types.
func switchedClosed(db *sql.DB) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer endAny(tx)
	_, err = tx.Exec("DELETE FROM users")
	return err
}

// A helper that switches over the types has no case for statements.
func switchedLeft(db *sql.DB) error {
	stmt, err := db.Prepare("DELETE FROM users") // want "stmt.*connleak/stmt"
	if err != nil {
		return err
	}
	defer endAny(stmt)
	_, err = stmt.Exec()
	return err
}

// openInto fills the caller's variable.
func openInto(db *sql.DB, rows **sql.Rows) (err error) {
	*rows, err = db.Query("SELECT id FROM users")
	return err
}

// What was opened into a variable is closed.
func intoClosed(db *sql.DB) error {
	var rows *sql.Rows
	if err := openInto(db, &rows); err != nil {
		return err
	}
	defer rows.Close()
	if !rows.Next() {
		return sql.ErrNoRows
	}
	return nil
}
