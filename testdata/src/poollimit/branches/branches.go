// Package branches sets limits on some branches, or on all.
package branches

import (
	"database/sql"
	"errors"
)

type store struct{ db *sql.DB }

// Both arms.
func BothArms(dsn string, production bool) (*store, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	if production {
		db.SetMaxOpenConns(50)
	} else {
		db.SetMaxOpenConns(5)
	}
	return &store{db}, nil
}

// One arm.
func OneArm(dsn string, production bool) (*store, error) {
	db, err := sql.Open("mysql", dsn) // want "db has a limit on some paths only.*poollimit/partial"
	if err != nil {
		return nil, err
	}
	if production {
		db.SetMaxOpenConns(50)
	}
	return &store{db}, nil
}

// One arm says that there is none.
func ZeroArm(dsn string, production bool) (*store, error) {
	db, err := sql.Open("mysql", dsn) // want "db has no limit, because SetMaxOpenConns.0. means none.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	if production {
		db.SetMaxOpenConns(50)
	} else {
		db.SetMaxOpenConns(0)
	}
	return &store{db}, nil
}

// All cases of a switch but one.
func Cases(dsn, size string) (*store, error) {
	db, err := sql.Open("mysql", dsn) // want "db has a limit on some paths only.*poollimit/partial"
	if err != nil {
		return nil, err
	}
	switch size {
	case "small":
		db.SetMaxOpenConns(5)
	case "large":
		db.SetMaxOpenConns(50)
	}
	return &store{db}, nil
}

// All cases of a switch.
func AllCases(dsn, size string) (*store, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	switch size {
	case "small":
		db.SetMaxOpenConns(5)
	case "large":
		db.SetMaxOpenConns(50)
	default:
		db.Close()
		return nil, errors.New("unknown size")
	}
	return &store{db}, nil
}

type earlyStore struct{ db *sql.DB }

// An early return keeps the pool.
func Early(dsn string, lazy bool) (*earlyStore, error) {
	db, err := sql.Open("mysql", dsn) // want "db has a limit on some paths only.*poollimit/partial"
	if err != nil {
		return nil, err
	}
	s := &earlyStore{db}
	if lazy {
		return s, nil
	}
	s.db.SetMaxOpenConns(10)
	return s, nil
}

// An early return drops it.
func EarlyClosed(dsn string) (*store, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	if db.Ping() != nil {
		db.Close()
		return nil, errors.New("no database")
	}
	db.SetMaxOpenConns(10)
	return &store{db}, nil
}

// In a loop that may not run.
func Looped(dsn string, options []func(*sql.DB)) (*store, error) {
	db, err := sql.Open("mysql", dsn) // want "db has a limit on some paths only.*poollimit/partial"
	if err != nil {
		return nil, err
	}
	for range options {
		db.SetMaxOpenConns(10)
	}
	return &store{db}, nil
}

// One variable, two drivers, one limit.
func TwoDrivers(dsn string, replica bool) (*store, error) {
	var db *sql.DB
	var err error
	if replica {
		db, err = sql.Open("mysql", dsn)
	} else {
		db, err = sql.Open("mysql-traced", dsn)
	}
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(10)
	return &store{db}, nil
}

// One variable, two drivers, and the limit of one.
func TwoDriversOne(dsn string, replica bool) (*store, error) {
	var db *sql.DB
	var err error
	if replica {
		db, err = sql.Open("mysql", dsn)
		if err == nil {
			db.SetMaxOpenConns(10)
		}
	} else {
		db, err = sql.Open("mysql-traced", dsn) // want "db has no limit.*poollimit/unbounded"
	}
	if err != nil {
		return nil, err
	}
	return &store{db}, nil
}

// A helper that sets the limit in one of its arms.
func Helped(dsn string, production bool) (*store, error) {
	db, err := sql.Open("mysql", dsn) // want "db has a limit on some paths only.*poollimit/partial"
	if err != nil {
		return nil, err
	}
	tune(db, production)
	return &store{db}, nil
}

func tune(db *sql.DB, production bool) {
	if production {
		db.SetMaxOpenConns(50)
	}
}
