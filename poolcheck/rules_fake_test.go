package poolcheck_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/connvet/connvet/internal/fakeserver"
)

// A fake is a world in a fake server.
type fake struct {
	is     kind
	server *fakeserver.Server
}

// newFake starts a fake server for one case, which costs nothing.
func newFake(t *testing.T, k kind, start start) *stage {
	c := fakeserver.Config{PerformanceSchema: true, Variables: map[string]string{"admin_address": "127.0.0.1"}, Drop: []string{"mysqlx_max_connections"}}
	if k.isMariaDB() {
		c.Personality, c.Variables = fakeserver.MariaDB, map[string]string{"extra_port": "33062"}
	}
	if start == odd {
		c = fakeserver.Config{Personality: c.Personality, MaxUserConnections: 5}
		if k.isMariaDB() {
			c.Variables = map[string]string{"thread_handling": "pool-of-threads"}
		}
	}
	w := fake{k, fakeserver.Start(t, c)}
	s := &stage{TB: t, world: w, accounts: make(map[string]bool), always: 1}
	var err error
	if s.control, err = s.open("root", nil).Conn(s.soon()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.control.Close() })
	return s
}

func (w fake) kind() kind                       { return w.is }
func (w fake) dsn(user, password string) string { return w.server.DSN(user, password) }

func (w fake) create(_ *stage, name string, u fakeserver.User) {
	w.server.Update(func(c *fakeserver.Config) { c.Users[name] = u })
}

// grant does what GRANT does, for the next session of the account.
func (w fake) grant(s *stage, statement string) {
	s.Helper()
	privilege, to, ok := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(statement, "GRANT "), ";"), " TO ")
	name := strings.Trim(strings.TrimSuffix(to, "@'%'"), "'")
	if !ok || !s.accounts[name] {
		s.Fatalf("this is no grant: %s", statement)
	}
	w.server.Update(func(c *fakeserver.Config) {
		u := c.Users[name]
		u.Privileges = append(u.Privileges[:len(u.Privileges):len(u.Privileges)], privilege)
		c.Users[name] = u
	})
}

func (w fake) set(_ *stage, variable, value string) {
	w.server.Update(func(c *fakeserver.Config) { c.Variables[variable] = value })
}

func (w fake) idle(s *stage, n int, user string, seconds int) {
	s.ensure(user)
	w.add(fakeserver.Thread{N: n, User: user, Host: "127.0.0.1:5000", Seconds: seconds})
}

func (w fake) idleTx(s *stage, user string, seconds int) {
	if seconds == 0 {
		s.beginTx(user)
		return
	}
	s.ensure(user)
	w.add(fakeserver.Thread{User: user, Host: "127.0.0.1:5000", Seconds: seconds, Tx: true})
}

func (w fake) prepare(_ *stage, n int) {
	w.server.Update(func(c *fakeserver.Config) { c.Status["Prepared_stmt_count"] = strconv.Itoa(n) })
}

func (w fake) lockWait(*stage) { w.server.Update(func(c *fakeserver.Config) { c.LockWaits++ }) }

// add adds sessions of others.
func (w fake) add(t fakeserver.Thread) {
	w.server.Update(func(c *fakeserver.Config) { c.Threads = append(c.Threads, t) })
}
