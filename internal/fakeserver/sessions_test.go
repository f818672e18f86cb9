package fakeserver_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/go-sql-driver/mysql"

	"github.com/connvet/connvet/internal/fakeserver"
	"github.com/connvet/connvet/internal/fakeserver/worlds"
)

var runUsers = map[string]fakeserver.User{
	"low": {Password: "low", Privileges: []string{"ALL ON app.*"}},
	"lim": {Password: "lim", MaxUserConnections: 3},
	"adm": {Password: "adm", Privileges: []string{"SUPER"}},
}

const full = "Too many connections"

// What clients meet, and how it is counted. The numbers are those of MySQL 9.7 and
// MariaDB 10.11.
func TestSessions(t *testing.T) {
	worlds.Run(t, fakeserver.Config{MaxConnections: 10, Users: runUsers}, func(t *testing.T, w worlds.World) {
		t.Run("full", func(t *testing.T) { testFull(newRun(t, w)) })
		t.Run("refused", func(t *testing.T) { testRefused(newRun(t, w)) })
		t.Run("idle", func(t *testing.T) { testIdle(newRun(t, w)) })
	})
}

// pick returns what holds for the server.
func (r *run) pick(mysql, mariadb int) int {
	if r.w.Personality == fakeserver.MariaDB {
		return mariadb
	}
	return mysql
}

// A leak until the server is full.
func testFull(r *run) {
	low, full := r.w.DSN("low", "low"), "Too many connections"
	r.want("start", counted{1, 1, 0, 0, 0, 0})
	for range 9 {
		r.hold("low", "")
	}
	r.want("9 held", counted{10, 10, 9, 0, 0, 0})
	r.refused(low, 1040, "08004", full)
	r.want("one refused", counted{10, 11, 10, 1, r.pick(1, 0), 0})
	r.refused(low, 1040, "08004", full)
	r.want("two refused", counted{10, 11, 11, 2, r.pick(2, 0), 0})

	admin := connect(r.t, open(r.t, r.w.DSN("adm", "adm")))
	r.want("an administrator", counted{11, 11, 12, 2, r.pick(2, 0), 0})
	r.refused(low, 1040, "", full)
	r.want("refused early", counted{11, 11, 12, r.pick(2, 3), r.pick(3, 1), 0})
	r.refused(r.w.DSN("adm", "adm"), 1040, "", full)
	r.want("another administrator", counted{11, 11, 12, r.pick(2, 4), r.pick(4, 2), 0})
	if got, want := r.hello(), "\x17\x00\x00\x00\xff\x10\x04Too many connections"; got != want {
		r.t.Errorf("a full server says %q, want %q", got, want)
	}
	r.want("no driver", counted{11, 11, 12, r.pick(2, 5), r.pick(5, 3), 0})

	admin.Close()
	r.release()
	r.want("all gone", counted{1, 11, 12, r.pick(2, 5), r.pick(5, 3), 0})
	r.exec("FLUSH STATUS")
	r.want("flushed", counted{1, 1, 12, r.pick(2, 0), r.pick(5, 0), 0})
}

// Logins that fail, and an account that has too many sessions.
func testRefused(r *run) {
	denied := "Access denied for user '%s'@'127.0.0.1' (using password: YES)"
	r.refused(r.w.DSN("low", "wrong"), 1045, "28000", fmt.Sprintf(denied, "low"))
	r.want("wrong password", counted{1, 2, 1, 1, 0, 0})
	r.refused(r.w.DSN("nobody", "low"), 1045, "28000", fmt.Sprintf(denied, "nobody"))
	r.want("no user", counted{1, 2, 2, 2, 0, 0})
	r.refused(r.w.DSN("low", "low")+"nope", 1044, "42000", "Access denied for user 'low'@'%' to database 'nope'")
	r.want("not for the user", counted{1, 2, 3, 3, 0, 0})
	r.refused(r.w.DSN("root", "")+"nope", 1049, "42000", "Unknown database 'nope'")
	r.want("no database", counted{1, 2, 4, 4, 0, 0})
	r.hello()
	r.want("no login", counted{1, 2, 5, 5, 0, 0})
	for range 3 {
		r.hold("lim", "")
	}
	r.refused(r.w.DSN("lim", "lim"), 1226, "42000", "User 'lim' has exceeded the 'max_user_connections' resource (current value: 3)")
	r.want("account limit", counted{4, 5, 9, 6, 0, 0})
	r.release()
	r.want("gone", counted{1, 5, 9, 6, 0, 0})
}

// A session that is idle for too long ends, with its transaction. MySQL says so.
func testIdle(r *run) {
	r.hold("low", "?wait_timeout=1&checkConnLiveness=false")
	r.want("timed out", counted{1, 2, 1, 0, 0, 1})
	_, err := r.held[0].ExecContext(timeout(r.t), "DO 1")
	if r.w.Personality == fakeserver.MariaDB {
		var e *mysql.MySQLError
		if err == nil || errors.As(err, &e) {
			r.t.Errorf("after wait_timeout: %v", err)
		}
		return
	}
	r.same(err, 4031, "HY000", "The client was disconnected by the server because of inactivity. "+
		"See wait_timeout and interactive_timeout for configuring this behavior.")
}

// The limit that holds for all accounts, but not for MariaDB's administrators.
func TestAccountLimit(t *testing.T) {
	worlds.Run(t, fakeserver.Config{MaxUserConnections: 2, Users: runUsers}, func(t *testing.T, w worlds.World) {
		r := newRun(t, w)
		const message = "User %s already has more than 'max_user_connections' active connections"
		r.hold("low", "")
		r.hold("low", "")
		r.refused(w.DSN("low", "low"), 1203, "42000", fmt.Sprintf(message, "low"))
		r.hold("lim", "") // has a limit of its own
		r.hold("lim", "")
		r.hold("lim", "")
		r.hold("adm", "")
		r.hold("adm", "")
		if w.Personality == fakeserver.MariaDB {
			r.hold("adm", "")
		} else {
			r.refused(w.DSN("adm", "adm"), 1203, "42000", fmt.Sprintf(message, "adm"))
		}
		for i, want := range []int{2, 2, 3} {
			var limit int
			if err := r.held[i].QueryRowContext(timeout(t), "SELECT @@SESSION.max_user_connections").Scan(&limit); err != nil || limit != want {
				t.Errorf("session %d has the limit %d (%v), want %d", i, limit, err, want)
			}
		}
	})
}
