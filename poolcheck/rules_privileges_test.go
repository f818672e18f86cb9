package poolcheck_test

import (
	"cmp"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/connvet/connvet/internal/fakeserver"
	"github.com/connvet/connvet/poolcheck"
)

// Statements that make something visible to the account probe.
const (
	seeSessions    = "GRANT PROCESS ON *.* TO 'probe'@'%';"
	seePerformance = "GRANT SELECT ON performance_schema.* TO 'probe'@'%';"
	seeAccounts    = "GRANT SELECT ON mysql.* TO 'probe'@'%';"
	seeLimits      = "GRANT SELECT ON mysql.user TO 'probe'@'%';"
)

// guarded are the rules that need privileges.
var guarded = []string{"C11", "C16", "C17", "C18", "C19", "C20", "C25", "C27"}

// A level is what the account probe may do, and what it therefore cannot see of
// the service of account app: by rule, the statement that would make it visible.
type level struct {
	name    string
	may     fakeserver.User
	hidden  map[string]string
	service string // its account; "" is app
}

var monitor = []string{"PROCESS", "SELECT ON performance_schema.*"}

var levels = []level{
	{name: "nothing", hidden: map[string]string{
		"C11": seeLimits, "C16": seeSessions, "C17": seeSessions, "C18": seeSessions, "C19": seeSessions, "C20": seePerformance, "C25": seeAccounts, "C27": seeSessions,
	}},
	{name: "PROCESS", may: fakeserver.User{Privileges: monitor[:1]}, hidden: map[string]string{
		"C11": seeLimits, "C20": seePerformance, "C25": seeAccounts,
	}},
	{name: "performance_schema", may: fakeserver.User{Privileges: monitor[1:]}, hidden: map[string]string{
		"C11": seeLimits, "C16": seeSessions, "C17": seeSessions, "C25": seeAccounts, "C27": seeSessions,
	}},
	{name: "both", may: fakeserver.User{Privileges: monitor}, hidden: map[string]string{"C11": seeLimits, "C25": seeAccounts}},
	{name: "both by a role", may: fakeserver.User{Roles: []string{"monitor"}, RolesActive: true}, hidden: map[string]string{"C11": seeLimits, "C25": seeAccounts}},
	{name: "both by a role that is not in force", may: fakeserver.User{Roles: []string{"monitor"}}, hidden: map[string]string{
		"C11": seeLimits, "C16": seeSessions, "C17": seeSessions, "C18": seeSessions, "C19": seeSessions, "C20": seePerformance, "C25": seeAccounts, "C27": seeSessions,
	}},
	{name: "both, and the accounts", may: fakeserver.User{Privileges: append([]string{"SELECT ON mysql.*"}, monitor...)}},
	{name: "all", may: fakeserver.User{Privileges: []string{"ALL"}}},
	{name: "nothing, but the service has its account", service: "probe", hidden: map[string]string{
		"C16": seeSessions, "C19": seeSessions, "C20": seePerformance, "C27": seeSessions,
	}},
}

// What an account may not see is unknown, and never passed. Each statement that is
// printed makes visible what it promises to.
func TestRulesPrivileges(t *testing.T) {
	for _, k := range kinds {
		t.Run(string(k), func(t *testing.T) {
			t.Parallel()
			opened := k.open(t, plain)
			for _, l := range levels {
				t.Run(l.name, func(t *testing.T) {
					s := opened(t)
					l.enter(s)
					for _, rule := range guarded {
						l.check(s, rule)
					}
				})
			}
		})
	}
}

// enter makes the accounts, and sessions that could be seen.
func (l *level) enter(s *stage) {
	s.Helper()
	if l.may.Roles != nil {
		s.add("monitor", fakeserver.User{IsRole: true, Privileges: monitor})
	}
	s.add("probe", l.may)
	s.hold(2, "app", nil)
	s.hold(1, "batch", nil)
}

// check checks one rule before and after what it asks for is granted.
func (l *level) check(s *stage, rule string) {
	s.Helper()
	v, paste := l.verdict(s, rule), l.hidden[rule]
	if (v.Status == poolcheck.Unknown) != (paste != "") || paste != "" && v.Paste != paste {
		s.Errorf("want it to be hidden until %q, got %+v", paste, v)
	}
	if v.Paste == "" || v.Status != poolcheck.Unknown {
		return
	}
	s.grant(s, v.Paste)
	if v := l.verdict(s, rule); v.Status == poolcheck.Unknown {
		s.Errorf("it is granted and still hidden: %+v", v)
	}
	s.revoke(l)
}

// verdict returns what a rule says to the account.
func (l *level) verdict(s *stage, rule string) poolcheck.Verdict {
	s.Helper()
	b := budget(pools(1, 5, cmp.Or(l.service, "app")))
	b.Timeout = time.Minute
	r, err := poolcheck.Check(s.Context(), s.open("probe", nil), b)
	if err != nil {
		s.Fatal(err)
	}
	return verdictOf(s, r, rule)
}

// revoke makes the account what it was.
func (s *stage) revoke(l *level) {
	s.Helper()
	if s.kind().isFake() {
		s.add("probe", l.may)
		return
	}
	s.exec("DROP USER 'probe'@'%'")
	s.add("probe", l.may)
}

// Each rule that needs privileges is hidden on some level, and no other one is.
func TestGuarded(t *testing.T) {
	hidden := make(map[string]bool)
	for _, l := range levels {
		for rule := range l.hidden {
			hidden[rule] = true
		}
	}
	if got := slices.Sorted(maps.Keys(hidden)); !slices.Equal(got, guarded) {
		t.Errorf("hidden are %v, want %v", got, guarded)
	}
}
