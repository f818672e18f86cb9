package server_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"
	"time"

	_ "github.com/go-sql-driver/mysql"

	"github.com/connvet/connvet/internal/fakeserver/worlds"
	"github.com/connvet/connvet/poolcheck/internal/server"
)

// connect opens a connection that lasts as long as the test.
func connect(t *testing.T, w worlds.World, user string) *sql.Conn {
	t.Helper()
	password := user
	if user == "root" {
		password = ""
	}
	db, err := sql.Open("mysql", w.DSN(user, password))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	conn, err := db.Conn(timeout(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// timeout bounds what is expected to happen soon.
func timeout(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func exec(t *testing.T, conn *sql.Conn, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if _, err := conn.ExecContext(timeout(t), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// leak leaves three sessions of low, one of them in a transaction, and one of
// root, which is returned.
func leak(t *testing.T, w worlds.World) *sql.Conn {
	t.Helper()
	root := connect(t, w, "root")
	exec(t, root, "CREATE TABLE app.t (n INT)")
	exec(t, connect(t, w, "low"), "START TRANSACTION", "INSERT INTO app.t VALUES (1)")
	connect(t, w, "low")
	connect(t, w, "low")
	return root
}

// settle waits until there are no other sessions than those of leak: a server
// may notice that a client is gone only after the client has gone on.
func settle(t *testing.T, root *sql.Conn) {
	t.Helper()
	for ctx := timeout(t); ; time.Sleep(time.Millisecond) {
		var name string
		var n int
		if err := root.QueryRowContext(ctx, "SHOW GLOBAL STATUS LIKE 'Threads_connected'").Scan(&name, &n); err != nil {
			t.Fatal(err)
		}
		if n == 4 {
			return
		}
	}
}

// read reads the server as a user, and checks that nothing was sent that changes
// anything.
func read(t *testing.T, w worlds.World, user string) *server.Snapshot {
	t.Helper()
	sent := 0
	conn := connect(t, w, user)
	if w.Fake != nil {
		sent = len(w.Fake.Commands())
	}
	s, err := server.Read(timeout(t), conn, server.Options{Users: []string{"low", "proc", "some"}, Deep: true})
	if err != nil {
		t.Fatal(err)
	}
	if w.Fake != nil {
		for _, c := range w.Fake.Commands()[sent:] {
			verb, _, _ := strings.Cut(strings.ToUpper(c.Text), " ")
			probe := c.Text == "PROXYSQL INTERNAL SESSION" || c.Text == "ROUTER SHOW x"
			if c.Name == "Quit" {
				continue // somebody else, from before
			}
			if c.Session != uint64(s.Session.ID) || c.Name != "Query" || verb != "SELECT" && verb != "SHOW" && !probe {
				t.Errorf("%s sent %+v", user, c)
			}
		}
	}
	return s
}
