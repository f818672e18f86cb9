// Package idle is checked under -poollimit.idle.
package idle

import "database/sql"

type store struct{ db *sql.DB }

// More idle connections than there can be.
func Above(dsn string) (*store, error) {
	db, err := sql.Open("mysql", dsn) // want "db may keep 50 idle connections but opens 20 at most.*poollimit/idle"
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(20)
	db.SetMaxIdleConns(50)
	return &store{db}, nil
}

// The other order.
func AboveFirst(dsn string) (*store, error) {
	db, err := sql.Open("mysql", dsn) // want "db may keep 50 idle connections but opens 20 at most.*poollimit/idle"
	if err != nil {
		return nil, err
	}
	db.SetMaxIdleConns(50)
	db.SetMaxOpenConns(20)
	return &store{db}, nil
}

// Two idle connections are the default.
func Left(dsn string) (*store, error) {
	db, err := sql.Open("mysql", dsn) // want "db opens up to 20 connections and keeps 2 when they are idle.*poollimit/idle"
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(20)
	return &store{db}, nil
}

// A limit that is not above the default.
func Two(dsn string) (*store, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(2)
	return &store{db}, nil
}

// As many as there can be.
func Equal(dsn string) (*store, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(20)
	db.SetMaxIdleConns(20)
	return &store{db}, nil
}

// Fewer, by choice.
func Fewer(dsn string) (*store, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(20)
	db.SetMaxIdleConns(5)
	return &store{db}, nil
}

// Values that are not known.
func Variable(dsn string, n int) (*store, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(n)
	return &store{db}, nil
}

// A helper sets one of them.
func Helped(dsn string) (*store, error) {
	db, err := sql.Open("mysql", dsn) // want "db may keep 25 idle connections but opens 10 at most.*poollimit/idle"
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(10)
	idle(db)
	return &store{db}, nil
}

func idle(db *sql.DB) { db.SetMaxIdleConns(25) }

// The comment has something to suppress under the flag only, and is no mistake
// without it.
func Ignored(dsn string) (*store, error) {
	db, err := sql.Open("mysql", dsn) //connvet:ignore poollimit/idle a burst every hour
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(20)
	db.SetMaxIdleConns(50)
	return &store{db}, nil
}

//connvet:ignore poollimit/idle nothing to suppress // want "matches nothing"
func Nothing() {}
