package poolcheck

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/connvet/connvet/poolcheck/internal/count"
	"github.com/connvet/connvet/poolcheck/internal/server"
)

// sums are the two sides of the inequality.
type sums struct {
	steady, peak Count // of the services
	overhead     Count // of others, the greater of declared and measured
	declared     int64 // overhead that was declared, with the replicas
	measured     Count // overhead that was seen; unknown if it cannot be

	limit Count // what clients may have: max_connections, or what the proxy accepts
	max   Count // max_connections; unlimited where the server has no limit
	proxy proxyLimits
}

// add works out the sums.
func (j *judge) add() sums {
	s := sums{declared: int64(j.b.Overhead) + int64(j.b.Replicas), measured: j.measured(), max: count.Unknown}
	for _, l := range j.loads {
		s.steady = s.steady.Plus(l.perProcess.Times(count.Of(l.instances)))
		s.peak = s.peak.Plus(l.perProcess.Times(count.Of(l.processes)))
	}
	s.overhead = count.Of(s.declared)
	if n, ok := s.measured.Int(); ok && n > s.declared {
		s.overhead = s.measured
	}
	if n, ok := j.s.Variable("max_connections"); ok {
		s.max = count.Limit(n)
	}
	s.limit = s.max
	if s.proxy = j.proxyLimits(); s.proxy.kind != ProxyNone {
		// Others connect to the server itself and do not take from the clients
		// that the proxy accepts.
		s.limit = s.proxy.clients
		s.overhead = count.Of(0)
	}
	return s
}

// total is what services and others take of the limit.
func (s sums) total(services Count) Count { return services.Plus(s.overhead) }

// measured counts the connections of accounts that no service has. Unless each
// service's account is declared, there is no telling theirs from others.
func (j *judge) measured() Count {
	others, ok := j.others()
	if !ok || !j.allDeclared() {
		return count.Unknown
	}
	var n int64
	for _, o := range others {
		n += o.n
	}
	return count.Of(n)
}

// allDeclared reports whether it is known of each service which account it uses.
func (j *judge) allDeclared() bool {
	for _, l := range j.loads {
		if l.User == "" && !l.self {
			return false
		}
	}
	return true
}

// users lists the accounts that services use, by user name.
func (j *judge) users() []string {
	var users []string
	for _, l := range j.loads {
		users = append(users, j.userOf(l))
	}
	return users
}

// userOf returns the user name of a service's account. Unless it is declared it
// is that of the check's own connection, "" if there is none.
func (j *judge) userOf(l *load) string {
	return cmp.Or(l.User, j.b.Account, server.UserName(j.s.Session.User))
}

// demand returns the sums for the report.
func (j *judge) demand() Demand {
	d := Demand{
		Services: []ServiceDemand{}, Overhead: j.sum.overhead,
		Steady: j.sum.total(j.sum.steady), Peak: j.sum.total(j.sum.peak), Limit: j.sum.limit,
	}
	for _, l := range j.loads {
		d.Services = append(d.Services, ServiceDemand{
			Name: l.name, Instances: l.instances, PeakInstances: l.processes, PerProcess: l.perProcess,
			Steady: l.perProcess.Times(count.Of(l.instances)), Peak: l.perProcess.Times(count.Of(l.processes)),
			Idle: l.idle.Times(count.Of(l.instances)), Fit: j.fitOf(l),
		})
	}
	return d
}

// fitOf returns the largest size of a service's largest pool that fits.
func (j *judge) fitOf(l *load) Count {
	if p := largest(l.pools); p != nil {
		return j.fit(p)
	}
	return count.Unknown
}

// largest returns the pool that takes the most, nil if there is none.
func largest(pools []*poolLoad) *poolLoad {
	var most *poolLoad
	for _, p := range pools {
		if most == nil {
			most = p
		} else if more, known := p.total.Exceeds(most.total); known && more {
			most = p
		}
	}
	return most
}

// fit returns the largest size that the pool may have beside all others, when
// the services are scaled out and a deployment is going on. Pools without a
// limit share what is left; 0 means that there is no room for even one
// connection each.
func (j *judge) fit(p *poolLoad) Count {
	limit, ok := j.sum.limit.Int()
	if !ok {
		return j.sum.limit // unlimited, or unknown
	}
	others, sharing := j.sum.overhead, count.Of(0)
	j.eachPool(func(q *poolLoad) {
		if q == p || p.total.IsUnlimited() && q.total.IsUnlimited() {
			sharing = sharing.Plus(q.copiesEverywhere())
			return
		}
		others = others.Plus(q.total.Times(count.Of(q.of.processes)))
	})
	taken, ok := others.Int()
	n, ok2 := sharing.Int()
	if !ok || !ok2 || n == 0 {
		return count.Unknown
	}
	return count.Of((limit - taken) / n)
}

// copiesEverywhere counts the pools of a declaration in all processes. One that
// is opened again and again counts as it should be: once.
func (p *poolLoad) copiesEverywhere() Count {
	copies := p.copies
	if copies.IsUnlimited() || p.decl != nil && p.decl.Scope != "process" {
		copies = count.Of(1)
	}
	return copies.Times(count.Of(p.of.processes))
}

// equation writes the sum of one side: api 6 x 20 = 120, worker 2 x 10 = 20,
// overhead 6.
func (j *judge) equation(processes func(*load) int64) string {
	var parts []string
	for _, l := range j.loads {
		n := processes(l)
		parts = append(parts, fmt.Sprintf("%s %d x %s = %s", l.name, n, l.perProcess, l.perProcess.Times(count.Of(n))))
	}
	if n, ok := j.sum.overhead.Int(); ok && n > 0 {
		parts = append(parts, j.overheadText(n))
	}
	return strings.Join(parts, ", ")
}

// overheadText says where the overhead comes from.
func (j *judge) overheadText(n int64) string {
	switch {
	case n > j.sum.declared:
		return fmt.Sprintf("others %d (connected now)", n)
	case j.b.Replicas > 0 && j.b.Overhead > 0:
		return fmt.Sprintf("overhead %d (%d and %d for replicas)", n, j.b.Overhead, j.b.Replicas)
	case j.b.Replicas > 0:
		return fmt.Sprintf("replicas %d", n)
	}
	return fmt.Sprintf("overhead %d", n)
}

func atInstances(l *load) int64 { return l.instances }
func atPeak(l *load) int64      { return l.processes }

// other is an account that no service has.
type other struct {
	account string
	n       int64
}

// others lists the accounts with connections that no service has, the largest
// first, and whether they can be seen.
func (j *judge) others() ([]other, bool) {
	users := j.users()
	n := make(map[string]int64)
	own := server.UserName(j.s.Session.User)
	switch {
	case j.s.Assumed != "" || !j.s.Session.Known:
		return nil, false
	case j.s.Accounts.Missing == nil:
		for _, a := range j.s.Accounts.Value {
			if a.User != "event_scheduler" { // which is no client
				n[a.User] += a.Current
			}
		}
		n[own]-- // this check
	case j.s.Threads.Missing == nil && j.s.SeesAll():
		for _, t := range j.s.Threads.Value {
			if t.Command != "Daemon" && t.User != "system user" && t.User != "event_scheduler" {
				n[t.User] += t.N
			}
		}
	default:
		return nil, false
	}
	return sorted(n, users), true
}
