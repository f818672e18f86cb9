// Package types has resources in other clothes: types decide, found by package
// path and name, never names alone.
package types

import (
	"context"
	"database/sql"
	"errors"

	"connleak/types/fork/sqlx"
	likeness "connleak/types/likeness/sqlx"
	fake "connleak/types/sql"
)

var errStop = errors.New("stop")

// Rows is an alias: the same type.
type Rows = sql.Rows

func query(db *sql.DB) (*Rows, error) { return db.Query("SELECT id FROM users") }

// An alias of *sql.Rows is *sql.Rows.
func alias(db *sql.DB) error {
	var rows *Rows
	rows, err := query(db) // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	if !rows.Next() {
		return errStop
	}
	return nil
}

// An alias of *sql.Rows, closed.
func aliasClosed(db *sql.DB) error {
	rows, err := query(db)
	if err != nil {
		return err
	}
	defer rows.Close()
	if !rows.Next() {
		return errStop
	}
	return nil
}

// DB embeds the pool and adds a method.
type DB struct {
	*sql.DB
	name string
}

// Users queries the embedded pool.
func (db *DB) Users() (*sql.Rows, error) { return db.Query("SELECT id FROM " + db.name) }

// Promoted and own methods of a type that embeds *sql.DB.
func embedded(db *DB) error {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	if !rows.Next() {
		return errStop
	}
	users, err := db.Users()
	if err != nil {
		rows.Close()
		return err
	}
	return users.Close()
}

// Promoted and own methods of a type that embeds *sql.DB, each closed.
func embeddedClosed(db *DB) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	defer rows.Close()
	users, err := db.Users()
	if err != nil {
		return err
	}
	defer users.Close()
	if !rows.Next() || !users.Next() {
		return errStop
	}
	return nil
}

// Tx embeds a transaction and renames what ends it.
type Tx struct {
	*sql.Tx
	done bool
}

// BeginNamed begins.
func (db *DB) BeginNamed(ctx context.Context) (*Tx, error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	return &Tx{Tx: tx}, nil
}

// MustRollback ends the transaction if it is not ended.
func (tx *Tx) MustRollback() {
	if err := tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) {
		panic(err)
	}
	tx.done = true
}

// Ended by the method with another name.
func renamed(ctx context.Context, db *DB) error {
	tx, err := db.BeginNamed(ctx)
	if err != nil {
		return err
	}
	defer tx.MustRollback()
	if _, err := tx.Exec("DELETE FROM users"); err != nil {
		return err
	}
	return tx.Commit()
}

// Ended by the promoted Commit on one path only.
func renamedLeft(ctx context.Context, db *DB) error {
	tx, err := db.BeginNamed(ctx) // want "tx.*connleak/(wrapper|tx)"
	if err != nil {
		return err
	}
	if _, err := tx.Exec("DELETE FROM users"); err != nil {
		return err
	}
	return tx.Commit()
}

// A package called sql that is not database/sql: its Rows are no rows.
func notDatabaseSQL(db *fake.DB) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	if !rows.Next() {
		return errStop
	}
	return nil
}

// A fork of sqlx has the layout of sqlx: DB, Tx, Stmt and Rows, each embedding its counterpart.
func fork(db *sqlx.DB) error {
	rows, err := db.Queryx("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	if !rows.Next() {
		return errStop
	}
	return nil
}

// Rows of a fork of sqlx, closed.
func forkClosed(db *sqlx.DB) error {
	rows, err := db.Queryx("SELECT id FROM users")
	if err != nil {
		return err
	}
	defer rows.Close()
	if !rows.Next() {
		return errStop
	}
	return nil
}

// A package called sqlx without that layout is none.
func likenessOnly(db *likeness.DB) error {
	rows, err := db.Queryx("SELECT id FROM users")
	if err != nil {
		return err
	}
	if !rows.Next() {
		return errStop
	}
	return nil
}
