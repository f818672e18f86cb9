// Package repo uses package db.
package repo

import (
	"database/sql"

	"poolperrequest/chain/db"
)

// Users holds a pool.
type Users struct{ pool *sql.DB }

// NewUsers opens it.
func NewUsers(dsn string) (*Users, error) {
	pool, err := db.Connect(dsn)
	if err != nil {
		return nil, err
	}
	return &Users{pool: pool}, nil
}

// NewSharedUsers takes the one that there is.
func NewSharedUsers(dsn string) (*Users, error) {
	pool, err := db.Shared(dsn)
	if err != nil {
		return nil, err
	}
	return &Users{pool: pool}, nil
}

// Close closes the pool.
func (u *Users) Close() error { return u.pool.Close() }

// Count asks.
func (u *Users) Count() (n int, err error) {
	err = u.pool.QueryRow("SELECT COUNT(*) FROM users").Scan(&n)
	return n, err
}

// Service is one more.
type Service struct{ users *Users }

// NewService makes the rest.
func NewService(dsn string) (*Service, error) {
	u, err := NewUsers(dsn)
	if err != nil {
		return nil, err
	}
	return &Service{users: u}, nil
}

// Count asks, too.
func (s *Service) Count() (int, error) { return s.users.Count() }

// Healthy opens and closes a pool, one package below.
func Healthy(dsn string) error { return db.Check(dsn) }
