package poolcheck_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/connvet/connvet/poolcheck"
)

// nowhere is a driver whose connections go nowhere.
type nowhere struct{}

func (nowhere) Connect(context.Context) (driver.Conn, error) { return nowhere{}, nil }
func (nowhere) Driver() driver.Driver                        { return nil }
func (nowhere) Prepare(string) (driver.Stmt, error)          { return nil, driver.ErrBadConn }
func (nowhere) Close() error                                 { return nil }
func (nowhere) Begin() (driver.Tx, error)                    { return nil, driver.ErrBadConn }

// A recorder is a test that is not.
type recorder struct {
	errors   []string
	cleanups []func()
}

func (r *recorder) Helper() {}
func (r *recorder) Errorf(f string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(f, args...))
}
func (r *recorder) Cleanup(f func()) { r.cleanups = append(r.cleanups, f) }

// end does what package testing does when a test ends.
func (r *recorder) end() {
	for i := len(r.cleanups) - 1; i >= 0; i-- {
		r.cleanups[i]()
	}
}

func TestVerifyIdle(t *testing.T) {
	hold := func(t *testing.T, db *sql.DB) *sql.Conn {
		c, err := db.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		return c
	}
	tests := []struct {
		name string
		use  func(t *testing.T, db *sql.DB)
		want string
	}{
		{"given back", func(t *testing.T, db *sql.DB) { hold(t, db).Close() }, ""},
		{"one held", func(t *testing.T, db *sql.DB) { hold(t, db) }, "1 connection is still in use"},
		{"two held", func(t *testing.T, db *sql.DB) { hold(t, db); hold(t, db); hold(t, db).Close() }, "2 connections are still in use 20ms after the test (open 3, idle 1, limit none)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			db := sql.OpenDB(nowhere{})
			r := new(recorder)
			r.Cleanup(func() { db.Close() })
			poolcheck.VerifyIdleWithin(r, db, 20*time.Millisecond)
			test.use(t, db)
			r.end()
			if got := strings.Join(r.errors, "\n"); !strings.Contains(got, test.want) || (test.want == "") != (got == "") {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// A connection that comes back within the grace period is no leak.
func TestVerifyIdleGrace(t *testing.T) {
	db := sql.OpenDB(nowhere{})
	defer db.Close()
	c, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r := new(recorder)
	poolcheck.VerifyIdleWithin(r, db, time.Minute)
	go func() {
		time.Sleep(10 * time.Millisecond)
		c.Close()
	}()
	r.end()
	if len(r.errors) > 0 {
		t.Error(r.errors)
	}
}

// The interface is that of the real thing.
func TestVerifyIdleTakesATest(t *testing.T) {
	db := sql.OpenDB(nowhere{})
	t.Cleanup(func() { db.Close() })
	poolcheck.VerifyIdle(t, db)
}

// A pool whose connections are all in use is a verdict and not a hang.
func TestExhaustedPool(t *testing.T) {
	db := sql.OpenDB(nowhere{})
	defer db.Close()
	db.SetMaxOpenConns(2)
	for range 2 {
		c, err := db.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
	}
	r, err := poolcheck.Check(t.Context(), db, poolcheck.Budget{Timeout: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	if r.OK() || r.Status() != poolcheck.Error {
		t.Errorf("status %s", r.Status())
	}
	v := r.Verdicts[0]
	if v.Rule != "C10" || !strings.Contains(v.Message, "2 of 2 are in use") {
		t.Errorf("%s: %s", v.Rule, v.Message)
	}
}

// What is wrong with a budget is told before anything is asked.
func TestBadBudget(t *testing.T) {
	db := sql.OpenDB(nowhere{})
	defer db.Close()
	for want, b := range map[string]poolcheck.Budget{
		"overhead: -1 is negative":                      {Overhead: -1},
		"api: instances: -2 is negative":                {Services: []poolcheck.Service{{Name: "api", Instances: -2}}},
		"max instances: 3 is less than the 5 instances": {Services: []poolcheck.Service{{Instances: 5, MaxInstances: 3}}},
		"proxy percentage: more than 100":               {Proxy: poolcheck.Proxy{Percent: 101}},
		"no pool of the manifest belongs to a program":  {Services: []poolcheck.Service{{Manifest: &poolcheck.Manifest{}, Main: "x"}}},
	} {
		r, err := poolcheck.Check(t.Context(), db, b)
		if r != nil || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, %v, want %s", r, err, want)
		}
	}
	if _, err := poolcheck.Check(t.Context(), nil, poolcheck.Budget{}); err == nil {
		t.Error("no server and no assumption")
	}
}
