package poolcheck

import (
	"fmt"
	"slices"
	"strings"

	"github.com/connvet/connvet/internal/manifest"
	"github.com/connvet/connvet/poolcheck/internal/count"
)

// capacitySteady is C01.
func (j *judge) capacitySteady() {
	j.capacity("the services", j.sum.steady, atInstances)
	if j.sum.proxy.kind != ProxyNone {
		j.backends()
	}
}

// capacitySurge is C02.
func (j *judge) capacitySurge() {
	if exceeds, _ := j.sum.total(j.sum.steady).Exceeds(j.sum.limit); exceeds {
		j.say(Info, "they do not fit without a deployment either: see C01")
		return
	}
	v := j.capacity("scaled out and while a deployment rolls out, the services", j.sum.peak, atPeak)
	if v.Status == Pass && !j.scalesOut() {
		v.Message = "no more instances than in C01 are declared: -surge and -max-instances say how many there may be"
	}
}

// capacity compares what services may open with the limit.
func (j *judge) capacity(who string, services Count, processes func(*load) int64) *Verdict {
	total := j.sum.total(services)
	exceeds, known := total.Exceeds(j.sum.limit)
	if !known || !exceeds && j.lowerBound() != "" {
		return j.undecided(total, processes)
	}
	v := j.say(Pass, "%s may open %s, %s", who, connections(total), j.allows())
	v.Arithmetic = j.inequality(processes, total)
	v.numbers("demand", total, "limit", j.sum.limit, "overhead", j.sum.overhead)
	if exceeds {
		v.Status = Error
		j.adviseFit(v, j.worst())
	}
	return v
}

// scalesOut reports whether there may be more processes than when steady.
func (j *judge) scalesOut() bool {
	for _, l := range j.loads {
		if l.processes > l.instances {
			return true
		}
	}
	return false
}

// headroomPercent is how much of the limit may be spoken for.
const headroomPercent = 85

// headroom is C03.
func (j *judge) headroom() {
	total := j.sum.total(j.sum.steady)
	n, ok := total.Int()
	limit, ok2 := j.sum.limit.Int()
	switch {
	case j.sum.limit.IsUnlimited():
		j.say(Pass, "the server has no limit")
	case !ok && total.IsUnlimited() && ok2, ok && ok2 && n > limit:
		j.say(Info, "there is none: see C01")
	case !ok || !ok2 || n*100 <= limit*headroomPercent && j.lowerBound() != "":
		j.say(Unknown, "see C01")
	case n*100 > limit*headroomPercent:
		v := j.say(Warn, "%d of %d connections (%d %%) are spoken for: %d are left for everybody else", n, limit, percent(n, limit), limit-n)
		v.numbers("demand", n, "limit", limit)
		enough, needed := limit*headroomPercent/100, (n*100+headroomPercent-1)/headroomPercent
		if j.sum.proxy.kind != ProxyNone {
			v.advise("shrink the pools so that %d are enough, or have %s accept %d", enough, proxyNames[j.sum.proxy.kind], needed)
			return
		}
		v.advise("shrink the pools so that %d are enough, or raise max_connections to %d: %s", enough, needed, j.raise())
	default:
		j.say(Pass, "%d of %d connections (%d %%) are spoken for", n, limit, percent(n, limit))
	}
}

// serverless is C30.
func (j *judge) serverless() {
	found := false
	for _, l := range j.loads {
		if l.FunctionConcurrency == 0 {
			continue
		}
		found = true
		concurrency := count.Of(int64(l.FunctionConcurrency))
		total := concurrency.Times(l.perProcess)
		exceeds, known := total.Exceeds(j.sum.limit)
		v := j.say(Pass, "%s: all running functions together may open %s, %s", l.name, connections(total), j.allows())
		v.Service = l.Name
		v.Arithmetic = fmt.Sprintf("%s x %s = %s of %s", concurrency, l.perProcess, total, j.sum.limit)
		v.numbers("concurrency", concurrency, "per_process", l.perProcess, "limit", j.sum.limit)
		switch {
		case !known:
			v.Status = Unknown
		case exceeds:
			v.Status = Error
			v.advise("give each function a pool of one or two connections and put a proxy in between, or lower its concurrency")
			v.Paste = "db.SetMaxOpenConns(1)"
		}
	}
	if !found {
		j.say(Pass, "no cloud function is declared")
	}
}

// undecided says why the sum cannot be compared, and how it would come out with
// the defaults of the source.
func (j *judge) undecided(total Count, processes func(*load) int64) *Verdict {
	var why []string
	switch {
	case !j.sum.limit.IsUnknown():
	case j.sum.proxy.kind != ProxyNone:
		why = append(why, fmt.Sprintf("how many clients %s accepts is not known", proxyNames[j.sum.proxy.kind]))
	default:
		why = append(why, "max_connections is not known")
	}
	for _, l := range j.loads {
		if l.perProcess.IsUnknown() {
			why = append(why, l.name+": "+l.reason())
		}
	}
	if text := j.lowerBound(); text != "" {
		why = append(why, text)
	}
	v := j.say(Unknown, "%s", strings.Join(why, "; "))
	v.Arithmetic = j.inequality(processes, total)
	v.numbers("demand", total, "limit", j.sum.limit, "overhead", j.sum.overhead)
	if n, ok := j.withDefaults(processes).Int(); ok && total.IsUnknown() && !j.sum.limit.IsUnknown() {
		v.Message += fmt.Sprintf("; with the defaults in the source it would be %d of %s", n, j.sum.limit)
	}
	if names := j.missingNames(); names != "" {
		v.advise("say what they are")
		v.Paste = names
	}
	return v
}

// withDefaults returns the total if what nobody gave a value has the default of
// the source.
func (j *judge) withDefaults(processes func(*load) int64) Count {
	sum := j.sum.overhead
	for _, l := range j.loads {
		sum = sum.Plus(l.withDefaults.Times(count.Of(processes(l))))
	}
	return sum
}

// reason says why it is not known what a process may open.
func (l *load) reason() string {
	if len(l.pools) == 0 {
		return "the manifest has no pool for this server"
	}
	var reasons []string
	for _, p := range l.pools {
		if !p.total.IsUnknown() {
			continue
		}
		switch {
		case p.decl.Scope == manifest.ScopeUnknown:
			reasons = append(reasons, "how often "+p.label()+" is opened is not known")
		case p.copies.IsUnknown():
			reasons = append(reasons, "how many pools are opened at "+strings.TrimPrefix(p.label(), "the pool at ")+" is not known")
		default:
			reasons = append(reasons, "the size of "+p.label()+" is not known ("+p.decl.MaxOpen.String()+")")
		}
	}
	return strings.Join(reasons, ", ")
}

// lowerBound says why there may be more pools than those that are counted, "" if
// there are not.
func (j *judge) lowerBound() string {
	for _, l := range j.loads {
		if l.Manifest != nil && !l.Manifest.Complete {
			return l.name + ": the manifest is not complete: there may be more pools"
		}
	}
	return ""
}

// worst returns the pool that takes the most of all.
func (j *judge) worst() *poolLoad {
	var most *poolLoad
	var sum Count
	j.eachPool(func(p *poolLoad) {
		total := p.total.Times(count.Of(p.of.processes))
		if more, known := total.Exceeds(sum); most == nil || known && more {
			most, sum = p, total
		}
	})
	return most
}

// adviseFit says how large the pool may be at most.
func (j *judge) adviseFit(v *Verdict, p *poolLoad) {
	v.at(p)
	fit := j.fit(p)
	v.Numbers["fit"] = fit
	n, ok := fit.Int()
	raise := ""
	if t, ok := j.sum.total(j.sum.peak).Int(); ok && j.sum.proxy.kind == ProxyNone {
		raise = fmt.Sprintf(", or raise max_connections to %d: %s", t, j.raise())
	}
	switch {
	case !ok:
		v.advise("give each pool a limit first: see C04 and C05")
	case n == 0:
		v.advise("there is no room for even one connection in each of %s of %s: run fewer%s", processes(p.of.processes), p.of.name, raise)
	default:
		v.advise("the largest size that fits %s is %d%s", p.label(), n, raise)
		v.Paste = p.paste(n)
	}
}

// paste returns the line that sets the size of a pool, where the size comes from.
func (p *poolLoad) paste(n int64) string {
	if p.decl != nil {
		switch p.decl.MaxOpen.Kind {
		case manifest.KindEnv:
			return fmt.Sprintf("%s=%d", p.decl.MaxOpen.Name, n)
		case manifest.KindFlag:
			return fmt.Sprintf("-%s=%d", p.decl.MaxOpen.Name, n)
		}
	}
	return fmt.Sprintf("db.SetMaxOpenConns(%d)", n)
}

// raise says how max_connections is raised on the server.
func (j *judge) raise() string {
	switch {
	case j.s.Assumed != "" || j.s.Flavour.Managed():
		return "in the service's parameters"
	case j.s.Persists():
		return "SET PERSIST max_connections = N"
	}
	return "in the server's option file, and with SET GLOBAL until it restarts"
}

// percent returns a share in percent, rounded; it may be above 100.
func percent(n, of int64) int64 { return (n*100 + of/2) / of }

// allows words the limit.
func (j *judge) allows() string {
	who := "the server"
	if j.sum.proxy.kind != ProxyNone {
		who = proxyNames[j.sum.proxy.kind]
	}
	if j.sum.limit.IsUnlimited() {
		return who + " has no limit"
	}
	return who + " allows " + j.sum.limit.String()
}

// connections words a number of connections.
func connections(n Count) string {
	if n.IsUnlimited() {
		return "connections without a limit"
	}
	if n == count.Of(1) {
		return "1 connection"
	}
	return n.String() + " connections"
}

// inequality writes the sum and the limit: 120 + 20 + 6 = 146 <= 151.
func (j *judge) inequality(processes func(*load) int64, total Count) string {
	sign := "<="
	if exceeds, known := total.Exceeds(j.sum.limit); exceeds {
		sign = ">"
	} else if !known {
		sign = "against"
	}
	return fmt.Sprintf("%s: %s %s %s", j.equation(processes), total, sign, j.sum.limit)
}

// missingNames returns the flags that would give values to what has none.
func (j *judge) missingNames() string {
	var flags []string
	for _, l := range j.loads {
		for _, m := range l.missing {
			if flag := m.flag(); !slices.Contains(flags, flag) {
				flags = append(flags, flag)
			}
		}
	}
	return strings.Join(flags, " ")
}
