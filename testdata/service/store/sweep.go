package store

import (
	"context"
	"database/sql"
	"time"
)

// Sweep gives the products of unpaid orders back, unless another instance of
// the service is at it.
func (s *Store) Sweep(ctx context.Context) error {
	conn, err := s.db.Conn(ctx) // a lock belongs to its connection
	if err != nil {
		return err
	}
	var locked bool
	if err := conn.QueryRowContext(ctx, "SELECT GET_LOCK('sweep', 0)").Scan(&locked); err != nil {
		conn.Close()
		return err
	}
	if !locked {
		return nil
	}
	defer conn.Close()
	defer conn.ExecContext(ctx, "DO RELEASE_LOCK('sweep')")

	ids, err := unpaid(ctx, conn, time.Now().Add(-time.Hour))
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := s.Cancel(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// unpaid returns the orders that were not paid in time.
func unpaid(ctx context.Context, conn *sql.Conn, before time.Time) ([]int64, error) {
	rows, err := conn.QueryContext(ctx, "SELECT id FROM orders WHERE NOT paid AND placed < ?", before)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			rows.Close()
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err() // Next has closed them
}
