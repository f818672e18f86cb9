package phi

import (
	"database/sql"
	"fmt"
	"log"
)

// One variable, two queries, each closed before the next.
func twoCounts(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	fmt.Println(rows.Columns())
	rows.Close()
	rows, err = db.Query("SELECT id FROM groups")
	if err != nil {
		return err
	}
	fmt.Println(rows.Columns())
	return rows.Close()
}

// The first value is lost when the second query overwrites it.
func twoCountsOverwritten(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	fmt.Println(rows.Columns())
	rows, err = db.Query("SELECT id FROM groups")
	if err != nil {
		return err
	}
	fmt.Println(rows.Columns())
	return rows.Close()
}

// `defer rows.Close()` evaluates rows at once, so each value has its own.
func twoDefers(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	defer rows.Close()
	fmt.Println(rows.Columns())
	rows, err = db.Query("SELECT id FROM groups")
	if err != nil {
		return err
	}
	defer rows.Close()
	fmt.Println(rows.Columns())
	return nil
}

// A deferred closure reads the variable when it runs: it closes the second value only.
func oneDeferredClosure(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	defer func() {
		if rows != nil {
			rows.Close()
		}
	}()
	fmt.Println(rows.Columns())
	rows, err = db.Query("SELECT id FROM groups")
	if err != nil {
		return err
	}
	fmt.Println(rows.Columns())
	return nil
}

// A deferred closure, and the first value closed by hand.
func oneDeferredClosureClosed(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	defer func() {
		if rows != nil {
			rows.Close()
		}
	}()
	fmt.Println(rows.Columns())
	rows.Close()
	rows, err = db.Query("SELECT id FROM groups")
	if err != nil {
		return err
	}
	fmt.Println(rows.Columns())
	return nil
}

// Shadowing: the inner rows are another variable.
func shadowed(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		rows, err := db.Query("SELECT id FROM groups") // want "rows.*connleak/rows"
		if err != nil {
			return err
		}
		if rows.Next() {
			return nil
		}
	}
	return nil
}

// The value moves to another variable and is closed there.
func renamed(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	previous := rows
	rows, err = db.Query("SELECT id FROM groups")
	previous.Close()
	if err != nil {
		return err
	}
	return rows.Close()
}

// The value moves into a field of a local struct and is closed there.
func field(db *sql.DB) (err error) {
	var state struct {
		rows *sql.Rows
		seen int
	}
	state.rows, err = db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	defer state.rows.Close()
	for state.rows.Next() {
		if state.seen++; state.seen > 3 {
			return nil
		}
	}
	return state.rows.Err()
}

// A local struct is no owner: nothing outlives the function.
func fieldLeft(db *sql.DB) (err error) {
	var state struct {
		rows *sql.Rows
		seen int
	}
	state.rows, err = db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	for state.rows.Next() {
		if state.seen++; state.seen > 3 {
			return nil
		}
	}
	return state.rows.Err()
}

// nil assigned over an open value loses it.
func forgotten(db *sql.DB) error {
	tx, err := db.Begin() // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if _, err = tx.Exec("DELETE FROM users"); err != nil {
		tx = nil
	}
	if tx != nil {
		return tx.Commit()
	}
	return err
}

// nil assigned after the end is a usual mark for "done".
func markedDone(db *sql.DB) (err error) {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer func() {
		if tx != nil {
			tx.Rollback()
		}
	}()
	if _, err = tx.Exec("DELETE FROM users"); err != nil {
		return err
	}
	err = tx.Commit()
	tx = nil
	return err
}

// Results that nobody keeps.
func vacuum(db *sql.DB) {
	_, err := db.Query("VACUUM") // want "connleak/rows"
	if err != nil {
		log.Print(err)
	}
}

// A call statement keeps nothing either.
func vacuumStatement(db *sql.DB) {
	db.Query("VACUUM") // want "connleak/rows"
}

// Tested in the condition, discarded all the same.
func vacuumCondition(db *sql.DB) error {
	if _, err := db.Query("VACUUM"); err != nil { // want "connleak/rows"
		return err
	}
	return nil
}

// Exec is the call that keeps nothing.
func vacuumExec(db *sql.DB) error {
	if _, err := db.Exec("VACUUM"); err != nil {
		return err
	}
	return nil
}

// A Tx, a statement and a pool, discarded.
func canPrepare(db *sql.DB, dsn string) bool {
	_, errTx := db.Begin()               // want "connleak/tx"
	_, errStmt := db.Prepare("SELECT 1") // want "connleak/stmt"
	_, errOpen := sql.Open("mysql", dsn) // want "connleak/db"
	return errTx == nil && errStmt == nil && errOpen == nil
}

// The same checks on values that are given back.
func canPrepareClosed(db *sql.DB) bool {
	tx, err := db.Begin()
	if err != nil {
		return false
	}
	if err := tx.Rollback(); err != nil {
		return false
	}
	stmt, err := db.Prepare("SELECT 1")
	return err == nil && stmt.Close() == nil
}
