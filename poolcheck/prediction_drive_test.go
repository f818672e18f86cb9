package poolcheck_test

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/connvet/connvet/internal/dbtest"
)

// startServer starts a server with a max_connections and two accounts without any
// privilege, of which that of others is called backup.
func startServer(t *testing.T, kind dbtest.Kind, limit int) *dbtest.Server {
	t.Helper()
	s := dbtest.Run(t, dbtest.Config{Kind: kind, Args: []string{fmt.Sprintf("--max_connections=%d", limit)}, NoSideDoor: true})
	root := openPool(t, s, "root", 1)
	defer root.Close()
	for _, statement := range []string{"CREATE USER app", "CREATE USER backup"} {
		if _, err := root.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// openPool returns a pool that keeps as many connections as it may open, until the
// test ends.
func openPool(t *testing.T, s *dbtest.Server, user string, size int) *sql.DB {
	t.Helper()
	db, err := sql.Open("mysql", s.DSN(user, "", ""))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	return db
}

// await waits until a query counts n, for no longer than it may take a server to
// forget connections that were closed: until then it may also be full.
func await(t *testing.T, db *sql.DB, query string, n int) {
	t.Helper()
	var got int
	var err error
	for range 1000 {
		if err = db.QueryRowContext(t.Context(), query).Scan(&got); err == nil && got == n {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("%s: %d (%v), want %d", query, got, err, n)
}

// These count connections, with that of the query: all, those of others than the
// service, and those that an account without privileges sees, which are its own.
const (
	countAll    = "SELECT VARIABLE_VALUE FROM performance_schema.global_status WHERE VARIABLE_NAME = 'Threads_connected'"
	countOthers = "SELECT SUM(CURRENT_CONNECTIONS) FROM performance_schema.accounts WHERE USER IN ('root', 'backup')"
	countOwn    = "SELECT COUNT(*) FROM information_schema.PROCESSLIST"
)

const (
	spare  = 3                // goroutines of a process beside one for each connection
	rounds = 3                // of queries when all pools were full
	enough = 40 * time.Second // until one is refused, or all pools are full
)

// drive runs the processes that there are during a deployment, each with a pool of
// a size and more goroutines than that, which send query after query. It ends when
// one is refused, with that error, or a few rounds after all pools were full at the
// same time.
func (p prediction) drive(t *testing.T, s *dbtest.Server, size int) error {
	t.Helper()
	ctx, cancel := context.WithTimeoutCause(t.Context(), enough, errors.New("nobody was refused, and the pools were not full"))
	defer cancel()
	tr := &traffic{full: make(chan struct{}), want: (p.instances + p.surge) * size}
	var wg sync.WaitGroup
	for i := range p.instances + p.surge {
		db := openPool(t, s, "app", size)
		defer db.Close()
		if i == 0 { // which is the first connection of this pool
			await(t, db, countAll, p.held+1)
		}
		for range size + spare {
			wg.Go(func() {
				if err := tr.work(ctx, db); err != nil {
					tr.fail(cmp.Or(context.Cause(ctx), err))
					cancel()
				}
			})
		}
	}
	wg.Wait()
	var refused *mysql.MySQLError
	if tr.err != nil && (!errors.As(tr.err, &refused) || refused.Number != 1040) {
		t.Errorf("another error than 1040: %v", tr.err)
	}
	return tr.err
}

// A traffic is what the goroutines of all processes have in common.
type traffic struct {
	want int           // connections of full pools
	full chan struct{} // closed when all pools were full
	once sync.Once     // closes it

	mu  sync.Mutex
	err error // the first
}

// fail keeps the first error.
func (tr *traffic) fail(err error) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	tr.err = cmp.Or(tr.err, err)
}

// work sends queries that overlap with those of others, until one fails, and for a
// few rounds after all pools were full.
func (tr *traffic) work(ctx context.Context, db *sql.DB) error {
	for left := rounds; left > 0; {
		select {
		case <-tr.full:
			left--
		default:
		}
		var slept, n int
		if err := db.QueryRowContext(ctx, "SELECT SLEEP(0.05), ("+countOwn+")").Scan(&slept, &n); err != nil {
			return err
		}
		if n >= tr.want {
			tr.once.Do(func() { close(tr.full) })
		}
	}
	return nil
}
