package server_test

import (
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/connvet/connvet/internal/fakeserver"
	"github.com/connvet/connvet/internal/fakeserver/worlds"
	"github.com/connvet/connvet/poolcheck/internal/server"
)

var privilegeUsers = map[string]fakeserver.User{
	"low":    {Password: "low", Privileges: []string{"ALL ON app.*"}, MaxUserConnections: 5},
	"proc":   {Password: "proc", Privileges: []string{"PROCESS"}},
	"procps": {Password: "procps", Privileges: []string{"PROCESS", "SELECT ON performance_schema.*"}},
	"tab":    {Password: "tab", Privileges: []string{"SELECT ON mysql.user"}},
	"dbm":    {Password: "dbm", Privileges: []string{"SELECT ON mysql.*"}},
	"rpt":    {IsRole: true, Privileges: []string{"PROCESS"}},
	"some":   {Password: "some", Roles: []string{"rpt"}},
	"act":    {Password: "act", Roles: []string{"rpt"}, RolesActive: true},
}

// What an account is told to be granted.
const (
	process     = "PROCESS ON *.*"
	performance = "SELECT ON performance_schema.*"
	userTable   = "SELECT ON mysql.user"
	mysqlTables = "SELECT ON mysql.*"
)

// A told is what a server tells an account: for each part what is missing to see
// it, or "".
type told struct {
	accounts, idleTx, limits, grantsOf, lockWaits string
}

// privileges has what servers tell, and what MariaDB does if that is something
// else.
var privileges = []struct {
	user    string
	told    told
	mariadb *told
}{
	{"root", told{}, nil},
	{"low", told{performance, process, userTable, mysqlTables, performance}, &told{performance, process, userTable, mysqlTables, process}},
	{"proc", told{performance, "", userTable, mysqlTables, performance}, &told{performance, "", userTable, mysqlTables, ""}},
	{"procps", told{"", "", userTable, mysqlTables, ""}, nil},
	{"tab", told{performance, process, "", "", performance}, &told{performance, process, "", mysqlTables, process}},
	{"dbm", told{performance, process, "", "", performance}, &told{performance, process, "", "", process}},
	{"some", told{performance, process, userTable, mysqlTables, performance}, &told{performance, process, userTable, mysqlTables, process}},
	{"act", told{performance, "", userTable, mysqlTables, performance}, &told{performance, "", userTable, mysqlTables, ""}},
}

// What each account may read, and what it finds: three sessions of low, one of
// them with an idle transaction.
func TestPrivileges(t *testing.T) {
	c := fakeserver.Config{MaxConnections: 20, Users: privilegeUsers, PerformanceSchema: true}
	worlds.Run(t, c, func(t *testing.T, w worlds.World) {
		root := leak(t, w)
		for _, p := range privileges {
			want := p.told
			if w.Personality == fakeserver.MariaDB && p.mariadb != nil {
				want = *p.mariadb
			}
			t.Run(p.user, func(t *testing.T) {
				settle(t, root)
				s := read(t, w, p.user)
				checkMissing(t, s, p.user, want)
				checkSession(t, s, w, p.user)
				checkParts(t, s, p.user)
			})
		}
	})
}

// Without performance_schema there are no accounts, whoever asks.
func TestPerformanceSchemaOff(t *testing.T) {
	c := fakeserver.Config{MaxConnections: 20, Users: privilegeUsers}
	worlds.Run(t, c, func(t *testing.T, w worlds.World) {
		leak(t, w)
		for _, user := range []string{"root", "procps", "low"} { // low, whom the others count, comes last
			s := read(t, w, user)
			want := "performance_schema is off: it is a start-up option of the server"
			if user == "low" {
				want = "the account may not read it"
			}
			for name, m := range map[string]*server.Missing{"accounts": s.Accounts.Missing, "clients": s.Clients.Missing} {
				if m == nil || m.Why != want {
					t.Errorf("%s: %s: missing %+v, want %q", user, name, m, want)
				}
			}
			if user == "low" {
				continue
			}
			if n := threads(s, "low"); n != 3 {
				t.Errorf("%s sees %d threads of low, want 3", user, n)
			}
			if s.IdleTx.Missing != nil || len(s.IdleTx.Value) != 1 {
				t.Errorf("%s: idle transactions %+v", user, s.IdleTx)
			}
		}
	})
}

func checkMissing(t *testing.T, s *server.Snapshot, user string, want told) {
	t.Helper()
	other := "low"
	if user == "low" {
		other = "proc"
	}
	for _, part := range []struct {
		name    string
		missing *server.Missing
		want    string
	}{
		{"grants", s.Grants.Missing, ""},
		{"threads", s.Threads.Missing, ""},
		{"accounts", s.Accounts.Missing, want.accounts},
		{"clients", s.Clients.Missing, want.accounts},
		{"idle transactions", s.IdleTx.Missing, want.idleTx},
		{"limits", s.Limits.Missing, want.limits},
		{"grants of " + other, s.GrantsOf[other].Missing, want.grantsOf},
		{"lock waits", s.LockWaits.Missing, want.lockWaits},
	} {
		grant := ""
		if part.want != "" {
			grant = "GRANT " + part.want + " TO '" + user + "'@'%'"
		}
		switch {
		case (part.missing == nil) != (grant == ""):
			t.Errorf("%s: missing %+v, want %q", part.name, part.missing, grant)
		case part.missing != nil && part.missing.Grant != grant:
			t.Errorf("%s: told to %q, want %q", part.name, part.missing.Grant, grant)
		}
	}
}

// checkSession checks what every account is told.
func checkSession(t *testing.T, s *server.Snapshot, w worlds.World, user string) {
	t.Helper()
	account, limit := user+"@%", int64(0)
	switch user {
	case "root":
		account = "root@127.0.0.1"
	case "low":
		limit = 5
	}
	want := server.Session{User: account, ID: s.Session.ID, MaxUserConnections: limit, WaitTimeout: 28800, Known: true}
	if s.Session != want || s.Session.ID == 0 {
		t.Errorf("session %+v, want %+v", s.Session, want)
	}
	flavour := server.MySQL
	if w.Personality == fakeserver.MariaDB {
		flavour = server.MariaDB
	}
	if s.Flavour != flavour || s.Via != server.ViaNothing {
		t.Errorf("%s via %q, want %s", s.Flavour, s.Via, flavour)
	}
	if n, ok := s.Variable("max_connections"); n != 20 || !ok {
		t.Errorf("max_connections %d", n)
	}
	if n, ok := s.Counter("Threads_connected"); n < 5 || !ok {
		t.Errorf("Threads_connected %d, want at least 5", n)
	}
}

// checkParts checks what is found where something is told.
func checkParts(t *testing.T, s *server.Snapshot, user string) {
	t.Helper()
	all := s.SeesAll()
	if want := slices.Contains([]string{"root", "proc", "procps", "act"}, user); all != want {
		t.Errorf("sees all: %t, want %t", all, want)
	}
	seen := int64(3)
	if !all && user != "low" {
		seen = 0
	}
	if n := threads(s, "low"); n != seen {
		t.Errorf("%d threads of low, want %d: %+v", n, seen, s.Threads.Value)
	}
	if s.Accounts.Missing == nil {
		if i := slices.IndexFunc(s.Accounts.Value, func(a server.Account) bool { return a.User == "low" }); i < 0 || s.Accounts.Value[i].Current != 3 || s.Accounts.Value[i].Host != "127.0.0.1" {
			t.Errorf("accounts %+v", s.Accounts.Value)
		}
		pid := strconv.Itoa(os.Getpid())
		if !slices.Contains(s.Clients.Value, server.Client{User: "low", Host: "127.0.0.1", PID: pid, N: 3}) {
			t.Errorf("clients %+v", s.Clients.Value)
		}
	}
	if s.IdleTx.Missing == nil && (len(s.IdleTx.Value) != 1 || s.IdleTx.Value[0].User != "low") {
		t.Errorf("idle transactions %+v", s.IdleTx.Value)
	}
	if s.Limits.Missing == nil && !slices.Contains(s.Limits.Value, server.AccountLimit{User: "low", Host: "%", Max: 5}) {
		t.Errorf("limits %+v", s.Limits.Value)
	}
	if g := s.GrantsOf["low"]; user != "low" && g.Missing == nil && (len(g.Value.Global) != 1 || g.Value.Global[0] != "USAGE") {
		t.Errorf("grants of low %+v", g.Value)
	}
	if g := s.GrantsOf["some"]; user != "some" && g.Missing == nil && !g.Value.Has("PROCESS") {
		t.Errorf("grants of some, which has a role: %+v", g.Value)
	}
	if s.LockWaits.Missing == nil && s.LockWaits.Value != 0 {
		t.Errorf("%d lock waits", s.LockWaits.Value)
	}
}

// threads counts the connections of a user.
func threads(s *server.Snapshot, user string) int64 {
	n := int64(0)
	for _, t := range s.Threads.Value {
		if t.User == user {
			n += t.N
		}
	}
	return n
}
