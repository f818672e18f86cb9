// Package rows defers the release of rows, statements, connections and pools in
// loops: all of them stay open until the function returns.
package rows

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"log"
	"slices"
)

var errStop = errors.New("stop")

// One connection per table, held until the function returns.
func columns(db *sql.DB, tables []string) (all []string, err error) {
	for _, table := range tables {
		rows, err := db.Query("SELECT * FROM " + table)
		if err != nil {
			return nil, err
		}
		defer rows.Close() // want "deferinloop"
		cols, err := rows.Columns()
		if err != nil {
			return nil, err
		}
		all = append(all, cols...)
	}
	return all, nil
}

// The inner loop may stop early, so the rows may still be open when the next round begins.
func firstNames(db *sql.DB, tables []string) (names []string, err error) {
	for _, table := range tables {
		rows, err := db.Query("SELECT name FROM " + table)
		if err != nil {
			return nil, err
		}
		defer rows.Close() // want "deferinloop"
		for rows.Next() {
			var name string
			if rows.Scan(&name) == nil {
				names = append(names, name)
				break
			}
		}
	}
	return names, nil
}

// Deferred in a closure, which is deferred in the loop.
func deferredClosure(db *sql.DB, tables []string) error {
	for i := 0; i < len(tables); i++ {
		rows, err := db.Query("SELECT * FROM " + tables[i])
		if err != nil {
			return err
		}
		defer func() { // want "deferinloop"
			if err := rows.Close(); err != nil {
				log.Print(err)
			}
		}()
		if !rows.Next() {
			return errStop
		}
	}
	return nil
}

func closeQuietly(c io.Closer) { _ = c.Close() }

// Deferred through a helper.
func deferredHelper(ctx context.Context, db *sql.DB, names []string) error {
	for _, name := range names {
		conn, err := db.Conn(ctx)
		if err != nil {
			return err
		}
		defer closeQuietly(conn) // want "deferinloop"
		if _, err := conn.ExecContext(ctx, "SELECT GET_LOCK(?, 1)", name); err != nil {
			return err
		}
	}
	return nil
}

// Statements pile up on the server.
func statements(db *sql.DB, tables []string) error {
	for _, table := range tables {
		stmt, err := db.Prepare("DELETE FROM " + table)
		if err != nil {
			return err
		}
		defer stmt.Close() // want "deferinloop"
		if _, err := stmt.Exec(); err != nil {
			return err
		}
	}
	return nil
}

// Pools pile up.
func pools(dsns []string) error {
	for _, dsn := range dsns {
		db, err := sql.Open("mysql", dsn)
		if err != nil {
			return err
		}
		defer db.Close() // want "deferinloop"
		if err := db.Ping(); err != nil {
			return err
		}
	}
	return nil
}

// A retry loop whose defer stands before the test that ends it.
func retry(ctx context.Context, db *sql.DB) error {
	for range 3 {
		conn, err := db.Conn(ctx)
		if err != nil {
			continue
		}
		defer conn.Close() // want "deferinloop"
		if err := conn.PingContext(ctx); err == nil {
			return nil
		}
	}
	return errStop
}

// A method value, deferred.
func methodValue(db *sql.DB, tables []string) error {
	for _, table := range tables {
		rows, err := db.Query("SELECT * FROM " + table)
		if err != nil {
			return err
		}
		done := rows.Close
		defer done() // want "deferinloop"
		if !rows.Next() {
			return errStop
		}
	}
	return nil
}

// A loop by goto.
func jump(db *sql.DB, tables []string) error {
	i := 0
next:
	if i == len(tables) {
		return nil
	}
	rows, err := db.Query("SELECT * FROM " + tables[i])
	if err != nil {
		return err
	}
	defer rows.Close() // want "deferinloop"
	if !rows.Next() {
		return errStop
	}
	i++
	goto next
}

// A range over a function is a loop whose body's defers run at the end of the function around it.
func overFunc(db *sql.DB, tables []string) error {
	for table := range slices.Values(tables) {
		rows, err := db.Query("SELECT * FROM " + table)
		if err != nil {
			return err
		}
		defer rows.Close() // want "deferinloop"
		if !rows.Next() {
			return errStop
		}
	}
	return nil
}

// A worker that never returns never runs its defers.
func worker(db *sql.DB, jobs <-chan int) {
	for id := range jobs {
		rows, err := db.Query("SELECT * FROM jobs WHERE id = ?", id)
		if err != nil {
			log.Print(err)
			continue
		}
		defer rows.Close() // want "deferinloop"
		if rows.Next() {
			log.Print("found")
		}
	}
}
