// Package semantics goes through the table of resources kind by kind: what is
// born where, what releases it, and what does not.
package semantics

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

var errTooMany = errors.New("too many")

// A failed Scan of database/sql leaves the rows open: the return inside the loop keeps the connection.
func userNamesScanFails(ctx context.Context, db *sql.DB) ([]string, error) {
	rows, err := db.QueryContext(ctx, "SELECT name FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return nil, err
	}
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

// The same with a deferred Close.
func userNamesDeferred(ctx context.Context, db *sql.DB) ([]string, error) {
	rows, err := db.QueryContext(ctx, "SELECT name FROM users")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

// The same with an explicit Close before the early return; the loop's end closes the other path.
func userNamesClosedBeforeReturn(ctx context.Context, db *sql.DB) ([]string, error) {
	rows, err := db.QueryContext(ctx, "SELECT name FROM users")
	if err != nil {
		return nil, err
	}
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			rows.Close()
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

// A break leaves the loop with rows unread.
func firstTenBreak(db *sql.DB) ([]int, error) {
	rows, err := db.Query("SELECT id FROM jobs ORDER BY id") // want "rows.*connleak/rows"
	if err != nil {
		return nil, err
	}
	var ids []int
	for rows.Next() {
		var id int
		_ = rows.Scan(&id)
		ids = append(ids, id)
		if len(ids) == 10 {
			break
		}
	}
	return ids, rows.Err()
}

// The break is followed by a Close that both ways out of the loop reach.
func firstTenBreakThenClose(db *sql.DB) ([]int, error) {
	rows, err := db.Query("SELECT id FROM jobs ORDER BY id")
	if err != nil {
		return nil, err
	}
	var ids []int
	for rows.Next() {
		var id int
		_ = rows.Scan(&id)
		ids = append(ids, id)
		if len(ids) == 10 {
			break
		}
	}
	if err := rows.Close(); err != nil {
		return nil, err
	}
	return ids, rows.Err()
}

// Rows that are asked for their columns only hold the connection all the same.
func columnsOf(db *sql.DB, table string) ([]string, error) {
	rows, err := db.Query("SELECT * FROM " + table + " LIMIT 0") // want "rows.*connleak/rows"
	if err != nil {
		return nil, err
	}
	return rows.Columns()
}

// Columns with the rows closed behind it.
func columnsOfClosed(db *sql.DB, table string) ([]string, error) {
	rows, err := db.Query("SELECT * FROM " + table + " LIMIT 0")
	if err != nil {
		return nil, err
	}
	cols, err := rows.Columns()
	if cerr := rows.Close(); err == nil {
		err = cerr
	}
	return cols, err
}

// One Next that returned true releases nothing.
func newestOrder(db *sql.DB) (id int, err error) {
	rows, err := db.Query("SELECT id FROM orders ORDER BY id DESC") // want "rows.*connleak/rows"
	if err != nil {
		return 0, err
	}
	if !rows.Next() {
		return 0, sql.ErrNoRows
	}
	err = rows.Scan(&id)
	return id, err
}

// Next returned false on one branch, Close is called on the other.
func newestOrderClosed(db *sql.DB) (id int, err error) {
	rows, err := db.Query("SELECT id FROM orders ORDER BY id DESC")
	if err != nil {
		return 0, err
	}
	if !rows.Next() {
		return 0, sql.ErrNoRows
	}
	err = rows.Scan(&id)
	rows.Close()
	return id, err
}

// One case of a switch forgets the Close.
func balanceBySwitch(db *sql.DB, mode string) (float64, error) {
	rows, err := db.Query("SELECT amount FROM entries") // want "rows.*connleak/rows"
	if err != nil {
		return 0, err
	}
	var sum, amount float64
	switch mode {
	case "none":
		rows.Close()
		return 0, nil
	case "first":
		if rows.Next() {
			err = rows.Scan(&amount)
		}
		return amount, err
	}
	for rows.Next() {
		if rows.Scan(&amount) == nil {
			sum += amount
		}
	}
	return sum, rows.Err()
}

// Every case of the switch closes or drains.
func balanceBySwitchClosed(db *sql.DB, mode string) (float64, error) {
	rows, err := db.Query("SELECT amount FROM entries")
	if err != nil {
		return 0, err
	}
	var sum, amount float64
	switch mode {
	case "none":
		return 0, rows.Close()
	case "first":
		if rows.Next() {
			err = rows.Scan(&amount)
			rows.Close()
		}
		return amount, err
	}
	for rows.Next() {
		if rows.Scan(&amount) == nil {
			sum += amount
		}
	}
	return sum, rows.Err()
}

// Rows of a statement outlive the statement's Close.
func itemsOfStatement(db *sql.DB, order int) error {
	stmt, err := db.Prepare("SELECT sku FROM items WHERE order_id = ?")
	if err != nil {
		return err
	}
	defer stmt.Close()
	rows, err := stmt.Query(order) // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	for n := 0; rows.Next(); n++ {
		if n > 100 {
			return errTooMany
		}
	}
	return rows.Err()
}

// Statement and rows, each with its own defer.
func itemsOfStatementClosed(db *sql.DB, order int) error {
	stmt, err := db.Prepare("SELECT sku FROM items WHERE order_id = ?")
	if err != nil {
		return err
	}
	defer stmt.Close()
	rows, err := stmt.Query(order)
	if err != nil {
		return err
	}
	defer rows.Close()
	for n := 0; rows.Next(); n++ {
		if n > 100 {
			return errTooMany
		}
	}
	return rows.Err()
}

// A panic need not be survived (the strict mode asks for more).
func mustBeEmpty(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM broken_refs")
	if err != nil {
		return err
	}
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			panic(fmt.Sprintf("scan: %v", err))
		}
		fmt.Println("broken", id)
	}
	return rows.Err()
}
