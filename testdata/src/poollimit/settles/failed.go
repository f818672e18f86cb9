package settles

import (
	"context"
	"database/sql"
)

type retrying struct{ db *sql.DB }

// The pool is stored first, and the limit set once the server answers: where it
// does not, nobody uses the pool.
func (r *retrying) connect(ctx context.Context, dsn string) (err error) {
	if r.db, err = sql.Open("mysql", dsn); err != nil {
		return err
	}
	if err = r.db.PingContext(ctx); err != nil {
		return err
	}
	r.db.SetMaxOpenConns(10)
	return nil
}

type hurried struct{ db *sql.DB }

// It is used where the limit is not set.
func (h *hurried) connect(ctx context.Context, dsn string, wait bool) (err error) {
	h.db, err = sql.Open("mysql", dsn) // want "db has a limit on some paths only.*poollimit/partial"
	if err != nil {
		return err
	}
	if !wait {
		return nil
	}
	h.db.SetMaxOpenConns(10)
	return h.db.PingContext(ctx)
}
