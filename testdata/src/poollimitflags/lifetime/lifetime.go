// Package lifetime is checked under -poollimit.lifetime.
package lifetime

import (
	"database/sql"
	"time"

	"github.com/go-sql-driver/mysql"
	gormmysql "gorm.io/driver/mysql"
	"gorm.io/gorm"
)

type store struct{ db *sql.DB }

// Neither of the two.
func Neither(dsn string) (*store, error) {
	db, err := sql.Open("mysql", dsn) // want "the connections of db live until the server closes them.*poollimit/lifetime"
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(20)
	return &store{db}, nil
}

// A lifetime.
func Lifetime(dsn string) (*store, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(20)
	db.SetConnMaxLifetime(3 * time.Minute)
	return &store{db}, nil
}

// An idle time.
func IdleTime(dsn string) (*store, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(20)
	db.SetConnMaxIdleTime(time.Minute)
	return &store{db}, nil
}

// A helper sets it.
func Helped(dsn string) (*store, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	tune(db)
	return &store{db}, nil
}

func tune(db *sql.DB) {
	db.SetMaxOpenConns(20)
	db.SetConnMaxLifetime(3 * time.Minute)
}

// A connector of the MySQL driver.
func Connector(cfg *mysql.Config) (*store, error) {
	c, err := mysql.NewConnector(cfg)
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(c) // want "the connections of db live until the server closes them.*poollimit/lifetime"
	db.SetMaxOpenConns(20)
	return &store{db}, nil
}

type orm struct{ db *gorm.DB }

// The dialector of gorm.
func Dialector(dsn string) (*orm, error) {
	db, err := gorm.Open(gormmysql.Open(dsn)) // want "the connections of db live until the server closes them.*poollimit/lifetime"
	if err != nil {
		return nil, err
	}
	pool, err := db.DB()
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(20)
	return &orm{db}, nil
}

// Another server.
func Postgres(dsn string) (*store, error) {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(20)
	return &store{db}, nil
}

// A driver that is not known.
func Unknown(driver, dsn string) (*store, error) {
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(20)
	return &store{db}, nil
}
