package defers

import (
	"database/sql"
	"fmt"
)

// Panic, error or success: each is ended in one deferred closure.
func recoverIdiom(db *sql.DB, work func(*sql.Tx) error) (err error) {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer func() {
		if p := recover(); p != nil {
			tx.Rollback()
			panic(p)
		} else if err != nil {
			tx.Rollback()
		} else {
			err = tx.Commit()
		}
	}()
	return work(tx)
}

// Only the panic is thought of.
func recoverOnly(db *sql.DB) error {
	tx, err := db.Begin() // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	defer func() {
		if p := recover(); p != nil {
			tx.Rollback()
			panic(p)
		}
	}()
	if _, err := tx.Exec("DELETE FROM users"); err != nil {
		return err
	}
	return tx.Commit()
}

// The deferred closure returns early when there is nothing to undo.
func undoOnError(db *sql.DB) (err error) {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer func() {
		if err == nil {
			return
		}
		if rerr := tx.Rollback(); rerr != nil && rerr != sql.ErrTxDone {
			err = fmt.Errorf("%w (rollback: %v)", err, rerr)
		}
	}()
	if _, err := tx.Exec("DELETE FROM users"); err != nil {
		return err // sets the named result, shadowed or not
	}
	return tx.Commit()
}

// The deferred closure reads a local err, which the shadowed one never reaches: no result is named here.
func undoShadowed(db *sql.DB) error {
	tx, err := db.Begin() // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			tx.Rollback()
		}
	}()
	if _, err := tx.Exec("DELETE FROM users"); err != nil {
		return err
	}
	return tx.Commit()
}

// The same with the one err assigned.
func undoAssigned(db *sql.DB) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			tx.Rollback()
		}
	}()
	if _, err = tx.Exec("DELETE FROM users"); err != nil {
		return err
	}
	return tx.Commit()
}

// The deferred closure undoes on an error that is not the one which is returned.
func undoOtherError(db *sql.DB) (err error) {
	tx, err := db.Begin() // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	var insertErr error
	defer func() {
		if insertErr != nil {
			tx.Rollback()
		}
	}()
	if _, insertErr = tx.Exec("INSERT INTO users VALUES (1)"); insertErr != nil {
		return insertErr
	}
	if _, err = tx.Exec("INSERT INTO groups VALUES (1)"); err != nil {
		return err
	}
	return tx.Commit()
}

// Rollback deferred first, Commit in a later closure that therefore runs before it.
func twoDefers(db *sql.DB) (err error) {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	defer func() {
		if err == nil {
			err = tx.Commit()
		}
	}()
	_, err = tx.Exec("DELETE FROM users")
	return err
}

// The named result is cleared before it is looked at.
func cleared(db *sql.DB) (err error) {
	tx, err := db.Begin() // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			tx.Rollback()
		}
	}()
	if _, err = tx.Exec("DELETE FROM users"); err != nil {
		return nil // the table may be missing
	}
	return tx.Commit()
}
