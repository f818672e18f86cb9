// Package clean defers in and near loops, with nothing open when the next round
// begins.
package clean

import (
	"context"
	"database/sql"
	"errors"
	"sync"
)

var errStop = errors.New("stop")

// The rows are read to their end: the deferred Close has nothing left to do.
func drained(db *sql.DB, tables []string) (n int, err error) {
	for _, table := range tables {
		rows, err := db.Query("SELECT id FROM " + table)
		if err != nil {
			return 0, err
		}
		defer rows.Close()
		for rows.Next() {
			var id int
			if err := rows.Scan(&id); err != nil {
				return 0, err
			}
			n += id
		}
		if err := rows.Err(); err != nil {
			return 0, err
		}
	}
	return n, nil
}

// The body is a function of its own, so the defer runs in each round.
func closure(db *sql.DB, tables []string) error {
	for _, table := range tables {
		if err := func() error {
			rows, err := db.Query("SELECT id FROM " + table)
			if err != nil {
				return err
			}
			defer rows.Close()
			if !rows.Next() {
				return errStop
			}
			return nil
		}(); err != nil {
			return err
		}
	}
	return nil
}

// The goroutine is a function of its own as well.
func goroutine(db *sql.DB, tables []string) {
	var wg sync.WaitGroup
	for _, table := range tables {
		wg.Go(func() {
			rows, err := db.Query("SELECT id FROM " + table)
			if err != nil {
				return
			}
			defer rows.Close()
			rows.Next()
		})
	}
	wg.Wait()
}

// Closed by hand before the next round, the defer is for the exits.
func closedTwice(db *sql.DB, tables []string) error {
	for _, table := range tables {
		rows, err := db.Query("SELECT id FROM " + table)
		if err != nil {
			return err
		}
		defer rows.Close()
		if !rows.Next() {
			return errStop
		}
		if err := rows.Close(); err != nil {
			return err
		}
	}
	return nil
}

// The round that defers is the last: every way from it leaves the loop.
func lastRound(ctx context.Context, db *sql.DB) error {
	for range 3 {
		conn, err := db.Conn(ctx)
		if err != nil {
			continue
		}
		defer conn.Close()
		return conn.PingContext(ctx)
	}
	return errStop
}

// Retried until it works, deferred behind the loop.
func behind(ctx context.Context, db *sql.DB) (err error) {
	var conn *sql.Conn
	for range 3 {
		if conn, err = db.Conn(ctx); err == nil {
			break
		}
	}
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.PingContext(ctx)
}

// Before the loop.
func before(ctx context.Context, db *sql.DB, texts []string) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	for _, text := range texts {
		if _, err := conn.ExecContext(ctx, text); err != nil {
			return err
		}
	}
	return nil
}

// A defer in a loop that releases nothing of a database.
func unlock(mu []*sync.Mutex) {
	for _, m := range mu {
		m.Lock()
		defer m.Unlock()
	}
}

func closeEach(all ...*sql.Rows) {
	for _, rows := range all {
		rows.Close()
	}
}

// Closed in the iteration; the deferred call of a helper finds it closed.
func closedBeforeHelper(db *sql.DB, n int) error {
	for range n {
		rows, err := db.Query("SELECT 1")
		if err != nil {
			return err
		}
		defer closeEach(rows)
		rows.Next()
		rows.Close()
	}
	return nil
}
