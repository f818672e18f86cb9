// Package settles leaves pools without a limit, in each of the places where a
// pool can settle.
package settles

import (
	"context"
	"database/sql"
	"net/http"
	"time"
)

// A Store hides its pool.
type Store struct{ inner store }

type store struct{ db *sql.DB }

// NewStore takes a pool that its caller has configured.
func NewStore(db *sql.DB) *Store { return &Store{inner: store{db: db}} }

// Other functions of the package could configure what this one returns.
func newStore(dsn string) (*Store, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	return NewStore(db), nil
}

// Open does not, and its callers cannot: here it settles.
func Open(dsn string) (*Store, error) {
	s, err := newStore(dsn) // want "s has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return s, nil
}

// Direct stores at once.
type Direct struct{ db *sql.DB }

// NewDirect has the pool in a literal.
func NewDirect(dsn string) (*Direct, error) {
	db, err := sql.Open("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return &Direct{db: db}, nil
}

// Late is filled after it was made.
type Late struct{ db *sql.DB }

// Connect assigns to a field of the receiver.
func (l *Late) Connect(dsn string) (err error) {
	l.db, err = sql.Open("mysql", dsn) // want "l.db has no limit.*poollimit/unbounded"
	return err
}

var global *sql.DB

// A variable of the package.
func initGlobal(dsn string) {
	var err error
	global, err = sql.Open("mysql", dsn) // want "global has no limit.*poollimit/unbounded"
	if err != nil {
		panic(err)
	}
}

var declared, _ = sql.Open("mysql", "tcp(db)/app") // want "declared has no limit.*poollimit/unbounded"

var byName = map[string]*sql.DB{}

// A map of the package.
func register(name, dsn string) error {
	db, err := sql.Open("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return err
	}
	byName[name] = db
	return nil
}

// Querier is all that the callee can do with a pool.
type Querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

type registry interface{ Register(q Querier) }

// Handed to code that cannot be seen and cannot set a limit.
func handOver(dsn string, r registry) error {
	db, err := sql.Open("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return err
	}
	r.Register(db)
	return nil
}

type configurer interface{ Configure(db *sql.DB) }

// Handed to code that cannot be seen and may set a limit: nothing is known.
func handToConfigurer(dsn string, c configurer) error {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	c.Configure(db)
	return nil
}

// Captured by a handler that net/http keeps.
func routes(mux *http.ServeMux, dsn string) error {
	db, err := sql.Open("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return err
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		_ = db.PingContext(r.Context())
	})
	return nil
}

// Captured by a goroutine that does not end.
func background(dsn string) error {
	db, err := sql.Open("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return err
	}
	go func() {
		for {
			_ = db.Ping()
			time.Sleep(time.Second)
		}
	}()
	return nil
}

// Querying returns its pool under another type, and is judged where that
// settles.
func Querying(dsn string) (Querier, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	return db, nil
}

// Handler keeps the pool in the literal that it returns.
func Handler(dsn string) (http.HandlerFunc, error) {
	db, err := sql.Open("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return func(w http.ResponseWriter, r *http.Request) { _ = db.PingContext(r.Context()) }, nil
}

// Pinger does so, too.
func Pinger(dsn string) (func() error, error) {
	db, err := sql.Open("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return func() error { return db.Ping() }, nil
}

// OtherSettings are no limit.
func OtherSettings(dsn string) (*Direct, error) {
	db, err := sql.Open("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	db.SetMaxIdleConns(10)
	db.SetConnMaxLifetime(time.Minute)
	db.SetConnMaxIdleTime(time.Minute)
	return &Direct{db: db}, nil
}

// WrongPool sets the limit of another one.
func WrongPool(dsn string, other *sql.DB) (*Direct, error) {
	db, err := sql.Open("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	other.SetMaxOpenConns(10)
	return &Direct{db: db}, nil
}
