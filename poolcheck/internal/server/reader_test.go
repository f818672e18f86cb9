package server_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/connvet/connvet/internal/fakeserver"
	"github.com/connvet/connvet/internal/fakeserver/worlds"
	"github.com/connvet/connvet/poolcheck/internal/server"
)

// Kinds of servers are told apart by what they say of themselves.
func TestKinds(t *testing.T) {
	for _, test := range []struct {
		name    string
		config  fakeserver.Config
		host    string
		flavour server.Flavour
		via     server.Via
	}{
		{"MySQL", fakeserver.Config{}, "", server.MySQL, server.ViaNothing},
		{"MariaDB", fakeserver.Config{Personality: fakeserver.MariaDB}, "", server.MariaDB, server.ViaNothing},
		{"Percona", fakeserver.Percona(), "", server.Percona, server.ViaNothing},
		{"RDS", fakeserver.RDS(), "", server.RDS, server.ViaNothing},
		{"RDS MariaDB", fakeserver.RDSMariaDB(), "", server.RDSMaria, server.ViaNothing},
		{"RDS Proxy", fakeserver.RDS(), "x.proxy-abc.eu-west-1.rds.amazonaws.com", server.RDS, server.ViaRDSProxy},
		{"Aurora", fakeserver.Aurora(), "", server.Aurora, server.ViaNothing},
		{"Azure", fakeserver.Azure(), "x.mysql.database.azure.com", server.Azure, server.ViaNothing},
		{"Vitess", fakeserver.Vitess(), "", server.Vitess, server.ViaVitess},
		{"TiDB", fakeserver.TiDB(), "", server.TiDB, server.ViaNothing},
		{"ProxySQL", fakeserver.BehindProxySQL(), "", server.MySQL, server.ViaProxySQL},
		{"Router", fakeserver.BehindRouter(), "", server.MySQL, server.ViaRouter},
	} {
		s := fakeserver.Start(t, test.config)
		conn := connect(t, worlds.Of("", s), "root")
		got, err := server.Read(timeout(t), conn, server.Options{Host: test.host, Users: []string{"app"}, Deep: true})
		if err != nil || got.Flavour != test.flavour || got.Via != test.via {
			t.Errorf("%s: %s via %q, error %v", test.name, got.Flavour, got.Via, err)
		}
	}
}

// A reader that meets a fault at any of its statements says so in one line, in
// time.
func TestReaderFaults(t *testing.T) {
	for _, p := range personalities {
		s := fakeserver.Start(t, fakeserver.Config{Personality: p, PerformanceSchema: true})
		for _, do := range []fakeserver.Action{
			fakeserver.Close, fakeserver.Reset, fakeserver.Cut, fakeserver.CutReset, fakeserver.Garbage, fakeserver.Silence,
			fakeserver.GarbagePacket, fakeserver.WrongSequence, fakeserver.AbsurdLength, fakeserver.AbsurdCount,
		} {
			hangs, step := do == fakeserver.Silence || do == fakeserver.AbsurdLength, 1
			if hangs {
				step = 5
			}
			for n := 1; n <= 14; n += step {
				s.SetFault(fakeserver.Fault{At: fakeserver.OnCommand, N: n, Do: do, Seed: uint64(n)})
				ctx := timeout(t)
				if hangs {
					ctx = whileHung(t, s, n)
				}
				err := readOnce(t, ctx, s)
				if err == nil && do != fakeserver.GarbagePacket { // which may be an answer
					t.Errorf("%q: action %d at statement %d is not noticed", p, do, n)
				}
				if err != nil && (server.Explain(err) == "" || strings.Contains(server.Explain(err), "\n")) {
					t.Errorf("%q: action %d at statement %d: %q", p, do, n, server.Explain(err))
				}
				if errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("%q: action %d at statement %d takes until the deadline", p, do, n)
				}
			}
		}
	}
}

// readOnce reads on a connection of its own, which can be closed whatever the
// server answered.
func readOnce(t *testing.T, ctx context.Context, s *fakeserver.Server) error {
	t.Helper()
	db, err := sql.Open("mysql", s.DSN("root", ""))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connecting: %w", err)
	}
	defer conn.Close()
	_, err = server.Read(ctx, conn, server.Options{Users: []string{"app"}, Deep: true})
	return err
}

// whileHung bounds what hangs at the nth statement of the next connection.
func whileHung(t *testing.T, s *fakeserver.Server, n int) context.Context {
	ctx, cancel := context.WithCancel(timeout(t))
	connects, commands := s.Connects(), len(s.Statements())
	go func() {
		defer cancel()
		for ctx.Err() == nil && (s.Connects() == connects || len(s.Statements()) < commands+n) {
			time.Sleep(time.Millisecond)
		}
		time.Sleep(20 * time.Millisecond)
	}()
	return ctx
}

var personalities = []fakeserver.Personality{fakeserver.MySQL, fakeserver.MariaDB}
