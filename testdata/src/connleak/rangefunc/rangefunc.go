// Package rangefunc has iterator functions: those that produce from rows, and
// loop bodies that acquire.
package rangefunc

import (
	"database/sql"
	"errors"
	"iter"
	"slices"
)

var errStop = errors.New("stop")

// A producer with a deferred Close: the consumer's break ends it properly.
func users(db *sql.DB) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		rows, err := db.Query("SELECT id FROM users")
		if err != nil {
			yield(0, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			var id int
			err := rows.Scan(&id)
			if !yield(id, err) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(0, err)
		}
	}
}

// A producer that returns on the consumer's break, with the rows open.
func usersLeft(db *sql.DB) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
		if err != nil {
			yield(0, err)
			return
		}
		for rows.Next() {
			var id int
			err := rows.Scan(&id)
			if !yield(id, err) {
				return
			}
		}
	}
}

// A producer over rows that its maker already opened: whoever ranges closes them.
func ids(rows *sql.Rows) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer rows.Close()
		for rows.Next() {
			var id int
			if rows.Scan(&id) != nil || !yield(id) {
				return
			}
		}
	}
}

// Ranging over the producer owes nothing, wherever the loop is left.
func firstUser(db *sql.DB) (int, error) {
	for id, err := range users(db) {
		if err != nil {
			return 0, err
		}
		if id > 10 {
			return id, nil
		}
	}
	return 0, errStop
}

// Ranging over the producer that closes what it was given.
func firstID(db *sql.DB) (int, error) {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return 0, err
	}
	for id := range ids(rows) {
		return id, nil
	}
	return 0, errStop
}

// Pull runs the producer, and stop ends it.
func secondUser(db *sql.DB) (int, error) {
	next, stop := iter.Pull2(users(db))
	defer stop()
	next()
	id, err, ok := next()
	if !ok {
		return 0, errStop
	}
	return id, err
}

// What the body acquires and releases in one round.
func children(db *sql.DB) (n int, err error) {
	for id, err := range users(db) {
		if err != nil {
			return n, err
		}
		rows, err := db.Query("SELECT id FROM children WHERE parent = ?", id)
		if err != nil {
			return n, err
		}
		for rows.Next() {
			n++
		}
	}
	return n, nil
}

// A return out of the body leaves the round's rows open.
func childrenReturn(db *sql.DB) (n int, err error) {
	for id, err := range users(db) {
		if err != nil {
			return n, err
		}
		rows, err := db.Query("SELECT id FROM children WHERE parent = ?", id) // want "rows.*connleak/rows"
		if err != nil {
			return n, err
		}
		if rows.Next() {
			return id, nil
		}
	}
	return 0, errStop
}

// A return out of the body, with the rows closed before it.
func childrenReturnClosed(db *sql.DB) (n int, err error) {
	for id, err := range users(db) {
		if err != nil {
			return n, err
		}
		rows, err := db.Query("SELECT id FROM children WHERE parent = ?", id)
		if err != nil {
			return n, err
		}
		found := rows.Next()
		if err := rows.Close(); err != nil {
			return 0, err
		}
		if found {
			return id, nil
		}
	}
	return 0, errStop
}

// A continue of the body leaves the round's rows open.
func childrenContinue(db *sql.DB, wanted []int) (n int, err error) {
	for _, id := range slices.Backward(wanted) {
		rows, err := db.Query("SELECT id FROM children WHERE parent = ?", id) // want "rows.*connleak/rows"
		if err != nil {
			return 0, err
		}
		cols, err := rows.Columns()
		if err != nil {
			continue
		}
		n += len(cols)
		rows.Close()
	}
	return n, nil
}

// A defer in the body runs when the function ends, not when the body does: late, but no leak.
func childrenDeferred(db *sql.DB, wanted []int) (n int, err error) {
	for _, id := range slices.Backward(wanted) {
		rows, err := db.Query("SELECT id FROM children WHERE parent = ?", id)
		if err != nil {
			return 0, err
		}
		defer rows.Close()
		if rows.Next() {
			return id, nil
		}
	}
	return 0, errStop
}

// Opened outside, and a return out of the body forgets it.
func outsideReturn(db *sql.DB, wanted []int) error {
	tx, err := db.Begin() // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	for id := range slices.Values(wanted) {
		if _, err := tx.Exec("DELETE FROM users WHERE id = ?", id); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// Opened outside, and the body rolls back before it returns.
func outsideReturnRolledBack(db *sql.DB, wanted []int) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	for id := range slices.Values(wanted) {
		if _, err := tx.Exec("DELETE FROM users WHERE id = ?", id); err != nil {
			tx.Rollback()
			return err
		}
	}
	return tx.Commit()
}

// Opened outside, and a break out of the body leads to the Rollback.
func outsideBreak(db *sql.DB, wanted []int) (err error) {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	for id := range slices.Values(wanted) {
		if _, err = tx.Exec("DELETE FROM users WHERE id = ?", id); err != nil {
			break
		}
	}
	if err != nil {
		tx.Rollback()
		return err
	}
	return tx.Commit()
}
