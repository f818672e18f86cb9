package dynamic

import (
	"database/sql"
	"errors"
)

type dialect struct {
	Open func(dsn string) (func(driver, dsn string) (*sql.DB, error), error)
}

// The opener is sql.Open unless the dialect has one of its own.
func openBy(d dialect, dsn string) (*sql.DB, error) {
	open := sql.Open
	if d.Open != nil {
		var err error
		if open, err = d.Open(dsn); err != nil {
			return nil, err
		}
	}
	db, err := open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	return db, nil
}

func replacedOpener(d dialect, bad bool) error {
	db, err := openBy(d, "") // want `db is not closed on every path: the return at line 34 .*`
	if err != nil {
		return err
	}
	if bad {
		return errors.New("bad")
	}
	return db.Close()
}

func replacedOpenerClean(d dialect, bad bool) error {
	db, err := openBy(d, "")
	if err != nil {
		return err
	}
	defer db.Close()
	if bad {
		return errors.New("bad")
	}
	return db.Ping()
}

// The other way round.
func chosenOpener(second bool, other func(string, string) (*sql.DB, error)) error {
	open := other
	if second {
		open = sql.Open
	}
	db, err := open("mysql", "") // want `db is not closed on every path: the return at line 62 .*`
	if err != nil {
		return err
	}
	if err := db.Ping(); err != nil {
		return err
	}
	return db.Close()
}
