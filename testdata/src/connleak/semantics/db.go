package semantics

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"net/http"
	"time"
)

// A pool per request, never closed.
func countHandler(w http.ResponseWriter, r *http.Request) {
	db, err := sql.Open("mysql", "app@/shop") // want "db.*connleak/db"
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	var n int
	if err := db.QueryRow("SELECT COUNT(*) FROM orders").Scan(&n); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusOK)
}

// A pool per call, closed: not this pass's business.
func countOnce(dsn string) (n int, err error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	err = db.QueryRow("SELECT COUNT(*) FROM orders").Scan(&n)
	return n, err
}

// OpenDB has no error; the pool is dropped when Ping fails, and also when it does not.
func reachable(ctx context.Context, c driver.Connector) error {
	db := sql.OpenDB(c) // want "db.*connleak/db"
	return db.PingContext(ctx)
}

// OpenDB with Close.
func reachableClosed(ctx context.Context, c driver.Connector) error {
	db := sql.OpenDB(c)
	defer db.Close()
	return db.PingContext(ctx)
}

// A returned pool is the caller's.
func openPool(dsn string) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(10)
	db.SetConnMaxLifetime(time.Minute)
	return db, nil
}

var shared *sql.DB

// A pool kept by the package lives on.
func initShared(dsn string) error {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	shared = db
	return nil
}

type server struct{ db *sql.DB }

// Handed over to a struct that is returned.
func newServer(dsn string) (*server, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	return &server{db: db}, nil
}

// Sent to somebody else.
func openAsync(dsn string, out chan<- *sql.DB) error {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	out <- db
	return nil
}
