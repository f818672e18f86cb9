package fixes

import (
	"context"
	"database/sql"
	"fmt"
	"log"
)

// The pool is closed where it is dropped.
func connect(dsn string) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn) // want "db.*connleak/db"
	if err != nil {
		return nil, err
	}
	if err := db.Ping(); err != nil {
		return nil, fmt.Errorf("ping: %w", err)
	}
	switch err := setUp(db); {
	case err != nil:
		// Nothing can be done about it.
		return nil, err
	default:
		return db, nil
	}
}

func setUp(db *sql.DB) error {
	_, err := db.Exec("SET NAMES utf8mb4")
	return err
}

// store keeps a connection.
type store struct {
	conn *sql.Conn
	name string
}

func (s *store) Close() error { return s.conn.Close() }

func (s *store) check(ctx context.Context) error {
	return s.conn.QueryRowContext(ctx, "SELECT name FROM store").Scan(&s.name)
}

func newStore(ctx context.Context, db *sql.DB) (*store, error) {
	conn, err := db.Conn(ctx) // want "conn.*connleak/conn"
	if err != nil {
		return nil, err
	}
	s := &store{conn: conn}
	if err := s.check(ctx); err != nil {
		return nil, err
	}
	return s, nil
}

// The owner is closed instead of what it owns.
func nameOf(ctx context.Context, db *sql.DB) (string, error) {
	s, err := newStore(ctx, db) // want "s .*connleak/wrapper"
	if err != nil {
		return "", err
	}
	return s.name, nil
}

// An owner that one path closes is closed on the other, not twice.
func nameOnce(ctx context.Context, db *sql.DB) error {
	s, err := newStore(ctx, db) // want "s .*connleak/wrapper"
	if err != nil {
		return err
	}
	if s.name == "" {
		return errStop
	}
	return s.Close()
}

// withClose returns the pool and what closes it.
func withClose(dsn string) (name string, done func() error, err error) {
	db, err := sql.Open("mysql", dsn) // want "db.*connleak/db"
	if err != nil {
		return "", nil, err
	}
	if err := db.QueryRow("SELECT name FROM store").Scan(&name); err != nil {
		return "", nil, err
	}
	return name, db.Close, nil
}

// What closes is called.
func logName(dsn string) error {
	name, done, err := withClose(dsn) // want "done.*connleak/"
	if err != nil {
		return err
	}
	log.Print(name)
	_ = done
	return nil
}

// A pool of which the function ends by falling off its end.
func warm(dsn string) {
	db, err := sql.Open("mysql", dsn) // want "db.*connleak/db"
	if err != nil {
		log.Print(err)
		return
	}
	if err := db.Ping(); err != nil {
		log.Print(err)
	}
}

// What takes the pool on success is asked first.
func openStore(ctx context.Context, dsn string) (*store, error) {
	db, err := sql.Open("mysql", dsn) // want "db.*connleak/db"
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return storeOf(ctx, db)
}

// storeOf leaves the pool to its caller when it fails.
func storeOf(ctx context.Context, db *sql.DB) (*store, error) {
	if err := db.PingContext(ctx); err != nil {
		return nil, err
	}
	keep(db)
	return &store{}, nil
}

var kept []*sql.DB

func keep(db *sql.DB) { kept = append(kept, db) }

// The variable gets another value later, where this one is gone.
func oneOf(ctx context.Context, db *sql.DB, pooled bool) (*sql.Conn, error) {
	var conn *sql.Conn
	var err error
	if !pooled {
		if conn, err = db.Conn(ctx); err != nil { // want "conn.*connleak/conn"
			return nil, err
		}
		if err := conn.PingContext(ctx); err != nil {
			return nil, err
		}
	} else {
		conn = spare
	}
	return conn, nil
}

var spare *sql.Conn
