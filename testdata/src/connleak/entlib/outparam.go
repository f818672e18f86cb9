package entlib

import (
	"context"

	"entgo.io/ent/dialect/sql"
)

// Query fills the rows that it is given the address of.
func names(ctx context.Context, drv *sql.Driver) (out []string, err error) {
	rows := &sql.Rows{}
	if err := drv.Query(ctx, "SELECT name FROM users", []any{}, rows); err != nil {
		return nil, err
	}
	defer rows.Close()
	err = sql.ScanSlice(rows, &out)
	return out, err
}

// Query fills the rows, and nobody closes them: ScanSlice may stop early.
func namesLeft(ctx context.Context, drv *sql.Driver) (out []string, err error) {
	rows := &sql.Rows{}
	if err := drv.Query(ctx, "SELECT name FROM users", []any{}, rows); err != nil { // want "rows.*connleak/rows"
		return nil, err
	}
	err = sql.ScanSlice(rows, &out)
	return out, err
}

// Rows on the stack are filled the same way.
func first(ctx context.Context, drv *sql.Driver) (name string, err error) {
	var rows sql.Rows
	if err := drv.Query(ctx, "SELECT name FROM users", []any{}, &rows); err != nil {
		return "", err
	}
	defer func() { _ = rows.Close() }()
	if rows.Next() {
		err = rows.Scan(&name)
	}
	return name, err
}
