package testfiles

import (
	"database/sql"
	"os"
	"testing"
)

var db *sql.DB

func TestMain(m *testing.M) {
	var err error
	if db, err = sql.Open("mysql", os.Getenv("DSN")); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

func newStore(t *testing.T) *Store {
	db, err := sql.Open("mysql", os.Getenv("DSN"))
	if err != nil {
		t.Fatal(err)
	}
	db.SetConnMaxLifetime(300)
	return &Store{db}
}

func TestStore(t *testing.T) { _ = newStore(t) }
