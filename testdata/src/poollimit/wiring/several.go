package wiring

import (
	"database/sql"
	"fmt"
)

type pair struct{ orders, users *sql.DB }

// Two pools without a limit.
func NewPair(dsn1, dsn2 string) (*pair, error) {
	orders, err := sql.Open("mysql", dsn1) // want "orders has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	users, err := sql.Open("mysql", dsn2) // want "users has no limit.*poollimit/unbounded"
	if err != nil {
		orders.Close()
		return nil, err
	}
	return &pair{orders, users}, nil
}

type limitedPair struct{ orders, users *sql.DB }

// Two pools by one helper that sets the limit.
func NewLimitedPair(dsn1, dsn2 string) (*limitedPair, error) {
	orders, err := openLimited(dsn1, 20)
	if err != nil {
		return nil, err
	}
	users, err := openLimited(dsn2, 5)
	if err != nil {
		orders.Close()
		return nil, err
	}
	return &limitedPair{orders, users}, nil
}

func openLimited(dsn string, n int) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(n)
	return db, nil
}

// Shards has a pool for each.
type Shards struct{ byName map[string]*sql.DB }

// Add opens one without a limit.
func (s *Shards) Add(name, dsn string) error {
	db, err := sql.Open("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return err
	}
	s.byName[name] = db
	return nil
}

// List has a pool for each, in a slice.
type List struct{ all []*sql.DB }

// Add opens one with a limit.
func (l *List) Add(dsn string) error {
	db, err := openLimited(dsn, 4)
	if err != nil {
		return err
	}
	l.all = append(l.all, db)
	return nil
}

// A wrapper of a wrapper of a wrapper, none of which sets a limit.
func NewDeep(dsn string) (*Repo, error) {
	db, err := open3(dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return &Repo{db: db}, nil
}

func open3(dsn string) (*sql.DB, error) {
	db, err := open2("mysql", dsn)
	if err != nil {
		return nil, fmt.Errorf("open3: %w", err)
	}
	return db, nil
}

func open2(driver, dsn string) (*sql.DB, error) { return open1(driver, dsn) }

func open1(driver, dsn string) (*sql.DB, error) {
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return nil, err
	}
	return db, db.Ping()
}

// The one in the middle does.
func NewDeepLimited(dsn string) (*Repo, error) {
	db, err := limited3(dsn)
	if err != nil {
		return nil, err
	}
	return &Repo{db: db}, nil
}

func limited3(dsn string) (*sql.DB, error) { return limited2("mysql", dsn, 20) }

func limited2(driver, dsn string, n int) (*sql.DB, error) {
	db, err := open1(driver, dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(n)
	return db, nil
}

// The holder of the pool is wrapped, and settles in the outermost.
func NewDeepHolder(dsn string) (*Service, error) {
	r, err := newRepo(dsn) // want "r has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return &Service{repo: r}, nil
}

// Service holds a holder.
type Service struct{ repo *Repo }

func newRepo(dsn string) (*Repo, error) {
	db, err := open3(dsn)
	if err != nil {
		return nil, err
	}
	return NewRepo(db), nil
}
