package helpers

import (
	"database/sql"
	"log"
)

var lastRows *sql.Rows

var open = map[string]*sql.Rows{}

// keep takes over: the package variable outlives the call.
func keep(rows *sql.Rows) { lastRows = rows }

// keepNamed takes over into a map.
func keepNamed(name string, rows *sql.Rows) { open[name] = rows }

// A callee that stores the rows somewhere has them.
func stored(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	keep(rows)
	return nil
}

// A map of the package has them.
func storedNamed(db *sql.DB, name string) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	keepNamed(name, rows)
	return nil
}

type cursor struct {
	rows *sql.Rows
	pos  int
}

// describe has the rows in a struct of its own for the time of the call: it borrows.
func describe(rows *sql.Rows) {
	c := &cursor{rows: rows}
	c.pos++
	log.Print(c.rows.Columns())
}

// A struct that does not outlive the callee takes nothing over.
func described(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	describe(rows)
	return nil
}

// Formatting functions of other packages borrow, too.
func printed(db *sql.DB) error {
	tx, err := db.Begin() // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	log.Printf("begun %v", tx)
	if _, err := tx.Exec("DELETE FROM users"); err != nil {
		return err
	}
	return tx.Commit()
}

// closeEither closes its second argument only.
func closeEither(keep, drop *sql.Rows) error {
	log.Print(keep.Err())
	return drop.Close()
}

// Which argument is closed matters.
func closedSecond(db *sql.DB) error {
	a, err := db.Query("SELECT id FROM a") // want "a.*connleak/rows"
	if err != nil {
		return err
	}
	b, err := db.Query("SELECT id FROM b")
	if err != nil {
		a.Close()
		return err
	}
	return closeEither(a, b)
}

// The first is closed by its own defer.
func closedSecondDeferred(db *sql.DB) error {
	a, err := db.Query("SELECT id FROM a")
	if err != nil {
		return err
	}
	defer a.Close()
	b, err := db.Query("SELECT id FROM b")
	if err != nil {
		return err
	}
	return closeEither(a, b)
}

// maybeClose closes unless told to keep.
func maybeClose(rows *sql.Rows, keep bool) {
	if keep {
		return
	}
	rows.Close()
}

// A helper that closes depending on an argument, behind a Close of the caller's own: closing twice is fine.
func closedTwice(db *sql.DB, keep bool) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	defer rows.Close()
	maybeClose(rows, keep)
	return nil
}

// With keep the helper closes nothing, and nobody else does.
func closedUnlessKept(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	maybeClose(rows, true)
	return nil
}
