package poolcheck

import (
	"database/sql"
	"fmt"
	"slices"

	"github.com/connvet/connvet/poolcheck/internal/count"
	"github.com/connvet/connvet/poolcheck/internal/server"
)

// A judge compares a budget with what a server told.
type judge struct {
	b     *Budget
	s     *server.Snapshot
	loads []*load
	sum   sums
	basis string // of what is assumed
	fault error  // why the snapshot is not complete

	// exhausted is set if the pool of the calling program yielded no connection.
	exhausted *sql.DBStats

	rising int // ticks in a row in which the number of prepared statements grew

	rule     rule // the one that is asked
	verdicts []Verdict
}

// newReport asks all rules.
func newReport(j *judge) *Report {
	j.verdicts, j.sum = nil, j.add()
	for _, r := range rules {
		j.rule = r
		r.judge(j)
	}
	report := &Report{
		Server: j.b.Server, Flavour: string(j.s.Flavour), Version: j.s.Version(), Assumed: j.s.Assumed, Basis: j.basis,
		Demand: j.demand(), Live: j.live(), Verdicts: j.verdicts,
	}
	if j.fault != nil {
		report.Fault = server.Explain(j.fault)
	}
	report.sort()
	report.Summary = summarize(report)
	return report
}

// say adds a verdict of the rule that is asked.
func (j *judge) say(status Status, format string, args ...any) *Verdict {
	v := Verdict{Rule: j.rule.id, Name: j.rule.name, Status: status, Message: fmt.Sprintf(format, args...)}
	if status == Unknown && (!j.s.Session.Known || j.fault != nil) && !slices.Contains(deciding, v.Rule) {
		v.Needs = needsServer
	}
	j.verdicts = append(j.verdicts, v)
	return &j.verdicts[len(j.verdicts)-1]
}

// needsServer is what a verdict needs that the server would have decided.
const needsServer = "the server's answer"

// hidden says that something could not be read.
func (j *judge) hidden(what string, m *server.Missing) *Verdict {
	v := j.say(Unknown, "%s: not visible: %s", what, m.Why)
	if m.Grant != "" {
		v.Advice, v.Paste = "this makes it visible", m.Grant+";"
	}
	return v
}

// unread says that a counter or variable was not read.
func (j *judge) unread(name string) *Verdict {
	switch {
	case j.s.Assumed != "":
		return j.say(Unknown, "%s is not known: the figures are assumed", name)
	case j.s.Variables == nil && j.s.Status == nil:
		return j.say(Unknown, "%s could not be read", name)
	}
	return j.say(Unknown, "this server does not tell %s", name)
}

// needs says that an input was not given.
func (j *judge) needs(input, format string, args ...any) *Verdict {
	v := j.say(Unknown, format, args...)
	v.Needs = input
	return v
}

// numbers sets the numbers that a verdict used, as names and values in turn.
func (v *Verdict) numbers(pairs ...any) *Verdict {
	v.Numbers = make(map[string]Count)
	for i := 0; i+1 < len(pairs); i += 2 {
		switch n := pairs[i+1].(type) {
		case int64:
			v.Numbers[pairs[i].(string)] = count.Of(n)
		case Count:
			v.Numbers[pairs[i].(string)] = n
		}
	}
	return v
}

// at says which pool a verdict is about.
func (v *Verdict) at(p *poolLoad) *Verdict {
	v.Service = p.of.Name
	if p.decl != nil {
		v.File, v.Line = p.decl.File, p.decl.Line
	}
	return v
}

// advise sets what to do.
func (v *Verdict) advise(format string, args ...any) *Verdict {
	v.Advice = fmt.Sprintf(format, args...)
	return v
}

// eachPool calls f for each pool of each service.
func (j *judge) eachPool(f func(*poolLoad)) {
	for _, l := range j.loads {
		for _, p := range l.pools {
			f(p)
		}
	}
}

// live returns the counters that change all the time.
func (j *judge) live() Live {
	read := func(name string) Count {
		if n, ok := j.s.Counter(name); ok {
			return count.Of(n)
		}
		return count.Unknown
	}
	l := Live{
		Connected: read("Threads_connected"), Running: read("Threads_running"), Peak: read("Max_used_connections"),
		Refused: read("Connection_errors_max_connections"), Aborted: read("Aborted_clients"), Prepared: read("Prepared_stmt_count"),
		New: count.Unknown, WindowMS: j.s.Window.Milliseconds(),
	}
	if n, ok := j.s.Delta("Connections"); ok {
		l.New = count.Of(n)
	}
	return l
}
