// Package opener opens pools for other packages, some with a limit.
package opener

import "database/sql"

// Open leaves everything to its caller.
func Open(dsn string) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	if err := db.Ping(); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// OpenLimited sets a limit.
func OpenLimited(dsn string) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(20)
	return db, nil
}

// OpenTo sets the limit that it is given.
func OpenTo(dsn string, n int) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(n)
	return db, nil
}

// OpenIf sets the limit that it is given, if it is one.
func OpenIf(dsn string, n int) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	if n > 0 {
		db.SetMaxOpenConns(n)
	}
	return db, nil
}

// OpenFor sets the limit for one of two purposes.
func OpenFor(dsn string, batch bool) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	if batch {
		db.SetMaxOpenConns(2)
	}
	return db, nil
}

// Config is filled by the caller.
type Config struct {
	Driver  string
	DSN     string
	MaxOpen int
}

// OpenConfig applies the configuration.
func OpenConfig(cfg Config) (*sql.DB, error) {
	db, err := sql.Open(cfg.Driver, cfg.DSN)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(cfg.MaxOpen)
	return db, nil
}

// Querier hides what could set a limit.
type Querier interface{ Ping() error }

// OpenQuerier returns its pool under another type.
func OpenQuerier(dsn string) (Querier, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	return db, nil
}
