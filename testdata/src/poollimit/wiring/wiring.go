// Package wiring opens pools for containers, singletons and options.
package wiring

import (
	"database/sql"
	"log"
	"os"
	"sync"
)

var (
	once     sync.Once
	instance *sql.DB
)

// Get opens at the first call.
func Get() *sql.DB {
	once.Do(func() {
		var err error
		instance, err = sql.Open("mysql", os.Getenv("DSN")) // want "instance has no limit.*poollimit/unbounded"
		if err != nil {
			log.Fatal(err)
		}
	})
	return instance
}

var (
	onceLimited     sync.Once
	instanceLimited *sql.DB
)

// GetLimited opens at the first call, with a limit.
func GetLimited() *sql.DB {
	onceLimited.Do(func() {
		db, err := sql.Open("mysql", os.Getenv("DSN"))
		if err != nil {
			log.Fatal(err)
		}
		db.SetMaxOpenConns(20)
		instanceLimited = db
	})
	return instanceLimited
}

var shared = sync.OnceValues(func() (*sql.DB, error) {
	return sql.Open("mysql", os.Getenv("DSN")) // want "no limit.*poollimit/unbounded"
})

var sharedLimited = sync.OnceValues(func() (*sql.DB, error) {
	db, err := sql.Open("mysql", os.Getenv("DSN"))
	if err == nil {
		db.SetMaxOpenConns(20)
	}
	return db, err
})

type container struct{ providers []any }

// Provide calls the function when somebody asks for what it returns.
func (c *container) Provide(f any) { c.providers = append(c.providers, f) }

// NewPool is called by the container, which sets nothing.
func NewPool() (*sql.DB, error) {
	db, err := sql.Open("mysql", os.Getenv("DSN")) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return db, nil
}

// NewLimitedPool is called by the container, too.
func NewLimitedPool() (*sql.DB, error) {
	db, err := sql.Open("mysql", os.Getenv("DSN"))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(20)
	return db, nil
}

// Repo is what the container makes of a pool.
type Repo struct{ db *sql.DB }

// NewRepo opens nothing.
func NewRepo(db *sql.DB) *Repo { return &Repo{db: db} }

func wire(c *container) {
	c.Provide(NewPool)
	c.Provide(NewLimitedPool)
	c.Provide(NewRepo)
}

// Option configures a pool.
type Option func(*sql.DB)

// WithMaxOpen limits a pool.
func WithMaxOpen(n int) Option { return func(db *sql.DB) { db.SetMaxOpenConns(n) } }

// NewWithOptions is configured by whoever calls it.
func NewWithOptions(dsn string, options ...Option) (*Repo, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	for _, o := range options {
		o(db)
	}
	return &Repo{db: db}, nil
}

// NewWithHook is configured by one function, if there is one.
func NewWithHook(dsn string, hook func(*sql.DB)) (*Repo, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	if hook != nil {
		hook(db)
	}
	return &Repo{db: db}, nil
}

type settings struct{ maxOpen, maxIdle int }

// SettingsOption configures what is applied to the pool afterwards.
type SettingsOption func(*settings)

// NewWithSettings applies what the options say.
func NewWithSettings(dsn string, options ...SettingsOption) (*Repo, error) {
	s := settings{maxOpen: 10}
	for _, o := range options {
		o(&s)
	}
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(s.maxOpen)
	db.SetMaxIdleConns(s.maxIdle)
	return &Repo{db: db}, nil
}

// NewWithoutSettings forgets the option that matters.
func NewWithoutSettings(dsn string, idle int) (*Repo, error) {
	db, err := sql.Open("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	db.SetMaxIdleConns(idle)
	return &Repo{db: db}, nil
}
