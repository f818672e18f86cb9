// Package closures has resources in captured variables: closures called on the
// spot, kept and called later, returned, retried, reassigned.
package closures

import (
	"database/sql"
	"errors"
	"fmt"
	"log"
	"time"
)

var errStop = errors.New("stop")

// A closure called on the spot releases where it is called.
func onTheSpot(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	found := func() bool {
		defer rows.Close()
		return rows.Next()
	}()
	if !found {
		return errStop
	}
	return nil
}

// A closure called on the spot that only looks.
func onTheSpotLeft(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	found := func() bool {
		defer log.Print("looked")
		return rows.Next()
	}()
	if found {
		return nil
	}
	return errStop
}

// A closure that opens into captured variables.
func opensInside(db *sql.DB, twice bool) (err error) {
	var rows *sql.Rows
	func() {
		rows, err = db.Query("SELECT id FROM users")
	}()
	if err != nil {
		return err
	}
	defer rows.Close()
	if twice && rows.Next() {
		return errStop
	}
	return nil
}

// A closure that opens into captured variables, and nobody closes.
func opensInsideLeft(db *sql.DB, twice bool) (err error) {
	var rows *sql.Rows
	func() {
		rows, err = db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	}()
	if err != nil {
		return err
	}
	if twice && rows.Next() {
		return errStop
	}
	return nil
}

// A closure kept in a variable and called at each exit.
func kept(db *sql.DB) error {
	stmt, err := db.Prepare("SELECT id FROM users")
	if err != nil {
		return err
	}
	release := func() {
		if err := stmt.Close(); err != nil {
			log.Print(err)
		}
	}
	if _, err := stmt.Exec(); err != nil {
		release()
		return err
	}
	release()
	return nil
}

// A closure kept in a variable and not called at one exit.
func keptLeft(db *sql.DB) error {
	stmt, err := db.Prepare("SELECT id FROM users") // want "stmt.*connleak/stmt"
	if err != nil {
		return err
	}
	release := func() {
		if err := stmt.Close(); err != nil {
			log.Print(err)
		}
	}
	if _, err := stmt.Exec(); err != nil {
		return err
	}
	release()
	return nil
}

// A local function that opens: its caller owes the Close.
func localOpen(db *sql.DB) (n int, err error) {
	open := func(table string) (*sql.Rows, error) {
		return db.Query("SELECT id FROM " + table)
	}
	users, err := open("users")
	if err != nil {
		return 0, err
	}
	defer users.Close()
	groups, err := open("groups")
	if err != nil {
		return 0, err
	}
	defer groups.Close()
	for users.Next() && groups.Next() {
		n++
	}
	return n, nil
}

// A local function that opens, and one of its results lost.
func localOpenLeft(db *sql.DB) (n int, err error) {
	open := func(table string) (*sql.Rows, error) {
		return db.Query("SELECT id FROM " + table)
	}
	users, err := open("users")
	if err != nil {
		return 0, err
	}
	defer users.Close()
	groups, err := open("groups") // want "groups.*connleak/rows"
	if err != nil {
		return 0, err
	}
	for users.Next() && groups.Next() {
		n++
	}
	return n, nil
}

// A returned closure that closes is an owner.
func returnedCloser(db *sql.DB) (func() error, error) {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return nil, err
	}
	return func() error { return rows.Close() }, nil
}

// A returned method value of Close is one as well.
func returnedMethodValue(db *sql.DB) (func() error, error) {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return nil, err
	}
	return rows.Close, nil
}

// Two returned closures, one to use and one to close.
func returnedPair(db *sql.DB) (exec func(id int) error, done func(), err error) {
	stmt, err := db.Prepare("DELETE FROM users WHERE id = ?")
	if err != nil {
		return nil, nil, err
	}
	exec = func(id int) error {
		_, err := stmt.Exec(id)
		return err
	}
	return exec, func() { stmt.Close() }, nil
}

// A returned closure that never closes is no owner: nobody can release the statement any more.
func returnedUser(db *sql.DB) (func(id int) error, error) {
	stmt, err := db.Prepare("DELETE FROM users WHERE id = ?") // want "stmt.*connleak/stmt"
	if err != nil {
		return nil, err
	}
	return func(id int) error {
		_, err := stmt.Exec(id)
		return err
	}, nil
}

func retry(times int, fn func() error) (err error) {
	for range times {
		if err = fn(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return fmt.Errorf("%d times: %w", times, err)
}

// The closure is called again after a failed Ping and overwrites the captured pool.
func retried(dsn string) (*sql.DB, error) {
	var db *sql.DB
	err := retry(5, func() (err error) {
		if db, err = sql.Open("mysql", dsn); err != nil { // want "db.*connleak/db"
			return err
		}
		return db.Ping()
	})
	if err != nil {
		return nil, err
	}
	return db, nil
}

// The closure closes the pool that does not answer.
func retriedClosed(dsn string) (*sql.DB, error) {
	var db *sql.DB
	err := retry(5, func() error {
		candidate, err := sql.Open("mysql", dsn)
		if err != nil {
			return err
		}
		if err := candidate.Ping(); err != nil {
			candidate.Close()
			return err
		}
		db = candidate
		return nil
	})
	if err != nil {
		return nil, err
	}
	return db, nil
}

// The pool is opened before, the closure only pings; at the end of the tries it is dropped.
func retriedPing(dsn string) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn) // want "db.*connleak/db"
	if err != nil {
		return nil, err
	}
	if err := retry(5, func() error { return db.Ping() }); err != nil {
		return nil, err
	}
	return db, nil
}

// The pool is opened before, the closure only pings, and it is closed at the end of the tries.
func retriedPingClosed(dsn string) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	if err := retry(5, db.Ping); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}
