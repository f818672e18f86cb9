// Package onstarthook is correct code as it stands in services.
package onstarthook

import (
	"context"
	"database/sql"
)

type Hook struct{ OnStart, OnStop func(context.Context) error }
type Lifecycle interface{ Append(Hook) } // fx.Lifecycle

type Store struct{ db *sql.DB }

func NewStore(lc Lifecycle, dsn string) (*Store, error) {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, err
	}
	lc.Append(Hook{
		OnStart: func(ctx context.Context) error {
			db.SetMaxOpenConns(10)
			return db.PingContext(ctx)
		},
		OnStop: func(context.Context) error { return db.Close() },
	})
	return &Store{db: db}, nil
}
