package poolcheck

import (
	"database/sql"
	"time"
)

// A TestingT is what [VerifyIdle] needs of a *testing.T.
type TestingT interface {
	Helper()
	Errorf(format string, args ...any)
	Cleanup(func())
}

// IdleGrace is how long [VerifyIdle] waits for connections to come back: those
// of goroutines that end with the test, and of contexts that are cancelled with
// it.
const IdleGrace = time.Second

// VerifyIdle makes a test fail if connections of db are still in use when it
// ends: rows, statements or transactions that nobody closed hold them. Call it
// right after db is opened and after the Cleanup that closes db is registered, so
// that it looks before db is closed.
func VerifyIdle(t TestingT, db *sql.DB) {
	t.Helper()
	VerifyIdleWithin(t, db, IdleGrace)
}

// VerifyIdleWithin is [VerifyIdle] with another grace period.
func VerifyIdleWithin(t TestingT, db *sql.DB, grace time.Duration) {
	t.Helper()
	t.Cleanup(func() {
		t.Helper()
		deadline := time.Now().Add(grace)
		for db.Stats().InUse > 0 && time.Now().Before(deadline) {
			time.Sleep(min(5*time.Millisecond, grace))
		}
		s := db.Stats()
		if s.InUse == 0 {
			return
		}
		waiting := ""
		if s.WaitCount > 0 {
			waiting = "; " + plural(s.WaitCount, "time") + " somebody waited for one"
		}
		t.Errorf("poolcheck: %s in use %v after the test (open %d, idle %d, limit %s)%s: look for rows, statements, transactions and connections that are not closed",
			held(s.InUse), grace, s.OpenConnections, s.Idle, limitText(s.MaxOpenConnections), waiting)
	})
}

// held words a number of holders.
func held(n int) string {
	if n == 1 {
		return "1 connection is still"
	}
	return plural(int64(n), "connection") + " are still"
}

// limitText words MaxOpenConnections.
func limitText(n int) string {
	if n <= 0 {
		return "none"
	}
	return plural(int64(n), "connection")
}
