package dynamic

import (
	"database/sql"
	"runtime"
)

// A finalizer releases it, whatever a call before may have done with it.
type finalized struct{ db *sql.DB }

func (f *finalized) Close() error { return f.db.Close() }

type initializer interface{ Init(*sql.DB) error }

func newFinalized(d initializer, dsn string) (*finalized, error) {
	db, err := sql.Open("mysql", dsn) // want "db.*connleak/db"
	if err != nil {
		return nil, err
	}
	if err := d.Init(db); err != nil {
		return nil, err
	}
	f := &finalized{db}
	runtime.SetFinalizer(f, (*finalized).Close)
	return f, nil
}

func useFinalized(d initializer, dsn string) error {
	f, err := newFinalized(d, dsn)
	if err != nil {
		return err
	}
	return f.db.Ping()
}
