package poolcheck_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/connvet/connvet/poolcheck"
)

// A ruleCase is a situation, and what one rule says of it on all kinds of
// servers. Two connections are always there: root's, by which the situation is
// brought about, and that of the check.
type ruleCase struct {
	rule string
	name string // the situation, for people

	start     start  // how the server is started
	given     []step // what happens before the check
	meanwhile []step // what happens while it watches the counters
	as        string // its account; "" is root
	busy      int    // the size of its pool, all of which is in use; 0 is a pool without a limit
	budget    poolcheck.Budget
	adjust    func(s *stage, b *poolcheck.Budget) // adds to the budget what only the server knows

	want    want
	mariadb *want // what it says of MariaDB, if that is something else

	only  []kind // those that can show it; nil is all
	why   string // why the others cannot
	first bool   // before the server has ever refused a client
}

// A want is what the most severe verdict of a rule should say. What is empty may
// be anything.
type want struct {
	status  poolcheck.Status
	text    string // part of the message
	sum     string // the arithmetic
	numbers string // such as "demand 20, limit 19": among others, these
	advice  string // part of it
	not     string // what neither the message nor the advice may have
	paste   string // or [none]
	needs   string
	at      string // file:line of the pool
	of      string // the account
	by      string // the service
}

// none is the paste of a verdict that must not have one.
const none = "none"

// severities are the statuses with which each rule fires. All but the last are
// those of the rules' reference.
var severities = map[string][]poolcheck.Status{
	"C01": {poolcheck.Error},
	"C02": {poolcheck.Error},
	"C03": {poolcheck.Warn},
	"C04": {poolcheck.Error},
	"C05": {poolcheck.Error},
	"C06": {poolcheck.Unknown},
	"C07": {poolcheck.Error, poolcheck.Warn},
	"C08": {poolcheck.Error},
	"C09": {poolcheck.Warn},
	"C10": {poolcheck.Error},
	"C11": {poolcheck.Error},
	"C12": {poolcheck.Error, poolcheck.Warn},
	"C13": {poolcheck.Warn, poolcheck.Info},
	"C14": {poolcheck.Warn},
	"C15": {poolcheck.Info},
	"C16": {poolcheck.Error, poolcheck.Warn},
	"C17": {poolcheck.Error},
	"C18": {poolcheck.Error},
	"C19": {poolcheck.Info},
	"C20": {poolcheck.Warn},
	"C21": {poolcheck.Warn},
	"C22": {poolcheck.Info},
	"C23": {poolcheck.Warn},
	"C24": {poolcheck.Error, poolcheck.Warn},
	"C25": {poolcheck.Error},
	"C26": {poolcheck.Info},
	"C27": {poolcheck.Info},
	"C28": {poolcheck.Warn},
	"C29": {poolcheck.Info},
	"C30": {poolcheck.Error},
	"C31": {poolcheck.Info},
	"C32": {poolcheck.Warn},
	"C33": {poolcheck.Info},
	"C34": {poolcheck.Warn},
	"C35": {poolcheck.Error, poolcheck.Warn},
}

// neverPass are the rules that only tell something.
var neverPass = []string{"C15"}

// ruleCases are all cases.
var ruleCases = slices.Concat(capacityCases, poolCases, historyCases, fullCases, accountCases, sessionCases, timeCases, serverCases, pathCases)

// fires reports whether the case is one in which the rule does.
func (c *ruleCase) fires() bool {
	s := c.want.status
	return s == poolcheck.Info || s == poolcheck.Warn || s == poolcheck.Error || slices.Contains(severities[c.rule], s)
}

// possible reports whether a kind of server can show the case.
func (c *ruleCase) possible(k kind) bool { return c.only == nil || slices.Contains(c.only, k) }

// All rules on all kinds of servers: real ones, where they are installed, and
// fakes.
func TestRules(t *testing.T) {
	shown := newTable()
	t.Cleanup(shown.print)
	for _, k := range kinds {
		t.Run(string(k), func(t *testing.T) {
			t.Parallel()
			for _, start := range starts {
				t.Run(start.String(), func(t *testing.T) { k.play(t, start, shown) })
			}
		})
	}
}

// play puts the cases that need one start of a server before it.
func (k kind) play(t *testing.T, start start, shown *table) {
	if start == apart {
		t.Parallel()
	}
	var cases []*ruleCase
	for i := range ruleCases {
		if c := &ruleCases[i]; c.start == start && c.possible(k) {
			cases = append(cases, c)
		}
	}
	// Nothing makes MySQL forget whom it refused.
	slices.SortStableFunc(cases, func(a, b *ruleCase) int { return -cmp.Compare(order(a.first), order(b.first)) })
	opened := k.open(t, start)
	for _, c := range cases {
		t.Run(c.rule+" "+c.name, func(t *testing.T) {
			c.play(opened(t))
			if !t.Failed() {
				shown.add(c, k)
			}
		})
	}
}

func order(b bool) int {
	if b {
		return 1
	}
	return 0
}

// play brings the situation about and checks what the rule says.
func (c *ruleCase) play(s *stage) {
	s.Helper()
	for _, do := range c.given {
		do(s)
	}
	b := c.budget
	if c.adjust != nil {
		c.adjust(s, &b)
	}
	b.Timeout = cmp.Or(b.Timeout, time.Minute)
	db := s.checked(c)
	r, err := poolcheck.Check(s.Context(), db, b)
	if r == nil {
		s.Fatal(err)
	}
	if (err != nil) != (r.Fault != "") {
		s.Errorf("the error is %v, the fault in the report %q", err, r.Fault)
	}
	w := c.want
	if c.mariadb != nil && s.kind().isMariaDB() {
		w = *c.mariadb
	}
	w.check(s, verdictOf(s, r, c.rule))
	passesAlone(s, r, c.rule)
}

// ofAll are the rules that pass for all pools or for none.
var ofAll = []string{"C04", "C05", "C12", "C14", "C21", "C28", "C34"}

// passesAlone checks that a rule does not pass beside what it finds.
func passesAlone(t testing.TB, r *poolcheck.Report, rule string) {
	t.Helper()
	n, passes := 0, false
	for _, v := range r.Verdicts {
		if v.Rule == rule {
			n++
			passes = passes || v.Status == poolcheck.Pass
		}
	}
	if passes && n > 1 && slices.Contains(ofAll, rule) {
		t.Errorf("it passes, and says %d things more", n-1)
	}
}

// verdictOf returns the most severe verdict of a rule.
func verdictOf(t testing.TB, r *poolcheck.Report, rule string) poolcheck.Verdict {
	t.Helper()
	i := slices.IndexFunc(r.Verdicts, func(v poolcheck.Verdict) bool { return v.Rule == rule })
	if i < 0 {
		t.Fatalf("no verdict of %s", rule)
	}
	return r.Verdicts[i]
}

// check compares a verdict.
func (w want) check(t testing.TB, v poolcheck.Verdict) {
	t.Helper()
	var wrong []string
	differ := func(ok bool, what, want string) {
		if want != "" && !ok {
			wrong = append(wrong, fmt.Sprintf("want %s %q", what, want))
		}
	}
	differ(v.Status == w.status, "status", string(w.status))
	differ(strings.Contains(v.Message, w.text), "message", w.text)
	differ(v.Arithmetic == w.sum, "arithmetic", w.sum)
	differ(strings.Contains(v.Advice, w.advice), "advice", w.advice)
	differ(!strings.Contains(v.Message+v.Advice, w.not), "nothing of", w.not)
	differ(v.Paste == w.paste || w.paste == none && v.Paste == "", "paste", w.paste)
	differ(v.Needs == w.needs, "needs", w.needs)
	differ(v.Account == w.of, "account", w.of)
	differ(v.Service == w.by, "service", w.by)
	differ(fmt.Sprintf("%s:%d", v.File, v.Line) == w.at, "place", w.at)
	for pair := range strings.SplitSeq(w.numbers, ", ") {
		name, n, _ := strings.Cut(pair, " ")
		got, ok := v.Numbers[name]
		differ(ok && got.String() == n, "number", pair)
	}
	if wrong != nil {
		t.Errorf("%s, got %+v", strings.Join(wrong, ", "), v)
	}
}
