package poolcheck_test

import (
	"database/sql"
	"slices"
	"testing"

	"github.com/connvet/connvet/internal/fakeserver"
	"github.com/connvet/connvet/poolcheck"
)

// bySource are the rules that can pass without any server: they judge the pools.
var bySource = []string{"C04", "C05", "C06", "C12", "C21", "C30"}

// byLimit are those that can as soon as there is a limit, if only an assumed one.
var byLimit = append([]string{"C01", "C02", "C03"}, bySource...)

// What was not read is unknown, and never passed.
func TestRulesUnread(t *testing.T) {
	tests := []struct {
		name  string
		open  func(s *stage) *sql.DB
		fault fakeserver.Fault
		b     poolcheck.Budget
		pass  []string // rules that may

	}{
		{name: "no server", open: func(*stage) *sql.DB { return nil }, b: poolcheck.Budget{Assume: "azure-flex:gp2"}, pass: byLimit},
		{name: "not let in", open: func(s *stage) *sql.DB { return s.open(stranger, nil) }, pass: bySource},
		{name: "not let in, figures assumed", open: func(s *stage) *sql.DB { return s.open(stranger, nil) }, b: poolcheck.Budget{Assume: "azure-flex:gp2"}, pass: byLimit},
		{name: "cut before the session", fault: fakeserver.Fault{At: fakeserver.OnCommand, N: 1, Do: fakeserver.Close}, pass: bySource},
		{name: "cut before the variables", fault: fakeserver.Fault{At: fakeserver.OnCommand, N: 2, Do: fakeserver.Close}, pass: append([]string{"C11", "C13", "C14"}, bySource...)},
		{name: "cut before the counters", fault: fakeserver.Fault{At: fakeserver.OnCommand, N: 3, Do: fakeserver.Close},
			pass: append([]string{"C11", "C13", "C14", "C23", "C24", "C26", "C28", "C31"}, byLimit...)},
	}
	for _, k := range fakes {
		for _, test := range tests {
			t.Run(string(k)+" "+test.name, func(t *testing.T) {
				s := newFake(t, k, plain)
				db := s.open("root", nil)
				if test.open != nil {
					db = test.open(s)
				}
				s.world.(fake).server.SetFault(test.fault)
				b := test.b
				b.Services, b.RAM, b.Deep = []poolcheck.Service{pools(1, 5, "")}, 1<<40, true
				r, _ := poolcheck.Check(t.Context(), db, b)
				for _, v := range r.Verdicts {
					if v.Status == poolcheck.Pass && !slices.Contains(test.pass, v.Rule) {
						t.Errorf("%s passes: %s", v.Rule, v.Message)
					}
				}
				for _, rule := range poolcheck.Rules() {
					verdictOf(t, r, rule.ID)
				}
			})
		}
	}
}
