// Package x has sqlx in its vendor directory: its import path there is
// connleak/types/x/vendor/github.com/jmoiron/sqlx.
package x

import (
	"errors"

	"github.com/jmoiron/sqlx"
)

var errStop = errors.New("stop")

// A vendored copy is the library.
func vendored(db *sqlx.DB) error {
	rows, err := db.Queryx("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	if !rows.Next() {
		return errStop
	}
	return nil
}

// A vendored copy is the library, and its rows are closed.
func vendoredClosed(db *sqlx.DB) error {
	rows, err := db.Queryx("SELECT id FROM users")
	if err != nil {
		return err
	}
	defer rows.Close()
	if !rows.Next() {
		return errStop
	}
	return nil
}
