// Package store opens pools for others.
package store

import "database/sql"

// Open returns the pool: its callers settle it.
func Open(dsn string, max int) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(max)
	return db, nil
}

// Unused is returned to nobody.
func Unused() (*sql.DB, error) { return sql.Open("mysql", "/unused") }

var audit = mustOpen("/audit")

func mustOpen(dsn string) *sql.DB {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		panic(err)
	}
	return db
}

// Ping asks the audit database.
func Ping() error { return audit.Ping() }
