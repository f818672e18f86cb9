// Package guards sets limits behind tests of the same value: it is for the one
// who deploys to choose.
package guards

import (
	"cmp"
	"database/sql"
	"flag"
	"log"
	"os"
	"strconv"
)

type store struct{ db *sql.DB }

// Config comes from a file.
type Config struct {
	DSN     string
	MaxOpen int
	Max     *int
	Pool    *PoolConfig
	Limits  struct{ Open int }
	Debug   bool
}

// PoolConfig is optional.
type PoolConfig struct{ Open int }

// A number that is 0 if it is not given.
func Positive(dsn string, n int) (*store, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	if n > 0 {
		db.SetMaxOpenConns(n)
	}
	return &store{db}, nil
}

// A field of the configuration.
func Field(cfg *Config) (*store, error) {
	db, err := sql.Open("mysql", cfg.DSN)
	if err != nil {
		return nil, err
	}
	if cfg.MaxOpen != 0 {
		db.SetMaxOpenConns(cfg.MaxOpen)
	}
	return &store{db}, nil
}

// A field of a nested struct.
func Nested(cfg Config) (*store, error) {
	db, err := sql.Open("mysql", cfg.DSN)
	if err != nil {
		return nil, err
	}
	if cfg.Limits.Open > 0 {
		db.SetMaxOpenConns(cfg.Limits.Open)
	}
	return &store{db}, nil
}

// A pointer that may be nil.
func Pointer(cfg *Config) (*store, error) {
	db, err := sql.Open("mysql", cfg.DSN)
	if err != nil {
		return nil, err
	}
	if cfg.Max != nil {
		db.SetMaxOpenConns(*cfg.Max)
	}
	return &store{db}, nil
}

// A part of the configuration that may be missing.
func Section(cfg *Config) (*store, error) {
	db, err := sql.Open("mysql", cfg.DSN)
	if err != nil {
		return nil, err
	}
	if cfg.Pool != nil {
		db.SetMaxOpenConns(cfg.Pool.Open)
	}
	return &store{db}, nil
}

// A conversion that may fail.
func Atoi(dsn string) (*store, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	if n, err := strconv.Atoi(os.Getenv("MAX_OPEN")); err == nil {
		db.SetMaxOpenConns(n)
	}
	return &store{db}, nil
}

// The variable is tested, and then what it says.
func Env(dsn string) (*store, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	if s := os.Getenv("MAX_OPEN"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			log.Fatal(err)
		}
		db.SetMaxOpenConns(n)
	}
	return &store{db}, nil
}

// The variable is looked up.
func LookupEnv(dsn string) (*store, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	if s, ok := os.LookupEnv("MAX_OPEN"); ok {
		if n, err := strconv.Atoi(s); err == nil && n > 0 {
			db.SetMaxOpenConns(n)
		}
	}
	return &store{db}, nil
}

// A helper has the guard.
func Helper(cfg *Config) (*store, error) {
	db, err := sql.Open("mysql", cfg.DSN)
	if err != nil {
		return nil, err
	}
	limit(db, cfg.MaxOpen)
	return &store{db}, nil
}

func limit(db *sql.DB, n int) {
	if n > 0 {
		db.SetMaxOpenConns(n)
	}
}

// The helper's guard is never true: the limit is never set.
func HelperZero(dsn string) (*store, error) {
	db, err := sql.Open("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	limit(db, 0)
	return &store{db}, nil
}

// A default beside the guard.
func Default(dsn string, n int) (*store, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	if n <= 0 {
		n = 10
	}
	db.SetMaxOpenConns(n)
	return &store{db}, nil
}

// A default within a helper, for what the caller leaves open.
func DefaultOfZero(dsn string) (*store, error) {
	db, err := openDefault(dsn, 0)
	if err != nil {
		return nil, err
	}
	return &store{db}, nil
}

func openDefault(dsn string, n int) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	if n <= 0 {
		n = 10
	}
	db.SetMaxOpenConns(n)
	return db, nil
}

// A default for a field that is 0.
func DefaultOfField(cfg *Config) (*store, error) {
	db, err := openConfig(Config{DSN: cfg.DSN})
	if err != nil {
		return nil, err
	}
	return &store{db}, nil
}

func openConfig(cfg Config) (*sql.DB, error) {
	if cfg.MaxOpen == 0 {
		cfg.MaxOpen = 10
	}
	db, err := sql.Open("mysql", cfg.DSN)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(cfg.MaxOpen)
	return db, nil
}

// A default by cmp.Or.
func Or(cfg *Config) (*store, error) {
	db, err := sql.Open("mysql", cfg.DSN)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(cmp.Or(cfg.MaxOpen, 10))
	return &store{db}, nil
}

var maxOpen = flag.Int("max-open", 10, "connections at most")

// A flag.
func Flag(dsn string) (*store, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(*maxOpen)
	return &store{db}, nil
}

// A test of something else is no guard.
func Unrelated(cfg *Config) (*store, error) {
	db, err := sql.Open("mysql", cfg.DSN) // want "db has a limit on some paths only.*poollimit/partial"
	if err != nil {
		return nil, err
	}
	if !cfg.Debug {
		db.SetMaxOpenConns(cfg.MaxOpen)
	}
	return &store{db}, nil
}
