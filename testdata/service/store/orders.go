package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"example.com/shop/sqlutil"
)

// An Order is what a customer bought.
type Order struct {
	ID       int64
	Customer int64
	Placed   time.Time
	Total    int64 // in cents
}

// ErrSoldOut is the error of an order for more than there is.
var ErrSoldOut = errors.New("sold out")

// Place places an order and takes the products out of stock.
func (s *Store) Place(ctx context.Context, customer int64, basket map[int64]int) (int64, error) {
	total, err := s.Total(ctx, basket)
	if err != nil {
		return 0, err
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	res, err := tx.ExecContext(ctx, "INSERT INTO orders (customer, total) VALUES (?, ?)", customer, total)
	if err != nil {
		tx.Rollback()
		return 0, err
	}
	order, err := res.LastInsertId()
	if err != nil {
		tx.Rollback()
		return 0, err
	}
	for product, n := range basket {
		if err := take(ctx, tx, product, n); err != nil {
			return 0, fmt.Errorf("product %d: %w", product, err)
		}
	}
	return order, tx.Commit()
}

// take takes n pieces of a product out of stock.
func take(ctx context.Context, tx *sql.Tx, product int64, n int) error {
	res, err := tx.ExecContext(ctx, "UPDATE products SET stock = stock - ? WHERE id = ? AND stock >= ?", n, product, n)
	if err != nil {
		return err
	}
	if taken, err := res.RowsAffected(); err != nil || taken == 0 {
		return errors.Join(ErrSoldOut, err)
	}
	return nil
}

// Cancel deletes an order.
func (s *Store) Cancel(ctx context.Context, id int64) error {
	return sqlutil.InTx(ctx, s.db, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM items WHERE order_id = ?", id); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM orders WHERE id = ?", id)
		return err
	})
}

// Totals returns what each of some customers spent.
func (s *Store) Totals(ctx context.Context, customers []int64) (map[int64]int64, error) {
	totals := make(map[int64]int64)
	for _, customer := range customers {
		rows, err := s.db.QueryContext(ctx, "SELECT total FROM orders WHERE customer = ? ORDER BY id", customer)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		for rows.Next() {
			var total int64
			if err := rows.Scan(&total); err != nil {
				break // an order that is not priced yet, and so are the later ones
			}
			totals[customer] += total
		}
	}
	return totals, nil
}

// Last returns the time of a customer's last order, zero if there is none.
func (s *Store) Last(ctx context.Context, customer int64) (last time.Time, err error) {
	stmt, err := s.db.PrepareContext(ctx, "SELECT MAX(placed) FROM orders WHERE customer = ?")
	if err != nil {
		return last, err
	}
	var t sql.NullTime
	err = stmt.QueryRowContext(ctx, customer).Scan(&t)
	return t.Time, err
}
