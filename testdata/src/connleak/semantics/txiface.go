package semantics

import (
	"context"
	"database/sql"
)

// A project's own interface over transactions.
type ownTx interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	Commit() error
	Rollback() error
}

type ownDB interface {
	Begin() (ownTx, error)
	BeginTx(ctx context.Context, opts *sql.TxOptions) (ownTx, error)
	Tx() (ownTx, error) // lends
}

func ownLeak(ctx context.Context, db ownDB) error {
	tx, err := db.BeginTx(ctx, nil) // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM users"); err != nil {
		return err
	}
	return tx.Commit()
}

func ownClean(ctx context.Context, db ownDB) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	rows, err := tx.QueryContext(ctx, "SELECT 1") // they end with it
	if err != nil {
		return err
	}
	if !rows.Next() {
		return rows.Err()
	}
	return tx.Commit()
}

func ownLent(ctx context.Context, db ownDB) error {
	tx, err := db.Tx()
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "DELETE FROM users")
	return err
}

func ownReturned(db ownDB) (ownTx, error) {
	tx, err := db.Begin()
	if err != nil {
		return nil, err
	}
	return tx, nil
}

func ownReturnedLeak(ctx context.Context, db ownDB) error {
	tx, err := ownReturned(db) // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM users"); err != nil {
		return err
	}
	return finish(tx)
}

func finish(tx ownTx) error {
	if err := tx.Commit(); err != nil {
		tx.Rollback()
		return err
	}
	return nil
}

func ownDeferred(ctx context.Context, db ownDB) (err error) {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			tx.Rollback()
			return
		}
		err = tx.Commit()
	}()
	_, err = tx.ExecContext(ctx, "DELETE FROM users")
	return err
}

type unitOfWork struct{ tx ownTx }

func (u *unitOfWork) Done() error  { return u.tx.Commit() }
func (u *unitOfWork) Close() error { return u.tx.Rollback() }

func newUnit(db ownDB) (*unitOfWork, error) {
	tx, err := db.Begin()
	if err != nil {
		return nil, err
	}
	return &unitOfWork{tx}, nil
}

func useUnit(ctx context.Context, db ownDB) error {
	u, err := newUnit(db)
	if err != nil {
		return err
	}
	defer u.Close()
	if _, err := u.tx.ExecContext(ctx, "DELETE FROM users"); err != nil {
		return err
	}
	return u.Done()
}

func withOwn(ctx context.Context, db ownDB, f func(ownTx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		tx.Rollback()
		return err
	}
	return tx.Commit()
}

// With a context, as pgx has it.
type ctxTx interface {
	Exec(ctx context.Context, query string) (sql.Result, error)
	Commit(ctx context.Context) error
	Rollback(ctx context.Context) error
}

type ctxDB interface {
	Begin(ctx context.Context) (ctxTx, error)
}

func ctxLeak(ctx context.Context, db ctxDB) error {
	tx, err := db.Begin(ctx) // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "DELETE FROM users"); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

func ctxClean(ctx context.Context, db ctxDB) error {
	tx, err := db.Begin(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback(ctx)
	_, err = tx.Exec(ctx, "DELETE FROM users")
	return err
}

// Of another store than a database.
type kvTx interface {
	Get(key []byte) ([]byte, error)
	Commit() error
	Rollback() error
}

type kvStore interface {
	Begin(write bool) (kvTx, error)
}

func kvRead(s kvStore) ([]byte, error) {
	tx, err := s.Begin(false)
	if err != nil {
		return nil, err
	}
	return tx.Get(nil)
}
