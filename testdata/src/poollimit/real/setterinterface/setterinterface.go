// Package setterinterface is correct code as it stands in services.
package setterinterface

import "database/sql"

type pool interface {
	SetMaxOpenConns(int)
	SetMaxIdleConns(int)
}

func tune(p pool) {
	p.SetMaxOpenConns(10)
	p.SetMaxIdleConns(10)
}

type Store struct{ db *sql.DB }

func NewStore(dsn string) (*Store, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	tune(db)
	return &Store{db: db}, nil
}
