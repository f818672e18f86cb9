// Package store has helpers that other packages use: forwarders, closers,
// runners and an owner.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
)

// Query forwards the rows to its caller.
func Query(ctx context.Context, db *sql.DB, text string) (*sql.Rows, error) {
	rows, err := db.QueryContext(ctx, text)
	if err != nil {
		return nil, fmt.Errorf("query %q: %w", text, err)
	}
	return rows, nil
}

// Must is a value or a panic.
func Must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// IDs reads and closes.
func IDs(rows *sql.Rows) (ids []int, err error) {
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// Drain reads, but a failed Scan leaves the rows open.
func Drain(rows *sql.Rows) (ids []int, err error) {
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// Finish ends a transaction as *err says.
func Finish(tx *sql.Tx, err *error) {
	if *err != nil {
		tx.Rollback()
		return
	}
	*err = tx.Commit()
}

// Touch uses a transaction and leaves it as it was.
func Touch(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, "UPDATE touched SET at = NOW()")
	return err
}

// InTx runs fn in a transaction.
func InTx(ctx context.Context, db *sql.DB, fn func(tx *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := fn(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// Repo owns statements.
type Repo struct {
	insert *sql.Stmt
	remove *sql.Stmt
}

// NewRepo prepares the statements of a repo.
func NewRepo(db *sql.DB) (*Repo, error) {
	insert, err := db.Prepare("INSERT INTO users VALUES (?)")
	if err != nil {
		return nil, err
	}
	remove, err := db.Prepare("DELETE FROM users WHERE id = ?")
	if err != nil {
		insert.Close()
		return nil, err
	}
	return &Repo{insert: insert, remove: remove}, nil
}

// Insert inserts.
func (r *Repo) Insert(id int) error {
	_, err := r.insert.Exec(id)
	return err
}

// Close closes the statements.
func (r *Repo) Close() error {
	return errors.Join(r.insert.Close(), r.remove.Close())
}

// Users yields the names of all users and closes whatever the loop does.
func Users(db *sql.DB) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		rows, err := db.Query("SELECT name FROM users")
		if err != nil {
			yield("", err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				yield("", err)
				return
			}
			if !yield(name, nil) {
				return
			}
		}
	}
}
