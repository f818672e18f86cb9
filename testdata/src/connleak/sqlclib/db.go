// Package sqlclib has the shape of what sqlc generates, and what people write
// beside it.
package sqlclib

import (
	"context"
	"database/sql"
)

// DBTX is what a DB and a Tx have in common.
type DBTX interface {
	ExecContext(context.Context, string, ...interface{}) (sql.Result, error)
	PrepareContext(context.Context, string) (*sql.Stmt, error)
	QueryContext(context.Context, string, ...interface{}) (*sql.Rows, error)
	QueryRowContext(context.Context, string, ...interface{}) *sql.Row
}

// New makes queries of a DB or a Tx.
func New(db DBTX) *Queries { return &Queries{db: db} }

// Queries are the queries of this package.
type Queries struct{ db DBTX }

// WithTx has the queries run in a Tx, which stays the caller's.
func (q *Queries) WithTx(tx *sql.Tx) *Queries { return &Queries{db: tx} }

const listUsers = `-- name: ListUsers :many
SELECT id, name FROM users
ORDER BY name
`

// User is a row of users.
type User struct {
	ID   int64
	Name string
}

// What sqlc generates is clean.
func (q *Queries) ListUsers(ctx context.Context) ([]User, error) {
	rows, err := q.db.QueryContext(ctx, listUsers)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var items []User
	for rows.Next() {
		var i User
		if err := rows.Scan(&i.ID, &i.Name); err != nil {
			return nil, err
		}
		items = append(items, i)
	}
	if err := rows.Close(); err != nil {
		return nil, err
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return items, nil
}

// Written by hand after its pattern, without the defer.
func (q *Queries) ListUsersLeft(ctx context.Context) ([]User, error) {
	rows, err := q.db.QueryContext(ctx, listUsers) // want "rows.*connleak/rows"
	if err != nil {
		return nil, err
	}
	var items []User
	for rows.Next() {
		var i User
		if err := rows.Scan(&i.ID, &i.Name); err != nil {
			return nil, err
		}
		items = append(items, i)
	}
	return items, rows.Err()
}

// A row that is scanned.
func (q *Queries) GetUser(ctx context.Context, id int64) (User, error) {
	row := q.db.QueryRowContext(ctx, "SELECT id, name FROM users WHERE id = ?", id)
	var i User
	err := row.Scan(&i.ID, &i.Name)
	return i, err
}

// A row that is not scanned on one path.
func (q *Queries) GetUserLeft(ctx context.Context, id int64) (User, error) {
	row := q.db.QueryRowContext(ctx, "SELECT id, name FROM users WHERE id = ?", id) // want "row.*connleak/row]"
	var i User
	if id == 0 {
		return i, sql.ErrNoRows
	}
	err := row.Scan(&i.ID, &i.Name)
	return i, err
}

// Prepared is what sqlc generates for prepared queries.
type Prepared struct {
	listStmt *sql.Stmt
	getStmt  *sql.Stmt
}

// The generated constructor drops the first statement when the second fails.
func Prepare(ctx context.Context, db DBTX) (*Prepared, error) {
	q := Prepared{}
	var err error
	if q.listStmt, err = db.PrepareContext(ctx, listUsers); err != nil { // want "connleak/stmt"
		return nil, err
	}
	if q.getStmt, err = db.PrepareContext(ctx, "SELECT id FROM users"); err != nil {
		return nil, err
	}
	return &q, nil
}

// Close closes the statements.
func (q *Prepared) Close() (err error) {
	if q.listStmt != nil {
		err = q.listStmt.Close()
	}
	if q.getStmt != nil {
		if cerr := q.getStmt.Close(); err == nil {
			err = cerr
		}
	}
	return err
}

// Queries in a Tx that is ended here.
func rename(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := New(db).WithTx(tx).ListUsers(ctx); err != nil {
		return err
	}
	return tx.Commit()
}

// Queries in a Tx that is not: WithTx only borrows it.
func renameLeft(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil) // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if _, err := New(db).WithTx(tx).ListUsers(ctx); err != nil {
		return err
	}
	return tx.Commit()
}
