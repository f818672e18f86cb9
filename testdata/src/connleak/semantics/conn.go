package semantics

import (
	"context"
	"database/sql"
	"time"
)

// The usual shape.
func withLock(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	_, err = conn.ExecContext(ctx, "SELECT GET_LOCK('jobs', 10)")
	return err
}

// A pinned connection that is never given back.
func sessionID(ctx context.Context, db *sql.DB) (id int, err error) {
	conn, err := db.Conn(ctx) // want "conn.*connleak/conn"
	if err != nil {
		return 0, err
	}
	err = conn.QueryRowContext(ctx, "SELECT CONNECTION_ID()").Scan(&id)
	return id, err
}

// Explicitly, on every path.
func sessionIDClosed(ctx context.Context, db *sql.DB) (id int, err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return 0, err
	}
	err = conn.QueryRowContext(ctx, "SELECT CONNECTION_ID()").Scan(&id)
	if cerr := conn.Close(); err == nil {
		err = cerr
	}
	return id, err
}

// A context bounds rows and transactions, never a Conn.
func pingPinned(db *sql.DB) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	conn, err := db.Conn(ctx) // want "conn.*connleak/conn"
	if err != nil {
		return err
	}
	return conn.PingContext(ctx)
}

// One error exit forgets the Close.
func setRole(ctx context.Context, db *sql.DB, role string) error {
	conn, err := db.Conn(ctx) // want "conn.*connleak/conn"
	if err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, "SET ROLE "+role); err != nil {
		return err
	}
	return conn.Close()
}

// Close before each exit.
func setRoleClosed(ctx context.Context, db *sql.DB, role string) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, "SET ROLE "+role); err != nil {
		conn.Close()
		return err
	}
	return conn.Close()
}

// Rows of a Conn do not end with it. Conn.Close even waits for them: this function never returns.
func pinnedRows(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	rows, err := conn.QueryContext(ctx, "SELECT id FROM jobs") // want "rows.*connleak/rows"
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
}

// Deferred in the right order: rows first, then the Conn.
func pinnedRowsClosed(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	rows, err := conn.QueryContext(ctx, "SELECT id FROM jobs")
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
}

// A Tx of a Conn does not end with the Conn either.
func pinnedTx(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	tx, err := conn.BeginTx(ctx, nil) // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if _, err := tx.Exec("DELETE FROM jobs"); err != nil {
		return err
	}
	return tx.Commit()
}

// Tx of a Conn with its own Rollback.
func pinnedTxRolledBack(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec("DELETE FROM jobs"); err != nil {
		return err
	}
	return tx.Commit()
}

// A Stmt of a Conn survives Conn.Close.
func pinnedStmt(ctx context.Context, db *sql.DB, ids []int) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	stmt, err := conn.PrepareContext(ctx, "DELETE FROM jobs WHERE id = ?") // want "stmt.*connleak/stmt"
	if err != nil {
		return err
	}
	for _, id := range ids {
		if _, err := stmt.ExecContext(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// Stmt of a Conn, closed.
func pinnedStmtClosed(ctx context.Context, db *sql.DB, ids []int) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	stmt, err := conn.PrepareContext(ctx, "DELETE FROM jobs WHERE id = ?")
	if err != nil {
		return err
	}
	defer stmt.Close()
	for _, id := range ids {
		if _, err := stmt.ExecContext(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// Raw uses the driver's connection and releases nothing.
func driverVersion(ctx context.Context, db *sql.DB) (name string, err error) {
	conn, err := db.Conn(ctx) // want "conn.*connleak/conn"
	if err != nil {
		return "", err
	}
	err = conn.Raw(func(dc any) error {
		name = "known"
		return nil
	})
	return name, err
}
