package poolcheck

import (
	"fmt"
	"slices"
	"strings"

	"github.com/connvet/connvet/internal/manifest"
	"github.com/connvet/connvet/poolcheck/internal/count"
)

// unboundedPool is C04.
func (j *judge) unboundedPool() {
	before := len(j.verdicts)
	j.eachPool(func(p *poolLoad) {
		switch {
		case p.open.IsUnlimited():
			v := j.say(Error, "%s has no limit: it opens as many connections as there are concurrent queries", p.label()).at(p)
			fit := j.fit(p)
			v.numbers("fit", fit)
			switch n, ok := fit.Int(); {
			case ok && n > 0:
				v.advise("give it one: %d is the largest that fits %s", n, processes(p.of.processes))
				v.Paste = p.paste(n)
			case ok:
				v.advise("there is no room for even one connection in each of %s", processes(p.of.processes))
			default:
				v.advise("give it one with SetMaxOpenConns")
			}
		case p.open.IsUnknown():
			j.say(Unknown, "%s: its limit is not known (%s)", p.label(), p.decl.MaxOpen).at(p)
		}
	})
	if len(j.verdicts) == before {
		j.say(Pass, "each pool has a limit")
	}
}

// perWhat words the scopes of pools that are opened again and again.
var perWhat = map[string]string{
	manifest.ScopeHandler:   "for each request",
	manifest.ScopeRPC:       "for each call",
	manifest.ScopeLambda:    "for each invocation",
	manifest.ScopeConsumer:  "for each message",
	manifest.ScopeLoop:      "in each round of a loop",
	manifest.ScopeGoroutine: "in each of many goroutines",
}

// poolPerRequest is C05.
func (j *judge) poolPerRequest() {
	before := len(j.verdicts)
	j.eachPool(func(p *poolLoad) {
		if p.decl == nil || p.decl.Scope == manifest.ScopeProcess {
			return
		}
		if p.decl.Scope == manifest.ScopeUnknown {
			j.say(Unknown, "%s: how often it is opened is not known", p.label()).at(p)
			return
		}
		per, ok := perWhat[p.decl.Scope]
		if !ok {
			per = "again and again"
		}
		j.say(Error, "%s is opened %s: there is no end of pools", p.label(), per).at(p).
			advise("open it once per process and share it")
	})
	if len(j.verdicts) == before {
		j.say(Pass, "each pool is opened once per process")
	}
}

// unknownSetting is C06.
func (j *judge) unknownSetting() {
	before := len(j.verdicts)
	for _, l := range j.loads {
		if len(l.missing) > 0 {
			j.missingSettings(l)
		}
		if l.Manifest == nil {
			continue
		}
		if !l.Manifest.Complete {
			j.say(Unknown, "%s: the manifest is not complete: some packages could not be analysed", l.name).Service = l.Name
		}
		for _, u := range l.Manifest.Unresolved {
			j.say(Unknown, "%s: %s: %s", l.name, u.Pos, u.Why).Service = l.Name
		}
	}
	if len(j.verdicts) == before {
		j.say(Pass, "each setting is known")
	}
	for _, l := range j.loads {
		if sources := l.sources(); len(sources) > 1 && len(l.Pools) == 0 {
			v := j.say(Info, "%s: its pools have different data sources (%s), and all are counted here", l.name, strings.Join(sources, ", "))
			v.Service = l.Name
			v.advise("if they are on different servers, choose those of this one with -pool FILE:LINE, or pools in the deployment file")
		}
		for _, p := range l.ignored {
			v := j.say(Info, "the pool at %s:%d does not count: %s", p.decl.File, p.decl.Line, p.why)
			v.Service, v.File, v.Line = l.Name, p.decl.File, p.decl.Line
		}
	}
}

// sources lists where the service's pools have their data source names from, as
// far as they can be told apart.
func (l *load) sources() []string {
	var list []string
	for _, p := range l.pools {
		if p.decl == nil || p.decl.DSN.Kind == manifest.KindUnknown || p.decl.DSN.Kind == manifest.KindExpr {
			continue
		}
		if s := p.decl.DSN.String(); s != "constant" && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// missingSettings lists the settings that nobody gave a value.
func (j *judge) missingSettings(l *load) {
	var names, flags []string
	for _, m := range l.missing {
		if !slices.Contains(names, m.text) {
			names = append(names, m.text)
			flags = append(flags, m.flag())
		}
	}
	v := j.say(Unknown, "%s: not in the source: %s", l.name, strings.Join(names, ", "))
	v.Service = l.Name
	v.advise("say what they are in production; NAME=default takes the default in the source")
	v.Paste = strings.Join(flags, " ")
}

// flag returns the flag that gives the name a value.
func (m missingName) flag() string {
	value := m.fallback
	if value == "" {
		value = "VALUE"
	}
	assignment := m.name + "=" + value
	if strings.ContainsAny(assignment, " ()$&|;<>*?\"\\`#~") {
		assignment = "'" + assignment + "'"
	}
	return "-set " + assignment
}

// poolDeadlock is C34.
func (j *judge) poolDeadlock() {
	before := len(j.verdicts)
	for _, l := range j.loads {
		if l.Manifest == nil {
			j.needs("-manifest", "%s: whether code holds several connections at a time is not known without a manifest", l.name).Service = l.Name
			continue
		}
		if !l.Manifest.HeldComplete {
			j.needs("a manifest that tells what is held", "%s: the manifest does not tell where code holds several connections at a time", l.name).Service = l.Name
		}
		for _, h := range l.Manifest.Held {
			for _, p := range l.pools {
				if p.decl.ID == h.Pool {
					j.held(p, h)
				}
			}
		}
	}
	if len(j.verdicts) == before {
		j.say(Pass, "no code holds more connections at a time than its pool has")
	}
}

// held judges one place that holds several connections.
func (j *judge) held(p *poolLoad, h manifest.Held) {
	n := int64(h.N)
	open, ok := p.open.Int()
	if p.open.IsUnknown() {
		j.say(Unknown, "%s holds %d connections (%s), and the size of the pool is not known", h.Pos, n, h.What).at(p)
		return
	}
	if n < 2 || !ok {
		return // without a limit nobody waits
	}
	goroutines := max(int64(p.of.Goroutines), 1)
	needed := (n-1)*goroutines + 1
	if open < needed {
		v := j.say(Warn, "%s holds %d connections (%s): with %s at a time a pool of %d can lock up", h.Pos, n, h.What, plural(goroutines, "goroutine"), open).at(p)
		v.Arithmetic = fmt.Sprintf("(%d - 1) x %d + 1 = %d > %d", n, goroutines, needed, open)
		v.numbers("held", n, "goroutines", goroutines, "needed", needed, "max_open", p.open)
		v.advise("hold one connection only, or give the pool %d", needed)
		v.Paste = p.paste(needed)
		return
	}
	if p.of.Goroutines == 0 {
		v := j.needs("-goroutines", "%s holds %d connections (%s): a pool of %d is enough for %s at a time", h.Pos, n, h.What, open, plural((open-1)/(n-1), "goroutine")).at(p)
		v.numbers("held", n, "max_open", p.open, "safe_goroutines", count.Of((open-1)/(n-1)))
	}
}

// processes words a number of processes.
func processes(n int64) string {
	if n == 1 {
		return "1 process"
	}
	return fmt.Sprintf("%d processes", n)
}

// plural words a count.
func plural(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
