package poolcheck_test

import (
	"time"

	"github.com/connvet/connvet/internal/fakeserver"
	"github.com/connvet/connvet/internal/manifest"
	"github.com/connvet/connvet/poolcheck"
)

// pools is a service that keeps all connections that it opens, for a minute.
// The user "" is that of the check.
func pools(instances, open int, user string) poolcheck.Service {
	return poolcheck.Service{Name: "api", Instances: instances, User: user, Pool: &poolcheck.Pool{MaxOpen: open, MaxIdle: open, MaxLifetime: time.Minute}}
}

// with changes a service.
func with(s poolcheck.Service, change func(s *poolcheck.Service)) poolcheck.Service {
	change(&s)
	return s
}

func budget(services ...poolcheck.Service) poolcheck.Budget {
	return poolcheck.Budget{Services: services}
}

// small is the budget of cases that are not about pools.
var small = budget(pools(1, 5, ""))

// declared is a service with a manifest of one pool, whose settings are those of
// [pools] where they are not given.
func declared(p manifest.Pool) poolcheck.Service {
	p.ID, p.File, p.Line = "db.Open#1", "db/db.go", 40
	p.Driver, p.Multiplicity, p.Mains = manifest.String("mysql"), manifest.Const(1), []string{"example.com/cmd/api"}
	for _, setting := range []struct {
		value *manifest.Value
		def   manifest.Value
	}{{&p.MaxOpen, manifest.Const(5)}, {&p.MaxIdle, manifest.Const(5)}, {&p.MaxLifetimeMS, manifest.Duration(time.Minute)}} {
		if *setting.value == (manifest.Value{}) {
			*setting.value = setting.def
		}
	}
	if p.Scope == "" {
		p.Scope = manifest.ScopeProcess
	}
	return poolcheck.Service{Name: "api", Manifest: &poolcheck.Manifest{Complete: true, HeldComplete: true, Pools: []manifest.Pool{p}}}
}

// partly is a service of which not all was analysed, with a pool of some size.
func partly(open int) poolcheck.Service {
	return with(declared(manifest.Pool{MaxOpen: manifest.Const(int64(open))}), func(s *poolcheck.Service) { s.Manifest.Complete = false })
}

// managed gives the server a name of RDS.
func managed(_ *stage, b *poolcheck.Budget) { b.Host = "orders.abc.eu-west-1.rds.amazonaws.com" }

// unlimited is what TiDB says.
var unlimited = []step{versioned("8.0.11-TiDB-v8.5.0"), set("max_connections", 0)}

// behind is a budget with a proxy for two processes, which accepts 20 clients.
func behind(backend int, services ...poolcheck.Service) poolcheck.Budget {
	return poolcheck.Budget{Services: services, Proxy: poolcheck.Proxy{Kind: poolcheck.ProxySQL, Instances: 2, MaxClients: 10, MaxBackend: backend}}
}

// administered gives the budget the administrator's port of a ProxySQL that accepts
// 10 clients and opens 11 connections to one of two servers.
func administered(s *stage, b *poolcheck.Budget) {
	admin := fakeserver.Start(s, fakeserver.Config{Answers: map[string]fakeserver.Answer{
		"SELECT variable_value FROM global_variables WHERE variable_name = 'mysql-max_connections'": {
			Columns: []string{"variable_value"}, Rows: [][]any{{"10"}},
		},
		"SELECT hostname, port, SUM(max_connections) FROM runtime_mysql_servers WHERE status <> 'OFFLINE_HARD' GROUP BY hostname, port": {
			Columns: []string{"hostname", "port", "n"}, Rows: [][]any{{"a", 3306, 11}, {"b", 3306, 7}},
		},
	}})
	b.Proxy.Admin = (&stage{TB: s, world: fake{fakeMySQL, admin}}).open("root", nil)
}

// surging is a service that a deployment doubles in part.
func surging(user string) poolcheck.Service {
	return with(pools(4, 5, user), func(s *poolcheck.Service) { s.Surge = poolcheck.SurgePercent(25) })
}

var capacityCases = []ruleCase{
	{rule: "C01", name: "one connection too few", given: []step{set("max_connections", 19)}, budget: budget(pools(4, 5, "")),
		want: want{
			status: poolcheck.Error, text: "may open 20 connections, the server allows 19", numbers: "demand 20, limit 19, overhead 0, fit 4",
			sum: "api 4 x 5 = 20: 20 > 19", advice: "raise max_connections to 20: SET PERSIST", paste: "db.SetMaxOpenConns(4)",
		},
		mariadb: &want{status: poolcheck.Error, numbers: "demand 20, limit 19, fit 4", advice: "raise max_connections to 20: in the server's option file"}},
	{rule: "C01", name: "the first pool is the larger one", given: []step{set("max_connections", 25)}, budget: budget(pools(4, 5, ""), pools(2, 3, "")),
		want: want{status: poolcheck.Error, numbers: "demand 26, fit 4"}},
	{rule: "C01", name: "the second pool is the larger one", given: []step{set("max_connections", 25)}, budget: budget(pools(2, 3, ""), pools(4, 5, "")),
		want: want{status: poolcheck.Error, numbers: "demand 26, fit 4"}},
	{rule: "C01", name: "a managed server", given: []step{set("max_connections", 19)}, adjust: managed, budget: budget(pools(4, 5, "")),
		want: want{status: poolcheck.Error, advice: "raise max_connections to 20: in the service's parameters"}},
	{rule: "C01", name: "not all was analysed", given: []step{set("max_connections", 20)}, budget: budget(partly(5)),
		want: want{status: poolcheck.Unknown, text: "api: the manifest is not complete", not: "the size"}},
	{rule: "C01", name: "not all was analysed, and it is too much already", given: []step{set("max_connections", 20)}, budget: budget(partly(21)),
		want: want{status: poolcheck.Error, numbers: "demand 21"}},
	{rule: "C01", name: "no pool", budget: budget(with(declared(manifest.Pool{}), func(s *poolcheck.Service) { s.Manifest.Pools = nil })),
		want: want{status: poolcheck.Unknown, text: "the manifest has no pool for this server"}},
	{rule: "C01", name: "no caller", budget: budget(declared(manifest.Pool{Scope: manifest.ScopeUnknown})),
		want: want{status: poolcheck.Unknown, text: "how often the pool at db/db.go:40 is opened is not known"}},
	{rule: "C01", name: "a number of pools from the environment",
		budget: budget(with(declared(manifest.Pool{}), func(s *poolcheck.Service) { s.Manifest.Pools[0].Multiplicity = manifest.Env("SHARDS") })),
		want:   want{status: poolcheck.Unknown, text: "how many pools are opened at db/db.go:40 is not known", paste: "-set SHARDS=VALUE"}},
	{rule: "C01", name: "exactly full", given: []step{set("max_connections", 20)}, budget: budget(pools(4, 5, "")),
		want: want{status: poolcheck.Pass, numbers: "demand 20, limit 20"}},
	{rule: "C01", name: "connections of others are one too many", given: []step{set("max_connections", 21), hold(3, "batch")}, budget: budget(pools(2, 9, "app")),
		want: want{status: poolcheck.Error, numbers: "demand 22, overhead 4, fit 8", sum: "api 2 x 9 = 18, others 4 (connected now): 22 > 21"}},
	{rule: "C01", name: "connections of others fit", given: []step{set("max_connections", 22), hold(3, "batch")}, budget: budget(pools(2, 9, "app")),
		want: want{status: poolcheck.Pass, numbers: "demand 22, overhead 4"}},
	{rule: "C01", name: "fewer others than declared", given: []step{hold(3, "batch")},
		budget: poolcheck.Budget{Services: []poolcheck.Service{pools(2, 9, "app")}, Overhead: 4, Replicas: 1},
		want:   want{status: poolcheck.Pass, numbers: "demand 23, overhead 5", sum: "api 2 x 9 = 18, overhead 5 (4 and 1 for replicas): 23 <= 151"}},
	{rule: "C01", name: "others are only declared", budget: poolcheck.Budget{Services: []poolcheck.Service{pools(2, 9, "")}, Overhead: 4},
		want: want{status: poolcheck.Pass, sum: "api 2 x 9 = 18, overhead 4: 22 <= 151"}},
	{rule: "C01", name: "replicas are only declared", budget: poolcheck.Budget{Services: []poolcheck.Service{pools(2, 9, "")}, Replicas: 1},
		want: want{status: poolcheck.Pass, sum: "api 2 x 9 = 18, replicas 1: 19 <= 151"}},
	{rule: "C01", name: "nobody says who others are", given: []step{set("max_connections", 20), hold(3, "batch")}, budget: budget(pools(4, 5, "")),
		want: want{status: poolcheck.Pass, numbers: "demand 20, overhead 0"}},
	{rule: "C01", name: "two pools of a kind", given: []step{set("max_connections", 19)}, budget: budget(with(declared(manifest.Pool{}), func(s *poolcheck.Service) {
		s.Instances, s.Manifest.Pools[0].Multiplicity = 2, manifest.Const(2)
	})), want: want{status: poolcheck.Error, numbers: "demand 20, fit 4"}},
	{rule: "C01", name: "a pool for each request", given: []step{set("max_connections", 20)}, budget: budget(with(declared(manifest.Pool{Scope: manifest.ScopeHandler}), func(s *poolcheck.Service) {
		s.Manifest.Pools[0].Multiplicity = manifest.Const(2)
	})), want: want{status: poolcheck.Error, text: "connections without a limit", numbers: "demand unlimited, fit 20"}},
	{rule: "C01", name: "others cannot be seen", as: "app", given: []step{set("max_connections", 20), hold(3, "batch")}, budget: budget(pools(4, 5, "")),
		want: want{status: poolcheck.Pass, numbers: "demand 20, overhead 0"}},
	{rule: "C01", name: "a size from the environment", given: []step{set("max_connections", 20)}, budget: budget(declared(manifest.Pool{MaxOpen: manifest.Env("DB_MAX_OPEN").Or(manifest.Int(25))})),
		want: want{
			status:  poolcheck.Unknown,
			text:    "api: the size of the pool at db/db.go:40 is not known ($DB_MAX_OPEN (default 25)); with the defaults in the source it would be 25 of 20",
			numbers: "demand unknown", paste: "-set DB_MAX_OPEN=25",
		}},
	{rule: "C01", name: "a limit that is not told", given: untold("max_connections"), budget: budget(fromEnv(nil)),
		want: want{status: poolcheck.Unknown, text: "max_connections is not known", not: "defaults"}, only: fakes, why: told},
	{rule: "C01", name: "a server without a limit", given: unlimited, budget: budget(pools(1000, 1000, "")),
		want: want{status: poolcheck.Pass, text: "the server has no limit", numbers: "limit unlimited"}, only: fakes, why: "TiDB is not here"},
	{rule: "C01", name: "a proxy's backends", given: []step{set("max_connections", 20)}, budget: behind(10, pools(4, 5, "")),
		want: want{status: poolcheck.Pass, numbers: "demand 20, limit 20"}},
	{rule: "C01", name: "a proxy's backends and others are one too many", given: []step{set("max_connections", 20)},
		budget: poolcheck.Budget{Services: behind(0, pools(4, 5, "")).Services, Overhead: 1, Proxy: behind(10).Proxy},
		want:   want{status: poolcheck.Error, text: "ProxySQL may open 21 connections to a server that allows 20", numbers: "backend 20, others 1", sum: "backends 2 x 10 = 20, others 1: 21 of 20"}},
	{rule: "C01", name: "a proxy's backends and others that are connected are one too many", given: []step{set("max_connections", 21), hold(3, "batch")},
		budget: poolcheck.Budget{Services: []poolcheck.Service{pools(4, 5, "app")}, Overhead: 3, Proxy: behind(9).Proxy},
		want:   want{status: poolcheck.Error, numbers: "backend 18, others 4"}},
	{rule: "C01", name: "a proxy's backends and others that are only declared are one too many", given: []step{set("max_connections", 22), hold(3, "batch")},
		budget: poolcheck.Budget{Services: []poolcheck.Service{pools(4, 5, "app")}, Overhead: 5, Proxy: behind(9).Proxy},
		want:   want{status: poolcheck.Error, numbers: "backend 18, others 5"}},
	{rule: "C01", name: "a proxy whose backends nobody knows", budget: poolcheck.Budget{Services: small.Services, Proxy: poolcheck.Proxy{Kind: poolcheck.ProxyRouter, MaxClients: 20}},
		want: want{status: poolcheck.Unknown, text: "what MySQL Router opens to the server is not known", sum: "backends unknown, others 0: unknown of 151"}},
	{rule: "C01", name: "a proxy that tells its limits", given: []step{set("max_connections", 20)}, adjust: administered,
		budget: poolcheck.Budget{Services: []poolcheck.Service{pools(4, 5, "")}, Proxy: poolcheck.Proxy{Kind: poolcheck.ProxySQL, Instances: 2}},
		want:   want{status: poolcheck.Error, text: "ProxySQL may open 22 connections", numbers: "backend 22"}},
	{rule: "C01", name: "a proxy with too few clients", budget: behind(5, pools(3, 7, "")),
		want: want{status: poolcheck.Error, text: "may open 21 connections, ProxySQL allows 20", not: "max_connections"}},

	{rule: "C02", name: "a deployment is one too many", given: []step{set("max_connections", 24)}, budget: budget(surging("")),
		want: want{status: poolcheck.Error, numbers: "demand 25, limit 24, fit 4", sum: "api 5 x 5 = 25: 25 > 24"}},
	{rule: "C02", name: "a deployment fits", given: []step{set("max_connections", 25)}, budget: budget(surging("")),
		want: want{status: poolcheck.Pass, text: "scaled out and while", numbers: "demand 25, limit 25"}},
	{rule: "C02", name: "not all was analysed", given: []step{set("max_connections", 25)}, budget: budget(partly(5)),
		want: want{status: poolcheck.Unknown}},
	{rule: "C02", name: "scaled out", given: []step{set("max_connections", 29)}, budget: budget(with(pools(4, 5, ""), func(s *poolcheck.Service) { s.MaxInstances = 6 })),
		want: want{status: poolcheck.Error, numbers: "demand 30"}},
	{rule: "C02", name: "does not fit at all", given: []step{set("max_connections", 19)}, budget: budget(surging("")),
		want: want{status: poolcheck.Info, text: "see C01"}},
	{rule: "C02", name: "no more instances", given: []step{set("max_connections", 20)}, budget: budget(pools(4, 5, "")),
		want: want{status: poolcheck.Pass, text: "no more instances"}},

	{rule: "C03", name: "86 %", given: []step{set("max_connections", 50)}, budget: budget(pools(1, 43, "")),
		want: want{status: poolcheck.Warn, text: "43 of 50 connections (86 %) are spoken for: 7 are left", advice: "so that 42 are enough, or raise max_connections to 51"}},
	{rule: "C03", name: "86 % and more that was not analysed", given: []step{set("max_connections", 50)}, budget: budget(partly(43)),
		want: want{status: poolcheck.Warn, text: "(86 %)"}},
	{rule: "C03", name: "85 % and more that was not analysed", given: []step{set("max_connections", 20)}, budget: budget(partly(17)),
		want: want{status: poolcheck.Unknown}},
	{rule: "C03", name: "a size from the environment", budget: budget(fromEnv(nil)), want: want{status: poolcheck.Unknown}},
	{rule: "C03", name: "a pool without a limit", budget: budget(pools(1, 0, "")), want: want{status: poolcheck.Info, text: "see C01"}},
	{rule: "C03", name: "85 %", given: []step{set("max_connections", 20)}, budget: budget(pools(1, 17, "")),
		want: want{status: poolcheck.Pass, text: "17 of 20 connections (85 %)"}},
	{rule: "C03", name: "90 % of a proxy's clients", budget: behind(5, pools(3, 6, "")),
		want: want{status: poolcheck.Warn, text: "18 of 20 connections (90 %)", not: "max_connections"}},
	{rule: "C03", name: "all are spoken for", given: []step{set("max_connections", 20)}, budget: budget(pools(4, 5, "")),
		want: want{status: poolcheck.Warn, text: "0 are left"}},
	{rule: "C03", name: "there is none", given: []step{set("max_connections", 19)}, budget: budget(pools(4, 5, "")),
		want: want{status: poolcheck.Info, text: "see C01"}},
	{rule: "C03", name: "a server without a limit", given: unlimited, budget: budget(pools(1000, 1000, "")),
		want: want{status: poolcheck.Pass}, only: fakes, why: "TiDB is not here"},

	{rule: "C30", name: "one function too many", given: []step{set("max_connections", 21)}, budget: budget(function(11)),
		want: want{status: poolcheck.Error, sum: "11 x 2 = 22 of 21", numbers: "concurrency 11, per_process 2", paste: "db.SetMaxOpenConns(1)"}},
	{rule: "C30", name: "functions fit", given: []step{set("max_connections", 22)}, budget: budget(function(11)),
		want: want{status: poolcheck.Pass, sum: "11 x 2 = 22 of 22"}},
	{rule: "C30", name: "no function", budget: small, want: want{status: poolcheck.Pass, text: "no cloud function"}},
	{rule: "C30", name: "the limit is not told", given: untold("max_connections"), budget: budget(function(11)),
		want: want{status: poolcheck.Unknown}, only: fakes, why: told},
}

// function is a cloud function.
func function(concurrency int) poolcheck.Service {
	return with(pools(0, 2, ""), func(s *poolcheck.Service) { s.FunctionConcurrency = concurrency })
}
