package main

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"time"
)

// connect waits for the database to come up.
func connect(ctx context.Context, dsn string) (*sql.DB, error) {
	for {
		db, err := open(ctx, dsn)
		if err == nil {
			return db, nil
		}
		slog.Info("no database yet", "err", err)
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

// open opens the pool and checks that the server answers.
func open(ctx context.Context, dsn string) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(20)
	db.SetConnMaxLifetime(5 * time.Minute)
	if err := db.PingContext(ctx); err != nil {
		return nil, fmt.Errorf("ping: %w", err)
	}
	return db, nil
}
