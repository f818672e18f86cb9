// Package tuning configures the pools of other packages.
package tuning

import (
	"database/sql"
	"time"
)

// Apply sets all there is.
func Apply(db *sql.DB) {
	db.SetMaxOpenConns(20)
	Lifetimes(db)
}

// ApplyTo sets the limit that it is given.
func ApplyTo(db *sql.DB, n int) *sql.DB {
	db.SetMaxOpenConns(n)
	return db
}

// Lifetimes sets no limit.
func Lifetimes(db *sql.DB) {
	db.SetConnMaxLifetime(time.Minute)
	db.SetConnMaxIdleTime(time.Minute)
}

// Limits can be applied by a method.
type Limits struct{ Open int }

// Apply sets the limit.
func (l Limits) Apply(db *sql.DB) { db.SetMaxOpenConns(l.Open) }
