package testfiles_test

import (
	"os"
	"testing"

	"connleak/testfiles"
)

var store *testfiles.Store

// A store that lives for all tests.
func TestMain(m *testing.M) {
	var err error
	if store, err = testfiles.Open("test@/test"); err != nil {
		panic(err)
	}
	code := m.Run()
	store.Close()
	os.Exit(code)
}

// The external test package owes as every importer does.
func TestJobs(t *testing.T) {
	rows, err := store.Jobs(t.Context()) // want "rows.*connleak/rows"
	if err != nil {
		t.Fatal(err)
	}
	if !rows.Next() {
		t.Error("no jobs")
	}
}

// The external test package closes.
func TestJobsClosed(t *testing.T) {
	rows, err := store.Jobs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	if !rows.Next() {
		t.Error("no jobs")
	}
}
