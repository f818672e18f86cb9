package testfiles

import (
	"database/sql"
	"testing"
)

var Fixture *sql.DB

// OpenForTest is for the tests of other packages.
func OpenForTest(t *testing.T, dsn string) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		t.Fatal(err)
	}
	Fixture = db
}
