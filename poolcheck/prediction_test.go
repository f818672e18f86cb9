package poolcheck_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/connvet/connvet/internal/dbtest"
	"github.com/connvet/connvet/poolcheck"
)

// A prediction is a deployment for which a check says how large the pools may be.
type prediction struct {
	instances int
	surge     int // processes more while a deployment rolls out
	declared  int // connections of others, as declared
	held      int // as they really hold
}

var predictions = []prediction{
	{instances: 1},
	{instances: 2},
	{instances: 3},
	{instances: 1, declared: 3, held: 3},
	{instances: 2, declared: 3, held: 3},
	{instances: 3, declared: 1, held: 1},
	{instances: 2, held: 4}, // nobody said so: the check sees it
	{instances: 2, surge: 1},
	{instances: 1, surge: 1, declared: 2, held: 2},
}

// The largest pools that a check says are safe never meet error 1040 when all are
// full at the same time. With one connection more in each, somebody does.
func TestPrediction(t *testing.T) {
	if testing.Short() {
		t.Skip("it fills real servers")
	}
	for _, kind := range dbtest.Kinds() {
		for _, limit := range []int{10, 23} {
			t.Run(fmt.Sprintf("%s/%d", kind, limit), func(t *testing.T) {
				s := startServer(t, kind, limit)
				for _, p := range predictions {
					t.Run(fmt.Sprintf("%+v", p), func(t *testing.T) { p.test(t, s) })
				}
			})
		}
	}
}

// test has the prediction made, and checks that it comes true.
func (p prediction) test(t *testing.T, s *dbtest.Server) {
	p.hold(t, s)
	n := p.largest(t, s)
	for _, size := range []int{n, n + 1} {
		wantFit := size == n
		if got := p.fits(t, s, size); got != wantFit {
			t.Errorf("a check says that pools of %d fit: %v; but that the largest that fit are of %d", size, got, n)
		}
		if err := p.drive(t, s, size); (err == nil) != wantFit {
			t.Errorf("pools of %d, where %d should be the largest that fit: %v", size, n, err)
		}
	}
}

// hold keeps the connections of others open until the test ends.
func (p prediction) hold(t *testing.T, s *dbtest.Server) {
	t.Helper()
	if p.held == 0 {
		return
	}
	db := openPool(t, s, "backup", p.held)
	await(t, db, countAll, 1)
	for range p.held {
		conn, err := db.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close() })
	}
}

// check makes a check for pools of a size, on a connection that is closed again.
func (p prediction) check(t *testing.T, s *dbtest.Server, size int) *poolcheck.Report {
	t.Helper()
	root := openPool(t, s, "root", 1)
	defer root.Close()
	await(t, root, countAll, p.held+1)
	await(t, root, countOthers, p.held+1) // which the check counts, and a server does so a moment later
	r, err := poolcheck.Check(t.Context(), root, poolcheck.Budget{
		Services: []poolcheck.Service{{
			Pool: &poolcheck.Pool{MaxOpen: size, MaxIdle: size}, User: "app",
			Instances: p.instances, Surge: poolcheck.SurgeOf(p.surge),
		}},
		Overhead: p.declared,
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// largest asks for the largest size for pools that have no limit yet.
func (p prediction) largest(t *testing.T, s *dbtest.Server) int {
	t.Helper()
	r := p.check(t, s, 0)
	n, ok := r.Demand.Services[0].Fit.Int()
	if !ok || n < 1 {
		t.Fatalf("no size fits: %v", r.Demand.Services[0].Fit)
	}
	paste := fmt.Sprintf("db.SetMaxOpenConns(%d)", n)
	for _, v := range r.Verdicts {
		if strings.HasPrefix(v.Paste, "db.SetMaxOpenConns") && v.Paste != paste {
			t.Errorf("%s: %s, but %d fit", v.Rule, v.Paste, n)
		}
	}
	return int(n)
}

// fits asks whether pools of a size fit.
func (p prediction) fits(t *testing.T, s *dbtest.Server, size int) bool {
	t.Helper()
	for _, v := range p.check(t, s, size).Verdicts {
		if (v.Rule == "C01" || v.Rule == "C02") && v.Status == poolcheck.Error {
			return false
		}
	}
	return true
}
