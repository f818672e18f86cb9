// Package wording has a finding for each sentence that connleak can say; what
// it says is in passes/connleak/testdata/wording.txt.
package wording

import (
	"context"
	"database/sql"
	"errors"
	"log"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5"
)

var errStop = errors.New("stop")

type server struct{ db *sql.DB }

func oneExit(db *sql.DB) error {
	rows, err := db.Query("SELECT 1") // want "."
	if err != nil {
		return err
	}
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			return err
		}
	}
	return rows.Err()
}

func severalExits(db *sql.DB, a, b bool) error {
	rows, err := db.Query("SELECT 1") // want "."
	if err != nil {
		return err
	}
	if a {
		return errStop
	}
	if !b {
		return nil
	}
	return rows.Close()
}

func manyExits(db *sql.DB, n int) error {
	rows, err := db.Query("SELECT 1") // want "."
	if err != nil {
		return err
	}
	switch n {
	case 1:
		return errStop
	case 2:
		return errors.New("two")
	case 3:
		return errors.New("three")
	case 4:
		return errors.New("four")
	}
	return rows.Close()
}

func fallsOff(db *sql.DB) {
	rows, err := db.Query("SELECT 1") // want "."
	if err == nil {
		log.Print(rows.Columns())
	}
}

func goroutine(db *sql.DB) error {
	rows, err := db.Query("SELECT 1") // want "."
	if err != nil {
		return err
	}
	go func() {
		if rows.Next() {
			return
		}
	}()
	return nil
}

func acquiredAgain(db *sql.DB) {
	for {
		rows, err := db.Query("SELECT 1") // want "."
		if err == nil {
			log.Print(rows.Columns())
		}
	}
}

func beginsAgain(db *sql.DB) {
	for {
		tx, err := db.Begin() // want "."
		if err == nil {
			_, _ = tx.Exec("DELETE FROM users")
		}
	}
}

func fields(s *server) error {
	var held struct{ rows *sql.Rows }
	var err error
	held.rows, err = s.db.Query("SELECT 1") // want "."
	if err != nil {
		return err
	}
	return errStop
}

func nameless(db *sql.DB) error {
	return db.QueryRow("SELECT 1").Err() // want "."
}

func fluent(db *sql.DB) error {
	row := func() *sql.DB { return db }(). // the next line is reported
						QueryRow("SELECT 1") // want "."
	return row.Err()
}

func transactions(db *sql.DB, dry bool) error {
	tx, err := db.Begin() // want "."
	if err != nil {
		return err
	}
	if dry {
		return nil
	}
	return tx.Commit()
}

func transactionLost(db *sql.DB) error {
	tx, err := db.Begin() // want "."
	if err != nil {
		return err
	}
	_, err = tx.Exec("DELETE FROM users")
	return err
}

func statement(db *sql.DB) error {
	stmt, err := db.Prepare("SELECT 1") // want "."
	if err != nil {
		return err
	}
	_, err = stmt.Exec()
	return err
}

func connection(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx) // want "."
	if err != nil {
		return err
	}
	return conn.PingContext(ctx)
}

func single(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, "") // want "."
	if err != nil {
		return err
	}
	return conn.Ping(ctx)
}

func batch(ctx context.Context, conn *pgx.Conn) error {
	results := conn.SendBatch(ctx, &pgx.Batch{}) // want "."
	_, err := results.Exec()
	return err
}

func open(dsn string) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn) // want "."
	if err != nil {
		return nil, err
	}
	if err := db.Ping(); err != nil {
		return nil, err
	}
	return db, nil
}

func fromHelper(dsn string) error {
	db, err := open(dsn) // want "."
	if err != nil {
		return err
	}
	return db.Ping()
}

// iterator owns rows.
type iterator struct{ rows *sql.Rows }

func (it *iterator) Close() error { return it.rows.Close() }

func iterate(db *sql.DB) (*iterator, error) {
	rows, err := db.Query("SELECT 1")
	if err != nil {
		return nil, err
	}
	return &iterator{rows}, nil
}

func owner(db *sql.DB) error {
	it, err := iterate(db) // want "."
	if err != nil {
		return err
	}
	if it.rows.Next() {
		return errStop
	}
	return it.Close()
}

func query(db *sql.DB) (done func() error, err error) {
	rows, err := db.Query("SELECT 1")
	if err != nil {
		return nil, err
	}
	return rows.Close, nil
}

func closer(db *sql.DB) error {
	done, err := query(db) // want "."
	if err != nil {
		return err
	}
	log.Print(done == nil)
	return nil
}

func waits(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	rows, err := conn.QueryContext(context.Background(), "SELECT 1") // want "."
	if err != nil {
		conn.Close()
		return err
	}
	rows.Next()
	return conn.Close()
}

func discarded(db *sql.DB) {
	_, _ = db.Query("VACUUM") // want "."

	db.QueryRow("ANALYZE") // want "."

	_, _ = db.Prepare("x") // want "."

	_, _ = db.Begin() // want "."

	_, _ = sql.Open("x", "y") // want "."
}

func boundByCaller(ctx context.Context, db *sql.DB) (bool, error) {
	rows, err := db.QueryContext(ctx, "SELECT 1") // want "."
	if err != nil {
		return false, err
	}
	return rows.Next(), nil
}

func (s *server) boundByRequest(w http.ResponseWriter, r *http.Request) {
	ctx := context.WithValue(r.Context(), errStop, 1)
	rows, err := s.db.QueryContext(ctx, "SELECT 1") // want "."
	if err == nil {
		rows.Next()
	}
}

func boundByTimeout(db *sql.DB) (bool, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	rows, err := db.QueryContext(ctx, "SELECT 1") // want "."
	if err != nil {
		cancel()
		return false, err
	}
	return rows.Next(), nil
}

func boundByCancel(ctx context.Context, db *sql.DB) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	rows, err := db.QueryContext(ctx, "SELECT 1") // want "."
	if err != nil {
		return false, err
	}
	return rows.Next(), nil
}

func unbound(ctx context.Context, db *sql.DB) (bool, error) {
	rows, err := db.QueryContext(context.WithoutCancel(ctx), "SELECT 1") // want "."
	if err != nil {
		return false, err
	}
	return rows.Next(), nil
}

// A context does not close rows that were scanned into sql.RawBytes.
func untilNothing(ctx context.Context, db *sql.DB) error {
	rows, err := db.QueryContext(ctx, "SELECT 1") // want `its connection in use \[connleak/rows\]`
	if err != nil {
		return err
	}
	for rows.Next() {
		var id sql.RawBytes
		if err := rows.Scan(&id); err != nil {
			rows.Close()
			return err
		}
		if len(id) == 0 {
			break
		}
	}
	return rows.Err()
}

type lineReader struct{ rows *sql.Rows }

func (l *lineReader) Close() error { return l.rows.Close() }

func newLineReader(db *sql.DB) (*lineReader, error) {
	rows, err := db.Query("SELECT 1")
	if err != nil {
		return nil, err
	}
	return &lineReader{rows}, nil
}

// The line is that of the call which is named, however many lie between.
func freshLineReader(db *sql.DB) (*lineReader, error) {
	return newLineReader(db)
}

// What a deferred literal decides about something else is no part of the path.
func deferredElsewhere(db *sql.DB, stop func() error) error {
	defer func() {
		if err := stop(); err != nil {
			log.Print(err)
		}
	}()
	l, err := freshLineReader(db) // want `its connection in use \[connleak/wrapper\]`
	if err != nil {
		return err
	}
	return l.rows.Err()
}
