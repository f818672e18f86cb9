// Package fixes has leaks with a fix that is safe, and what it makes of them.
package fixes

import (
	"context"
	"database/sql"
	"errors"
	"log"
	"testing"

	"github.com/stretchr/testify/require"
)

var errStop = errors.New("stop")

// Behind the check of the error.
func ids(db *sql.DB) (ids []int, err error) {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// Behind the check, and behind what stands between it and the acquisition.
func chain(ctx context.Context, db *sql.DB) (bool, error) {
	rows, err := db. // the chain goes on
				QueryContext( // want "rows.*connleak/rows"
			ctx,
			"SELECT id FROM users",
		)
	log.Print("queried")
	if err != nil {
		return false, err
	} // no rows
	return rows.Next(), rows.Err()
}

// In the branch that has them.
func alternative(db *sql.DB) error {
	if rows, err := db.Query("SELECT id FROM users"); err != nil { // want "rows.*connleak/rows"
		return err
	} else {
		if !rows.Next() {
			return errStop
		}
		return rows.Err()
	}
}

func success(db *sql.DB) (ok bool) {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err == nil {
		ok = rows.Next()
	}
	return ok
}

func successInHead(db *sql.DB) (ok bool) {
	if rows, err := db.Query("SELECT id FROM users"); err == nil { // want "rows.*connleak/rows"
		ok = rows.Next()
	}
	return ok
}

// The variable is declared outside.
func outside(db *sql.DB) (bool, error) {
	var rows *sql.Rows
	var err error
	if rows, err = db.Query("SELECT id FROM users"); err != nil { // want "rows.*connleak/rows"
		return false, err
	}
	return rows.Next(), nil
}

// By a switch.
func bySwitch(db *sql.DB) (bool, error) {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	switch {
	case errors.Is(err, sql.ErrConnDone):
		return false, nil
	case err != nil:
		return false, err
	}
	return rows.Next(), nil
}

// By a helper that does not return.
func byHelper(t *testing.T, db *sql.DB) {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	require.NoError(t, err)
	require.True(t, rows.Next())
}

// Where the syntax does not tell whether there are rows, they are asked.
func unchecked(db *sql.DB) bool {
	rows, _ := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	return rows.Next()
}

func softly(db *sql.DB) bool {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		log.Print(err)
	}
	return rows != nil && rows.Next()
}

// The same variable is used again: each value has its own defer.
func again(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	log.Print(rows.Columns())
	rows, err = db.Query("SELECT id FROM groups") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	log.Print(rows.Columns())
	return nil
}

// In a literal.
func literal(db *sql.DB) func() error {
	return func() error {
		rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
		if err != nil {
			return err
		}
		if !rows.Next() {
			return errStop
		}
		return rows.Err()
	}
}

// A field of a local struct.
func field(db *sql.DB) error {
	var state struct{ rows *sql.Rows }
	var err error
	state.rows, err = db.Query("SELECT id FROM users") // want "state.rows.*connleak/rows"
	if err != nil {
		return err
	}
	if !state.rows.Next() {
		return errStop
	}
	return state.rows.Err()
}

// Rows on a connection that is closed first: its Close waits for them.
func waits(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	rows, err := conn.QueryContext(ctx, "SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		conn.Close()
		return err
	}
	rows.Next()
	return conn.Close()
}

// A goroutine goes on reading when the function has returned: no defer.
func spawned(db *sql.DB, quiet bool) error {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	if quiet {
		return errStop
	}
	go func() {
		defer rows.Close()
		for rows.Next() {
			log.Print(rows.Columns())
		}
	}()
	return nil
}

// Cleanup by goto, which one return forgets: it may come from before the query.
func labels(db *sql.DB) (err error) {
	var rows *sql.Rows
	if err = db.Ping(); err != nil {
		goto done
	}
	rows, err = db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	if !rows.Next() {
		return errStop
	}
	if _, err = rows.Columns(); err != nil {
		return err
	}
done:
	if rows != nil {
		rows.Close()
	}
	return err
}
