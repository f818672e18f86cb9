// Package bunlib uses github.com/uptrace/bun, whose DB, Conn, Tx and Stmt wrap
// those of database/sql, the last three by value.
package bunlib

import (
	"context"
	"database/sql"
	"errors"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"
)

var errStop = errors.New("stop")

type user struct{ ID int }

// Rows at the end of a chain, left by an early return.
func ids(ctx context.Context, db *bun.DB) (out []int, err error) {
	rows, err := db.NewSelect().Model((*user)(nil)).Column("id").Rows(ctx) // want "rows.*connleak/rows"
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, rows.Err()
}

// Rows at the end of a chain, closed.
func idsClosed(ctx context.Context, db *bun.DB) (out []int, err error) {
	rows, err := db.NewSelect().Model((*user)(nil)).Column("id").Rows(ctx)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, rows.Err()
}

// ScanRows closes what it reads.
func scanRows(ctx context.Context, db *bun.DB) (out []user, err error) {
	rows, err := db.QueryContext(ctx, "SELECT id FROM users")
	if err != nil {
		return nil, err
	}
	err = db.ScanRows(ctx, rows, &out)
	return out, err
}

// ScanRow reads the current row and closes nothing.
func scanRow(ctx context.Context, db *bun.DB) (u user, err error) {
	rows, err := db.QueryContext(ctx, "SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return u, err
	}
	if !rows.Next() {
		return u, errStop
	}
	err = db.ScanRow(ctx, rows, &u)
	return u, err
}

// A transaction by value, with the usual idiom.
func remove(ctx context.Context, db *bun.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "DELETE FROM users"); err != nil {
		return err
	}
	return tx.Commit()
}

// A transaction by value, with an exit that forgets it.
func removeLeft(ctx context.Context, db *bun.DB) error {
	tx, err := db.BeginTx(ctx, nil) // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM users"); err != nil {
		return err
	}
	return tx.Commit()
}

// RunInTx ends what it begins; rows of its Tx end with it.
func runInTx(ctx context.Context, db *bun.DB) error {
	return db.RunInTx(ctx, &sql.TxOptions{}, func(ctx context.Context, tx bun.Tx) error {
		rows, err := tx.QueryContext(ctx, "SELECT id FROM users")
		if err != nil {
			return err
		}
		if rows.Next() {
			return nil
		}
		return errStop
	})
}

// A connection by value.
func pinned(ctx context.Context, db *bun.DB) error {
	conn, err := db.Conn(ctx) // want "conn.*connleak/conn"
	if err != nil {
		return err
	}
	return conn.PingContext(ctx)
}

// A connection by value, closed by the promoted Close.
func pinnedClosed(ctx context.Context, db *bun.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.PingContext(ctx)
}

// A statement by value.
func prepared(db *bun.DB) error {
	stmt, err := db.Prepare("DELETE FROM users") // want "stmt.*connleak/stmt"
	if err != nil {
		return err
	}
	_, err = stmt.Exec()
	return err
}

// A statement by value, closed by the promoted Close.
func preparedClosed(ctx context.Context, db *bun.DB) error {
	stmt, err := db.PrepareContext(ctx, "DELETE FROM users")
	if err != nil {
		return err
	}
	defer stmt.Close()
	_, err = stmt.ExecContext(ctx)
	return err
}

// NewDB is another view of the pool: its Close closes the pool.
func opened(ctx context.Context, dsn string, dialect schema.Dialect) error {
	raw, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	db := bun.NewDB(raw, dialect)
	defer db.Close()
	_, err = db.ExecContext(ctx, "DELETE FROM users")
	return err
}

// NewDB is another view of the pool, and neither is closed.
func openedLeft(ctx context.Context, dsn string, dialect schema.Dialect) error {
	raw, err := sql.Open("mysql", dsn) // want "connleak/db"
	if err != nil {
		return err
	}
	db := bun.NewDB(raw, dialect)
	_, err = db.ExecContext(ctx, "DELETE FROM users")
	return err
}

// NewDB's view is returned.
func openedReturned(dsn string, dialect schema.Dialect) (*bun.DB, error) {
	raw, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	return bun.NewDB(raw, dialect), nil
}
