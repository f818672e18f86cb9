// Package calleecloses: the Close of a connection waits for what was made with it, also in a callee.
package calleecloses

import (
	"context"
	"database/sql"
	"io"
)

func use(conn *sql.Conn) error {
	_ = conn.Close()
	return nil
}

func closeQuiet(c io.Closer) {
	_ = c.Close()
}

func closeAll[T io.Closer](cs ...T) {
	for _, c := range cs {
		_ = c.Close()
	}
}

func direct(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	tx, err := conn.BeginTx(ctx, nil) // want `connleak/`
	if err != nil {
		conn.Close()
		return err
	}
	defer tx.Rollback()
	conn.Close()
	return nil
}

func helper(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	tx, err := conn.BeginTx(ctx, nil) // want `connleak/`
	if err != nil {
		conn.Close()
		return err
	}
	defer tx.Rollback()
	return use(conn)
}

func closer(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	rows, err := conn.QueryContext(ctx, "select 1") // want `connleak/`
	if err != nil {
		conn.Close()
		return err
	}
	defer rows.Close()
	closeQuiet(conn)
	return nil
}

func generic(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	rows, err := conn.QueryContext(ctx, "select 1") // want `connleak/`
	if err != nil {
		conn.Close()
		return err
	}
	closeAll(conn)
	return rows.Close()
}
