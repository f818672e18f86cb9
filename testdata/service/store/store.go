// Package store keeps the products and orders of the shop.
package store

import (
	"context"
	"database/sql"
)

// A Store is safe for concurrent use.
type Store struct {
	db    *sql.DB
	price *sql.Stmt // prepared once, used by each request
}

// New returns a store on a pool, which stays the caller's.
func New(ctx context.Context, db *sql.DB) (*Store, error) {
	price, err := db.PrepareContext(ctx, "SELECT price FROM products WHERE id = ?")
	if err != nil {
		return nil, err
	}
	return &Store{db: db, price: price}, nil
}

// Close ends the use of the store.
func (s *Store) Close() error { return s.price.Close() }

// Alive reports whether the database answers a query.
func (s *Store) Alive(ctx context.Context) error {
	return s.db.QueryRowContext(ctx, "SELECT 1").Err()
}
