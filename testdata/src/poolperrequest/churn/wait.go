package churn

import (
	"context"
	"database/sql"
	"time"
)

// The loop ends with the first connection that is made.
func WaitForServer(ctx context.Context, dsn string) error {
	t := time.NewTicker(500 * time.Millisecond)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-t.C:
			if err := tryServer(ctx, dsn); err != nil {
				continue
			}
			return nil
		}
	}
}

func tryServer(ctx context.Context, dsn string) error {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.PingContext(ctx)
}

// This one goes on: a check every now and then.
func Watch(ctx context.Context, dsn string, down chan<- error) error {
	t := time.NewTicker(500 * time.Millisecond)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-t.C:
			if err := tryServer(ctx, dsn); err != nil { // want "a pool is opened and closed for each tick.*poolperrequest/churn"
				down <- err
			}
		}
	}
}
