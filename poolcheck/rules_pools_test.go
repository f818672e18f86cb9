package poolcheck_test

import (
	"time"

	"github.com/connvet/connvet/internal/manifest"
	"github.com/connvet/connvet/poolcheck"
)

// place is where the pool of [declared] is opened.
const place = "db/db.go:40"

// fromEnv is a service whose pool's size is in the environment.
func fromEnv(set map[string]string) poolcheck.Service {
	return with(declared(manifest.Pool{MaxOpen: manifest.Env("DB_MAX_OPEN").Or(manifest.Int(5))}), func(s *poolcheck.Service) { s.Set = set })
}

// holding is a service with a place that holds n connections, and a pool of some.
func holding(n, open, goroutines int) poolcheck.Service {
	return with(declared(manifest.Pool{MaxOpen: manifest.Const(int64(open))}), func(s *poolcheck.Service) {
		s.Goroutines = goroutines
		s.Manifest.Held = []manifest.Held{{Pool: "db.Open#1", Pos: "db/copy.go:7", N: n, What: "rows and a query"}}
	})
}

// twoPools is a service with two pools of 5, whose data source names come from the
// environment.
func twoPools(first, second string) poolcheck.Service {
	s, other := declared(manifest.Pool{}), declared(manifest.Pool{}).Manifest.Pools[0]
	s.Manifest.Pools[0].DSN = manifest.DSN{Kind: manifest.KindEnv, Name: first}
	other.ID, other.Line = "db.Open#2", 50
	other.DSN = manifest.DSN{Kind: manifest.KindEnv, Name: second}
	s.Manifest.Pools = append(s.Manifest.Pools, other)
	return s
}

// watched is a budget whose counters are watched for a fifth of a second.
func watched(instances int) poolcheck.Budget {
	return poolcheck.Budget{Services: []poolcheck.Service{pools(instances, 5, "")}, Window: 200 * time.Millisecond}
}

var poolCases = []ruleCase{
	{rule: "C04", name: "no limit", given: []step{set("max_connections", 20)}, budget: budget(pools(3, 0, "")),
		want: want{status: poolcheck.Error, text: "the pool of api has no limit", numbers: "fit 6", advice: "6 is the largest that fits 3 processes", paste: "db.SetMaxOpenConns(6)"}},
	{rule: "C04", name: "no room for a limit", given: []step{set("max_connections", 20)}, budget: budget(pools(21, 0, "")),
		want: want{status: poolcheck.Error, numbers: "fit 0", advice: "there is no room"}},
	{rule: "C04", name: "no limit beside a pool that has one", given: []step{set("max_connections", 20)}, budget: budget(pools(1, 0, ""), pools(2, 3, "")),
		want: want{status: poolcheck.Error, numbers: "fit 14"}},
	{rule: "C04", name: "two without a limit", given: []step{set("max_connections", 20)}, budget: budget(pools(1, 0, ""), pools(2, 0, "")),
		want: want{status: poolcheck.Error, numbers: "fit 6"}},
	{rule: "C04", name: "no limit beside a pool that is not known", budget: budget(pools(1, 0, ""), fromEnv(nil)),
		want: want{status: poolcheck.Error, numbers: "fit unknown", paste: none}},
	{rule: "C04", name: "no limit, and nobody knows how many", budget: budget(with(declared(manifest.Pool{MaxOpen: manifest.Const(0)}), func(s *poolcheck.Service) {
		s.Manifest.Pools[0].Multiplicity = manifest.Env("SHARDS")
	})), want: want{status: poolcheck.Error, numbers: "fit unknown", paste: none}},
	{rule: "C04", name: "a limit", budget: small, want: want{status: poolcheck.Pass}},
	{rule: "C04", name: "a limit of 0 in the source", budget: budget(declared(manifest.Pool{MaxOpen: manifest.Const(0)})),
		want: want{status: poolcheck.Error, at: place}},
	{rule: "C04", name: "a limit from the environment", budget: budget(fromEnv(nil)),
		want: want{status: poolcheck.Unknown, at: place}},

	{rule: "C05", name: "a pool for each request", budget: budget(declared(manifest.Pool{Scope: manifest.ScopeHandler})),
		want: want{status: poolcheck.Error, text: "is opened for each request", at: place}},
	{rule: "C05", name: "a pool in a loop", budget: budget(declared(manifest.Pool{Scope: manifest.ScopeLoop})),
		want: want{status: poolcheck.Error, text: "in each round of a loop", at: place}},
	{rule: "C05", name: "a pool for the process", budget: budget(declared(manifest.Pool{})), want: want{status: poolcheck.Pass}},
	{rule: "C05", name: "no caller", budget: budget(declared(manifest.Pool{Scope: manifest.ScopeUnknown})),
		want: want{status: poolcheck.Unknown, at: place}},

	{rule: "C06", name: "a size from the environment", budget: budget(fromEnv(nil)),
		want: want{status: poolcheck.Unknown, text: "DB_MAX_OPEN", paste: "-set DB_MAX_OPEN=5"}},
	{rule: "C06", name: "a size that is given", budget: budget(fromEnv(map[string]string{"DB_MAX_OPEN": "7"})),
		want: want{status: poolcheck.Pass}},
	{rule: "C06", name: "the default", budget: budget(fromEnv(map[string]string{"DB_MAX_OPEN": "default"})),
		want: want{status: poolcheck.Pass}},
	{rule: "C06", name: "not all was analysed", budget: budget(with(declared(manifest.Pool{}), func(s *poolcheck.Service) { s.Manifest.Complete = false })),
		want: want{status: poolcheck.Unknown, text: "not complete"}},
	{rule: "C06", name: "two pools with their own data sources", budget: budget(twoPools("A", "B")),
		want: want{status: poolcheck.Info, text: "different data sources", by: "api"}},
	{rule: "C06", name: "two pools with one data source", budget: budget(twoPools("A", "A")), want: want{status: poolcheck.Pass}},
	{rule: "C06", name: "two pools whose data sources are not known", budget: budget(with(twoPools("A", "B"), func(s *poolcheck.Service) {
		s.Manifest.Pools[0].DSN, s.Manifest.Pools[1].DSN = manifest.DSN{Kind: manifest.KindUnknown}, manifest.DSN{Kind: manifest.KindExpr}
	})), want: want{status: poolcheck.Pass}},
	{rule: "C06", name: "two pools of which one is chosen", budget: budget(with(twoPools("A", "B"), func(s *poolcheck.Service) { s.Pools = []string{"db.Open#2"} })),
		want: want{status: poolcheck.Pass}},
	{rule: "C06", name: "a pool of tests", budget: budget(with(declared(manifest.Pool{}), func(s *poolcheck.Service) {
		s.Manifest.Pools = append(s.Manifest.Pools, manifest.Pool{ID: "db.TestOpen#1", File: "db/db_test.go", Line: 9, Scope: manifest.ScopeTest})
	})), want: want{status: poolcheck.Info, text: "only tests open it", at: "db/db_test.go:9"}},

	{rule: "C21", name: "keeps fewer than it opens", budget: budget(with(pools(1, 3, ""), func(s *poolcheck.Service) { s.Pool = &poolcheck.Pool{MaxOpen: 3} })),
		want: want{status: poolcheck.Warn, numbers: "max_open 3, max_idle 2", paste: "db.SetMaxIdleConns(3)"}},
	{rule: "C21", name: "keeps as many as it opens", budget: budget(with(pools(1, 2, ""), func(s *poolcheck.Service) { s.Pool = &poolcheck.Pool{MaxOpen: 2} })),
		want: want{status: poolcheck.Pass}},
	{rule: "C21", name: "keeps fewer than it opens, which is too much", given: []step{set("max_connections", 10)},
		budget: budget(with(pools(2, 0, ""), func(s *poolcheck.Service) { s.Pool = &poolcheck.Pool{MaxOpen: 9} })),
		want:   want{status: poolcheck.Warn, paste: "db.SetMaxIdleConns(5)"}},
	{rule: "C21", name: "keeps fewer than it opens, for which there is no room", given: []step{set("max_connections", 10)},
		budget: budget(with(pools(11, 0, ""), func(s *poolcheck.Service) { s.Pool = &poolcheck.Pool{MaxOpen: 9} })),
		want:   want{status: poolcheck.Warn, paste: none}},
	{rule: "C21", name: "a size from the environment", budget: budget(fromEnv(nil)),
		want: want{status: poolcheck.Unknown}},
	{rule: "C21", name: "more than 1 new connection per second and instance", budget: watched(4), meanwhile: []step{visit(1, "app")},
		want: want{status: poolcheck.Warn, text: "5 new connections a second, for 4 instances", numbers: "new_connections 1, window_ms 200, instances 4"}},
	{rule: "C21", name: "1 new connection per second and instance", budget: watched(5), meanwhile: []step{visit(1, "app")},
		want: want{status: poolcheck.Pass, text: "1 new connection within 200ms"}},
	{rule: "C21", name: "no limit, and 2 are kept", budget: budget(with(pools(1, 0, ""), func(s *poolcheck.Service) { s.Pool = new(poolcheck.Pool) })),
		want: want{status: poolcheck.Warn, numbers: "max_open unlimited, max_idle 2"}},
	{rule: "C21", name: "the pool of the program", budget: poolcheck.Budget{},
		want: want{status: poolcheck.Unknown}},

	{rule: "C34", name: "one connection too few", budget: budget(holding(3, 8, 4)),
		want: want{status: poolcheck.Warn, text: "db/copy.go:7 holds 3 connections", sum: "(3 - 1) x 4 + 1 = 9 > 8", numbers: "needed 9, max_open 8", paste: "db.SetMaxOpenConns(9)", at: place}},
	{rule: "C34", name: "two connections, of one", budget: budget(holding(2, 1, 0)),
		want: want{status: poolcheck.Warn, sum: "(2 - 1) x 1 + 1 = 2 > 1"}},
	{rule: "C34", name: "just enough", budget: budget(holding(3, 9, 4)), want: want{status: poolcheck.Pass}},
	{rule: "C34", name: "one goroutine needs more than there are", budget: budget(holding(3, 2, 0)),
		want: want{status: poolcheck.Warn, sum: "(3 - 1) x 1 + 1 = 3 > 2"}},
	{rule: "C34", name: "nobody says how many goroutines", budget: budget(holding(3, 9, 0)),
		want: want{status: poolcheck.Unknown, numbers: "safe_goroutines 4", needs: "-goroutines"}},
	{rule: "C34", name: "no limit", budget: budget(holding(3, 0, 100)), want: want{status: poolcheck.Pass}},
	{rule: "C34", name: "a size from the environment", budget: budget(with(holding(3, 0, 4), func(s *poolcheck.Service) { s.Manifest.Pools[0].MaxOpen = manifest.Env("DB_MAX_OPEN") })),
		want: want{status: poolcheck.Unknown}},
	{rule: "C34", name: "no manifest", budget: small, want: want{status: poolcheck.Unknown, needs: "-manifest"}},
}
