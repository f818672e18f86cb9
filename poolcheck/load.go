package poolcheck

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/connvet/connvet/internal/manifest"
	"github.com/connvet/connvet/poolcheck/internal/count"
)

// A load is a service with its numbers.
type load struct {
	*Service
	name      string
	pools     []*poolLoad
	ignored   []ignoredPool
	missing   []missingName
	self      bool  // its pool is that of the program that asks
	instances int64 // when nothing is deployed
	scaled    int64 // scaled out
	processes int64 // at most: scaled out, with a deployment going on

	perProcess Count
	// withDefaults is perProcess if what nobody gave a value has the default of
	// the source.
	withDefaults Count
	idle         Count // connections that a process keeps when idle
}

// A poolLoad is a pool with its numbers.
type poolLoad struct {
	of   *load
	decl *manifest.Pool // nil for a pool without a manifest

	copies   Count // pools of this declaration in a process
	open     Count // connections of one
	idle     Count // of these, those that it keeps
	life     Count // milliseconds; the lesser of the two limits that it has
	total    Count // copies * open, unlimited if there is no end of copies
	fallback Count // total with defaults
	liveness bool  // the driver checks connections before use
	wait     Count // seconds of wait_timeout that its DSN asks for; unlimited if it does not
}

// An ignoredPool is one of the manifest's pools that does not count, and why.
type ignoredPool struct {
	decl *manifest.Pool
	why  string
}

// newLoads returns the budget's services with their numbers. self is the limit
// of the pool that stands in for one that a service does not declare, with 0 for
// none; below 0 there is no such pool.
func newLoads(b *Budget, self int) ([]*load, error) {
	services := b.Services
	if len(services) == 0 {
		services = []Service{{}}
	}
	var loads []*load
	for i := range services {
		s := &services[i]
		l := &load{Service: s, name: cmp.Or(s.Name, "the service")}
		l.countProcesses()
		if err := l.countPools(self); err != nil {
			if s.Name != "" {
				err = fmt.Errorf("%s: %w", s.Name, err)
			}
			return nil, err
		}
		loads = append(loads, l)
	}
	return loads, nil
}

// countProcesses works out how many processes there are.
func (l *load) countProcesses() {
	l.instances = max(int64(l.Instances), 1)
	if l.FunctionConcurrency > 0 {
		l.instances = max(int64(l.Instances), int64(l.FunctionConcurrency))
	}
	l.scaled = max(l.instances, int64(l.MaxInstances))
	l.processes = l.scaled + l.Surge.of(l.scaled)
}

// countPools works out what a process may open.
func (l *load) countPools(self int) error {
	switch {
	case l.Manifest != nil:
		if err := l.declared(); err != nil {
			return err
		}
	case l.Pool != nil:
		l.pools = []*poolLoad{l.undeclared(*l.Pool)}
	case self >= 0:
		p := l.undeclared(Pool{MaxOpen: self})
		p.idle, p.life = count.Unknown, count.Unknown // database/sql does not tell them
		l.self, l.pools = true, []*poolLoad{p}
	default:
		return errors.New("it has neither a manifest nor the size of its pool")
	}
	if len(l.pools) == 0 {
		// More likely a wrong manifest than a service without a database.
		l.perProcess, l.withDefaults, l.idle = count.Unknown, count.Unknown, count.Unknown
	}
	for _, p := range l.pools {
		p.of = l
		l.perProcess = l.perProcess.Plus(p.total)
		l.withDefaults = l.withDefaults.Plus(p.fallback)
		l.idle = l.idle.Plus(p.copies.Times(p.idle))
	}
	return nil
}

// undeclared returns the numbers of a pool without a manifest.
func (l *load) undeclared(p Pool) *poolLoad {
	idle := p.MaxIdle
	if idle == 0 {
		idle = DefaultMaxIdle
	}
	open := count.Limit(int64(p.MaxOpen))
	return &poolLoad{
		copies:   count.Of(1),
		open:     open,
		idle:     count.Of(int64(idle)).Min(open),
		life:     lifetimeOf(p.MaxLifetime).Min(lifetimeOf(p.MaxIdleTime)),
		total:    open,
		fallback: open,
		liveness: true,
		wait:     count.Unlimited,
	}
}

// lifetimeOf returns a lifetime of a [Pool] in milliseconds, rounded up so that
// what limits does not become 0.
func lifetimeOf(d time.Duration) Count {
	if d < 0 {
		return count.Unknown
	}
	return count.Limit(int64((d + time.Millisecond - 1) / time.Millisecond))
}

// declared works out the numbers of the manifest's pools.
func (l *load) declared() error {
	decls, err := l.selected()
	if err != nil {
		return err
	}
	if l.Pool != nil && len(decls) != 1 {
		return fmt.Errorf("the manifest has %d pools for this server: a size on the command line needs exactly one", len(decls))
	}
	strict := &resolver{set: l.Set, used: make(map[string]bool)}
	lenient := &resolver{set: l.Set, used: make(map[string]bool), defaults: true}
	for _, decl := range decls {
		if l.Pool != nil {
			decl = overridden(decl, *l.Pool)
		}
		p := newPoolLoad(decl, strict)
		p.fallback = newPoolLoad(decl, lenient).total
		l.pools = append(l.pools, p)
	}
	l.missing = strict.missing
	return strict.err
}

// UnusedSettings lists the names in Set that no pool of the manifest has: each
// is a mistake, or a setting of something else.
func (s *Service) UnusedSettings() []string {
	if s.Manifest == nil {
		return nil
	}
	r := &resolver{set: s.Set, used: make(map[string]bool)}
	for i := range s.Manifest.Pools {
		newPoolLoad(&s.Manifest.Pools[i], r)
	}
	return r.unused()
}

// overridden returns a declaration with other settings.
func overridden(decl *manifest.Pool, by Pool) *manifest.Pool {
	p := *decl
	if by.MaxOpen != 0 {
		p.MaxOpen = manifest.Const(int64(by.MaxOpen))
	}
	if by.MaxIdle != 0 {
		p.MaxIdle = manifest.Const(int64(by.MaxIdle))
	}
	if by.MaxLifetime > 0 {
		p.MaxLifetimeMS = manifest.Duration(by.MaxLifetime)
	}
	if by.MaxIdleTime > 0 {
		p.MaxIdleTimeMS = manifest.Duration(by.MaxIdleTime)
	}
	return &p
}

// newPoolLoad works out the numbers of a declaration.
func newPoolLoad(decl *manifest.Pool, r *resolver) *poolLoad {
	limit := func(field string, v manifest.Value, parse func(string) (int64, error)) Count {
		return r.resolve(setting{decl, field, v}, count.Unlimited, count.Limit, parse)
	}
	p := &poolLoad{
		decl:     decl,
		copies:   r.resolve(setting{decl, "multiplicity", decl.Multiplicity}, count.Of(1), count.Of, parseNumber),
		open:     limit("max_open", decl.MaxOpen, parseNumber),
		liveness: !strings.EqualFold(decl.DSN.Params["checkConnLiveness"], "false"),
		wait:     count.Unlimited,
	}
	p.idle = r.resolve(setting{decl, "max_idle", decl.MaxIdle}, count.Of(DefaultMaxIdle), count.Of, parseNumber).Min(p.open)
	p.life = limit("max_lifetime", decl.MaxLifetimeMS, parseMilliseconds).Min(limit("max_idle_time", decl.MaxIdleTimeMS, parseMilliseconds))
	if n, err := parseNumber(decl.DSN.Params["wait_timeout"]); err == nil {
		p.wait = count.Limit(n)
	}
	switch decl.Scope {
	case manifest.ScopeProcess:
		p.total = p.copies.Times(p.open)
	case manifest.ScopeUnknown:
		p.total = count.Unknown
	default:
		p.total = count.Unlimited
	}
	return p
}

// selected lists the pools that a process of the service opens to the server.
func (l *load) selected() ([]*manifest.Pool, error) {
	main, err := l.program()
	if err != nil {
		return nil, err
	}
	if l.Name == "" && main != "" {
		l.name = path.Base(main)
	}
	var decls []*manifest.Pool
	found := make(map[string]bool)
	for i := range l.Manifest.Pools {
		p := &l.Manifest.Pools[i]
		place := fmt.Sprintf("%s:%d", p.File, p.Line)
		chosen := slices.Contains(l.Pools, p.ID) || slices.Contains(l.Pools, place)
		found[p.ID], found[place] = true, true
		switch why := l.excluded(p, main); {
		case len(l.Pools) > 0 && !chosen:
		case why != "" && !chosen:
			l.ignored = append(l.ignored, ignoredPool{p, why})
		default:
			decls = append(decls, p)
		}
	}
	for _, name := range l.Pools {
		if !found[name] {
			return nil, fmt.Errorf("the manifest has no pool %q: a pool is named by its ID, or as FILE:LINE", name)
		}
	}
	return decls, nil
}

// program returns the main package whose pools count, "" if the manifest names
// none at all.
func (l *load) program() (string, error) {
	var mains []string
	for _, p := range l.Manifest.Pools {
		if p.Scope != manifest.ScopeTest {
			mains = append(mains, p.Mains...)
		}
	}
	slices.Sort(mains)
	mains = slices.Compact(mains)
	switch {
	case l.Main == "" && len(mains) > 1:
		return "", fmt.Errorf("the manifest has the pools of several programs: choose one with main: %s", strings.Join(mains, ", "))
	case l.Main != "" && !slices.Contains(mains, l.Main):
		if len(mains) == 0 {
			return "", fmt.Errorf("no pool of the manifest belongs to a program, so %s has none", l.Main)
		}
		return "", fmt.Errorf("no pool of the manifest belongs to %s, only to %s", l.Main, strings.Join(mains, ", "))
	case len(mains) == 1:
		return mains[0], nil
	}
	return l.Main, nil
}

// excluded says why a pool does not count, "" if it does.
func (l *load) excluded(p *manifest.Pool, main string) string {
	if p.Scope == manifest.ScopeTest {
		return "only tests open it"
	}
	if main != "" && len(p.Mains) > 0 && !slices.Contains(p.Mains, main) {
		return "another program opens it"
	}
	if main != "" && len(p.Mains) == 0 {
		return "no program is seen to open it"
	}
	if driver, ok := p.Driver.Value.Text(); ok && p.Driver.Kind == manifest.KindConst && slices.Contains(otherDrivers, driver) {
		return "it is no MySQL pool but one of " + driver
	}
	return ""
}

// otherDrivers are the common names of database/sql drivers for other systems.
// A name that is not listed here is taken for one of MySQL: wrappers that trace
// or meter it register all sorts of names.
var otherDrivers = []string{
	"postgres", "pgx", "pgx/v4", "pgx/v5", "cloudsqlpostgres", "sqlite", "sqlite3", "libsql", "duckdb", "ql",
	"sqlserver", "mssql", "azuresql", "oracle", "godror", "oci8", "snowflake", "clickhouse", "chhttp", "bigquery", "spanner",
	"databricks", "firebirdsql", "hdb", "vertica", "trino", "presto", "cql", "h2", "db2", "go_ibm_db", "odbc",
	"sqlmock", "txdb", "ramsql", "fakedb",
}

// label names a pool for people.
func (p *poolLoad) label() string {
	if p.decl == nil {
		return "the pool of " + p.of.name
	}
	return fmt.Sprintf("the pool at %s:%d", p.decl.File, p.decl.Line)
}
