package store

import (
	"context"
	"database/sql"
)

// A Cursor reads orders one by one. It must be closed.
type Cursor struct {
	rows  *sql.Rows
	order Order
	err   error
}

// Orders returns the orders since the one with a given id.
func (s *Store) Orders(ctx context.Context, since int64) (*Cursor, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT id, customer, placed, total FROM orders WHERE id > ? ORDER BY id", since)
	if err != nil {
		return nil, err
	}
	return &Cursor{rows: rows}, nil
}

// Next moves to the next order and reports whether there is one.
func (c *Cursor) Next() bool {
	if !c.rows.Next() {
		return false
	}
	c.err = c.rows.Scan(&c.order.ID, &c.order.Customer, &c.order.Placed, &c.order.Total)
	return c.err == nil
}

// Order returns the order that the cursor is at.
func (c *Cursor) Order() Order { return c.order }

// Close ends the reading. It returns the first error.
func (c *Cursor) Close() error {
	if err := c.rows.Close(); c.err == nil {
		c.err = err
	}
	return c.err
}
