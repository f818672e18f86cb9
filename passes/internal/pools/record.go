package pools

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/internal/manifest"
	"github.com/connvet/connvet/passes/internal/lifecycle"
	"github.com/connvet/connvet/passes/internal/resource"
	"github.com/connvet/connvet/passes/internal/summary"
)

// A Declared is one pool as a package declares it, for the manifest.
type Declared struct {
	Record manifest.Record
	Pool   *lifecycle.Pool // where it is acquired, nil where that is a request's entry
	At     summary.Site    // of the opener
	Func   string          // the function of this package that it belongs to, by summary name
	Secret bool            // a password stands in the source
	Unsure bool            // a call that cannot be followed may have configured it
}

// declared lists the pools that the functions of the package open or settle.
func (o *openings) declared(requests []Request) []Declared {
	d := &declarations{o: o, requests: requests, told: make(map[int]bool), seen: make(map[string]int)}
	configured := o.res.Configured()
	for _, p := range o.res.Pools {
		if o.res.Opener(p.Func) {
			continue // its callers are the openers
		}
		for i := range p.Pools {
			q := o.resolved(p.Func, &p.Pools[i])
			if mocked(q) || !p.Direct && (q.Done || p.Returned) {
				continue
			}
			if untouched(q.Set[resource.MaxOpen]) && keptConfigured(p, configured) {
				// Some other function sets it where it is kept, to what is not known.
				q.Set[resource.MaxOpen] = []summary.Amount{{Kind: summary.Unknown}}
			}
			d.settled(p, q)
		}
	}
	for i, r := range requests {
		if !d.told[i] {
			q := r.Opening.Pool
			q.Chain = r.Opening.Chain
			d.add(&q, Declared{Func: o.res.FuncName(r.At.Parent())}, r.scope())
		}
	}
	return d.list
}

// declarations collects the pools of a package.
type declarations struct {
	o        *openings
	requests []Request
	told     map[int]bool   // requests whose pool is in the list
	seen     map[string]int // pools of other functions settled here, by ID without number
	list     []Declared
}

// settled adds a pool that a function opens, or gets and keeps.
func (d *declarations) settled(p *lifecycle.Pool, q *summary.Pool) {
	fn := d.o.res.FuncName(p.Func)
	scope, again := d.scope(q.ID, fn)
	switch {
	case again:
	case p.Returned:
		scope = manifest.ScopeUnknown
	default:
		scope = manifest.ScopeProcess
	}
	entry := Declared{Pool: p, Func: fn}
	entry.Record.Returned = p.Returned || !again && !p.Settled
	d.add(q, entry, scope)
}

// scope tells how often a function of the package opens the pool, if that is
// again and again.
func (d *declarations) scope(id, fn string) (scope string, again bool) {
	for i, r := range d.requests {
		if r.Opening.Pool.ID == id && (d.o.res.FuncName(r.At.Parent()) == fn || d.o.passes(r.Opening.Chain, fn)) {
			d.told[i] = true
			return r.scope(), true
		}
	}
	return "", false
}

// add completes an entry and adds it.
func (d *declarations) add(q *summary.Pool, entry Declared, scope string) {
	entry.At = q.Chain[len(q.Chain)-1]
	rec := &entry.Record
	rec.Pool, rec.Package = poolRecord(q, entry.At), entry.At.Pkg
	rec.Pool.Scope = scope
	if entry.Pool != nil && scope == manifest.ScopeProcess && lifecycle.InCycle(entry.Pool.Call.Block()) {
		rec.Pool.Multiplicity = manifest.Unknown() // one for each round of a loop
	}
	if len(q.Chain) > 1 {
		rec.Via = d.o.pass.Pkg.Path() + "." + entry.Func
		key := q.ID + " via " + rec.Via
		d.seen[key]++
		rec.Pool.ID = fmt.Sprintf("%s#%d", key, d.seen[key])
	}
	for _, slot := range q.Set {
		entry.Unsure = entry.Unsure || slices.ContainsFunc(slot, func(a summary.Amount) bool { return a.Kind == summary.Unknown })
	}
	entry.Secret = slices.ContainsFunc(q.DSN, func(a summary.Amount) bool { return a.Secret })
	d.list = append(d.list, entry)
}

// resolved looks for what a pool takes from parameters at the calls of the
// function that has it.
func (o *openings) resolved(fn *ssa.Function, p *summary.Pool) *summary.Pool {
	q := *p
	q.Driver = o.res.Resolve(fn, q.Driver)
	q.DSN = o.res.Resolve(fn, q.DSN)
	for i := range q.Set {
		q.Set[i] = o.res.Resolve(fn, q.Set[i])
	}
	return &q
}

// passes reports whether the way to an opener leads through a function of this
// package.
func (o *openings) passes(chain []summary.Site, fn string) bool {
	return slices.ContainsFunc(chain, func(s summary.Site) bool { return s.Pkg == o.pass.Pkg.Path() && s.Func == fn })
}

// poolRecord describes a pool for the manifest.
func poolRecord(q *summary.Pool, at summary.Site) *manifest.Pool {
	p := &manifest.Pool{
		ID: q.ID, File: at.File, Line: at.Line, Opener: q.Opener,
		Driver:        value(q.Driver, manifest.Unknown()),
		DSN:           dsn(q.DSN),
		MaxOpen:       value(q.Set[resource.MaxOpen], manifest.Unset()),
		MaxIdle:       value(q.Set[resource.MaxIdle], manifest.Unset()),
		MaxLifetimeMS: millis(q.Set[resource.MaxLifetime]),
		MaxIdleTimeMS: millis(q.Set[resource.MaxIdleTime]),
		Multiplicity:  manifest.Const(1),
		Role:          manifest.RoleUnknown,
	}
	if q.Bound {
		boundDefaults(p, q)
	}
	if name, ok := p.Driver.Value.Text(); ok {
		p.Driver = manifest.String(driverName(name))
	}
	return p
}

// boundDefaults fills in the settings that pgxpool has if none are given.
func boundDefaults(p *manifest.Pool, q *summary.Pool) {
	p.MaxIdle = manifest.Unknown() // it has no such setting: all are kept
	if untouched(q.Set[resource.MaxOpen]) {
		p.MaxOpen = manifest.Expr("max(4, runtime.NumCPU())")
		if n, err := strconv.ParseInt(p.DSN.Params["pool_max_conns"], 10, 64); err == nil {
			p.MaxOpen = manifest.Const(n)
		}
	}
	if untouched(q.Set[resource.MaxLifetime]) {
		p.MaxLifetimeMS = manifest.Duration(time.Hour)
	}
	if untouched(q.Set[resource.MaxIdleTime]) {
		p.MaxIdleTimeMS = manifest.Duration(30 * time.Minute)
	}
}

// driverName turns the import path of a connector or dialector into the name
// of its driver.
func driverName(name string) string {
	if !strings.Contains(name, "/") {
		return name
	}
	for _, known := range [...]string{"mysql", "postgres", "pgx", "sqlite", "sqlserver", "clickhouse", "mariadb"} {
		if strings.Contains(name, known) {
			return known
		}
	}
	return name
}

// value turns the amounts of a setting into one value.
func value(list []summary.Amount, none manifest.Value) manifest.Value {
	var values []manifest.Value
	open := false // on some path nothing sets it
	for _, a := range list {
		switch a.Kind {
		case summary.Untouched:
			open = true
			continue
		case summary.Unknown:
			return manifest.Unknown()
		}
		if v := oneValue(a.Unbound()); !slices.Contains(values, v) {
			values = append(values, v)
		}
	}
	switch {
	case len(values) == 0:
		return none
	case len(values) == 1 && !open:
		return values[0]
	}
	return ranged(values, open)
}

func oneValue(a summary.Amount) manifest.Value {
	switch a.Kind {
	case summary.FromConst:
		if a.IsText {
			return manifest.String(a.Text)
		}
		return manifest.Const(a.N)
	case summary.FromEnv, summary.FromFlag:
		v := manifest.Env(a.Text)
		if a.Kind == summary.FromFlag {
			v = manifest.Flag(a.Text)
		}
		if a.Default {
			v = v.Or(manifest.Int(a.N))
		}
		return v
	case summary.FromConfig:
		return manifest.Config(a.Text, a.Tag)
	}
	if a.Text == "" || a.Text == "?" {
		return manifest.Unknown()
	}
	return manifest.Expr(a.Text)
}

// ranged is one of several values.
func ranged(values []manifest.Value, open bool) manifest.Value {
	var low, high manifest.Scalar
	known := true
	for _, v := range values {
		n, ok := v.Value.Int()
		if !ok {
			known = false
			continue
		}
		if x, set := low.Int(); !set || n < x {
			low = manifest.Int(n)
		}
		if x, set := high.Int(); !set || n > x {
			high = manifest.Int(n)
		}
	}
	if !known {
		low, high = manifest.Scalar{}, manifest.Scalar{}
	}
	v := manifest.Range(low, high)
	if open {
		v = v.OrUnlimited()
	}
	return v
}

// millis turns durations in nanoseconds into a value in milliseconds.
func millis(list []summary.Amount) manifest.Value {
	return value(summary.MapAmounts(list, func(a summary.Amount) []summary.Amount {
		if a.Kind == summary.FromConst && !a.IsText || a.Default {
			a.N, _ = manifest.Duration(time.Duration(a.N)).Value.Int()
		}
		return []summary.Amount{a}
	}), manifest.Unset())
}

// dsn tells what is known of a data source name, whose credentials are gone
// already.
func dsn(list []summary.Amount) manifest.DSN {
	if len(list) != 1 {
		return manifest.DSN{Kind: manifest.KindUnknown}
	}
	a := list[0].Unbound()
	switch a.Kind {
	case summary.FromEnv:
		return manifest.DSN{Kind: manifest.KindEnv, Name: a.Text}
	case summary.FromFlag:
		return manifest.DSN{Kind: manifest.KindFlag, Name: a.Text}
	case summary.FromConfig:
		return manifest.DSN{Kind: manifest.KindConfig, Name: a.Text}
	case summary.FromConst, summary.FromExpr:
		if !a.IsText {
			return manifest.DSN{Kind: manifest.KindExpr}
		}
		d := parts(a.Text)
		d.Kind = manifest.KindConst
		if a.Kind == summary.FromExpr {
			d.Kind = manifest.KindExpr
		}
		return d
	}
	return manifest.DSN{Kind: manifest.KindUnknown}
}

// parts splits "net(addr)/db?params" or a URL; what has a hole in it is not
// known.
func parts(text string) (d manifest.DSN) {
	text, query, _ := strings.Cut(text, "?")
	if scheme, rest, ok := strings.Cut(text, "://"); ok {
		d.Network = "tcp"
		d.Address, d.DB, _ = strings.Cut(rest, "/")
		if scheme == "file" {
			return manifest.DSN{}
		}
	} else if i := strings.LastIndex(text, "/"); i >= 0 {
		d.DB = text[i+1:]
		d.Network, d.Address, _ = strings.Cut(text[:i], "(")
		d.Address = strings.TrimSuffix(d.Address, ")")
	}
	for _, part := range [...]*string{&d.Network, &d.Address, &d.DB} {
		if strings.Contains(*part, summary.Hole) {
			*part = ""
		}
	}
	if values, err := url.ParseQuery(query); err == nil && len(values) > 0 {
		d.Params = make(map[string]string)
		for k := range values {
			if v := values.Get(k); !strings.Contains(v, summary.Hole) {
				d.Params[k] = v
			}
		}
	}
	return d
}
