package callbacks

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Closes whatever the function does.
func forEach(db *sql.DB, query string, fn func(rows *sql.Rows) error) error {
	rows, err := db.Query(query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// The function's error ends the loop with the rows open. It gets values, not the rows, so
// nothing is handed over.
func forEachLeft(db *sql.DB, query string, fn func(id int) error) error {
	rows, err := db.Query(query) // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			rows.Close()
			return err
		}
		if err := fn(id); err != nil {
			return err
		}
	}
	return rows.Err()
}

// A pinned connection for the time of the call.
func withConn(ctx context.Context, db *sql.DB, fn func(conn *sql.Conn) error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return fn(conn)
}

// Rows of the lent connection are the callback's: withConn's Close would wait for them for ever.
func lockedLeft(ctx context.Context, db *sql.DB) error {
	return withConn(ctx, db, func(conn *sql.Conn) error {
		rows, err := conn.QueryContext(ctx, "SELECT id FROM jobs FOR UPDATE") // want "rows.*connleak/rows"
		if err != nil {
			return err
		}
		for rows.Next() {
			var id int
			if err := rows.Scan(&id); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

// Rows of the lent connection, closed.
func locked(ctx context.Context, db *sql.DB) error {
	return withConn(ctx, db, func(conn *sql.Conn) error {
		rows, err := conn.QueryContext(ctx, "SELECT id FROM jobs FOR UPDATE")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id int
			if err := rows.Scan(&id); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

// AcquireFunc lends a connection and takes it back itself.
func acquireFunc(ctx context.Context, pool *pgxpool.Pool) error {
	return pool.AcquireFunc(ctx, func(conn *pgxpool.Conn) error {
		_, err := conn.Exec(ctx, "DELETE FROM jobs")
		return err
	})
}

// Acquire inside of AcquireFunc is another connection.
func acquireInAcquireFunc(ctx context.Context, pool *pgxpool.Pool) error {
	return pool.AcquireFunc(ctx, func(conn *pgxpool.Conn) error {
		second, err := pool.Acquire(ctx) // want "second.*connleak/conn"
		if err != nil {
			return err
		}
		return second.Ping(ctx)
	})
}

// A callback that leaves what it opened in a variable outside.
func opensOutside(ctx context.Context, db *sql.DB) error {
	var rows *sql.Rows
	err := withTx(ctx, db, func(tx *sql.Tx) (err error) {
		rows, err = db.QueryContext(ctx, "SELECT id FROM jobs")
		return err
	})
	if rows != nil {
		defer rows.Close()
	}
	return err
}

// A callback that leaves what it opened in a variable outside, where nobody closes it.
func opensOutsideLeft(ctx context.Context, db *sql.DB) (found bool, err error) {
	var rows *sql.Rows
	err = withTx(ctx, db, func(tx *sql.Tx) (err error) {
		rows, err = db.QueryContext(ctx, "SELECT id FROM jobs") // want "rows.*connleak/rows"
		return err
	})
	if err != nil {
		return false, err
	}
	return rows.Next(), nil
}
