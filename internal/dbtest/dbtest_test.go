package dbtest

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"
)

// helperKind makes the test binary start a server and wait to be killed.
const helperKind = "CONNVET_DBTEST_HELPER"

func TestMain(m *testing.M) {
	if kind := os.Getenv(helperKind); kind != "" {
		s, err := Start(context.Background(), Config{Kind: Kind(kind)})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Printf("%s %s\n", s.Addr, s.Dir)
		select {}
	}
	os.Exit(m.Run())
}

// eachKind runs a test for each kind of server.
func eachKind(t *testing.T, f func(t *testing.T, kind Kind)) {
	for _, kind := range Kinds() {
		t.Run(string(kind), func(t *testing.T) { f(t, kind) })
	}
}

// connect opens one connection, which stays open until the test ends.
func connect(t *testing.T, dsn string) (*sql.DB, error) {
	t.Helper()
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	return db, db.Ping()
}

// mustConnect opens one connection that has to succeed.
func mustConnect(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	db, err := connect(t, dsn)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// execute executes statements.
func execute(t *testing.T, db *sql.DB, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// value returns the only value of a query.
func value(t *testing.T, db *sql.DB, query string) string {
	t.Helper()
	var s string
	if err := db.QueryRow(query).Scan(&s); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return s
}

// A server runs, is full when it should be, has a side door, and leaves nothing.
func TestServer(t *testing.T) {
	eachKind(t, func(t *testing.T, kind Kind) {
		s := Run(t, Config{Kind: kind, Args: []string{"--max_connections=10"}})
		root := mustConnect(t, s.DSN("root", "", ""))
		if got := value(t, root, "SELECT 1"); got != "1" {
			t.Errorf("SELECT 1: %s", got)
		}
		if got := value(t, root, "SELECT VERSION()"); got != s.Version {
			t.Errorf("Version is %q, want %q", s.Version, got)
		}
		if got := strings.Contains(s.Version, "MariaDB"); got != (kind == MariaDB) {
			t.Errorf("this is not %s: %s", kind, s.Version)
		}
		if got := value(t, root, "SELECT @@performance_schema"); got != "1" {
			t.Errorf("performance_schema is %s", got)
		}

		execute(t, root, "CREATE USER app IDENTIFIED BY 'se/cr@t'", "CREATE DATABASE shop", "GRANT ALL ON shop.* TO app")
		dsn := s.DSN("app", "se/cr@t", "shop", "timeout=1m", "wait_timeout=33")
		for range 9 { // root has one
			app := mustConnect(t, dsn)
			if got := value(t, app, "SELECT CONCAT(DATABASE(), @@SESSION.wait_timeout)"); got != "shop33" {
				t.Errorf("DSN %s: %s", dsn, got)
			}
		}
		var refused *mysql.MySQLError
		if _, err := connect(t, dsn); !errors.As(err, &refused) || refused.Number != 1040 {
			t.Errorf("the server is full, but the error is %v", err)
		}
		side := mustConnect(t, s.ExtraDSN("root", "", ""))
		if got := value(t, side, "SELECT @@max_connections"); got != "10" {
			t.Errorf("max_connections=%s", got)
		}

		checkClose(t, s)
	})
}

// checkClose closes a server and checks that nothing of it is left.
func checkClose(t *testing.T, s *Server) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	for _, addr := range []string{s.Addr, s.ExtraAddr} {
		l, err := net.Listen("tcp", addr)
		if err != nil {
			t.Errorf("closed: %v", err)
			continue
		}
		l.Close()
	}
	if exists(s.Dir) {
		t.Errorf("closed, but there is %s", s.Dir)
	}
	if err := s.Close(); err != nil {
		t.Errorf("closed again: %v", err)
	}
	if err := s.Restart(t.Context()); err == nil {
		t.Error("a closed server was restarted")
	}
	if log := s.Log(); !strings.Contains(strings.ToLower(log), "shutdown complete") {
		t.Errorf("log of a closed server:\n%s", log)
	}
}

// A server that restarts keeps its data and address. Without a side door there is no
// address of one.
func TestRestart(t *testing.T) {
	eachKind(t, func(t *testing.T, kind Kind) {
		s := Run(t, Config{Kind: kind, NoSideDoor: true})
		root := mustConnect(t, s.DSN("root", "", ""))
		door := map[Kind]string{
			MariaDB: "SELECT NULLIF(@@extra_port, 0) IS NULL",
			MySQL:   "SELECT NULLIF(@@admin_address, '') IS NULL",
		}
		if got := value(t, root, door[kind]); got != "1" || s.ExtraAddr != "" {
			t.Errorf("there is a side door %s", s.ExtraAddr)
		}
		execute(t, root, "CREATE DATABASE kept")
		pid := value(t, root, "SELECT @@pid_file")
		before, err := os.ReadFile(pid)
		if err != nil {
			t.Fatal(err)
		}
		root.Close()
		if err := s.Restart(t.Context()); err != nil {
			t.Fatal(err)
		}
		if after, err := os.ReadFile(pid); err != nil || string(after) == string(before) {
			t.Errorf("it did not restart: %s, %v", after, err)
		}
		mustConnect(t, s.DSN("root", "", "kept"))
	})
}

// What is wrong with the arguments is in the error, and nothing is left.
func TestBadArgs(t *testing.T) {
	eachKind(t, func(t *testing.T, kind Kind) {
		t.Setenv("TMPDIR", t.TempDir())
		s, err := Start(t.Context(), Config{Kind: kind, Args: []string{"--no-such-option=1"}})
		if errors.Is(err, ErrNotInstalled) {
			t.Skip(err)
		}
		if err == nil {
			s.Close()
			t.Fatal("it started")
		}
		if !strings.Contains(err.Error(), "no-such-option") {
			t.Errorf("the error does not say why: %v", err)
		}
		if left := glob(filepath.Join(os.TempDir(), "*")); len(left) > 0 {
			t.Errorf("left: %v", left)
		}
	})
	if _, err := Start(t.Context(), Config{Kind: "oracle"}); err == nil || errors.Is(err, ErrNotInstalled) {
		t.Errorf("another kind: %v", err)
	}
}

// A port that is taken in the last moment is recognised, so that others are tried.
func TestPortTaken(t *testing.T) {
	eachKind(t, func(t *testing.T, kind Kind) {
		s := Run(t, Config{Kind: kind})
		if err := s.stop(); err != nil {
			t.Fatal(err)
		}
		for _, addr := range []string{s.Addr, s.ExtraAddr} {
			l, err := net.Listen("tcp", addr)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.launch(t.Context()); !errors.Is(err, errPortTaken) {
				t.Errorf("%s: %v", addr, err)
			}
			l.Close()
		}
	})
}

// If the process is killed the server dies, too, and the next process cleans up.
func TestKilled(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux kills the server")
	}
	eachKind(t, func(t *testing.T, kind Kind) {
		if _, err := families[kind].find(); err != nil {
			t.Skip(err)
		}
		addr, dir := runAndKill(t, kind)
		for {
			conn, err := net.Dial("tcp", addr)
			if err != nil {
				break
			}
			conn.Close()
			time.Sleep(pollInterval)
		}
		if !exists(dir) {
			t.Fatal("nothing is left to sweep")
		}
		long := time.Now().Add(-time.Hour)
		if err := os.Chtimes(filepath.Join(dir, lockName), long, long); err != nil {
			t.Fatal(err)
		}
		sweep(filepath.Dir(dir))
		if exists(dir) {
			t.Errorf("%s is left", dir)
		}
	})
}

// runAndKill runs a process that starts a server, and kills it.
func runAndKill(t *testing.T, kind Kind) (addr, dir string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), helperKind+"="+string(kind), "TMPDIR="+t.TempDir())
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, readErr := bufio.NewReader(out).ReadString('\n')
	err = cmd.Process.Kill()
	_ = cmd.Wait() // it says that it was killed
	if err := errors.Join(readErr, err); err != nil {
		t.Fatal(err)
	}
	addr, dir, _ = strings.Cut(strings.TrimSpace(line), " ")
	return addr, dir
}
