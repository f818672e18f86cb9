// Package goroutines hands resources to goroutines, which release them, or not.
package goroutines

import (
	"context"
	"database/sql"
	"errors"
	"log"
	"sync"
	"time"
)

var errStop = errors.New("stop")

// The goroutine closes.
func async(db *sql.DB, out chan<- int) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	go func() {
		defer rows.Close()
		for rows.Next() {
			var id int
			if rows.Scan(&id) != nil {
				return
			}
			out <- id
		}
	}()
	return nil
}

// The goroutine stops at the first bad row and closes nothing.
func asyncLeft(db *sql.DB, out chan<- int) error {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	go func() {
		for rows.Next() {
			var id int
			if rows.Scan(&id) != nil {
				return
			}
			out <- id
		}
	}()
	return nil
}

func consume(rows *sql.Rows, out chan<- int) {
	defer close(out)
	defer rows.Close()
	for rows.Next() {
		var id int
		if rows.Scan(&id) == nil {
			out <- id
		}
	}
}

// A function started as a goroutine closes its parameter.
func asyncFunc(db *sql.DB) (<-chan int, error) {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return nil, err
	}
	out := make(chan int)
	go consume(rows, out)
	return out, nil
}

// The goroutine is only started on one of the ways.
func asyncSometimes(db *sql.DB, limit int) (<-chan int, error) {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return nil, err
	}
	if limit == 0 {
		return nil, errStop
	}
	out := make(chan int, limit)
	go consume(rows, out)
	return out, nil
}

// The goroutine waits for the context and closes then.
func closedOnDone(ctx context.Context, db *sql.DB) (*sql.Conn, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	go func() {
		<-ctx.Done()
		conn.Close()
	}()
	if err := conn.PingContext(ctx); err != nil {
		return nil, err
	}
	return conn, nil
}

// The runtime calls the closure when the context is done.
func closedAfterFunc(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	context.AfterFunc(ctx, func() { conn.Close() })
	return conn.PingContext(ctx)
}

// A timer closes.
func closedByTimer(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	time.AfterFunc(time.Minute, func() { _ = conn.Close() })
	return conn.PingContext(ctx)
}

// A wait group's function reads to the end, and the caller waits for it.
func countWaited(db *sql.DB) (n int, err error) {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return 0, err
	}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for rows.Next() {
			n++
		}
	}()
	wg.Wait()
	return n, rows.Err()
}

// What a goroutine acquires it owes itself.
func background(db *sql.DB) {
	go func() {
		rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
		if err != nil {
			log.Print(err)
			return
		}
		if rows.Next() {
			log.Print("there are users")
		}
	}()
}

// What a goroutine acquires it gives back.
func backgroundClosed(db *sql.DB) {
	go func() {
		rows, err := db.Query("SELECT id FROM users")
		if err != nil {
			log.Print(err)
			return
		}
		defer rows.Close()
		if rows.Next() {
			log.Print("there are users")
		}
	}()
}

// Sent over a channel: the receiver has it.
func sent(db *sql.DB, out chan<- *sql.Rows) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	out <- rows
	return nil
}

// Sent over a channel, unless the context is done first.
func sentSelect(ctx context.Context, db *sql.DB, out chan<- *sql.Rows) error {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	select {
	case out <- rows:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Sent over a channel, or closed when the context is done first.
func sentSelectClosed(ctx context.Context, db *sql.DB, out chan<- *sql.Rows) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	select {
	case out <- rows:
		return nil
	case <-ctx.Done():
		rows.Close()
		return ctx.Err()
	}
}

// What comes out of a channel is whose it was.
func received(in <-chan *sql.Rows) (n int) {
	rows := <-in
	if rows.Next() {
		n++
	}
	return n
}

// A goroutine per pool: each closes its own.
func pingAll(dsns []string) {
	var wg sync.WaitGroup
	for _, dsn := range dsns {
		wg.Add(1)
		go func() {
			defer wg.Done()
			db, err := sql.Open("mysql", dsn)
			if err != nil {
				return
			}
			defer db.Close()
			log.Print(dsn, db.Ping())
		}()
	}
	wg.Wait()
}

// A goroutine per pool: none is closed.
func pingAllLeft(dsns []string) {
	var wg sync.WaitGroup
	for _, dsn := range dsns {
		wg.Add(1)
		go func() {
			defer wg.Done()
			db, err := sql.Open("mysql", dsn) // want "db.*connleak/db"
			if err != nil {
				return
			}
			log.Print(dsn, db.Ping())
		}()
	}
	wg.Wait()
}
