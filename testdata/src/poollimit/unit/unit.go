// Package unit gives durations to pools.
package unit

import (
	"database/sql"
	"time"

	"github.com/jmoiron/sqlx"
)

func lifetime(db *sql.DB) {
	db.SetConnMaxLifetime(300) // want `SetConnMaxLifetime.300. is 300ns: a duration without a unit counts nanoseconds.*poollimit/unit`
}

func lifetimeUnit(db *sql.DB) {
	db.SetConnMaxLifetime(300 * time.Second)
}

func idleTime(db *sql.DB) {
	db.SetConnMaxIdleTime(60) // want `SetConnMaxIdleTime.60. is 60ns.*poollimit/unit`
}

func idleTimeUnit(db *sql.DB) {
	db.SetConnMaxIdleTime(time.Minute)
}

const seconds = 30

// A constant without a type.
func named(db *sqlx.DB) {
	db.SetConnMaxLifetime(seconds) // want `SetConnMaxLifetime.30. is 30ns.*poollimit/unit`
}

// A conversion changes nothing.
func converted(db *sql.DB) {
	db.SetConnMaxLifetime(time.Duration(1800)) // want `is 1800ns.*poollimit/unit`
}

func multiplied(db *sql.DB) {
	db.SetConnMaxLifetime(seconds * time.Second)
}

// Switched off.
func zero(db *sql.DB) {
	db.SetConnMaxLifetime(0)
	db.SetConnMaxIdleTime(-1)
}

// Not known.
func variable(db *sql.DB, d time.Duration) {
	db.SetConnMaxLifetime(d)
}

// A number of seconds that is no duration yet.
func seconded(db *sql.DB, n int) {
	db.SetConnMaxLifetime(time.Duration(n) * time.Second)
}

// Short, but with its unit.
func millisecond(db *sql.DB) {
	db.SetConnMaxIdleTime(5 * time.Millisecond)
}

// A field of another type has a method of the same name.
type limiter struct{}

func (limiter) SetConnMaxLifetime(d time.Duration) {}

func notAPool(l limiter) { l.SetConnMaxLifetime(300) }

// In a literal.
var tune = func(db *sql.DB) {
	db.SetConnMaxLifetime(300) // want "is 300ns.*poollimit/unit"
}
