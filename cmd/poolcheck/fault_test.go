package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/connvet/connvet/internal/fakeserver"
)

// user is the account of these tests. Its password may not be in any output, its
// name in no error.
const user = "xq7-account"

func fake(t *testing.T, change func(c *fakeserver.Config)) *fakeserver.Server {
	t.Helper()
	c := fakeserver.Config{Personality: fakeserver.MySQL, PerformanceSchema: true, Users: map[string]fakeserver.User{user: {Password: secret}}}
	if change != nil {
		change(&c)
	}
	return fakeserver.Start(t, c)
}

// A server that fails is told in one line, in time, with exit code 1, and what
// was read up to then is reported.
func TestFaults(t *testing.T) {
	at := func(stage fakeserver.Stage, do fakeserver.Action) fakeserver.Fault {
		return fakeserver.Fault{At: stage, Do: do, Seed: 1}
	}
	after := func(match string, do fakeserver.Action) fakeserver.Fault {
		return fakeserver.Fault{At: fakeserver.OnCommand, Match: match, Do: do, Seed: 2}
	}
	refuse := func(stage fakeserver.Stage, number uint16) fakeserver.Fault {
		return fakeserver.Fault{At: stage, Do: fakeserver.Refuse, Err: &fakeserver.Error{Number: number, State: "HY000", Message: "no: '" + user + "'@'host' " + secret}}
	}
	tests := []struct {
		name  string
		fault fakeserver.Fault
		want  string // on standard error
		read  bool   // whether max_connections had been read by then
	}{
		{"full before the handshake", fakeserver.FullEarly, "the server is full: it refuses new connections (error 1040)", false},
		{"full after the handshake", fakeserver.Full, "the server is full: it refuses new connections (error 1040)", false},
		{"account limit", fakeserver.AccountFull, "the account has as many connections as it may have: the server refuses more (error 1226)", false},
		{"limit of all accounts", fakeserver.AccountsFull, "the account has as many connections as it may have: the server refuses more (error 1203)", false},
		{"blocked", refuse(fakeserver.OnAccept, 1129), "blocks this host", false},
		{"host not allowed", refuse(fakeserver.OnAccept, 1130), "does not allow connections from this host", false},
		{"other refusal", refuse(fakeserver.OnLogin, 1999), "the server reports an error (error 1999)", false},
		{"says nothing", at(fakeserver.OnAccept, fakeserver.Silence), "did not answer in time", false},
		{"says nothing after the handshake", at(fakeserver.OnLogin, fakeserver.Silence), "did not answer in time", false},
		{"says nothing to a statement", after("GLOBAL STATUS", fakeserver.Silence), "did not answer in time", true},
		{"slow", fakeserver.Fault{At: fakeserver.OnCommand, Match: "GLOBAL STATUS", Do: fakeserver.Slow, Delay: 50 * time.Millisecond}, "did not answer in time", true},
		{"closes at once", at(fakeserver.OnAccept, fakeserver.Close), "the server closed the connection", false},
		{"resets at once", at(fakeserver.OnAccept, fakeserver.Reset), "the ", false},
		{"closes at the login", at(fakeserver.OnLogin, fakeserver.Close), "the server closed the connection", false},
		{"dies between two statements", after("GLOBAL STATUS", fakeserver.Close), "the server closed the connection", true},
		{"is killed between two statements", after("GLOBAL STATUS", fakeserver.Reset), "the ", true},
		{"dies in the middle of an answer", after("GLOBAL STATUS", fakeserver.Cut), "the server closed the connection", true},
		{"is killed in the middle of an answer", after("GLOBAL STATUS", fakeserver.CutReset), "the ", true},
		{"shuts down", fakeserver.Fault{At: fakeserver.OnCommand, Match: "GLOBAL STATUS", Do: fakeserver.Refuse, Err: &fakeserver.Error{Number: 1053, State: "08S01", Message: "Server shutdown in progress"}}, "the server is shutting down (error 1053)", true},
		{"garbage for a greeting", at(fakeserver.OnAccept, fakeserver.Garbage), "the ", false},
		{"garbage in the greeting", at(fakeserver.OnAccept, fakeserver.GarbagePacket), "the ", false},
		{"garbage at the login", at(fakeserver.OnLogin, fakeserver.GarbagePacket), "the ", false},
		{"garbage for an answer", after("GLOBAL STATUS", fakeserver.Garbage), "the ", true},
		{"garbage in an answer", after("GLOBAL STATUS", fakeserver.GarbagePacket), "the ", true},
		{"wrong numbers of packets", after("GLOBAL STATUS", fakeserver.WrongSequence), "the server answers something that is not the MySQL protocol", true},
		{"absurd length", after("GLOBAL STATUS", fakeserver.AbsurdLength), "did not answer in time", true},
		{"absurd number of columns", after("GLOBAL STATUS", fakeserver.AbsurdCount), "the ", true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := fake(t, func(c *fakeserver.Config) { c.Fault = test.fault })
			timeout := "1m" // more than it takes
			if strings.Contains(test.want, "in time") {
				timeout = "1s"
			}
			for _, format := range []string{"text", "json", "sarif", "rdjsonl", "github", "gitlab", "markdown"} {
				got := poolcheckOn(t, s.DSN(user, secret), "-max-open", "3", "-max-idle", "3", "-max-lifetime", "1m", "-timeout", timeout, "-format", format)
				if got.code != exitUndecided {
					t.Errorf("%s: exit code %d, want %d", format, got.code, exitUndecided)
				}
				if !strings.HasPrefix(got.stderr, "poolcheck: ") || !strings.Contains(got.stderr, test.want) || strings.Count(got.stderr, "\n") != 1 {
					t.Errorf("%s: standard error: %swant one line: %s", format, got.stderr, test.want)
				}
				if format == "text" && strings.Contains(got.stdout, "of 151") != test.read {
					t.Errorf("what was read before should be reported:\n%s", got.stdout)
				}
				noSecret(t, got)
			}
		})
	}
}

// noSecret fails if output repeats what the DSN says of who logs in.
func noSecret(t *testing.T, o outcome) {
	t.Helper()
	if strings.Contains(o.stdout+o.stderr, secret) || strings.Contains(o.stdout+o.stderr, "@tcp(") {
		t.Errorf("the password or the DSN is in the output:\n%s%s", o.stdout, o.stderr)
	}
	if strings.Contains(o.stderr, user) {
		t.Errorf("the user is in the error: %s", o.stderr)
	}
}

func TestRefused(t *testing.T) {
	tests := []struct {
		name   string
		change func(c *fakeserver.Config)
		dsn    func(s *fakeserver.Server) string
		want   string
	}{
		{"wrong password", nil, func(s *fakeserver.Server) string { return s.DSN(user, secret+"x") }, "does not accept the user or password of the DSN, or wants TLS (tls=true) (error 1045)"},
		{"no database", nil, func(s *fakeserver.Server) string { return s.DSN("root", "") + "nodb" }, "does not have the database of the DSN (error 1049)"},
		{"not its database", nil, func(s *fakeserver.Server) string { return s.DSN(user, secret) + "app" }, "may not use the database of the DSN (error 1044)"},
		{"TLS not offered", nil, func(s *fakeserver.Server) string { return s.DSN(user, secret) + "?tls=true" }, "does not offer TLS"},
		{"TLS required", func(c *fakeserver.Config) { c.TLS = fakeserver.RequiresTLS }, func(s *fakeserver.Server) string { return s.DSN(user, secret) }, "add tls=true to the DSN"},
		{"certificate not trusted", func(c *fakeserver.Config) { c.TLS = fakeserver.OffersTLS }, func(s *fakeserver.Server) string { return s.DSN(user, secret) + "?tls=true" }, "TLS: the server's certificate"},
		{"TLS broken", func(c *fakeserver.Config) {
			c.TLS = fakeserver.OffersTLS
			c.Fault = fakeserver.Fault{At: fakeserver.OnTLS, Do: fakeserver.Garbage, Seed: 1}
		}, func(s *fakeserver.Server) string { return s.DSN(user, secret) + "?tls=skip-verify" }, "TLS: the handshake failed"},
		{"nobody listens", nil, func(*fakeserver.Server) string { return user + ":" + secret + "@tcp(127.0.0.1:1)/" }, "cannot reach the server: connection refused"},
		{"no such host", nil, func(*fakeserver.Server) string { return user + ":" + secret + "@tcp(db.invalid:3306)/" }, "cannot reach the server"},
		{"no such socket", nil, func(*fakeserver.Server) string { return user + ":" + secret + "@unix(/nowhere)/" }, "cannot reach the server"},
		{"no port", nil, func(*fakeserver.Server) string { return user + ":" + secret + "@tcp(::1)/" }, "cannot reach the server"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := fake(t, test.change)
			got := poolcheckOn(t, test.dsn(s), "-max-open", "3", "-timeout", "5s")
			if got.code != exitUndecided || !strings.Contains(got.stderr, test.want) || strings.Count(got.stderr, "\n") != 1 {
				t.Errorf("exit code %d: %swant %s", got.code, got.stderr, test.want)
			}
			noSecret(t, got)
		})
	}
}

// TLS parameters of the DSN are honoured.
func TestTLS(t *testing.T) {
	s := fake(t, func(c *fakeserver.Config) { c.TLS = fakeserver.RequiresTLS })
	got := poolcheckOn(t, s.DSN(user, secret)+"?tls=skip-verify", "-max-open", "3")
	if got.code != exitFits || !strings.Contains(got.stdout, "3 of 151") {
		t.Errorf("exit code %d\n%s%s", got.code, got.stdout, got.stderr)
	}
}

// An administrator's DSN gets into a server that is full.
func TestAdministrator(t *testing.T) {
	for _, fault := range []fakeserver.Fault{fakeserver.Full, fakeserver.AccountFull} {
		service := fake(t, func(c *fakeserver.Config) { c.Fault = fault })
		admin := fake(t, nil) // the same server by another way
		got := poolcheckIn(t.Context(), map[string]string{"POOLCHECK_DSN": service.DSN(user, secret), "POOLCHECK_ADMIN_DSN": admin.DSN("root", "")}, "", "-window", "0", "-max-open", "3")
		if got.code != exitMisfit || !strings.Contains(got.stdout, "3 of 151") || !strings.Contains(got.stdout, "error   C10 cannot-connect") {
			t.Errorf("exit code %d\n%s%s", got.code, got.stdout, got.stderr)
		}
		if got.stderr != "" {
			t.Errorf("standard error: %s", got.stderr)
		}
	}
}

// An interrupted check says so.
func TestInterrupted(t *testing.T) {
	s := fake(t, func(c *fakeserver.Config) {
		c.Fault = fakeserver.Fault{At: fakeserver.OnCommand, Match: "GLOBAL STATUS", Do: fakeserver.Silence}
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		for len(s.Statements()) < 3 && ctx.Err() == nil {
			time.Sleep(time.Millisecond)
		}
		cancel()
	}()
	defer cancel()
	got := poolcheckIn(ctx, map[string]string{"POOLCHECK_DSN": s.DSN(user, secret)}, "", "-window", "0", "-max-open", "3", "-timeout", "1m")
	if got.code != exitUndecided || got.stderr != "poolcheck: interrupted\n" || !strings.Contains(got.stdout, "of 151") {
		t.Errorf("exit code %d\n%s%s", got.code, got.stdout, got.stderr)
	}
}

// All that is sent on the one connection is SELECT, SHOW and the two probes,
// whatever the DSN asks of a session.
func TestTraffic(t *testing.T) {
	for _, personality := range []fakeserver.Personality{fakeserver.MySQL, fakeserver.MariaDB} {
		s := fake(t, func(c *fakeserver.Config) { c.Personality = personality })
		dsn := s.DSN(user, secret) + "?charset=latin1&collation=latin1_swedish_ci&autocommit=0&wait_timeout=7&maxAllowedPacket=0&sql_mode=%27ANSI%27&multiStatements=true"
		got := poolcheckIn(t.Context(), map[string]string{"POOLCHECK_DSN": dsn}, "", "-window", "10ms", "-max-open", "3", "-deep", "-user", "other")
		if got.code == exitUsage || got.stdout == "" {
			t.Fatalf("exit code %d\n%s%s", got.code, got.stdout, got.stderr)
		}
		if n := s.Connects(); n != 1 {
			t.Errorf("%d connections, want one", n)
		}
		commands := s.Commands()
		if len(commands) < 10 {
			t.Errorf("only %d commands", len(commands))
		}
		for i, c := range commands {
			verb, _, _ := strings.Cut(c.Text, " ")
			switch {
			case c.Name == "Quit" && i == len(commands)-1:
			case c.Name != "Query":
				t.Errorf("command %s", c.Name)
			case verb == "SELECT", verb == "SHOW", c.Text == "select @@version_comment limit 1":
			case c.Text == "PROXYSQL INTERNAL SESSION", c.Text == "ROUTER SHOW x":
			default:
				t.Errorf("statement %s", c.Text)
			}
		}
	}
}
