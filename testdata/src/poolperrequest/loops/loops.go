// Package loops opens pools in loops and in the goroutines that they start.
package loops

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"
)

// It tries until the database answers, with a new pool each time.
func retry(ctx context.Context, dsn string) (*sql.DB, error) {
	for ctx.Err() == nil {
		db, err := sql.Open("mysql", dsn) // want "a pool is opened in each round of a loop and left open.*poolperrequest/loop"
		if err != nil {
			return nil, err
		}
		if err := db.PingContext(ctx); err == nil {
			return db, nil
		}
		time.Sleep(time.Second)
	}
	return nil, ctx.Err()
}

// It closes what did not answer.
func retryClosed(ctx context.Context, dsn string) (*sql.DB, error) {
	for ctx.Err() == nil {
		db, err := sql.Open("mysql", dsn)
		if err != nil {
			return nil, err
		}
		if err := db.PingContext(ctx); err == nil {
			return db, nil
		}
		db.Close()
		time.Sleep(time.Second)
	}
	return nil, ctx.Err()
}

// It pings in the loop.
func retryPing(ctx context.Context, dsn string) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	for db.PingContext(ctx) != nil {
		if ctx.Err() != nil {
			db.Close()
			return nil, ctx.Err()
		}
		time.Sleep(time.Second)
	}
	return db, nil
}

// Only the error is retried: then there is no pool.
func retryError(dsn string) (db *sql.DB, err error) {
	for range 5 {
		if db, err = sql.Open("mysql", dsn); err == nil {
			return db, nil
		}
		time.Sleep(time.Second)
	}
	return nil, err
}

// It is left as soon as one is open.
func first(dsns []string) (*sql.DB, error) {
	for _, dsn := range dsns {
		db, err := sql.Open("mysql", dsn)
		if err != nil {
			continue
		}
		return db, nil
	}
	return nil, errors.New("no database")
}

// The first that answers; the others are lost.
func firstAnswering(dsns []string) (*sql.DB, error) {
	for _, dsn := range dsns {
		db, err := sql.Open("mysql", dsn) // want "in each round of a loop and left open.*poolperrequest/loop"
		if err != nil {
			continue
		}
		if db.Ping() != nil {
			continue
		}
		return db, nil
	}
	return nil, errors.New("no database")
}

// A helper opens, the loop loses.
func watch(ctx context.Context, dsn string) {
	for ctx.Err() == nil {
		if err := healthy(ctx, dsn); err != nil { // want "in each round of a loop and left open.*poolperrequest/loop"
			return
		}
		time.Sleep(time.Second)
	}
}

func healthy(ctx context.Context, dsn string) error {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	return db.PingContext(ctx)
}

// A helper opens and closes.
func watchClosed(ctx context.Context, dsn string) {
	for ctx.Err() == nil {
		if err := healthyClosed(ctx, dsn); err != nil {
			return
		}
		time.Sleep(time.Second)
	}
}

func healthyClosed(ctx context.Context, dsn string) error {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.PingContext(ctx)
}

// One for each of a list, kept.
func shards(dsns []string) (all []*sql.DB, err error) {
	for _, dsn := range dsns {
		db, err := sql.Open("mysql", dsn)
		if err != nil {
			return nil, err
		}
		all = append(all, db)
	}
	return all, nil
}

// The same without an error path.
func mustShards(dsns []string) []*sqlx.DB {
	var all []*sqlx.DB
	for _, dsn := range dsns {
		all = append(all, sqlx.MustOpen("mysql", dsn))
	}
	return all
}

// One for each of a list, kept by name.
func tenants(dsns map[string]string) (map[string]*sql.DB, error) {
	byName := make(map[string]*sql.DB)
	for name, dsn := range dsns {
		db, err := sql.Open("mysql", dsn)
		if err != nil {
			return nil, err
		}
		byName[name] = db
	}
	return byName, nil
}

// One for each of a list, used and closed.
func migrateAll(dsns []string) error {
	for _, dsn := range dsns {
		db, err := sql.Open("mysql", dsn)
		if err != nil {
			return err
		}
		_, err = db.Exec("ALTER TABLE t ADD c INT")
		db.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// One for each of a list, used and left.
func migrateAllLeft(dsns []string) error {
	for _, dsn := range dsns {
		db, err := sql.Open("mysql", dsn) // want "in each round of a loop and left open.*poolperrequest/loop"
		if err != nil {
			return err
		}
		if _, err := db.Exec("ALTER TABLE t ADD c INT"); err != nil {
			return err
		}
	}
	return nil
}

// A goroutine for each of a list.
func parallel(dsn string, steps []string) {
	var wg sync.WaitGroup
	for _, s := range steps {
		wg.Add(1)
		go func() {
			defer wg.Done()
			db, err := sql.Open("mysql", dsn) // want "a pool is opened and closed in each goroutine of a loop.*poolperrequest/goroutine"
			if err != nil {
				return
			}
			defer db.Close()
			_, _ = db.Exec(s)
		}()
	}
	wg.Wait()
}

// A declared function in each.
func workers(dsn string) {
	for range 10 {
		go work(dsn) // want "a pool is opened in each goroutine of a loop and left open.*poolperrequest/goroutine"
	}
}

func work(dsn string) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return
	}
	_, _ = db.Exec("DELETE FROM t")
}

// Goroutines that share one.
func sharing(dsn string, steps []string) error {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	var wg sync.WaitGroup
	for _, s := range steps {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_, _ = db.Exec(s)
		}()
	}
	wg.Wait()
	return nil
}
