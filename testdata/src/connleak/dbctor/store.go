package dbctor

import (
	"context"
	"database/sql"
	"fmt"
	"sync"

	"connleak/dbctor/migrate"
)

// Store owns its pool.
type Store struct {
	db   *sql.DB
	name string
}

// Close ends the pool.
func (s *Store) Close() error { return s.db.Close() }

func (s *Store) migrate(ctx context.Context) error {
	_, err := s.db.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS jobs (id INT)")
	return err
}

// A migration of the half-built store fails: the store, and the pool in it, are dropped.
func NewStore(ctx context.Context, dsn string) (*Store, error) {
	db, err := sql.Open("mysql", dsn) // want "db.*connleak/db"
	if err != nil {
		return nil, err
	}
	s := &Store{db: db, name: dsn}
	if err := s.migrate(ctx); err != nil {
		return nil, fmt.Errorf("migrate: %w", err)
	}
	return s, nil
}

// A migration fails and the store is closed.
func NewStoreClosed(ctx context.Context, dsn string) (*Store, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	s := &Store{db: db, name: dsn}
	if err := s.migrate(ctx); err != nil {
		s.Close()
		return nil, fmt.Errorf("migrate: %w", err)
	}
	return s, nil
}

// WithInstance takes over on success only: when it fails the pool is still ours.
func Migrate(dsn string) error {
	db, err := sql.Open("mysql", dsn) // want "db.*connleak/db"
	if err != nil {
		return err
	}
	driver, err := migrate.WithInstance(db, &migrate.Config{})
	if err != nil {
		return err
	}
	defer driver.Close()
	return driver.Up()
}

// The pool is closed when WithInstance fails.
func MigrateClosed(dsn string) error {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	driver, err := migrate.WithInstance(db, &migrate.Config{})
	if err != nil {
		db.Close()
		return err
	}
	defer driver.Close()
	return driver.Up()
}

// A deferred Close of the pool covers the driver as well.
func MigrateDeferred(dsn string) error {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	driver, err := migrate.WithInstance(db, &migrate.Config{})
	if err != nil {
		return err
	}
	return driver.Up()
}

// The driver that owns the pool is dropped.
func MigrateDriverLeft(dsn string) error {
	driver, err := migrate.Open(dsn) // want "driver.*connleak/wrapper"
	if err != nil {
		return err
	}
	return driver.Up()
}

// The driver that owns the pool is closed.
func MigrateDriverClosed(dsn string) error {
	driver, err := migrate.Open(dsn)
	if err != nil {
		return err
	}
	defer driver.Close()
	return driver.Up()
}

var (
	global     *sql.DB
	globalErr  error
	globalOnce sync.Once
)

func mustOpen(dsn string) *sql.DB {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		panic(err)
	}
	return db
}

// Opened when the package is initialised: alive for the program.
var atInit = mustOpen("init@/shop")

// PingInit uses it.
func PingInit() error { return atInit.Ping() }

// Stored globally at once: alive for the program.
func Init(dsn string) (err error) {
	global, err = sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	return global.Ping()
}

// Stored globally once.
func Shared(dsn string) (*sql.DB, error) {
	globalOnce.Do(func() {
		global, globalErr = sql.Open("mysql", dsn)
	})
	return global, globalErr
}

// Stored globally on success only: the other path drops it.
func InitChecked(dsn string) error {
	db, err := sql.Open("mysql", dsn) // want "db.*connleak/db"
	if err != nil {
		return err
	}
	if err := db.Ping(); err != nil {
		return err
	}
	global = db
	return nil
}

// Stored globally on success, closed otherwise.
func InitCheckedClosed(dsn string) error {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	if err := db.Ping(); err != nil {
		db.Close()
		return err
	}
	global = db
	return nil
}

// Handed to a goroutine that serves for ever.
func Serve(dsn string) error {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	go func() {
		for {
			_ = db.Ping()
		}
	}()
	return nil
}
