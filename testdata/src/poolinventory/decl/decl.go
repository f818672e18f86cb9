// Package decl declares pools in every way that the manifest tells apart.
package decl

import (
	"database/sql"
	"flag"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"time"

	"github.com/go-sql-driver/mysql"
)

var kept []*sql.DB

func keep(db *sql.DB) { kept = append(kept, db) }

func constants() error {
	db, err := sql.Open("mysql", "orders:hunter2@tcp(db.internal:3306)/orders?wait_timeout=300&password=hunter3")
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(20)
	db.SetMaxIdleConns(10)
	db.SetConnMaxLifetime(3 * time.Minute)
	db.SetConnMaxIdleTime(1500 * time.Millisecond)
	keep(db)
	return nil
}

func envInt(name string, value int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return value
}

func environment() error {
	db, err := sql.Open("mysql", os.Getenv("DATABASE_URL"))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(envInt("DB_MAX_OPEN", 20))
	keep(db)
	return nil
}

var (
	maxOpen = flag.Int("db-max-open", 15, "connections")
	dsn     = flag.String("dsn", "root:secret@/test", "data source name")
)

func flags() error {
	db, err := sql.Open("mysql", *dsn)
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(*maxOpen)
	keep(db)
	return nil
}

type settings struct {
	DSN     string
	MaxOpen int `envconfig:"DB_MAX_OPEN"`
	Life    int `yaml:"life_seconds"`
}

func configured(c *settings) error {
	db, err := sql.Open("mysql", c.DSN)
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(c.MaxOpen)
	db.SetConnMaxLifetime(time.Duration(c.Life) * time.Second)
	keep(db)
	return nil
}

func guarded(c *settings) error {
	db, err := sql.Open("mysql", c.DSN)
	if err != nil {
		return err
	}
	if c.MaxOpen > 0 {
		db.SetMaxOpenConns(c.MaxOpen)
	}
	keep(db)
	return nil
}

func branches(big bool) error {
	db, err := sql.Open("mysql", "/test")
	if err != nil {
		return err
	}
	if big {
		db.SetMaxOpenConns(50)
	} else {
		db.SetMaxOpenConns(5)
	}
	keep(db)
	return nil
}

func computed() error {
	db, err := sql.Open("mysql", "/test")
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(runtime.NumCPU() * 4)
	keep(db)
	return nil
}

func formatted(user, password string) error {
	db, err := sql.Open("mysql", fmt.Sprintf("%s:%s@tcp(%s:%d)/%s?timeout=%s", user, password, "db.internal", 3307, "orders", "5s"))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	keep(db)
	return nil
}

func literal() error {
	cfg := mysql.Config{User: "orders", Passwd: "hunter2", Net: "tcp", Addr: "db.internal:3306", DBName: "orders"}
	db, err := sql.Open("mysql", cfg.FormatDSN())
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	keep(db)
	return nil
}

func connector() error {
	cfg := mysql.NewConfig()
	cfg.Net, cfg.Addr, cfg.DBName, cfg.Passwd = "tcp", "db.internal:3306", "orders", "hunter2"
	c, err := mysql.NewConnector(cfg)
	if err != nil {
		return err
	}
	db := sql.OpenDB(c)
	db.SetMaxOpenConns(1)
	keep(db)
	return nil
}

func url() error {
	db, err := sql.Open("pgx", "postgres://orders:hunter2@db.internal:5432/orders?sslmode=disable&pool_max_conns=4")
	if err != nil {
		return err
	}
	keep(db)
	return nil
}

func pairs() error {
	db, err := sql.Open("postgres", "host=db.internal port=5432 user=orders password=hunter2 dbname=orders")
	if err != nil {
		return err
	}
	keep(db)
	return nil
}

func anyDriver(driver, name string) error {
	db, err := sql.Open(driver, name)
	if err != nil {
		return err
	}
	keep(db)
	return nil
}

// Options are functions that nobody can see from here.
func options(opts ...func(*sql.DB)) error {
	db, err := sql.Open("mysql", "/test")
	if err != nil {
		return err
	}
	for _, o := range opts {
		o(db)
	}
	keep(db)
	return nil
}

// Each element of a list has a pool of its own.
func each(dsns []string) error {
	for range dsns {
		db, err := sql.Open("mysql", "/test")
		if err != nil {
			return err
		}
		db.SetMaxOpenConns(2)
		keep(db)
	}
	return nil
}

var elsewhere *sql.DB

// The limit is set by another function.
func opened() (err error) {
	elsewhere, err = sql.Open("mysql", "/test")
	return err
}

func limited(n int) { elsewhere.SetMaxOpenConns(n) }

type client struct {
	max int
	db  *sql.DB
}

// An option may replace the default.
func defaulted(opts ...func(*client)) (*client, error) {
	c := &client{max: 5}
	for _, o := range opts {
		o(c)
	}
	db, err := sql.Open("mysql", "/test")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(c.max)
	c.db = db
	keep(db)
	return c, nil
}
