// Package partial applies a setting to one of several pools.
package partial

import (
	"database/sql"
	"flag"
	"os"
	"strconv"

	"gorm.io/driver/mysql"
	"gorm.io/gorm"
)

// Config is for all pools.
type Config struct {
	DSN, ReplicaDSN string
	MaxOpen         int
}

type writer struct{ db *sql.DB }

type reader struct{ db *sql.DB }

// The field limits this one.
func NewWriter(cfg *Config) (*writer, error) {
	db, err := sql.Open("mysql", cfg.DSN)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(cfg.MaxOpen)
	return &writer{db}, nil
}

// And not this one.
func NewReader(cfg *Config) (*reader, error) {
	db, err := sql.Open("mysql", cfg.ReplicaDSN) // want `db has no limit, although Config.MaxOpen limits the pool that is opened at partial.go:\d+.*poollimit/partial`
	if err != nil {
		return nil, err
	}
	return &reader{db}, nil
}

type cluster struct{ primary, replica *sql.DB }

// One of two pools of a function.
func NewCluster(cfg *Config) (*cluster, error) {
	primary, err := sql.Open("mysql", cfg.DSN)
	if err != nil {
		return nil, err
	}
	replica, err := sql.Open("mysql", cfg.ReplicaDSN) // want "replica has no limit, although Config.MaxOpen limits the pool.*poollimit/partial"
	if err != nil {
		primary.Close()
		return nil, err
	}
	primary.SetMaxOpenConns(cfg.MaxOpen)
	return &cluster{primary, replica}, nil
}

type fullCluster struct{ primary, replica *sql.DB }

// Both.
func NewFullCluster(cfg *Config) (*fullCluster, error) {
	primary, err := sql.Open("mysql", cfg.DSN)
	if err != nil {
		return nil, err
	}
	replica, err := sql.Open("mysql", cfg.ReplicaDSN)
	if err != nil {
		primary.Close()
		return nil, err
	}
	for _, db := range []*sql.DB{primary, replica} {
		db.SetMaxOpenConns(cfg.MaxOpen)
	}
	return &fullCluster{primary, replica}, nil
}

type orm struct{ db *gorm.DB }

// Another library, the same configuration.
func NewORM(cfg Config) (*orm, error) {
	db, err := gorm.Open(mysql.Open(cfg.DSN)) // want "db has no limit, although Config.MaxOpen limits the pool.*poollimit/partial"
	if err != nil {
		return nil, err
	}
	return &orm{db}, nil
}

type unrelated struct{ db *sql.DB }

// No configuration: nothing was forgotten, but there is no limit.
func NewUnrelated(dsn string) (*unrelated, error) {
	db, err := sql.Open("mysql", dsn) // want "db has no limit: .*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return &unrelated{db}, nil
}

// App has the configuration in a field.
type App struct {
	cfg *Config
	db  *sql.DB
}

// The receiver has it.
func (a *App) Connect() (err error) {
	a.db, err = sql.Open("mysql", a.cfg.DSN) // want "a.db has no limit, although Config.MaxOpen limits the pool.*poollimit/partial"
	return err
}

// embedded databases need none.
type cache struct{ db *sql.DB }

func NewCache(cfg *Config) (*cache, error) {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		return nil, err
	}
	return &cache{db}, nil
}

var maxOpen = flag.Int("max-open", 10, "connections at most")

type flagged struct{ primary, replica *sql.DB }

// A flag for one of two pools.
func NewFlagged(dsn1, dsn2 string) (*flagged, error) {
	primary, err := sql.Open("mysql", dsn1)
	if err != nil {
		return nil, err
	}
	replica, err := sql.Open("mysql", dsn2) // want "replica has no limit.*poollimit/partial"
	if err != nil {
		primary.Close()
		return nil, err
	}
	primary.SetMaxOpenConns(*maxOpen)
	return &flagged{primary, replica}, nil
}

type numbered struct{ primary, replica *sql.DB }

// A parameter for one of two pools.
func NewNumbered(dsn1, dsn2 string, n int) (*numbered, error) {
	primary, err := sql.Open("mysql", dsn1)
	if err != nil {
		return nil, err
	}
	replica, err := sql.Open("mysql", dsn2) // want "replica has no limit.*poollimit/partial"
	if err != nil {
		primary.Close()
		return nil, err
	}
	primary.SetMaxOpenConns(n)
	return &numbered{primary, replica}, nil
}

// Settings of the environment, used for the first pool of a list only.
type shards struct{ dbs []*sql.DB }

func NewShards(dsns []string) (*shards, error) {
	n, _ := strconv.Atoi(os.Getenv("MAX_OPEN"))
	s := &shards{}
	for i, dsn := range dsns {
		db, err := sql.Open("mysql", dsn) // want "db has a limit on some paths only.*poollimit/partial"
		if err != nil {
			return nil, err
		}
		if i == 0 {
			db.SetMaxOpenConns(n)
		}
		s.dbs = append(s.dbs, db)
	}
	return s, nil
}
