// Package pgxlib uses github.com/jackc/pgx/v5, whose rules differ from those of
// database/sql: a failed Scan closes the rows, the rows carry the query's error,
// a context ends no transaction.
package pgxlib

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

var errStop = errors.New("stop")

// A failed Scan closes the rows: what would leak with database/sql is clean.
func namesScanFails(ctx context.Context, pool *pgxpool.Pool) (names []string, err error) {
	rows, err := pool.Query(ctx, "SELECT name FROM users")
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

// A return for another reason leaves them open.
func namesStopped(ctx context.Context, pool *pgxpool.Pool) (names []string, err error) {
	rows, err := pool.Query(ctx, "SELECT name FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		if name == "" {
			return nil, errStop
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

// A deferred Close, which has no result in pgx.
func namesClosed(ctx context.Context, pool *pgxpool.Pool) (names []string, err error) {
	rows, err := pool.Query(ctx, "SELECT name FROM users")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		if name == "" {
			return nil, errStop
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

// A failed Values closes as well.
func valuesFail(ctx context.Context, conn *pgx.Conn) (n int, err error) {
	rows, err := conn.Query(ctx, "SELECT * FROM users")
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		values, err := rows.Values()
		if err != nil {
			return n, err
		}
		n += len(values)
	}
	return n, rows.Err()
}

// A break is another reason.
func valuesBreak(ctx context.Context, conn *pgx.Conn) (n int, err error) {
	rows, err := conn.Query(ctx, "SELECT * FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		values, err := rows.Values()
		if err != nil {
			return n, err
		}
		if n += len(values); n > 100 {
			break
		}
	}
	return n, rows.Err()
}

// One Next without Close.
func single(ctx context.Context, pool *pgxpool.Pool) (id int, err error) {
	rows, err := pool.Query(ctx, "SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return 0, err
	}
	if !rows.Next() {
		return 0, pgx.ErrNoRows
	}
	err = rows.Scan(&id)
	return id, err
}

// The query's error may be ignored, since the rows carry it and CollectRows closes them.
func collected(ctx context.Context, pool *pgxpool.Pool) ([]int, error) {
	rows, _ := pool.Query(ctx, "SELECT id FROM users")
	return pgx.CollectRows(rows, pgx.RowTo[int])
}

// Something comes between Query and CollectRows.
func collectedTooLate(ctx context.Context, pool *pgxpool.Pool, want int) ([]int, error) {
	rows, err := pool.Query(ctx, "SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return nil, err
	}
	if len(rows.FieldDescriptions()) != want {
		return nil, errStop
	}
	return pgx.CollectRows(rows, pgx.RowTo[int])
}

// The others that close.
func collectedOthers(ctx context.Context, pool *pgxpool.Pool) error {
	one, _ := pool.Query(ctx, "SELECT id FROM users LIMIT 1")
	if _, err := pgx.CollectOneRow(one, pgx.RowTo[int]); err != nil {
		return err
	}
	exactly, _ := pool.Query(ctx, "SELECT id FROM users LIMIT 1")
	if _, err := pgx.CollectExactlyOneRow(exactly, pgx.RowTo[int]); err != nil {
		return err
	}
	var ids []int
	more, _ := pool.Query(ctx, "SELECT id FROM users")
	if _, err := pgx.AppendRows(ids, more, pgx.RowTo[int]); err != nil {
		return err
	}
	var id int
	each, _ := pool.Query(ctx, "SELECT id FROM users")
	_, err := pgx.ForEachRow(each, []any{&id}, func() error { return nil })
	return err
}

// Query's two results go straight into the collector's helper.
func all[T any](rows pgx.Rows, err error) ([]T, error) {
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[T])
}

type user struct{ Name string }

// A helper that collects.
func helped(ctx context.Context, pool *pgxpool.Pool) ([]user, error) {
	return all[user](pool.Query(ctx, "SELECT name FROM users"))
}

// Rows without their error being looked at, and without a Close.
func ignoredError(ctx context.Context, pool *pgxpool.Pool) bool {
	rows, _ := pool.Query(ctx, "SELECT id FROM users") // want "rows.*connleak/rows"
	return rows.Next()
}

// A row that is scanned.
func scanned(ctx context.Context, pool *pgxpool.Pool) (n int, err error) {
	err = pool.QueryRow(ctx, "SELECT COUNT(*) FROM users").Scan(&n)
	return n, err
}

// A row that is not scanned pins its connection.
func unscanned(ctx context.Context, pool *pgxpool.Pool) {
	pool.QueryRow(ctx, "DELETE FROM users") // want "connleak/row]"
}

// A prepared statement of pgx is a name on the connection: nothing is owed for it.
func prepared(ctx context.Context, conn *pgx.Conn) error {
	sd, err := conn.Prepare(ctx, "find", "SELECT id FROM users WHERE name = $1")
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, sd.Name, "x")
	return err
}
