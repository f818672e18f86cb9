package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"example.com/shop/sqlutil"
)

// A Product is something to sell.
type Product struct {
	ID    int64
	Name  string
	Price int64 // in cents
	Stock int
}

// ErrNoProduct is the error for an id that no product has.
var ErrNoProduct = errors.New("no such product")

// Price returns the price of a product.
func (s *Store) Price(ctx context.Context, id int64) (price int64, err error) {
	err = s.price.QueryRowContext(ctx, id).Scan(&price)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, ErrNoProduct
	}
	return price, err
}

// Search returns the products whose names contain a word.
func (s *Store) Search(ctx context.Context, word string) ([]Product, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT id, name, price, stock FROM products WHERE name LIKE ?", "%"+word+"%")
	if err != nil {
		return nil, err
	}
	var found []Product
	for rows.Next() {
		p, err := scanProduct(rows)
		if err != nil {
			return nil, fmt.Errorf("search %q: %w", word, err)
		}
		found = append(found, p)
	}
	return found, rows.Err()
}

// Products returns the products with the given ids.
func (s *Store) Products(ctx context.Context, ids []int64) ([]Product, error) {
	rows, err := sqlutil.In(ctx, s.db, "SELECT id, name, price, stock FROM products WHERE id", ids)
	if err != nil {
		return nil, err
	}
	return sqlutil.Collect(rows, scanProduct)
}

// Total returns what a basket costs.
func (s *Store) Total(ctx context.Context, basket map[int64]int) (int64, error) {
	ids := make([]int64, 0, len(basket))
	for id := range basket {
		ids = append(ids, id)
	}
	rows, err := sqlutil.In(ctx, s.db, "SELECT id, price FROM products WHERE id", ids)
	if err != nil {
		return 0, err
	}
	var total int64
	for range ids {
		if !rows.Next() {
			return 0, errors.Join(ErrNoProduct, rows.Err())
		}
		var id, price int64
		if err := rows.Scan(&id, &price); err != nil {
			rows.Close()
			return 0, err
		}
		total += price * int64(basket[id])
	}
	return total, nil
}

// scanProduct reads the product that rows are at.
func scanProduct(rows *sql.Rows) (p Product, err error) {
	err = rows.Scan(&p.ID, &p.Name, &p.Price, &p.Stock)
	return p, err
}
