// Package embeddeddb opens databases that live in the process: no server
// counts their connections.
package embeddeddb

import (
	"database/sql"

	"github.com/jmoiron/sqlx"
	"gorm.io/driver/mysql"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

type store struct{ db *sql.DB }

type xstore struct{ db *sqlx.DB }

type gstore struct{ db *gorm.DB }

// By the name of the driver.
func SQLite3(path string) (*store, error) {
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		return nil, err
	}
	return &store{db}, nil
}

// The driver without cgo.
func SQLite(path string) (*store, error) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return nil, err
	}
	return &store{db}, nil
}

const driver = "duckdb"

// A constant.
func DuckDB(path string) (*store, error) {
	db, err := sql.Open(driver, path)
	if err != nil {
		return nil, err
	}
	return &store{db}, nil
}

// Through sqlx.
func Sqlx(path string) (*xstore, error) {
	db, err := sqlx.Open("sqlite3", path)
	if err != nil {
		return nil, err
	}
	return &xstore{db}, nil
}

// By the dialector of gorm.
func Gorm(path string) (*gstore, error) {
	db, err := gorm.Open(sqlite.Open(path), &gorm.Config{})
	if err != nil {
		return nil, err
	}
	return &gstore{db}, nil
}

// One of two dialectors, by what the configuration says.
func GormEither(kind, dsn string) (*gstore, error) {
	var d gorm.Dialector
	if kind == "sqlite" {
		d = sqlite.Open(dsn)
	} else {
		d = mysql.Open(dsn)
	}
	db, err := gorm.Open(d, &gorm.Config{}) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return &gstore{db}, nil
}

// A helper is given the name.
func Helped(path string) (*store, error) {
	db, err := open("sqlite3", path)
	if err != nil {
		return nil, err
	}
	return &store{db}, nil
}

// The same helper with a server.
func HelpedServer(dsn string) (*store, error) {
	db, err := open("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return &store{db}, nil
}

func open(driver, dsn string) (*sql.DB, error) { return sql.Open(driver, dsn) }

// The name comes from the configuration: it may be a server.
func Configured(driver, dsn string) (*store, error) {
	db, err := sql.Open(driver, dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return &store{db}, nil
}

// Embedded in one arm.
func Arms(memory bool, dsn string) (*store, error) {
	var db *sql.DB
	var err error
	if memory {
		db, err = sql.Open("sqlite3", ":memory:")
	} else {
		db, err = sql.Open("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	}
	if err != nil {
		return nil, err
	}
	return &store{db}, nil
}

// The server has a limit, the file needs none.
func ArmsLimited(memory bool, dsn string) (*store, error) {
	if memory {
		db, err := sql.Open("sqlite3", ":memory:")
		if err != nil {
			return nil, err
		}
		return &store{db}, nil
	}
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(10)
	return &store{db}, nil
}
