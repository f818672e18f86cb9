package dynamic

import (
	"context"
	"database/sql"
	"log"
)

// Archive says by directives what its methods do.
type Archive interface {
	// Write writes all rows and closes them.
	//
	//connvet:closes rows
	Write(ctx context.Context, rows *sql.Rows) error

	// Peek looks at the rows and leaves them to the caller.
	//
	//connvet:borrows rows
	Peek(ctx context.Context, rows *sql.Rows) error

	// Open opens a volume, which the caller closes.
	//
	//connvet:owns
	Open(name string) (Volume, error)

	// Current is the volume in use; it stays the archive's.
	//
	//connvet:borrows result
	Current() (Volume, error)
}

// Volume is part of an archive.
type Volume interface {
	Name() string

	// Seal ends the volume.
	//
	//connvet:closes receiver
	Seal() error
}

// Write closes.
func write(ctx context.Context, db *sql.DB, a Archive) error {
	rows, err := db.QueryContext(ctx, "SELECT id FROM users")
	if err != nil {
		return err
	}
	return a.Write(ctx, rows)
}

// Peek does not.
func peek(ctx context.Context, db *sql.DB, a Archive) error {
	rows, err := db.QueryContext(ctx, "SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	return a.Peek(ctx, rows)
}

// Peek, then Close.
func peekClosed(ctx context.Context, db *sql.DB, a Archive) error {
	rows, err := db.QueryContext(ctx, "SELECT id FROM users")
	if err != nil {
		return err
	}
	defer rows.Close()
	return a.Peek(ctx, rows)
}

// An opened volume is sealed.
func sealed(a Archive) error {
	v, err := a.Open("2024")
	if err != nil {
		return err
	}
	log.Print(v.Name())
	return v.Seal()
}

// An opened volume is not sealed on one path.
func unsealed(a Archive) error {
	v, err := a.Open("2024") // want "v.*connleak/"
	if err != nil {
		return err
	}
	if v.Name() == "" {
		return errStop
	}
	return v.Seal()
}

// The current volume is lent.
func current(a Archive) (string, error) {
	v, err := a.Current()
	if err != nil {
		return "", err
	}
	return v.Name(), nil
}

// leased opens a pool that something else, which inference does not see, closes.
//
//connvet:borrows result
func leased(dsn string) (*sql.DB, error) {
	return sql.Open("mysql", dsn)
}

// The directive goes before inference: the result is lent.
func pingLeased(dsn string) error {
	db, err := leased(dsn)
	if err != nil {
		return err
	}
	return db.Ping()
}

// remember is said to take its rows, so their end is its business.
//
//connvet:closes rows
func remember(rows *sql.Rows, later func(any)) {
	later(rows)
}

// The directive speaks for the parameter.
func remembered(db *sql.DB, later func(any)) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	remember(rows, later)
	return nil
}

// Lender's directive is on the type and so holds for each of its methods.
//
//connvet:borrows result
type Lender interface {
	Conn(ctx context.Context) (*sql.Conn, error)
	Tx(ctx context.Context) (*sql.Tx, error)
}

// Both are lent.
func lent(ctx context.Context, l Lender) error {
	conn, err := l.Conn(ctx)
	if err != nil {
		return err
	}
	if err := conn.PingContext(ctx); err != nil {
		return err
	}
	tx, err := l.Tx(ctx)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "SELECT 1")
	return err
}

// Giver's methods give away what they return.
//
//connvet:owns
type Giver interface {
	Conn(ctx context.Context) (*sql.Conn, error)
	Tx(ctx context.Context) (*sql.Tx, error)
}

// The given connection is closed, the given transaction is not ended.
func given(ctx context.Context, g Giver) error {
	conn, err := g.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	tx, err := g.Tx(ctx) // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "SELECT 1")
	return err
}
