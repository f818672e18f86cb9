// Package libs opens pools through libraries.
package libs

import (
	"database/sql"

	"github.com/jmoiron/sqlx"
)

// Sqlx stores a pool of sqlx.
type Sqlx struct{ db *sqlx.DB }

// SqlxConnect sets no limit.
func SqlxConnect(dsn string) (*Sqlx, error) {
	db, err := sqlx.Connect("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return &Sqlx{db}, nil
}

// SqlxMustConnect sets none either.
func SqlxMustConnect(dsn string) *Sqlx {
	db := sqlx.MustConnect("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	return &Sqlx{db}
}

// SqlxPromoted calls the method that sqlx.DB gets from sql.DB.
func SqlxPromoted(dsn string) (*Sqlx, error) {
	db, err := sqlx.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(20)
	return &Sqlx{db}, nil
}

// SqlxField calls it on the field.
func SqlxField(dsn string) (*Sqlx, error) {
	db, err := sqlx.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	db.DB.SetMaxOpenConns(20)
	return &Sqlx{db}, nil
}

// SqlxHelper gives the field to a helper.
func SqlxHelper(dsn string) (*Sqlx, error) {
	db, err := sqlx.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	limit(db.DB)
	return &Sqlx{db}, nil
}

func limit(db *sql.DB) { db.SetMaxOpenConns(20) }

// SqlxWrapped wraps a pool with a limit.
func SqlxWrapped(dsn string) (*Sqlx, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(20)
	return &Sqlx{sqlx.NewDb(db, "mysql")}, nil
}

// SqlxWrappedFirst wraps a pool and sets the limit of the wrapper.
func SqlxWrappedFirst(dsn string) (*Sqlx, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	x := sqlx.NewDb(db, "mysql")
	x.SetMaxOpenConns(20)
	return &Sqlx{x}, nil
}

// SqlxWrappedBare wraps a pool without a limit.
func SqlxWrappedBare(dsn string) (*Sqlx, error) {
	db, err := sql.Open("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return &Sqlx{sqlx.NewDb(db, "mysql")}, nil
}
