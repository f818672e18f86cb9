// Package closemethodvalue: close of a connection as a method value waits, too.
package closemethodvalue

import (
	"context"
	"database/sql"
)

func judged(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	rows, err := conn.QueryContext(ctx, "select n from t") // want `connleak/`
	if err != nil {
		conn.Close()
		return err
	}
	rows.Columns()
	closer := conn.Close
	closer()
	return rows.Close()
}
