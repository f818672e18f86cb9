// Package lifespan closes pools in the function that has opened them: early, or
// when the server ends.
package lifespan

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"sync"
	"time"
)

type server struct{ db *sql.DB }

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) { _ = s.db.PingContext(r.Context()) }

// It serves until the deferred Close.
func run(addr, dsn string) error {
	db, err := sql.Open("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return err
	}
	defer db.Close()
	return http.ListenAndServe(addr, &server{db: db})
}

// It serves with a limit.
func runLimited(addr, dsn string) error {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(20)
	return http.ListenAndServe(addr, &server{db: db})
}

// It serves until it is told to stop, and closes by hand.
func runClosing(addr, dsn string) error {
	db, err := sql.Open("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return err
	}
	srv := &http.Server{Addr: addr, Handler: &server{db: db}}
	err = srv.ListenAndServe()
	return errors.Join(err, db.Close())
}

// Handlers that are literals.
func runLiteral(addr, dsn string) error {
	db, err := sql.Open("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return err
	}
	defer db.Close()
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { _ = db.PingContext(r.Context()) })
	return http.ListenAndServe(addr, mux)
}

// One statement after the other: one connection.
func migrate(ctx context.Context, dsn string, steps []string) error {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	for _, s := range steps {
		if _, err := db.ExecContext(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// Through helpers of the package.
func migrateHelped(ctx context.Context, dsn string, steps []string) error {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	m := &migrator{db: db}
	return m.run(ctx, steps)
}

type migrator struct{ db *sql.DB }

func (m *migrator) run(ctx context.Context, steps []string) error {
	for _, s := range steps {
		if _, err := m.db.ExecContext(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// A check that closes on each path.
func check(ctx context.Context, dsn string) error {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	err = db.PingContext(ctx)
	return errors.Join(err, db.Close())
}

// A literal on the spot is no other owner.
func checkLiteral(ctx context.Context, dsn string) (err error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	ping := func() error { return db.PingContext(ctx) }
	return ping()
}

// As many goroutines as there are steps.
func parallel(ctx context.Context, dsn string, steps []string) error {
	db, err := sql.Open("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return err
	}
	defer db.Close()
	var wg sync.WaitGroup
	for _, s := range steps {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_, _ = db.ExecContext(ctx, s)
		}()
	}
	wg.Wait()
	return nil
}

// With a limit.
func parallelLimited(ctx context.Context, dsn string, steps []string) error {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(4)
	var wg sync.WaitGroup
	for _, s := range steps {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_, _ = db.ExecContext(ctx, s)
		}()
	}
	wg.Wait()
	return nil
}
