// Package wording has a finding for each sentence of the strict mode.
package wording

import "database/sql"

func plain(db *sql.DB) error {
	rows, err := db.Query("SELECT 1") // want "not by a defer"
	if err != nil {
		return err
	}
	_, err = rows.Columns()
	rows.Close()
	return err
}

func deferred(db *sql.DB) error {
	rows, err := db.Query("SELECT 1")
	if err != nil {
		return err
	}
	defer rows.Close()
	_, err = rows.Columns()
	return err
}

func transaction(db *sql.DB) error {
	tx, err := db.Begin() // want "not by a defer"
	if err != nil {
		return err
	}
	if _, err := tx.Exec("DELETE FROM users"); err != nil {
		tx.Rollback()
		return err
	}
	return tx.Commit()
}
