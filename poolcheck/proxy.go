package poolcheck

import (
	"cmp"
	"fmt"

	"github.com/connvet/connvet/poolcheck/internal/count"
)

// proxyLimits are the two limits of a proxy.
type proxyLimits struct {
	kind    ProxyKind
	clients Count  // client connections that all its processes accept
	backend Count  // connections that they open to the server
	why     string // how the backend's number comes about
}

// proxyLimits returns what the proxy in the path allows, with ProxyNone if there
// is none. What is declared wins over what was found out.
func (j *judge) proxyLimits() proxyLimits {
	p := j.b.Proxy
	kind := cmp.Or(p.Kind, ProxyKind(j.s.Via))
	if kind == ProxyUnknown || kind == ProxyNone {
		return proxyLimits{kind: ProxyNone}
	}
	n := count.Of(int64(max(p.Instances, 1)))
	limits := proxyLimits{kind: kind, clients: count.Unknown, backend: count.Unknown}
	clients, backend := int64(p.MaxClients), int64(p.MaxBackend)
	if kind == ProxySQL && j.s.Proxy != nil {
		clients = cmp.Or(clients, j.s.Proxy.MaxClients)
		backend = cmp.Or(backend, j.s.Proxy.MaxBackend)
	}
	if clients > 0 {
		limits.clients = count.Of(clients).Times(n)
	}
	if backend > 0 {
		limits.backend = count.Of(backend).Times(n)
		limits.why = fmt.Sprintf("%s x %d", n, backend)
	}
	if kind == ProxyRDS && backend == 0 {
		percent := int64(cmp.Or(p.Percent, 100))
		if m, ok := j.s.Variable("max_connections"); ok && m > 0 {
			limits.backend = count.Of(m * percent / 100)
			limits.why = fmt.Sprintf("%d %% of %d", percent, m)
		}
	}
	return limits
}

// backends writes how the number of connections to the server comes about.
func (p proxyLimits) backends() string {
	if p.why == "" {
		return p.backend.String()
	}
	return p.why + " = " + p.backend.String()
}

// proxyNames are the names of proxies for people.
var proxyNames = map[ProxyKind]string{
	ProxySQL: "ProxySQL", ProxyRDS: "RDS Proxy", ProxyRouter: "MySQL Router", ProxyVitess: "Vitess",
}

// proxyInPath is C29.
func (j *judge) proxyInPath() {
	p := j.sum.proxy
	if found := ProxyKind(j.s.Via); p.kind == ProxyNone && found != ProxyUnknown {
		j.say(Info, "%s is in the path, though the budget says that there is no proxy", proxyNames[found])
		return
	}
	if p.kind == ProxyNone {
		if !j.s.Looked {
			j.say(Unknown, "whether a proxy is in the path is not known")
			return
		}
		j.say(Pass, "no proxy was found in the path")
		return
	}
	how := "declared"
	if ProxyKind(j.s.Via) == p.kind {
		how = "found"
	}
	v := j.say(Info, "%s is in the path (%s): its clients and its connections to the server have limits of their own", proxyNames[p.kind], how)
	v.numbers("clients", p.clients, "backend", p.backend, "max_connections", j.sum.max)
	if p.clients.IsUnknown() || p.backend.IsUnknown() {
		v.advise("say how many clients it accepts and how many connections it opens: proxy: {kind: %s, max_clients: N, max_backend: M} in the deployment file", p.kind)
	}
}

// backends judges the second inequality: what the proxy opens to the server.
func (j *judge) backends() {
	p := j.sum.proxy
	direct := count.Of(j.sum.declared)
	if n, ok := j.sum.measured.Int(); ok && n > j.sum.declared {
		direct = j.sum.measured
	}
	total := p.backend.Plus(direct)
	exceeds, known := total.Exceeds(j.sum.max)
	var v *Verdict
	switch {
	case !known:
		v = j.say(Unknown, "what %s opens to the server is not known", proxyNames[p.kind]).
			advise("declare max_backend of the proxy")
	case exceeds:
		v = j.say(Error, "%s may open %s connections to a server that allows %s", proxyNames[p.kind], total, j.sum.max).
			advise("lower the proxy's limit for the server")
	default:
		v = j.say(Pass, "what %s opens fits the server", proxyNames[p.kind])
	}
	v.Arithmetic = fmt.Sprintf("backends %s, others %s: %s of %s", p.backends(), direct, total, j.sum.max)
	v.numbers("backend", p.backend, "others", direct, "max_connections", j.sum.max)
}
