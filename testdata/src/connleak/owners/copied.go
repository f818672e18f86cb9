package owners

import (
	"context"
	"database/sql"
)

// A method that returns a copy of the owner with something changed. The copy ends
// the same transaction.
type copied struct {
	ctx context.Context
	tx  *sql.Tx
}

type executor interface {
	Exec(query string, args ...any) (sql.Result, error)
}

func (c *copied) Exec(query string, args ...any) (sql.Result, error) {
	return c.tx.ExecContext(c.ctx, query, args...)
}
func (c *copied) Rollback() error { return c.tx.Rollback() }
func (c *copied) Commit() error   { return c.tx.Commit() }

func (c *copied) with(ctx context.Context) *copied {
	d := *c
	d.ctx = ctx
	return &d
}

func (c *copied) executor(ctx context.Context) executor {
	d := &copied{}
	*d = *c
	d.ctx = ctx
	return d
}

func beginCopied(db *sql.DB) (*copied, error) {
	tx, err := db.Begin()
	if err != nil {
		return nil, err
	}
	return &copied{tx: tx}, nil
}

func useCopy(ctx context.Context, db *sql.DB) error {
	c, err := beginCopied(db)
	if err != nil {
		return err
	}
	d := c.with(ctx)
	if _, err := d.Exec("DELETE FROM users"); err != nil {
		d.Rollback()
		return err
	}
	return d.Commit()
}

func useCopyHalf(ctx context.Context, db *sql.DB) error {
	c, err := beginCopied(db) // want "c.*connleak/wrapper"
	if err != nil {
		return err
	}
	d := c.with(ctx)
	if _, err := d.Exec("DELETE FROM users"); err != nil {
		return err
	}
	return d.Commit()
}

func useExecutor(ctx context.Context, db *sql.DB) error {
	c, err := beginCopied(db)
	if err != nil {
		return err
	}
	x := c.executor(ctx)
	_, err = x.Exec("DELETE FROM users")
	if d, ok := x.(*copied); ok {
		if err != nil {
			d.Rollback()
			return err
		}
		return d.Commit()
	}
	return err
}
