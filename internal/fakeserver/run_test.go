package fakeserver_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/connvet/connvet/internal/fakeserver/worlds"
)

// A counted is what a server counts. What only grows is told since the start.
type counted struct {
	connected, peak, connections, aborted, refused, clients int
}

// A run is a server with a session that watches it.
type run struct {
	t     *testing.T
	w     worlds.World
	watch *sql.Conn
	base  counted
	held  []*sql.Conn
}

// open returns a pool that keeps nothing.
func open(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxIdleConns(0)
	t.Cleanup(func() { db.Close() })
	return db
}

// timeout bounds what is expected to happen soon.
func timeout(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func newRun(t *testing.T, w worlds.World) *run {
	t.Helper()
	r := &run{t: t, w: w, watch: connect(t, open(t, w.DSN("root", "")))}
	r.until("alone", func(c counted) bool { return c.connected == 1 })
	r.exec("FLUSH STATUS")
	r.base = r.read()
	r.base.connected, r.base.peak = 0, 0
	return r
}

func connect(t *testing.T, db *sql.DB) *sql.Conn {
	t.Helper()
	conn, err := db.Conn(timeout(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

func (r *run) exec(statement string) {
	r.t.Helper()
	if _, err := r.watch.ExecContext(timeout(r.t), statement); err != nil {
		r.t.Fatal(err)
	}
}

// read reads the counters.
func (r *run) read() counted {
	r.t.Helper()
	rows, err := r.watch.QueryContext(timeout(r.t), "SHOW GLOBAL STATUS")
	if err != nil {
		r.t.Fatal(err)
	}
	defer rows.Close()
	values := make(map[string]int)
	for rows.Next() {
		var name, value string
		if err := rows.Scan(&name, &value); err != nil {
			r.t.Fatal(err)
		}
		values[name], _ = strconv.Atoi(value)
	}
	return counted{
		values["Threads_connected"], values["Max_used_connections"],
		values["Connections"] - r.base.connections, values["Aborted_connects"] - r.base.aborted,
		values["Connection_errors_max_connections"] - r.base.refused, values["Aborted_clients"] - r.base.clients,
	}
}

// want waits until the counters are as they should be: a real server may count a
// client only after the client has gone on.
func (r *run) want(step string, want counted) {
	r.t.Helper()
	r.until(fmt.Sprintf("%s, want %+v", step, want), func(c counted) bool { return c == want })
}

func (r *run) until(step string, reached func(counted) bool) {
	r.t.Helper()
	var got counted
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if got = r.read(); reached(got) {
			return
		}
	}
	r.t.Fatalf("counted %+v at: %s", got, step)
}

// hold connects and stays connected.
func (r *run) hold(user, params string) {
	r.t.Helper()
	r.held = append(r.held, connect(r.t, open(r.t, r.w.DSN(user, password(user))+params)))
}

func (r *run) release() {
	for _, c := range r.held {
		c.Close()
	}
	r.held = nil
}

func password(user string) string {
	if user == "root" {
		return ""
	}
	return user
}

// refused connects and expects an error.
func (r *run) refused(dsn string, number uint16, state, message string) {
	r.t.Helper()
	conn, err := open(r.t, dsn).Conn(timeout(r.t))
	if err == nil {
		conn.Close()
		r.t.Fatalf("connected, want error %d", number)
	}
	r.same(err, number, state, message)
}

// same expects an error of the server.
func (r *run) same(err error, number uint16, state, message string) {
	r.t.Helper()
	var e *mysql.MySQLError
	if !errors.As(err, &e) {
		r.t.Fatalf("%v, want error %d", err, number)
	}
	if got := strings.Trim(string(e.SQLState[:]), "\x00"); e.Number != number || got != state || e.Message != message {
		r.t.Fatalf("error %d %q %q, want %d %q %q", e.Number, got, e.Message, number, state, message)
	}
}

// addr returns the address of the server.
func (r *run) addr() string {
	c, err := mysql.ParseDSN(r.w.DSN("", ""))
	if err != nil {
		r.t.Fatal(err)
	}
	return c.Addr
}

// hello connects without a driver and returns what the server says first.
func (r *run) hello() string {
	r.t.Helper()
	conn, err := net.Dial("tcp", r.addr())
	if err != nil {
		r.t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(20 * time.Second))
	header := make([]byte, 4)
	if _, err := io.ReadFull(conn, header); err != nil {
		r.t.Fatal(err)
	}
	body := make([]byte, header[0])
	if _, err := io.ReadFull(conn, body); err != nil {
		r.t.Fatal(err)
	}
	return string(header) + string(body)
}
