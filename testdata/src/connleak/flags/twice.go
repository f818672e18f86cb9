package flags

import (
	"database/sql"
	"errors"
	"io"
	"strings"
)

// What one test decides, the same test decides again.

func twiceLength(db *sql.DB, ids []int) (err error) {
	var rows *sql.Rows
	if len(ids) > 0 {
		if rows, err = db.Query("SELECT 1"); err != nil {
			return err
		}
	}
	if len(ids) > 0 {
		return rows.Close()
	}
	return nil
}

// In other words.
func twiceReworded(db *sql.DB, n int, name string) error {
	var tx *sql.Tx
	var err error
	if n > 3 && len(name) != 0 {
		if tx, err = db.Begin(); err != nil {
			return err
		}
	}
	if n <= 3 || name == "" && len(name) == 0 {
		return nil
	}
	if 4 <= n && len(name) >= 1 {
		return tx.Commit()
	}
	return nil
}

func twiceOther(db *sql.DB, n, m int) error {
	var tx *sql.Tx
	var err error
	if n > 3 {
		if tx, err = db.Begin(); err != nil { // want "tx.*connleak/tx"
			return err
		}
	}
	if m > 3 {
		return tx.Commit()
	}
	return nil
}

func twiceBound(db *sql.DB, n int) error {
	var tx *sql.Tx
	var err error
	if n > 3 {
		if tx, err = db.Begin(); err != nil { // want "tx.*connleak/tx"
			return err
		}
	}
	if n > 4 {
		return tx.Commit()
	}
	return nil
}

type options struct {
	limit, offset int
	names         []string
	mode          string
}

func (o *options) grow() { o.limit++ }

func twiceField(db *sql.DB, o *options) error {
	var tx *sql.Tx
	var err error
	if o.limit >= 10 {
		if tx, err = db.Begin(); err != nil {
			return err
		}
	}
	if o.limit >= 10 {
		tx.Commit()
	}
	return nil
}

func twiceFieldSet(db *sql.DB, o *options) error {
	var tx *sql.Tx
	var err error
	if o.limit >= 10 {
		if tx, err = db.Begin(); err != nil { // want "tx.*connleak/tx"
			return err
		}
	}
	o.limit = o.offset
	if o.limit >= 10 {
		tx.Commit()
	}
	return nil
}

// What calls do to the fields of a parameter is not followed.
func twiceFieldGrown(db *sql.DB, o *options) error {
	var tx *sql.Tx
	var err error
	if o.limit < 10 {
		if tx, err = db.Begin(); err != nil {
			return err
		}
	}
	o.grow()
	if o.limit < 10 {
		tx.Commit()
	}
	return nil
}

func twiceMode(db *sql.DB, o *options) error {
	var tx *sql.Tx
	var err error
	switch o.mode {
	case "write":
		if tx, err = db.Begin(); err != nil {
			return err
		}
	}
	switch o.mode {
	case "append":
		return nil
	case "write":
		return tx.Rollback()
	}
	return nil
}

// Either test may have held.
func twiceEither(db *sql.DB, mode string, ids []int, deep bool) error {
	var tx *sql.Tx
	var err error
	if mode == "write" || mode == "append" {
		if tx, err = db.Begin(); err != nil {
			return err
		}
	}
	if mode == "write" || mode == "append" {
		tx.Commit()
	}
	if deep || len(ids) > 3 {
		if tx, err = db.Begin(); err != nil {
			return err
		}
	}
	if len(ids) <= 3 && !deep {
		return nil
	}
	return tx.Commit()
}

func twiceEitherOther(db *sql.DB, mode string, ids []int, deep bool) error {
	var tx *sql.Tx
	var err error
	if deep || len(ids) > 3 || mode == "write" {
		if tx, err = db.Begin(); err != nil { // want "tx.*connleak/tx"
			return err
		}
	}
	if deep || len(ids) > 3 {
		return tx.Commit()
	}
	return nil
}

// What was decided before the acquisition still holds.
func twiceBefore(db *sql.DB, a, b bool) error {
	if !a && !b {
		return nil
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	if a {
		return tx.Commit()
	}
	if b {
		return tx.Rollback()
	}
	return nil
}

// Two values.
func twiceTwo(db *sql.DB, from, to int) error {
	var tx *sql.Tx
	var err error
	if from < to {
		if tx, err = db.Begin(); err != nil {
			return err
		}
	}
	if !(to <= from) {
		return tx.Commit()
	}
	return nil
}

// What holds of less holds of more.
func twiceImplied(db *sql.DB, n, from, to int) error {
	var tx *sql.Tx
	var err error
	if n > 5 && from < to {
		if tx, err = db.Begin(); err != nil {
			return err
		}
	}
	if n > 4 && n != 2 && n >= 0 && from <= to && from != to {
		return tx.Commit()
	}
	return nil
}

func twiceNotImplied(db *sql.DB, n, from, to int) error {
	var tx *sql.Tx
	var err error
	if n < 5 {
		if tx, err = db.Begin(); err != nil { // want "tx.*connleak/tx"
			return err
		}
	}
	if n < 4 {
		return tx.Commit()
	}
	var other *sql.Tx
	if from <= to {
		if other, err = db.Begin(); err != nil { // want "other.*connleak/tx"
			return err
		}
	}
	if from < to {
		return other.Commit()
	}
	return nil
}

func twiceTwoOther(db *sql.DB, from, to int) error {
	var tx *sql.Tx
	var err error
	if from < to {
		if tx, err = db.Begin(); err != nil { // want "tx.*connleak/tx"
			return err
		}
	}
	if to < from {
		return tx.Commit()
	}
	return nil
}

func twiceIs(db *sql.DB, cause error) error {
	var conn *sql.Tx
	var err error
	if errors.Is(cause, io.EOF) {
		if conn, err = db.Begin(); err != nil {
			return err
		}
	}
	if errors.Is(cause, io.EOF) {
		return conn.Commit()
	}
	return nil
}

func twiceIsOther(db *sql.DB, cause error) error {
	var conn *sql.Tx
	var err error
	if errors.Is(cause, io.EOF) {
		if conn, err = db.Begin(); err != nil { // want "conn.*connleak/tx"
			return err
		}
	}
	if errors.Is(cause, io.ErrUnexpectedEOF) {
		return conn.Commit()
	}
	return nil
}

func twicePrefix(db *sql.DB, query string) (n int, err error) {
	var rows *sql.Rows
	if strings.HasPrefix(query, "SELECT") {
		if rows, err = db.Query(query); err != nil {
			return 0, err
		}
	}
	n = len(query)
	if strings.HasPrefix(query, "SELECT") {
		rows.Close()
	}
	return n, nil
}

func twicePrefixOther(db *sql.DB, query string) (n int, err error) {
	var rows *sql.Rows
	if strings.HasPrefix(query, "SELECT") {
		if rows, err = db.Query(query); err != nil { // want "rows.*connleak/rows"
			return 0, err
		}
	}
	if strings.HasPrefix(query, "SELECT DISTINCT") {
		rows.Close()
	}
	return n, nil
}

// What is left is shorter.
func twiceShorter(db *sql.DB, ids []int) (err error) {
	var rows *sql.Rows
	if len(ids) > 0 {
		if rows, err = db.Query("SELECT 1"); err != nil { // want "rows.*connleak/rows"
			return err
		}
		ids = ids[1:]
	}
	if len(ids) > 0 {
		return rows.Close()
	}
	return nil
}

// A loop that eats what it counts.
func twiceEaten(db *sql.DB, ids []int) error {
	rows, err := db.Query("SELECT 1") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	for len(ids) > 0 {
		if ids = ids[1:]; len(ids) > 5 {
			continue
		}
		if len(ids) == 0 {
			return nil
		}
	}
	return rows.Close()
}

// Elements are many values with one name.
func twiceElements(db *sql.DB, ns []int, m map[string]int) error {
	var tx *sql.Tx
	var err error
	if ns[0] > 3 || m["a"] > 3 {
		if tx, err = db.Begin(); err != nil { // want "tx.*connleak/tx"
			return err
		}
	}
	if ns[1] > 3 || m["b"] > 3 {
		return tx.Commit()
	}
	return nil
}

// A map may have got an entry in between.
func twiceMap(db *sql.DB, m map[string]int) error {
	var tx *sql.Tx
	var err error
	if len(m) < 2 {
		if tx, err = db.Begin(); err != nil { // want "tx.*connleak/tx"
			return err
		}
		m["x"] = 1
	}
	if len(m) < 2 {
		return tx.Commit()
	}
	return nil
}

// In each round the test is of another value.
func twiceRounds(db *sql.DB, ns []int) error {
	var tx *sql.Tx
	var err error
	for _, n := range ns {
		if n > 3 {
			if tx, err = db.Begin(); err != nil { // want "tx.*connleak/tx"
				return err
			}
		}
		if n < 2 {
			tx.Commit()
		}
	}
	return nil
}

func twiceInRound(db *sql.DB, ns []int) error {
	for _, n := range ns {
		var tx *sql.Tx
		var err error
		if n > 3 {
			if tx, err = db.Begin(); err != nil {
				return err
			}
		}
		if n > 3 {
			tx.Commit()
		}
	}
	return nil
}

// A count goes on.
func twiceCounted(db *sql.DB, next func() bool) error {
	var tx *sql.Tx
	var err error
	i := 0
	if i < 3 {
		if tx, err = db.Begin(); err != nil { // want "tx.*connleak/tx"
			return err
		}
	}
	for next() {
		i++
	}
	if i < 3 {
		return tx.Commit()
	}
	return nil
}

// Numbers that are none compare with nothing.
func twiceNaN(db *sql.DB, x, y float64) error {
	var tx *sql.Tx
	var err error
	if !(x < y) {
		if tx, err = db.Begin(); err != nil { // want "tx.*connleak/tx"
			return err
		}
	}
	if x >= y {
		return tx.Commit()
	}
	return nil
}

// There is something, so the loop begins.
func twiceAtLeastOnce(db *sql.DB, names []string) error {
	if len(names) == 0 {
		return errors.New("no names")
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	for _, name := range names {
		_, err := tx.Exec(name)
		tx.Rollback()
		return err
	}
	return nil
}

// In the next round one of the two is another.
func twiceNextRound(db *sql.DB, limit int, ns []int) error {
	var tx *sql.Tx
	for _, n := range ns {
		if limit < n {
			if tx == nil {
				var err error
				if tx, err = db.Begin(); err != nil { // want "tx.*connleak/tx"
					return err
				}
			}
			continue
		}
		if tx != nil {
			return errors.New("not in order")
		}
	}
	if tx != nil {
		return tx.Commit()
	}
	return nil
}
