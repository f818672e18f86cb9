package loops

import (
	"context"
	"database/sql"
	"errors"
	"log"
	"time"
)

// A pool for each of a list, closed in each round unless its Ping fails. That is a
// leak of the function that opens it, which connleak reports, and no more.
func Each(ctx context.Context, dsns []string) error {
	var errs []error
	for _, dsn := range dsns {
		errs = append(errs, analyze(ctx, dsn))
	}
	return errors.Join(errs...)
}

func analyze(ctx context.Context, dsn string) error {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	if err := db.PingContext(ctx); err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, "ANALYZE TABLE t")
	return err
}

func EachConnected(names []string) {
	for _, name := range names {
		db, err := connectTo("mysql://localhost/" + name)
		if err != nil {
			log.Print(err)
			continue
		}
		db.Exec("ANALYZE TABLE t")
		db.Close()
	}
}

func connectTo(dsn string) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	if err := db.Ping(); err != nil {
		return nil, err
	}
	return db, nil
}

// Tried again and again until it works: each attempt leaves one.
func Retry(dsn string) *sql.DB {
	for {
		db, err := connectTo(dsn) // want "a pool is opened in each round of a loop.*poolperrequest/loop"
		if err == nil {
			return db
		}
		time.Sleep(time.Second)
	}
}

// Left open where it works.
func EachLeft(ctx context.Context, dsns []string) {
	for _, dsn := range dsns {
		if err := forgotten(ctx, dsn); err != nil { // want "a pool is opened in each round of a loop.*poolperrequest/loop"
			log.Print(err)
		}
	}
}

func forgotten(ctx context.Context, dsn string) error {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	if err := db.PingContext(ctx); err != nil {
		db.Close()
		return err
	}
	_, err = db.ExecContext(ctx, "ANALYZE TABLE t")
	return nil
}
