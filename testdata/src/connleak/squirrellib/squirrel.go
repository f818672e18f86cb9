// Package squirrellib uses github.com/Masterminds/squirrel, whose builders query
// what they run with.
package squirrellib

import (
	"context"
	"database/sql"
	"errors"

	sq "github.com/Masterminds/squirrel"
)

var errStop = errors.New("stop")

// The chain's end acquires.
func names(db *sql.DB) (out []string, err error) {
	rows, err := sq.Select("name").From("users").Where(sq.Eq{"active": true}).RunWith(db).Query() // want "rows.*connleak/rows"
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		out = append(out, name)
	}
	return out, rows.Err()
}

// The chain's end acquires, on its own line.
func namesChained(ctx context.Context, db *sql.DB) (bool, error) {
	rows, err := sq.Select("name").
		From("users").
		RunWith(db).
		QueryContext(ctx) // want "rows.*connleak/rows"
	if err != nil {
		return false, err
	}
	return rows.Next(), nil
}

// The rows are closed.
func namesClosed(ctx context.Context, db *sql.DB) (out []string, err error) {
	rows, err := sq.Select("name").
		From("users").
		RunWith(db).
		QueryContext(ctx)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		out = append(out, name)
	}
	return out, rows.Err()
}

// The text is built, and database/sql queries it.
func textOnly(ctx context.Context, db *sql.DB) error {
	text, args, err := sq.Select("name").From("users").ToSql()
	if err != nil {
		return err
	}
	rows, err := db.QueryContext(ctx, text, args...) // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	if !rows.Next() {
		return errStop
	}
	return nil
}

// QueryWith acquires, too.
func queryWith(db *sql.DB) error {
	rows, err := sq.QueryWith(db, sq.Select("name").From("users")) // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	if !rows.Next() {
		return errStop
	}
	return nil
}

// QueryWith, closed.
func queryWithClosed(ctx context.Context, db *sql.DB) error {
	rows, err := sq.QueryContextWith(ctx, db, sq.Select("name").From("users"))
	if err != nil {
		return err
	}
	defer rows.Close()
	if !rows.Next() {
		return errStop
	}
	return nil
}

// A builder that runs with a Tx: the rows end with it.
func namesOfTx(tx *sql.Tx) (name string, err error) {
	rows, err := sq.Select("name").From("users").RunWith(tx).Query()
	if err != nil {
		return "", err
	}
	if !rows.Next() {
		return "", errStop
	}
	err = rows.Scan(&name)
	return name, err
}

// Scan of the builder queries a row and scans it.
func count(db *sql.DB) (n int, err error) {
	err = sq.Select("COUNT(*)").From("users").RunWith(db).Scan(&n)
	return n, err
}

// QueryRow, scanned.
func countRow(db *sql.DB) (n int, err error) {
	err = sq.Select("COUNT(*)").From("users").RunWith(db).QueryRow().Scan(&n)
	return n, err
}

// QueryRow, not scanned.
func inserted(db *sql.DB, name string) {
	sq.Insert("users").Columns("name").Values(name).Suffix("RETURNING id").RunWith(db).QueryRow() // want "connleak/row]"
}

// A project's own interface over transactions is one, too.
type ownTx interface {
	Query(query string, args ...any) (*sql.Rows, error)
	Exec(query string, args ...any) (sql.Result, error)
	QueryRow(query string, args ...any) sq.RowScanner
	Commit() error
	Rollback() error
}

func namesOfOwnTx(tx ownTx) (name string, err error) {
	rows, err := sq.Select("name").From("users").RunWith(tx).Query()
	if err != nil {
		return "", err
	}
	if !rows.Next() {
		return "", errStop
	}
	err = rows.Scan(&name)
	return name, err
}
