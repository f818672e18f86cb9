// Package configured sets limits: before and after the pool is handed over, in
// helpers, callers and other methods.
package configured

import (
	"database/sql"
	"os"
	"runtime"
	"time"
)

// Before it is stored.
type beforeStore struct{ db *sql.DB }

func before(dsn string) (*beforeStore, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(20)
	return &beforeStore{db: db}, nil
}

// After it is stored.
type afterStore struct{ db *sql.DB }

func After(dsn string) (*afterStore, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	s := &afterStore{db: db}
	s.db.SetMaxOpenConns(20)
	return s, nil
}

var pool *sql.DB

// After it is stored in a variable of the package.
func initPool(dsn string) (err error) {
	if pool, err = sql.Open("mysql", dsn); err != nil {
		return err
	}
	pool.SetMaxOpenConns(20)
	return nil
}

var elsewhere *sql.DB

// By a function that gets the variable.
func initElsewhere(dsn string) (err error) {
	elsewhere, err = sql.Open("mysql", dsn)
	return err
}

func limitElsewhere() { elsewhere.SetMaxOpenConns(20) }

var never *sql.DB

// A variable that no function configures.
func initNever(dsn string) (err error) {
	never, err = sql.Open("mysql", dsn) // want "never has no limit.*poollimit/unbounded"
	return err
}

// methodStore gets its limit from another method.
type methodStore struct{ db *sql.DB }

func NewMethodStore(dsn string) (*methodStore, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	return &methodStore{db: db}, nil
}

func (s *methodStore) Limit(n int) { s.db.SetMaxOpenConns(n) }

// plainStore has a method that configures something else.
type plainStore struct{ db *sql.DB }

func NewPlainStore(dsn string) (*plainStore, error) {
	db, err := sql.Open("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return &plainStore{db: db}, nil
}

func (s *plainStore) Tune() { s.db.SetConnMaxLifetime(time.Minute) }

// By a helper.
type helperStore struct{ db *sql.DB }

func HelperSets(dsn string) (*helperStore, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	limit(db)
	return &helperStore{db: db}, nil
}

func limit(db *sql.DB) { db.SetMaxOpenConns(20) }

// By a helper of a helper, which gets the number.
func HelperOfHelperSets(dsn string, n int) (*helperStore, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	tune(db, n)
	return &helperStore{db: db}, nil
}

func tune(db *sql.DB, n int) {
	db.SetMaxIdleConns(n)
	limitTo(db, n)
}

func limitTo(db *sql.DB, n int) { db.SetMaxOpenConns(n) }

// By a helper that returns what it was given.
func HelperReturnsIt(dsn string) (*helperStore, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	return &helperStore{db: limited(db)}, nil
}

func limited(db *sql.DB) *sql.DB {
	db.SetMaxOpenConns(20)
	return db
}

// By a helper that sets other things.
func HelperSetsOthers(dsn string) (*helperStore, error) {
	db, err := sql.Open("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	lifetimes(db)
	return &helperStore{db: db}, nil
}

func lifetimes(db *sql.DB) { db.SetConnMaxLifetime(time.Minute) }

// The helper opens, the caller sets the limit.
func CallerSets(dsn string) (*helperStore, error) {
	db, err := open(dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(20)
	return &helperStore{db: db}, nil
}

// The helper opens, and nobody sets the limit: reported where it settles.
func NobodySets(dsn string) (*helperStore, error) {
	db, err := open(dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return &helperStore{db: db}, nil
}

func open(dsn string) (*sql.DB, error) { return sql.Open("mysql", dsn) }

// The helper opens with a limit.
func HelperOpensWithLimit(dsn string) (*helperStore, error) {
	db, err := openLimited(dsn, runtime.NumCPU()*4)
	if err != nil {
		return nil, err
	}
	return &helperStore{db: db}, nil
}

func openLimited(dsn string, n int) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(n)
	return db, nil
}

// The helper opens with a limit that the caller says is none.
func HelperOpensWithZero(dsn string) (*helperStore, error) {
	db, err := openLimited(dsn, 0) // want "db has no limit, because SetMaxOpenConns.0. means none.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return &helperStore{db: db}, nil
}

// A constant of 0.
func Zero(dsn string) (*helperStore, error) {
	db, err := sql.Open("mysql", dsn) // want "SetMaxOpenConns.0. means none.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(0)
	return &helperStore{db: db}, nil
}

const unlimited = -1

// A named constant below 0.
func Negative(dsn string) (*helperStore, error) {
	db, err := sql.Open("mysql", dsn) // want "SetMaxOpenConns.-1. means none.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(unlimited)
	return &helperStore{db: db}, nil
}

// The last call counts.
func LastCallCounts(dsn string) (*helperStore, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(0)
	db.SetMaxOpenConns(20)
	return &helperStore{db: db}, nil
}

// In a deferred call.
func DeferredCall(dsn string) (*helperStore, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	defer db.SetMaxOpenConns(20)
	return &helperStore{db: db}, nil
}

// In a literal that is called on the spot.
func LiteralSets(dsn string) (*helperStore, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	configure := func(n int) { db.SetMaxOpenConns(n) }
	configure(20)
	return &helperStore{db: db}, nil
}

// By a value that is computed elsewhere.
func UnknownValue(n func(string) int) (*helperStore, error) {
	db, err := sql.Open("mysql", os.Getenv("DSN"))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(n("MAX_OPEN"))
	return &helperStore{db: db}, nil
}

// Error paths of a constructor do not settle the pool.
func ClosedOnError(dsn string) (*helperStore, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	if err := db.Ping(); err != nil {
		db.Close()
		return nil, err
	}
	db.SetMaxOpenConns(20)
	return &helperStore{db: db}, nil
}

// A path that is left by an error after the limit was set, closed by defer.
func ClosedOnErrorByDefer(dsn string) (s *helperStore, err error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			db.Close()
		}
	}()
	if err = db.Ping(); err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(20)
	return &helperStore{db: db}, nil
}
