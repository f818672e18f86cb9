package poolcheck

import (
	"context"
	"database/sql"
	"time"

	"github.com/connvet/connvet/poolcheck/internal/server"
)

// Watch checks the server that db connects to, and again in each interval until
// ctx ends. It calls show with each report. After the first time only the status
// counters are read again, on the same connection, and what else the report says
// is as it was.
//
// It returns nil when ctx ends, and otherwise as [Check] does.
func Watch(ctx context.Context, db *sql.DB, b Budget, every time.Duration, show func(*Report)) error {
	c, err := newCheck(db, b)
	if err != nil {
		return err
	}
	defer c.close()
	first, cancel := context.WithTimeout(ctx, c.timeout()+c.b.Window)
	c.read(first)
	cancel()
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	last := time.Now()
	for {
		if ctx.Err() != nil {
			return nil
		}
		show(c.report())
		if c.fault != nil || c.conn == nil {
			return c.err()
		}
		select {
		case <-ctx.Done():
			return nil
		case now := <-ticker.C:
			c.fault = c.refresh(ctx, now.Sub(last))
			last = now
		}
	}
}

// refresh reads the counters again, in time.
func (c *check) refresh(ctx context.Context, since time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, c.timeout())
	defer cancel()
	if err := server.Refresh(ctx, c.conn, c.s, since); err != nil {
		return err
	}
	if n, ok := c.s.Delta("Prepared_stmt_count"); ok && n > 0 {
		c.rising++
	} else {
		c.rising = 0
	}
	return nil
}
