// Package methodvalue is correct code as it stands in services.
package methodvalue

import "database/sql"

type config struct{ MaxOpen, MaxIdle int }
type Store struct{ db *sql.DB }

func setIf(n int, set func(int)) {
	if n > 0 {
		set(n)
	}
}

func NewStore(dsn string, c config) (*Store, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	setIf(c.MaxOpen, db.SetMaxOpenConns)
	setIf(c.MaxIdle, db.SetMaxIdleConns)
	return &Store{db: db}, nil
}
