package closures

import (
	"database/sql"
	"log"
)

// A cleanup variable is reassigned, each closure calling the one before.
func chained(db *sql.DB) error {
	cleanup := func() {}
	defer func() { cleanup() }()

	stmt, err := db.Prepare("SELECT id FROM users")
	if err != nil {
		return err
	}
	cleanup = func() { stmt.Close() }

	rows, err := stmt.Query()
	if err != nil {
		return err
	}
	first := cleanup
	cleanup = func() {
		rows.Close()
		first()
	}
	if rows.Next() {
		return nil
	}
	return errStop
}

// A cleanup variable is reassigned and the one before forgotten: stmt stays open once rows are there.
func unchained(db *sql.DB) error {
	cleanup := func() {}
	defer func() { cleanup() }()

	stmt, err := db.Prepare("SELECT id FROM users") // want "stmt.*connleak/stmt"
	if err != nil {
		return err
	}
	cleanup = func() { stmt.Close() }

	rows, err := stmt.Query()
	if err != nil {
		return err
	}
	cleanup = func() { rows.Close() }
	if rows.Next() {
		return nil
	}
	return errStop
}

// cleanup's value at the defer statement is what a defer without a closure calls: nothing.
func evaluatedTooEarly(db *sql.DB) error {
	cleanup := func() {}
	defer cleanup()

	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	cleanup = func() { rows.Close() }
	if rows.Next() {
		return nil
	}
	return errStop
}

// reverter undoes what was done, unless it succeeded.
type reverter struct{ fns []func() }

func (r *reverter) Add(fn func()) { r.fns = append(r.fns, fn) }

func (r *reverter) Success() { r.fns = nil }

func (r *reverter) Fail() {
	for _, fn := range r.fns {
		fn()
	}
}

// A revert stack closes on every failure and keeps on success.
func reverting(dsn string) (*sql.DB, error) {
	var revert reverter
	defer revert.Fail()

	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	revert.Add(func() { _ = db.Close() })
	if err := db.Ping(); err != nil {
		return nil, err
	}
	if _, err := db.Exec("CREATE TABLE jobs (id INT)"); err != nil {
		return nil, err
	}
	revert.Add(func() { _, _ = db.Exec("DROP TABLE jobs") })
	revert.Success()
	return db, nil
}

// What is put on the stack does not close.
func revertingLeft(dsn string) (*sql.DB, error) {
	var revert reverter
	defer revert.Fail()

	db, err := sql.Open("mysql", dsn) // want "db.*connleak/db"
	if err != nil {
		return nil, err
	}
	revert.Add(func() { log.Print("undone") })
	if err := db.Ping(); err != nil {
		return nil, err
	}
	revert.Success()
	return db, nil
}

// A slice of closers, run at the end.
func closerSlice(db *sql.DB) error {
	var closers []func() error
	defer func() {
		for _, c := range closers {
			log.Print(c())
		}
	}()
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	closers = append(closers, rows.Close)
	if rows.Next() {
		return nil
	}
	return errStop
}

type app struct{ shutdown []func() error }

// The application's shutdown list owns the pool.
func (a *app) open(dsn string) error {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	a.shutdown = append(a.shutdown, db.Close)
	return nil
}

// The application's shutdown list gets the pool too late.
func (a *app) openChecked(dsn string) error {
	db, err := sql.Open("mysql", dsn) // want "db.*connleak/db"
	if err != nil {
		return err
	}
	if err := db.Ping(); err != nil {
		return err
	}
	a.shutdown = append(a.shutdown, db.Close)
	return nil
}

// A closure that releases is stored and never called, and the store ends with the function.
func neverCalled(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	release := func() { rows.Close() }
	_ = release
	if rows.Next() {
		return nil
	}
	return errStop
}
