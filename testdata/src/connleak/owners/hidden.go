package owners

import (
	"context"
	"database/sql"
)

// What is in a field of an interface type that releases nothing may be kept by
// whoever is given the struct.

type hiddenQuerier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

type hiddenOptions struct {
	Name string
	DB   hiddenQuerier
}

type hiddenStore struct{ o hiddenOptions }

func hiddenNew(o hiddenOptions) *hiddenStore { return &hiddenStore{o: o} }

func hiddenOpen(dsn string) (*hiddenStore, error) {
	db, err := sql.Open("sqlite3", dsn)
	if err != nil {
		return nil, err
	}
	return hiddenNew(hiddenOptions{Name: "x", DB: db}), nil
}

func hiddenNewPtr(o *hiddenOptions) *hiddenStore { return &hiddenStore{o: *o} }

func hiddenOpenPtr(dsn string) (*hiddenStore, error) {
	db, err := sql.Open("sqlite3", dsn)
	if err != nil {
		return nil, err
	}
	return hiddenNewPtr(&hiddenOptions{Name: "x", DB: db}), nil
}

type hiddenFlat struct{ q hiddenQuerier }

func hiddenNewFlat(o hiddenOptions) *hiddenFlat { return &hiddenFlat{q: o.DB} }

func hiddenOpenFlat(dsn string) (*hiddenFlat, error) {
	db, err := sql.Open("sqlite3", dsn)
	if err != nil {
		return nil, err
	}
	return hiddenNewFlat(hiddenOptions{Name: "x", DB: db}), nil
}

func hiddenBegin(db *sql.DB) (*hiddenStore, error) {
	tx, err := db.Begin()
	if err != nil {
		return nil, err
	}
	return hiddenNew(hiddenOptions{Name: "x", DB: tx}), nil
}

var hiddenKept []hiddenOptions

func hiddenStash(o hiddenOptions) { hiddenKept = append(hiddenKept, o) }

func hiddenKeep(dsn string) error {
	db, err := sql.Open("sqlite3", dsn)
	if err != nil {
		return err
	}
	hiddenStash(hiddenOptions{Name: "x", DB: db})
	return nil
}

func hiddenNoCall(dsn string) (*hiddenStore, error) {
	db, err := sql.Open("sqlite3", dsn)
	if err != nil {
		return nil, err
	}
	return &hiddenStore{o: hiddenOptions{Name: "x", DB: db}}, nil
}

func hiddenUse(o hiddenOptions) error {
	_, err := o.DB.ExecContext(context.Background(), "DELETE FROM users")
	return err
}

// The function itself ends it after the call: so it was borrowed.
func hiddenBorrowed(db *sql.DB) error {
	tx, err := db.Begin() // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if err := hiddenUse(hiddenOptions{Name: "x", DB: tx}); err != nil {
		return err
	}
	return tx.Commit()
}
