// Package recursion has functions that call themselves and each other.
package recursion

import (
	"database/sql"
	"errors"
	"log"
)

var errDeep = errors.New("too deep")

// closeAfter closes at the end of its recursion.
func closeAfter(rows *sql.Rows, n int) error {
	if n == 0 {
		return rows.Close()
	}
	log.Print("still ", n)
	return closeAfter(rows, n-1)
}

// lookAfter closes nothing, however often it calls itself.
func lookAfter(rows *sql.Rows, n int) error {
	if n == 0 {
		return rows.Err()
	}
	log.Print("still ", n)
	return lookAfter(rows, n-1)
}

// Released by a recursive helper.
func recursive(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	return closeAfter(rows, 3)
}

// Not released by a recursive helper.
func recursiveLeft(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	return lookAfter(rows, 3)
}

// even and odd call each other, and each way ends in Commit or Rollback.
func even(tx *sql.Tx, n int) error {
	if n == 0 {
		return tx.Commit()
	}
	return odd(tx, n-1)
}

func odd(tx *sql.Tx, n int) error {
	if n == 0 {
		return tx.Rollback()
	}
	return even(tx, n-1)
}

// ping and pong call each other, and pong has a way out that ends nothing.
func ping(tx *sql.Tx, n int) error {
	if n == 0 {
		return tx.Commit()
	}
	return pong(tx, n-1)
}

func pong(tx *sql.Tx, n int) error {
	if n > 100 {
		return errDeep
	}
	return ping(tx, n-1)
}

// Mutual recursion that releases.
func mutual(db *sql.DB, n int) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	return even(tx, n)
}

// Mutual recursion that may not release.
func mutualLeft(db *sql.DB, n int) error {
	tx, err := db.Begin() // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	return ping(tx, n)
}

// Mutual recursion that may not release, behind a deferred Rollback.
func mutualDeferred(db *sql.DB, n int) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	return ping(tx, n)
}

// Each level has its own rows, and they are closed on each way out.
func walk(db *sql.DB, parent int) error {
	rows, err := db.Query("SELECT id FROM tree WHERE parent = ?", parent)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return err
		}
		if err := walk(db, id); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Each level has its own rows, and an error from below leaves those of all levels above open.
func walkLeft(db *sql.DB, parent int) error {
	rows, err := db.Query("SELECT id FROM tree WHERE parent = ?", parent) // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	for rows.Next() {
		var id int
		_ = rows.Scan(&id)
		if err := walkLeft(db, id); err != nil {
			return err
		}
	}
	return rows.Err()
}

// open tries the addresses one after the other and returns what the last call got.
func open(dsns []string) (*sql.DB, error) {
	if len(dsns) == 0 {
		return nil, errDeep
	}
	db, err := sql.Open("mysql", dsns[0])
	if err != nil {
		return open(dsns[1:])
	}
	if err := db.Ping(); err != nil {
		db.Close()
		return open(dsns[1:])
	}
	return db, nil
}

// What came through the recursion is closed.
func opened(dsns []string) error {
	db, err := open(dsns)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Ping()
}

// What came through the recursion is dropped.
func openedLeft(dsns []string) error {
	db, err := open(dsns) // want "db.*connleak/db"
	if err != nil {
		return err
	}
	return db.Ping()
}
