// Package sqlxlib uses github.com/jmoiron/sqlx: the embedded types of
// database/sql and the methods that sqlx adds.
package sqlxlib

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jmoiron/sqlx"
)

var errStop = errors.New("stop")

type user struct {
	ID   int
	Name string
}

// A failed StructScan leaves the rows open, as Scan does.
func users(ctx context.Context, db *sqlx.DB) (out []user, err error) {
	rows, err := db.QueryxContext(ctx, "SELECT id, name FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var u user
		if err := rows.StructScan(&u); err != nil {
			return nil, err
		}
		out = append(out, u)
	}
	return out, rows.Err()
}

// The promoted Close is deferred.
func usersClosed(ctx context.Context, db *sqlx.DB) (out []user, err error) {
	rows, err := db.QueryxContext(ctx, "SELECT id, name FROM users")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var u user
		if err := rows.StructScan(&u); err != nil {
			return nil, err
		}
		out = append(out, u)
	}
	return out, rows.Err()
}

// The promoted Close in a deferred closure.
func usersClosedInClosure(db *sqlx.DB) (out []user, err error) {
	rows, err := db.Queryx("SELECT id, name FROM users")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var u user
		if err := rows.StructScan(&u); err != nil {
			return nil, err
		}
		out = append(out, u)
	}
	return out, nil
}

// The embedded rows are closed by name.
func usersClosedEmbedded(db *sqlx.DB) (n int, err error) {
	rows, err := db.Queryx("SELECT id, name FROM users")
	if err != nil {
		return 0, err
	}
	defer rows.Rows.Close()
	if rows.Next() {
		n++
	}
	return n, nil
}

// Read to the end by the promoted Next.
func countDrained(db *sqlx.DB) (n int, err error) {
	rows, err := db.Queryx("SELECT id FROM users")
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

// A named query.
func named(db *sqlx.DB, arg user) (out user, err error) {
	rows, err := db.NamedQuery("SELECT id, name FROM users WHERE name = :name", arg) // want "rows.*connleak/rows"
	if err != nil {
		return out, err
	}
	if rows.Next() {
		err = rows.StructScan(&out)
	}
	return out, err
}

// A named query, closed.
func namedClosed(ctx context.Context, db *sqlx.DB, arg user) (out user, err error) {
	rows, err := db.NamedQueryContext(ctx, "SELECT id, name FROM users WHERE name = :name", arg)
	if err != nil {
		return out, err
	}
	defer rows.Close()
	if rows.Next() {
		err = rows.StructScan(&out)
	}
	return out, err
}

// A named query by the package's function.
func namedFunc(ctx context.Context, db *sqlx.DB, arg user) (bool, error) {
	rows, err := sqlx.NamedQueryContext(ctx, db, "SELECT id FROM users WHERE name = :name", arg) // want "rows.*connleak/rows"
	if err != nil {
		return false, err
	}
	return rows.Next(), nil
}

// Query promoted from the embedded *sql.DB.
func promoted(db *sqlx.DB) (bool, error) {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return false, err
	}
	return rows.Next(), nil
}

// Get and Select take care of themselves.
func selected(ctx context.Context, db *sqlx.DB) (out []user, err error) {
	var n int
	if err := db.GetContext(ctx, &n, "SELECT COUNT(*) FROM users"); err != nil {
		return nil, err
	}
	err = db.SelectContext(ctx, &out, "SELECT id, name FROM users")
	return out, err
}

// Rows of a sqlx.Tx end with it.
func rowsOfTx(tx *sqlx.Tx) (u user, err error) {
	rows, err := tx.Queryx("SELECT id, name FROM users")
	if err != nil {
		return u, err
	}
	if !rows.Next() {
		return u, errStop
	}
	err = rows.StructScan(&u)
	return u, err
}

// A named query of a Tx ends with it.
func namedOfTx(tx *sqlx.Tx, arg user) (bool, error) {
	rows, err := tx.NamedQuery("SELECT id FROM users WHERE name = :name", arg)
	if err != nil {
		return false, err
	}
	return rows.Next(), nil
}

// A row that StructScan or MapScan reads is released.
func oneUser(ctx context.Context, db *sqlx.DB, id int) (u user, err error) {
	if err := db.QueryRowxContext(ctx, "SELECT * FROM users WHERE id = ?", id).StructScan(&u); err != nil {
		return u, err
	}
	m := map[string]any{}
	err = db.QueryRowx("SELECT * FROM details WHERE id = ?", id).MapScan(m)
	return u, err
}

// A row that nobody scans.
func touched(db *sqlx.DB, id int) error {
	return db.QueryRowx("UPDATE users SET seen = 1 WHERE id = ? RETURNING id", id).Err() // want "connleak/row]"
}

// Columns of a row do not scan it.
func columns(db *sqlx.DB) ([]string, error) {
	row := db.QueryRowx("SELECT * FROM users") // want "row.*connleak/row]"
	return row.Columns()
}

// A connection of sqlx.
func conn(ctx context.Context, db *sqlx.DB) error {
	c, err := db.Connx(ctx) // want "c.*connleak/conn"
	if err != nil {
		return err
	}
	return c.PingContext(ctx)
}

// A connection of sqlx, closed.
func connClosed(ctx context.Context, db *sqlx.DB) error {
	c, err := db.Connx(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	rows, err := c.QueryxContext(ctx, "SELECT id FROM users")
	if err != nil {
		return err
	}
	defer rows.Close()
	if rows.Next() {
		return nil
	}
	return sql.ErrNoRows
}
