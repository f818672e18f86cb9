package testfiles

import (
	"context"
	"database/sql"
	"testing"

	"github.com/stretchr/testify/require"
)

// open hands the pool to the test's end.
func open(tb testing.TB) *sql.DB {
	tb.Helper()
	db, err := sql.Open("mysql", "test@/test")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := db.Close(); err != nil {
			tb.Error(err)
		}
	})
	return db
}

// openPlain has the error handled and the pool returned: its callers owe the Close.
func openPlain(tb testing.TB) *sql.DB {
	tb.Helper()
	db, err := sql.Open("mysql", "test@/test")
	require.NoError(tb, err)
	return db
}

// The helper closes by Cleanup.
func TestOpen(t *testing.T) {
	db := open(t)
	if err := db.Ping(); err != nil {
		t.Fatal(err)
	}
}

// The helper leaves the Close to its callers, and this one forgets it.
func TestOpenPlain(t *testing.T) {
	db := openPlain(t) // want "db.*connleak/db"
	if err := db.Ping(); err != nil {
		t.Error(err)
	}
}

// The helper leaves the Close to its callers, and this one does it.
func TestOpenPlainClosed(t *testing.T) {
	db := openPlain(t)
	defer db.Close()
	if err := db.Ping(); err != nil {
		t.Error(err)
	}
}

// A store is a resource in a test as well.
func TestStore(t *testing.T) {
	s, err := Open("test@/test") // want "s.*connleak/wrapper"
	require.NoError(t, err)
	require.NoError(t, s.db.Ping())
}

// Cleanup counts as a deferred call.
func TestStoreCleanup(t *testing.T) {
	s, err := Open("test@/test")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	rows, err := s.Jobs(t.Context())
	require.NoError(t, err)
	t.Cleanup(func() { rows.Close() })
	require.True(t, rows.Next())
}

// Cleanup is registered behind an exit.
func TestStoreCleanupTooLate(t *testing.T) {
	s, err := Open("test@/test") // want "s.*connleak/wrapper"
	require.NoError(t, err)
	if testing.Short() {
		return
	}
	t.Cleanup(func() { s.Close() })
}

// Rows in a subtest.
func TestSubtest(t *testing.T) {
	db := open(t)
	t.Run("jobs", func(t *testing.T) {
		rows, err := db.Query("SELECT id FROM jobs") // want "rows.*connleak/rows"
		require.NoError(t, err)
		require.True(t, rows.Next())
	})
	t.Run("jobs closed", func(t *testing.T) {
		rows, err := db.Query("SELECT id FROM jobs")
		require.NoError(t, err)
		defer rows.Close()
		require.True(t, rows.Next())
	})
}

// One subtest opens, the function around it closes.
func TestShared(t *testing.T) {
	var rows *sql.Rows
	t.Run("open", func(t *testing.T) {
		var err error
		rows, err = open(t).QueryContext(context.Background(), "SELECT id FROM jobs")
		require.NoError(t, err)
	})
	if rows != nil {
		rows.Close()
	}
}

// A benchmark drops a statement.
func BenchmarkPrepare(b *testing.B) {
	db := open(b)
	for b.Loop() {
		stmt, err := db.Prepare("SELECT id FROM jobs") // want "stmt.*connleak/stmt"
		if err != nil {
			b.Fatal(err)
		}
		if _, err := stmt.Exec(); err != nil {
			b.Error(err)
		}
	}
}

// A benchmark closes its statement.
func BenchmarkPrepareClosed(b *testing.B) {
	db := open(b)
	stmt, err := db.Prepare("SELECT id FROM jobs")
	if err != nil {
		b.Fatal(err)
	}
	defer stmt.Close()
	for b.Loop() {
		if _, err := stmt.Exec(); err != nil {
			b.Fatal(err)
		}
	}
}
