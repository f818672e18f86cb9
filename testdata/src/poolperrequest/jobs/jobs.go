// Package jobs opens pools in what runs again and again by the clock.
package jobs

import (
	"context"
	"database/sql"
	"time"

	"github.com/robfig/cron/v3"
)

func connect() (*sql.DB, error) { return sql.Open("mysql", "tcp(db)/app") }

type job struct{ db *sql.DB }

// Run is what cron runs.
func (j *job) Run() {
	db, err := connect() // want "a pool is opened for each job and left open.*poolperrequest/consumer"
	if err == nil {
		_ = db.Ping()
	}
}

type sharing struct{ db *sql.DB }

func (j *sharing) Run() { _ = j.db.Ping() }

func clean() {
	db, err := connect() // want "a pool is opened for each job and left open.*poolperrequest/consumer"
	if err == nil {
		_ = db.Ping()
	}
}

// The same, which nothing schedules.
func cleanOnce() {
	db, err := connect()
	if err == nil {
		_ = db.Ping()
	}
}

func schedule(c *cron.Cron) error {
	db, err := connect()
	if err != nil {
		return err
	}
	_, _ = c.AddFunc("@daily", clean)
	_, _ = c.AddJob("@daily", &job{})
	_, _ = c.AddJob("@daily", &sharing{db})
	_, err = c.AddFunc("@hourly", func() {
		db, err := connect() // want "a pool is opened for each job and left open.*poolperrequest/consumer"
		if err == nil {
			_ = db.Ping()
		}
	})
	return err
}

// A ticker.
func ticks(ctx context.Context) error {
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-t.C:
			db, err := connect() // want "a pool is opened for each tick and left open.*poolperrequest/consumer"
			if err != nil {
				return err
			}
			_ = db.PingContext(ctx)
		}
	}
}

// A ticker with one pool.
func ticksShared(ctx context.Context) error {
	db, err := connect()
	if err != nil {
		return err
	}
	defer db.Close()
	for range time.Tick(time.Minute) {
		if err := db.PingContext(ctx); err != nil {
			return err
		}
	}
	return nil
}
