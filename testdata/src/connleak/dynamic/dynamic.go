// Package dynamic calls through interfaces and func values, of which no body is
// known: what is handed to them is theirs, unless something says otherwise.
package dynamic

import (
	"context"
	"database/sql"
	"errors"
	"log"
)

var errStop = errors.New("stop")

// Sink is exported: anybody may implement it.
type Sink interface {
	Consume(rows *sql.Rows) error
}

// Handed to an interface: silent.
func export(db *sql.DB, s Sink) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	return s.Consume(rows)
}

// Lost before it is handed over.
func exportLeft(db *sql.DB, s Sink) error {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	if s == nil {
		return errStop
	}
	return s.Consume(rows)
}

// Handed to a func value: silent.
func exportFunc(db *sql.DB, consume func(*sql.Rows) error) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	return consume(rows)
}

// Handed to a func of a table: silent.
func exportTable(db *sql.DB, kind string, table map[string]func(*sql.Rows)) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	table[kind](rows)
	return nil
}

// Repository is a part of the application that writes in the caller's transaction.
type Repository interface {
	Insert(ctx context.Context, tx *sql.Tx, name string) error
}

type service struct{ repo Repository }

// The same function commits after the call, so the call only borrowed the Tx, on the error path too.
func (s *service) create(ctx context.Context, db *sql.DB, name string) error {
	tx, err := db.BeginTx(ctx, nil) // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if err := s.repo.Insert(ctx, tx, name); err != nil {
		return err
	}
	return tx.Commit()
}

// Borrowed and rolled back.
func (s *service) createRolledBack(ctx context.Context, db *sql.DB, name string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := s.repo.Insert(ctx, tx, name); err != nil {
		tx.Rollback()
		return err
	}
	return tx.Commit()
}

// printer is unexported: its implementations are those of this package, and all only read.
type printer interface {
	print(rows *sql.Rows) error
}

type columnPrinter struct{}

func (columnPrinter) print(rows *sql.Rows) error {
	cols, err := rows.Columns()
	log.Print(cols)
	return err
}

type errPrinter struct{ prefix string }

func (p *errPrinter) print(rows *sql.Rows) error {
	log.Print(p.prefix, rows.Err())
	return nil
}

// All implementations borrow.
func printed(db *sql.DB, p printer) error {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	return p.print(rows)
}

// All implementations borrow, and the caller closes.
func printedClosed(db *sql.DB, p printer) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	defer rows.Close()
	return p.print(rows)
}

// collector is unexported, and all its implementations close.
type collector interface {
	collect(rows *sql.Rows) int
}

type counter struct{}

func (counter) collect(rows *sql.Rows) (n int) {
	defer rows.Close()
	for rows.Next() {
		n++
	}
	return n
}

type firstOnly struct{ seen int }

func (f *firstOnly) collect(rows *sql.Rows) int {
	if rows.Next() {
		f.seen++
	}
	rows.Close()
	return f.seen
}

// All implementations close.
func collected(db *sql.DB, c collector) (int, error) {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return 0, err
	}
	return c.collect(rows), nil
}

// An interface that DB, Tx and Conn satisfy: its method is theirs, and acquires as theirs do.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Rows of such an interface: nothing says that they end with a Tx.
func firstName(ctx context.Context, q querier) (name string, err error) {
	rows, err := q.QueryContext(ctx, "SELECT name FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return "", err
	}
	if !rows.Next() {
		return "", errStop
	}
	err = rows.Scan(&name)
	return name, err
}

// Rows of such an interface, closed.
func firstNameClosed(ctx context.Context, q querier) (name string, err error) {
	rows, err := q.QueryContext(ctx, "SELECT name FROM users")
	if err != nil {
		return "", err
	}
	defer rows.Close()
	if !rows.Next() {
		return "", errStop
	}
	err = rows.Scan(&name)
	return name, err
}
