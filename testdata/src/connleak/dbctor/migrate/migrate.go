// Package migrate has a driver that takes a pool over, but only when it can use it.
package migrate

import (
	"database/sql"
	"errors"
	"fmt"
)

// ErrNilConfig says that there is no configuration.
var ErrNilConfig = errors.New("no config")

// Config configures a Driver.
type Config struct{ Table string }

// Driver owns the pool it was made with.
type Driver struct {
	db     *sql.DB
	config *Config
}

// WithInstance makes a driver of db. On an error the pool is still the caller's.
func WithInstance(db *sql.DB, config *Config) (*Driver, error) {
	if config == nil {
		return nil, ErrNilConfig
	}
	if err := db.Ping(); err != nil {
		return nil, err
	}
	return &Driver{db: db, config: config}, nil
}

// Open makes a driver with a pool of its own.
func Open(dsn string) (*Driver, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	d, err := WithInstance(db, &Config{Table: "schema_migrations"})
	if err != nil {
		return nil, fmt.Errorf("%w (close: %v)", err, db.Close())
	}
	return d, nil
}

// Up migrates.
func (d *Driver) Up() error {
	_, err := d.db.Exec("CREATE TABLE IF NOT EXISTS " + d.config.Table + " (version INT)")
	return err
}

// Close ends the pool.
func (d *Driver) Close() error { return d.db.Close() }
