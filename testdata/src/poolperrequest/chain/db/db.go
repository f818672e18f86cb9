// Package db opens pools.
package db

import "database/sql"

// Connect opens one.
func Connect(dsn string) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	return db, nil
}

// Shared opens one, once.
func Shared(dsn string) (*sql.DB, error) {
	if shared == nil {
		db, err := Connect(dsn)
		if err != nil {
			return nil, err
		}
		shared = db
	}
	return shared, nil
}

var shared *sql.DB

// Check opens one and closes it.
func Check(dsn string) error {
	db, err := Connect(dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Ping()
}
