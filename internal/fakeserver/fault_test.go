package fakeserver_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/connvet/connvet/internal/fakeserver"
)

func TestMain(m *testing.M) {
	// The driver logs what it makes of faults.
	mysql.SetLogger(log.New(io.Discard, "", 0))
	os.Exit(m.Run())
}

var errPanic = errors.New("the driver panics")

// try sends statements on a new connection, and returns how many were answered
// and what was wrong with the next one.
func try(t *testing.T, ctx context.Context, dsn string, statements ...string) (done int, err error) {
	t.Helper()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", errPanic, p)
		}
	}()
	conn, err := open(t, dsn).Conn(ctx)
	if err != nil {
		return 0, err
	}
	for done < len(statements) && err == nil {
		if err = send(ctx, conn, statements[done]); err == nil {
			done++
		}
	}
	conn.Close() // not after a panic, which leaves it locked for ever
	return done, err
}

// send sends a statement and reads what comes.
func send(ctx context.Context, conn *sql.Conn, statement string) error {
	rows, err := conn.QueryContext(ctx, statement)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
	}
	return rows.Err()
}

// whileHung returns a context that ends a moment after clients have sent another
// n commands, or have connected once more if n is 0.
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

// What a driver makes of a fault.
var (
	isAny      = func(error) bool { return true }
	isCanceled = func(err error) bool { return errors.Is(err, context.Canceled) }
	isPanic    = func(err error) bool { return errors.Is(err, errPanic) }
	isBroken   = func(err error) bool { return errors.Is(err, mysql.ErrInvalidConn) || errors.Is(err, driver.ErrBadConn) }
	isSync     = func(err error) bool { return errors.Is(err, mysql.ErrPktSync) || isBroken(err) }
)

func isNumber(n uint16) func(error) bool {
	return func(err error) bool {
		var e *mysql.MySQLError
		return errors.As(err, &e) && e.Number == n
	}
}

var killed = &fakeserver.Error{Number: 1927, State: "70100", Message: "Connection was killed"}

// faults are faults with what becomes of three statements.
var faults = []struct {
	name  string
	fault fakeserver.Fault
	hangs bool
	done  int
	want  func(error) bool
}{
	{"full early", fakeserver.FullEarly, false, 0, isNumber(1040)},
	{"full", fakeserver.Full, false, 0, isNumber(1040)},
	{"account full", fakeserver.AccountFull, false, 0, isNumber(1226)},
	{"accounts full", fakeserver.AccountsFull, false, 0, isNumber(1203)},

	{"silent at once", fakeserver.Fault{At: fakeserver.OnAccept, Do: fakeserver.Silence}, true, 0, isCanceled},
	{"closes at once", fakeserver.Fault{At: fakeserver.OnAccept, Do: fakeserver.Close}, false, 0, isBroken},
	{"resets at once", fakeserver.Fault{At: fakeserver.OnAccept, Do: fakeserver.Reset}, false, 0, isAny},
	{"cut greeting", fakeserver.Fault{At: fakeserver.OnAccept, Do: fakeserver.Cut}, false, 0, isBroken},
	{"garbage greeting", fakeserver.Fault{At: fakeserver.OnAccept, Do: fakeserver.Garbage}, false, 0, isAny},
	{"absurd greeting", fakeserver.Fault{At: fakeserver.OnAccept, Do: fakeserver.AbsurdLength}, true, 0, isCanceled},
	{"misnumbered greeting", fakeserver.Fault{At: fakeserver.OnAccept, Do: fakeserver.WrongSequence}, false, 0, isSync},

	{"silent after login", fakeserver.Fault{At: fakeserver.OnLogin, Do: fakeserver.Silence}, true, 0, isCanceled},
	{"closes after login", fakeserver.Fault{At: fakeserver.OnLogin, Do: fakeserver.Close}, false, 0, isBroken},
	{"garbage after login", fakeserver.Fault{At: fakeserver.OnLogin, Do: fakeserver.Garbage}, false, 0, isAny},
	{"slow login", fakeserver.Fault{At: fakeserver.OnLogin, Do: fakeserver.Slow, Delay: time.Hour}, true, 0, isCanceled},

	{"refuses the second", fakeserver.Fault{At: fakeserver.OnCommand, N: 2, Do: fakeserver.Refuse, Err: &fakeserver.Error{Number: 1105, State: "HY000", Message: "no"}}, false, 1, isNumber(1105)},
	{"refuses a match", fakeserver.Fault{At: fakeserver.OnCommand, Match: "three", Do: fakeserver.Refuse, Err: killed}, false, 2, isNumber(1927)},
	{"second match", fakeserver.Fault{At: fakeserver.OnCommand, Match: "t", N: 2, Do: fakeserver.Close}, false, 2, isBroken},
	{"silent", fakeserver.Fault{At: fakeserver.OnCommand, N: 2, Do: fakeserver.Silence}, true, 1, isCanceled},
	{"closes", fakeserver.Fault{At: fakeserver.OnCommand, N: 3, Do: fakeserver.Close}, false, 2, isBroken},
	{"resets", fakeserver.Fault{At: fakeserver.OnCommand, N: 2, Do: fakeserver.Reset}, false, 1, isAny},
	{"cut", fakeserver.Fault{At: fakeserver.OnCommand, N: 2, Do: fakeserver.Cut}, false, 1, isBroken},
	{"cut and reset", fakeserver.Fault{At: fakeserver.OnCommand, N: 2, Do: fakeserver.CutReset}, false, 1, isAny},
	{"garbage", fakeserver.Fault{At: fakeserver.OnCommand, N: 2, Do: fakeserver.Garbage}, false, 1, isAny},
	{"misnumbered", fakeserver.Fault{At: fakeserver.OnCommand, N: 2, Do: fakeserver.WrongSequence}, false, 1, isSync},
	{"absurd length", fakeserver.Fault{At: fakeserver.OnCommand, N: 2, Do: fakeserver.AbsurdLength}, true, 1, isCanceled},
	{"absurd count", fakeserver.Fault{At: fakeserver.OnCommand, N: 2, Do: fakeserver.AbsurdCount}, false, 1, isPanic},
	{"too slow", fakeserver.Fault{At: fakeserver.OnCommand, N: 2, Do: fakeserver.Slow, Delay: time.Hour}, true, 1, isCanceled},
}

var personalities = []fakeserver.Personality{fakeserver.MySQL, fakeserver.MariaDB}

func TestFaults(t *testing.T) {
	for _, p := range personalities {
		s := fakeserver.Start(t, fakeserver.Config{Personality: p})
		for _, test := range faults {
			s.SetFault(test.fault)
			ctx := timeout(t)
			if test.hangs {
				n := test.done
				if test.fault.At == fakeserver.OnCommand {
					n++
				}
				ctx = whileHung(t, s, n)
			}
			done, err := try(t, ctx, s.DSN("root", ""), "SELECT 'one'", "SELECT 'two'", "SELECT 'three'")
			if done != test.done || err == nil || !test.want(err) {
				t.Errorf("%s (%q): %d statements, then %v; want %d", test.name, p, done, err, test.done)
			}
		}
		s.SetFault(fakeserver.Fault{})
		if done, err := try(t, timeout(t), s.DSN("root", ""), "SELECT 1"); done != 1 {
			t.Errorf("%q: no fault: %v", p, err)
		}
	}
}

// A refused statement does not end the connection, unless it says so.
func TestRefuseAndGoOn(t *testing.T) {
	s := fakeserver.Start(t, fakeserver.Config{})
	conn := connect(t, open(t, s.DSN("root", "")))
	for _, n := range []uint16{1142, 1927} {
		s.SetFault(fakeserver.Fault{At: fakeserver.OnCommand, Do: fakeserver.Refuse, Err: &fakeserver.Error{Number: n, State: "HY000", Message: "no"}})
		if err := send(timeout(t), conn, "SELECT 1"); !isNumber(n)(err) {
			t.Errorf("%v, want error %d", err, n)
		}
		s.SetFault(fakeserver.Fault{})
		if err := send(timeout(t), conn, "SELECT 1"); (err == nil) != (n == 1142) {
			t.Errorf("after error %d: %v", n, err)
		}
	}
}

// Answers that come slowly come nevertheless.
func TestSlow(t *testing.T) {
	s := fakeserver.Start(t, fakeserver.Config{Fault: fakeserver.Fault{At: fakeserver.OnCommand, Do: fakeserver.Slow, Delay: time.Microsecond}})
	if done, err := try(t, timeout(t), s.DSN("root", ""), "SELECT 1", "SHOW STATUS"); done != 2 {
		t.Error(err)
	}
}

// Random bytes never make a client wait for more than there is.
func TestGarbage(t *testing.T) {
	for _, p := range personalities {
		s := fakeserver.Start(t, fakeserver.Config{Personality: p})
		for _, at := range []fakeserver.Stage{fakeserver.OnAccept, fakeserver.OnLogin, fakeserver.OnCommand} {
			for _, do := range []fakeserver.Action{fakeserver.Garbage, fakeserver.GarbagePacket} {
				for seed := range uint64(50) {
					s.SetFault(fakeserver.Fault{At: at, Do: do, Seed: seed})
					if _, err := try(t, timeout(t), s.DSN("root", ""), "SELECT 1"); errors.Is(err, context.DeadlineExceeded) {
						t.Errorf("%q, stage %d, action %d, seed %d: %v", p, at, do, seed, err)
					}
				}
			}
		}
	}
}

// Everything ends when the server is closed.
func TestClose(t *testing.T) {
	s := fakeserver.Start(t, fakeserver.Config{})
	errs := make(chan error)
	for _, statement := range []string{"SELECT SLEEP(3600)", "SELECT 1"} {
		s.SetFault(fakeserver.Fault{At: fakeserver.OnCommand, Match: "1", Do: fakeserver.Silence})
		conn := connect(t, open(t, s.DSN("root", "")))
		go func() { errs <- send(context.Background(), conn, statement) }()
	}
	for len(s.Statements()) < 2 {
		time.Sleep(time.Millisecond)
	}
	s.Close()
	s.Close()
	for range 2 {
		if err := <-errs; err == nil {
			t.Error("a statement was answered")
		}
	}
	if n := s.Sessions(); n != 0 {
		t.Errorf("%d sessions after Close", n)
	}
	if done, err := try(t, timeout(t), s.DSN("root", "")); err == nil {
		t.Errorf("connected after Close (%d)", done)
	}
}

// What clients send is recorded, on which connection, and nothing else.
func TestCommands(t *testing.T) {
	s := fakeserver.Start(t, fakeserver.Config{MaxConnections: 2, Users: map[string]fakeserver.User{"low": {}}})
	ctx := timeout(t)
	first, second := connect(t, open(t, s.DSN("low", ""))), connect(t, open(t, s.DSN("low", "")))
	if _, err := try(t, timeout(t), s.DSN("low", "")); !isNumber(1040)(err) {
		t.Fatal(err)
	}
	for _, err := range []error{send(ctx, first, "SELECT 1"), second.PingContext(ctx), send(ctx, second, "SELECT 2"), first.Close()} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for s.Sessions() > 1 {
		time.Sleep(time.Millisecond)
	}
	want := []fakeserver.Command{{8, "Query", "SELECT 1"}, {9, "Ping", ""}, {9, "Query", "SELECT 2"}, {8, "Quit", ""}}
	if got := s.Commands(); !slices.Equal(got, want) {
		t.Errorf("commands %v, want %v", got, want)
	}
	if got, want := s.Statements(), []string{"SELECT 1", "SELECT 2"}; !slices.Equal(got, want) {
		t.Errorf("statements %q, want %q", got, want)
	}
	if got := s.Connects(); got != 3 {
		t.Errorf("%d connects, want 3", got)
	}
}
