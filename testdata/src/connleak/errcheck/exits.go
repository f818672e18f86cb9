package errcheck

import (
	"database/sql"
	"fmt"
	"log"
	"os"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"connleak/errcheck/exitlog"
)

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func exitOn(err error, format string, args ...any) {
	if err == nil {
		return
	}
	log.Printf(format, args...)
	os.Exit(1)
}

func warnOn(err error, format string, args ...any) {
	if err == nil {
		return
	}
	log.Printf(format, args...)
}

// must(err) does not return when err is there.
func seedMust(db *sql.DB) {
	rows, err := db.Query("SELECT id FROM seeds")
	must(err)
	defer rows.Close()
	for rows.Next() {
		var id int
		must(rows.Scan(&id))
		if id == 0 {
			return
		}
	}
}

// The helper ends the process when err is there, so only the success path counts.
func seedExitOn(db *sql.DB) {
	tx, err := db.Begin()
	exitOn(err, "begin")
	_, err = tx.Exec("INSERT INTO seeds VALUES (1)")
	exitOn(err, "insert")
	exitOn(tx.Commit(), "commit")
}

// This helper returns with the error ignored, and then nothing ends the Tx.
func seedWarnOn(db *sql.DB) {
	tx, err := db.Begin() // want "tx.*connleak/tx"
	exitOn(err, "begin")
	_, err = tx.Exec("INSERT INTO seeds VALUES (1)")
	warnOn(err, "insert")
	if err != nil {
		return
	}
	exitOn(tx.Commit(), "commit")
}

// log.Fatal ends the process: nothing is left to leak.
func seedLogFatal(db *sql.DB) {
	tx, err := db.Begin()
	if err != nil {
		log.Fatal(err)
	}
	if _, err := tx.Exec("INSERT INTO seeds VALUES (1)"); err != nil {
		log.Fatalf("insert: %v", err)
	}
	if err := tx.Commit(); err != nil {
		log.Fatalln(err)
	}
}

// log.Print does not.
func seedLogPrint(db *sql.DB) {
	tx, err := db.Begin() // want "tx.*connleak/tx"
	if err != nil {
		log.Fatal(err)
	}
	if _, err := tx.Exec("INSERT INTO seeds VALUES (1)"); err != nil {
		log.Printf("insert: %v", err)
		return
	}
	if err := tx.Commit(); err != nil {
		log.Fatalln(err)
	}
}

// A function of an imported package that reaches no database, and never returns.
func seedProjectFatal(db *sql.DB, kind string) error {
	rows, err := db.Query("SELECT id FROM seeds")
	if err != nil {
		exitlog.Fatal("query", err)
	}
	switch kind {
	case "all":
		return rows.Close()
	default:
		exitlog.Logger{}.Dief("unknown kind %q", kind)
	}
	return nil
}

// Its sibling that does return.
func seedProjectWarn(db *sql.DB, kind string) error {
	rows, err := db.Query("SELECT id FROM seeds") // want "rows.*connleak/rows"
	if err != nil {
		exitlog.Fatal("query", err)
	}
	switch kind {
	case "all":
		return rows.Close()
	default:
		exitlog.Warn("unknown kind", kind)
	}
	return nil
}

// A local closure that exits.
func seedLocalDie(db *sql.DB, kind string) {
	die := func(err error) {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	rows, err := db.Query("SELECT id FROM seeds")
	if err != nil {
		die(err)
	}
	switch kind {
	case "count":
		for rows.Next() {
			fmt.Print(".")
		}
	case "none":
		rows.Close()
	default:
		die(errNotFound)
	}
}

// A local closure that only sounds like it.
func seedLocalComplain(db *sql.DB, kind string) {
	complain := func(err error) {
		fmt.Fprintln(os.Stderr, err)
	}
	rows, err := db.Query("SELECT id FROM seeds") // want "rows.*connleak/rows"
	if err != nil {
		complain(err)
		return
	}
	switch kind {
	case "count":
		for rows.Next() {
			fmt.Print(".")
		}
	case "none":
		rows.Close()
	default:
		complain(errNotFound)
	}
}

// A package variable that holds os.Exit may be anything in a test, so its call may return; the
// return behind it has no rows anyway.
var exit = os.Exit

func seedExitVar(db *sql.DB) {
	rows, err := db.Query("SELECT id FROM seeds")
	if err != nil {
		exit(1)
		return
	}
	defer rows.Close()
	for rows.Next() {
		runtime.Gosched()
	}
}

// (*testing.T).Fatal ends the test where it stands: such a path is no exit of the function.
func checkSeedsT(t *testing.T, db *sql.DB) {
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec("DELETE FROM seeds"); err != nil {
		t.Fatalf("delete: %v", err)
	}
	if err := tx.Rollback(); err != nil {
		t.Skip(err)
	}
}

// (*testing.T).Error goes on.
func checkSeedsError(t *testing.T, db *sql.DB) {
	tx, err := db.Begin() // want "tx.*connleak/tx"
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec("DELETE FROM seeds"); err != nil {
		t.Errorf("delete: %v", err)
		return
	}
	if err := tx.Rollback(); err != nil {
		t.Skip(err)
	}
}

// testing.TB is an interface; its Fatal does not return either.
func openSeedsTB(tb testing.TB, dsn string) *sql.DB {
	tb.Helper()
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { db.Close() })
	return db
}

// require.NoError does not return when the error is there.
func checkSeedsRequire(t *testing.T, db *sql.DB) {
	rows, err := db.Query("SELECT id FROM seeds")
	require.NoError(t, err)
	require.True(t, rows.Next())
	require.NoError(t, rows.Close())
}

// require.NoError with nothing that closes.
func checkSeedsRequireLeft(t *testing.T, db *sql.DB) {
	rows, err := db.Query("SELECT id FROM seeds") // want "rows.*connleak/rows"
	require.NoError(t, err)
	require.True(t, rows.Next())
	require.NoError(t, rows.Err())
}

// require as an object.
func checkSeedsAssertions(t *testing.T, db *sql.DB) {
	req := require.New(t)
	conn, err := db.Conn(t.Context())
	req.NoError(err)
	req.NoError(conn.PingContext(t.Context()))
	req.NoError(conn.Close())
}

// assert.NoError returns, and says by its result whether the error was there.
func checkSeedsAssert(t *testing.T, db *sql.DB) {
	rows, err := db.Query("SELECT id FROM seeds")
	if assert.NoError(t, err) {
		assert.NoError(t, rows.Close())
	}
}

// assert.NoError in a condition whose true branch forgets the rows.
func checkSeedsAssertLeft(t *testing.T, db *sql.DB) {
	rows, err := db.Query("SELECT id FROM seeds") // want "rows.*connleak/rows"
	if !assert.NoError(t, err) {
		return
	}
	assert.True(t, rows.Next())
}
