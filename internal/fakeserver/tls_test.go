package fakeserver_test

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/connvet/connvet/internal/fakeserver"
)

func TestTLS(t *testing.T) {
	isUnknown := func(err error) bool {
		var e x509.UnknownAuthorityError
		return errors.As(err, &e)
	}
	isNone := func(err error) bool { return errors.Is(err, mysql.ErrNoTLS) }
	isTLS := func(err error) bool {
		var e tls.RecordHeaderError
		return errors.As(err, &e)
	}
	garbage := fakeserver.Fault{At: fakeserver.OnTLS, Do: fakeserver.Garbage}
	tests := []struct {
		name        string
		personality fakeserver.Personality
		tls         fakeserver.TLS
		fault       fakeserver.Fault
		params      string
		want        func(error) bool // nil: no error
	}{
		{"none", fakeserver.MySQL, fakeserver.NoTLS, fakeserver.Fault{}, "?tls=trusted", isNone},
		{"none, preferred", fakeserver.MySQL, fakeserver.NoTLS, fakeserver.Fault{}, "?tls=preferred", nil},
		{"trusted", fakeserver.MySQL, fakeserver.OffersTLS, fakeserver.Fault{}, "?tls=trusted", nil},
		{"trusted", fakeserver.MariaDB, fakeserver.OffersTLS, fakeserver.Fault{}, "?tls=trusted", nil},
		{"not trusted", fakeserver.MySQL, fakeserver.OffersTLS, fakeserver.Fault{}, "?tls=true", isUnknown},
		{"not wanted", fakeserver.MySQL, fakeserver.OffersTLS, fakeserver.Fault{}, "", nil},
		{"required", fakeserver.MySQL, fakeserver.RequiresTLS, fakeserver.Fault{}, "", isNumber(3159)},
		{"required", fakeserver.MariaDB, fakeserver.RequiresTLS, fakeserver.Fault{}, "", isNumber(1045)},
		{"required and used", fakeserver.MariaDB, fakeserver.RequiresTLS, fakeserver.Fault{}, "?tls=skip-verify", nil},
		{"garbage", fakeserver.MySQL, fakeserver.OffersTLS, garbage, "?tls=trusted", isTLS},
		{"garbage", fakeserver.MariaDB, fakeserver.OffersTLS, garbage, "?tls=trusted", isTLS},
		{"closed", fakeserver.MySQL, fakeserver.OffersTLS, fakeserver.Fault{At: fakeserver.OnTLS, Do: fakeserver.Close}, "?tls=trusted", isAny},
		{"refused", fakeserver.MySQL, fakeserver.OffersTLS, fakeserver.Fault{At: fakeserver.OnTLS, Do: fakeserver.Refuse, Err: killed}, "?tls=trusted", isTLS},
	}
	for _, test := range tests {
		s := fakeserver.Start(t, fakeserver.Config{Personality: test.personality, TLS: test.tls, Fault: test.fault})
		if err := mysql.RegisterTLSConfig("trusted", &tls.Config{RootCAs: s.CertPool(), ServerName: "127.0.0.1"}); err != nil {
			t.Fatal(err)
		}
		_, err := try(t, timeout(t), s.DSN("root", "")+test.params, "SELECT 1")
		if (err == nil) != (test.want == nil) || err != nil && !test.want(err) {
			t.Errorf("%s (%q): %v", test.name, test.personality, err)
		}
	}
	mysql.DeregisterTLSConfig("trusted")
}

// A TLS handshake that never comes does not outlast a context.
func TestSilentTLS(t *testing.T) {
	s := fakeserver.Start(t, fakeserver.Config{TLS: fakeserver.OffersTLS, Fault: fakeserver.Fault{At: fakeserver.OnTLS, Do: fakeserver.Silence}})
	if _, err := try(t, whileHung(t, s, 0), s.DSN("root", "")+"?tls=skip-verify"); !isCanceled(err) {
		t.Error(err)
	}
}

// The idle are told over TLS, too.
func TestKillIdle(t *testing.T) {
	for _, p := range personalities {
		for _, params := range []string{"", "?tls=skip-verify"} {
			s := fakeserver.Start(t, fakeserver.Config{Personality: p, TLS: fakeserver.OffersTLS})
			conn := connect(t, open(t, s.DSN("root", "")+params))
			ctx := timeout(t)
			for _, statement := range []string{"BEGIN", "UPDATE t SET n = n + 1"} {
				if _, err := conn.ExecContext(ctx, statement); err != nil {
					t.Fatal(err)
				}
			}
			if n := s.KillIdle("nobody"); n != 0 {
				t.Errorf("killed %d sessions of nobody", n)
			}
			if n := s.KillIdle("root"); n != 1 {
				t.Errorf("killed %d sessions, want 1", n)
			}
			for s.Sessions() > 0 {
				time.Sleep(time.Millisecond)
			}
			_, err := conn.ExecContext(ctx, "COMMIT")
			if err == nil || isNumber(4031)(err) && p == fakeserver.MariaDB {
				t.Errorf("%q %s: %v", p, params, err)
			}
		}
	}
}
