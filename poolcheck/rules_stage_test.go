package poolcheck_test

import (
	"context"
	"database/sql"
	"errors"
	"net"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/connvet/connvet/internal/fakeserver"
	"github.com/go-sql-driver/mysql"
)

// A stage is a server on which one case is played, with root's connection.
type stage struct {
	testing.TB
	world
	control *sql.Conn

	accounts map[string]bool // that there are
	held     []*sql.Conn
	always   int   // connections that are there whatever happens
	refused  error // what the last client met that was refused
}

// dialer opens the connections of a pool.
type dialer func(ctx context.Context, network, addr string) (net.Conn, error)

// open returns a pool of an account that keeps nothing.
func (s *stage) open(user string, dial dialer) *sql.DB {
	s.Helper()
	s.ensure(user)
	password := user
	if user == "root" {
		password = ""
	}
	c, err := mysql.ParseDSN(s.dsn(user, password))
	if err != nil {
		s.Fatal(err)
	}
	c.Logger, c.DialFunc = &mysql.NopLogger{}, dial
	connector, err := mysql.NewConnector(c)
	if err != nil {
		s.Fatal(err)
	}
	db := sql.OpenDB(connector)
	db.SetMaxIdleConns(0)
	s.Cleanup(func() { db.Close() })
	return db
}

// stranger is an account that there is not.
const stranger = "stranger"

// ensure makes an account that may do nothing, unless there is one.
func (s *stage) ensure(user string) {
	s.Helper()
	if !s.accounts[user] && user != stranger && user != "root" {
		s.add(user, fakeserver.User{})
	}
}

// add makes an account, whose password is its name.
func (s *stage) add(name string, u fakeserver.User) {
	s.Helper()
	u.Password = name
	s.accounts[name] = true
	for i, p := range u.Privileges {
		if p == "CONNECTION ADMIN" && !s.kind().isMariaDB() {
			u.Privileges = slices.Clone(u.Privileges)
			u.Privileges[i] = "CONNECTION_ADMIN"
		}
	}
	s.create(s, name, u)
}

// hold connects and stays connected.
func (s *stage) hold(n int, user string, dial dialer) {
	s.Helper()
	db := s.open(user, dial)
	for range n {
		var conn *sql.Conn
		var err error
		// A client that was refused may take its place for a while.
		s.await("a free connection", func() bool {
			conn, err = db.Conn(s.soon())
			var full *mysql.MySQLError
			return !errors.As(err, &full) || full.Number != 1040
		})
		if err != nil {
			s.Fatalf("%s: %v", user, err)
		}
		s.Cleanup(func() { conn.Close() })
		s.held = append(s.held, conn)
	}
}

// refuse connects and expects that the server refuses it.
func (s *stage) refuse(user string) {
	s.Helper()
	conn, err := s.open(user, nil).Conn(s.soon())
	if err == nil {
		conn.Close()
		s.Fatalf("the server accepted %s", user)
	}
	s.refused = err
}

// release closes what is held.
func (s *stage) release() {
	s.Helper()
	for _, conn := range s.held {
		conn.Close()
	}
	s.held = nil
	s.await("connections to be gone", func() bool { return s.counter("Threads_connected") == s.always })
}

// checked returns the pool that is checked. What happens meanwhile does so when
// the counters have been read once.
func (s *stage) checked(c *ruleCase) *sql.DB {
	s.Helper()
	user := c.as
	if user == "" {
		user = "root"
	}
	db := s.open(user, func(ctx context.Context, network, addr string) (net.Conn, error) {
		var d net.Dialer
		conn, err := d.DialContext(ctx, network, addr)
		return &noticed{Conn: conn, then: func() { s.meanwhile(c.meanwhile) }}, err
	})
	db.SetMaxOpenConns(c.busy)
	for range c.busy {
		conn, err := db.Conn(s.soon())
		if err != nil {
			s.Fatal(err)
		}
		s.Cleanup(func() { conn.Close() })
	}
	return db
}

// meanwhile takes steps while the check is connected. A goroutine of their own may
// end without leaving the check locked up.
func (s *stage) meanwhile(steps []step) {
	s.always++
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, do := range steps {
			do(s)
		}
	}()
	<-done
}

// A noticed connection does something before the statement that the check sends
// between the counters and its watch.
type noticed struct {
	net.Conn
	then func()
}

func (n *noticed) Write(b []byte) (int, error) {
	if strings.HasSuffix(string(b), "SHOW GRANTS") {
		n.then()
	}
	return n.Conn.Write(b)
}

// soon bounds what should take no time.
func (s *stage) soon() context.Context {
	ctx, cancel := context.WithTimeout(s.Context(), time.Minute)
	s.Cleanup(cancel)
	return ctx
}

// await waits until something is so.
func (s *stage) await(what string, is func() bool) {
	s.Helper()
	for end := time.Now().Add(time.Minute); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			s.Fatalf("waited in vain for %s", what)
		}
	}
}

// exec sends a statement as root.
func (s *stage) exec(statement string) {
	s.Helper()
	if _, err := s.control.ExecContext(s.soon(), statement); err != nil {
		s.Fatalf("%s: %v", statement, err)
	}
}

// counter and variable return what the server says as root.
func (s *stage) counter(name string) int  { s.Helper(); return s.number("STATUS", name) }
func (s *stage) variable(name string) int { s.Helper(); return s.number("VARIABLES", name) }

func (s *stage) number(list, name string) int {
	s.Helper()
	var value string
	err := s.control.QueryRowContext(s.soon(), "SHOW GLOBAL "+list+" WHERE Variable_name = '"+name+"'").Scan(&name, &value)
	if err != nil {
		s.Fatalf("%s: %v", name, err)
	}
	n, err := strconv.Atoi(value)
	if err != nil {
		s.Fatalf("%s is %q", name, value)
	}
	return n
}

// count returns the number that a query yields.
func (s *stage) count(query string) (n int) {
	s.Helper()
	if err := s.control.QueryRowContext(s.soon(), query).Scan(&n); err != nil {
		s.Fatalf("%s: %v", query, err)
	}
	return n
}

// after is soon, for what is done when the test is over.
func (s *stage) after() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	s.Cleanup(cancel)
	return ctx
}
