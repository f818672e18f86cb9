package poolcheck_test

import (
	"context"
	"database/sql"
	"fmt"
	"net"
	"runtime"
	"slices"

	"github.com/connvet/connvet/internal/fakeserver"
)

// A step makes something happen before a check.
type step func(*stage)

// set sets a variable of the server.
func set(variable string, value any) step {
	return func(s *stage) { s.Helper(); s.set(s, variable, fmt.Sprint(value)) }
}

// account makes an account with privileges; without any, accounts come to be when
// they are used.
func account(name string, privileges ...string) step {
	return func(s *stage) { s.Helper(); s.add(name, fakeserver.User{Privileges: privileges}) }
}

// limited makes an account that may have n connections.
func limited(name string, n int) step {
	return func(s *stage) { s.Helper(); s.add(name, fakeserver.User{MaxUserConnections: n}) }
}

// role makes a role with privileges, or with another role.
func role(name string, privileges []string, roles ...string) step {
	return func(s *stage) {
		s.Helper()
		s.add(name, fakeserver.User{IsRole: true, Privileges: privileges, Roles: roles})
	}
}

// member makes an account with a role that is in force.
func member(name, role string) step {
	return func(s *stage) {
		s.Helper()
		s.add(name, fakeserver.User{Roles: []string{role}, RolesActive: true})
	}
}

// dormant makes an account with a role that it has to ask for.
func dormant(name, role string) step {
	return func(s *stage) { s.Helper(); s.add(name, fakeserver.User{Roles: []string{role}}) }
}

// hold opens connections that stay open; holdFrom from another address of this
// machine.
func hold(n int, user string) step { return func(s *stage) { s.Helper(); s.hold(n, user, nil) } }

func holdFrom(host string, n int, user string) step {
	return func(s *stage) {
		s.Helper()
		if runtime.GOOS != "linux" {
			s.Skip("the loopback interface has a single address")
		}
		d := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(host)}}
		s.hold(n, user, d.DialContext)
	}
}

// idle is hold, some seconds ago.
func idle(n int, user string, seconds int) step {
	return func(s *stage) { s.Helper(); s.idle(s, n, user, seconds) }
}

// idleTx leaves a transaction open.
func idleTx(user string, seconds int) step {
	return func(s *stage) { s.Helper(); s.idleTx(s, user, seconds) }
}

// change is something that a transaction does.
const change = "UPDATE rules.t SET n = n + 1 WHERE id = 1"

func (s *stage) beginTx(user string) {
	s.Helper()
	s.hold(1, user, nil)
	for _, statement := range []string{"START TRANSACTION", change} {
		if _, err := s.held[len(s.held)-1].ExecContext(s.soon(), statement); err != nil {
			s.Fatalf("%s: %v", statement, err)
		}
	}
}

// fill opens connections until the server refuses one.
func fill(user string) step {
	return func(s *stage) {
		s.Helper()
		free := s.variable("max_connections") - s.counter("Threads_connected")
		s.hold(free, user, nil)
		s.refuse(user)
	}
}

// refuse is a client that the server refuses.
func refuse(user string) step { return func(s *stage) { s.Helper(); s.refuse(user) } }

// release closes all that is held.
func release() step { return func(s *stage) { s.Helper(); s.release() } }

// visit connects and leaves, n times.
func visit(n int, user string) step {
	return func(s *stage) { s.Helper(); s.leave(n, user, func(conn *sql.Conn, _ net.Conn) { conn.Close() }) }
}

// leave connects n times, and each time leaves in some way.
func (s *stage) leave(n int, user string, how func(conn *sql.Conn, beneath net.Conn)) {
	s.Helper()
	var beneath net.Conn
	db := s.open(user, func(ctx context.Context, network, addr string) (net.Conn, error) {
		var d net.Dialer
		var err error
		beneath, err = d.DialContext(ctx, network, addr)
		return beneath, err
	})
	for range n {
		conn, err := db.Conn(s.soon())
		if err != nil {
			s.Fatal(err)
		}
		how(conn, beneath)
	}
}

// aborted lets clients leave without a farewell until they are exactly 3 % of
// all, or some more than that.
func aborted(more int) step {
	return func(s *stage) {
		s.Helper()
		before, all := s.counter("Aborted_clients"), s.counter("Connections")+1 // with the check
		hundreds := (all + 99) / 97
		rude := 3*hundreds + more - before
		s.leave(rude, "app", func(conn *sql.Conn, beneath net.Conn) {
			beneath.Close()
			conn.Close()
		})
		s.leave(100*hundreds-all-rude, "app", func(conn *sql.Conn, _ net.Conn) { conn.Close() })
		s.await("clients to be missed", func() bool { return s.counter("Aborted_clients") == before+rude })
	}
}

// prepare prepares statements and does not close them.
func prepare(n int) step { return func(s *stage) { s.Helper(); s.prepare(s, n) } }

// lockWait lets a session wait for another.
func lockWait(s *stage) { s.Helper(); s.lockWait(s) }

// tables lets the server want as many file descriptors as it has, and some more.
func tables(more int) step {
	return func(s *stage) {
		s.Helper()
		n := s.variable("open_files_limit") - s.variable("max_connections") - 10 + more
		if n > 500_000 {
			s.Skip("the server has more file descriptors than it could be told to use")
		}
		s.set(s, "table_open_cache", fmt.Sprint(n))
	}
}

// faked changes a fake server.
func faked(change func(c *fakeserver.Config)) step {
	return func(s *stage) {
		s.Helper()
		w, ok := s.world.(fake)
		if !ok {
			s.Fatal("only a fake server can do that")
		}
		w.server.Update(change)
	}
}

// counters sets status variables of a fake server, as names and values in turn.
func counters(pairs ...any) step {
	return faked(func(c *fakeserver.Config) {
		for pair := range slices.Chunk(pairs, 2) {
			c.Status[fmt.Sprint(pair[0])] = fmt.Sprint(pair[1])
		}
	})
}

// untold makes a fake server keep a variable to itself, or a counter.
func untold(name string) []step {
	return []step{faked(func(c *fakeserver.Config) { c.Drop = append(c.Drop, name) })}
}

// told is why real servers do not show what untold does.
const told = "real servers tell it"

// versioned makes a fake server one of a version.
func versioned(version string) step {
	return faked(func(c *fakeserver.Config) { c.Version = version })
}
