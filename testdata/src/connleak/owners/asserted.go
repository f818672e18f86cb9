package owners

import (
	"context"
	"database/sql"
	"errors"
)

// Generated clients keep the transaction behind an interface that does not
// say so, and reach it by an assertion.

type execer interface{ Exec(string) error }

type ender interface {
	execer
	Commit() error
	Rollback() error
}

type endedTx struct{ tx *sql.Tx }

func (t endedTx) Exec(q string) error { _, err := t.tx.Exec(q); return err }
func (t endedTx) Commit() error       { return t.tx.Commit() }
func (t endedTx) Rollback() error     { return t.tx.Rollback() }

func beginEnder(ctx context.Context, db *sql.DB) (ender, error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	return endedTx{tx}, nil
}

type txExecer struct {
	execer
	tx ender
}

type clientConfig struct{ driver execer }

type clientTx struct {
	clientConfig
	name string
}

func (t *clientTx) Commit() error   { return t.clientConfig.driver.(*txExecer).tx.Commit() }
func (t *clientTx) Rollback() error { return t.clientConfig.driver.(*txExecer).tx.Rollback() }

type generatedClient struct{ clientConfig }

func (c *generatedClient) begin(ctx context.Context, db *sql.DB) (*clientTx, error) {
	tx, err := beginEnder(ctx, db)
	if err != nil {
		return nil, err
	}
	cfg := c.clientConfig
	cfg.driver = &txExecer{tx: tx, execer: c.driver}
	return &clientTx{clientConfig: cfg}, nil
}

func assertedOwner(ctx context.Context, db *sql.DB, c *generatedClient, bad bool) error {
	tx, err := c.begin(ctx, db) // want `tx \(\*clientTx\) holds \*sql.Tx and is not rolled back on every path: the return at line 67 .*`
	if err != nil {
		return err
	}
	if bad {
		return errors.New("bad")
	}
	return tx.Commit()
}

func assertedOwnerClean(ctx context.Context, db *sql.DB, c *generatedClient, bad bool) error {
	tx, err := c.begin(ctx, db)
	if err != nil {
		return err
	}
	if bad {
		return errors.Join(errors.New("bad"), tx.Rollback())
	}
	return tx.Commit()
}

func assertedLiteral(ctx context.Context, db *sql.DB) error {
	inner, err := beginEnder(ctx, db)
	if err != nil {
		return err
	}
	tx := &clientTx{clientConfig: clientConfig{&txExecer{tx: inner}}}
	return tx.Commit()
}

func assertedLiteralLeft(ctx context.Context, db *sql.DB, bad bool) error {
	inner, err := beginEnder(ctx, db) // want `inner \(ender\) holds \*sql.Tx and is not rolled back on every path: the return at line 99 .*`
	if err != nil {
		return err
	}
	tx := &clientTx{clientConfig: clientConfig{&txExecer{tx: inner}}}
	if bad {
		return errors.New("bad")
	}
	return tx.Commit()
}
