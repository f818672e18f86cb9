package poolcheck_test

import (
	"time"

	"github.com/connvet/connvet/internal/fakeserver"
	"github.com/connvet/connvet/internal/manifest"
	"github.com/connvet/connvet/poolcheck"
)

// living is a service whose connections live for some time, or idle for some.
func living(life, idle time.Duration) poolcheck.Budget {
	return budget(with(pools(1, 5, ""), func(s *poolcheck.Service) { s.Pool.MaxLifetime, s.Pool.MaxIdleTime = life, idle }))
}

// dsn is a service whose connections live for a minute, with a parameter in its
// DSN.
func dsn(name, value string) poolcheck.Budget {
	return budget(declared(manifest.Pool{DSN: manifest.DSN{Params: map[string]string{name: value}}}))
}

// idling is a service that leaves transactions idle for 100 s, in pools whose DSNs
// have such a wait_timeout; "" is none.
func idling(waits ...string) poolcheck.Budget {
	s := twoPools("A", "A")
	s.LongestTx, s.Manifest.Pools = 100*time.Second, s.Manifest.Pools[:len(waits)]
	for i, wait := range waits {
		if wait != "" {
			s.Manifest.Pools[i].DSN.Params = map[string]string{"wait_timeout": wait}
		}
	}
	return budget(s)
}

// transactions is a service that leaves transactions idle.
func transactions(idle time.Duration) poolcheck.Budget {
	return budget(with(pools(1, 5, ""), func(s *poolcheck.Service) { s.LongestTx = idle }))
}

// busyTx is a transaction in a fake server that waits for its statement.
func busyTx(user string, seconds int) step {
	return faked(func(c *fakeserver.Config) {
		c.Threads = append(c.Threads, fakeserver.Thread{User: user, Host: "127.0.0.1:5004", Command: "Query", Seconds: seconds, Tx: true})
	})
}

const tooLong = "it would take a minute"

var timeCases = []ruleCase{
	{rule: "C12", name: "as long as wait_timeout", given: []step{set("wait_timeout", 60)}, budget: living(time.Minute, 0),
		want: want{
			status: poolcheck.Warn, text: "keeps connections for 1m, but the server (wait_timeout) will cut those that idle for 1m",
			numbers: "lifetime_ms 60000, cut_ms 60000, wait_timeout_s 60", paste: "db.SetConnMaxLifetime(45 * time.Second)",
		}},
	{rule: "C12", name: "less than wait_timeout", given: []step{set("wait_timeout", 60)}, budget: living(time.Minute-time.Millisecond, 0),
		want: want{status: poolcheck.Pass}},
	{rule: "C12", name: "for ever", budget: living(0, 0),
		want: want{
			status: poolcheck.Warn, text: "keeps connections for ever, but firewalls and load balancers may cut those that idle for 5m",
			numbers: "lifetime_ms unlimited, cut_ms 300000", paste: "db.SetConnMaxLifetime(3 * time.Minute)",
		}},
	{rule: "C12", name: "as long as middleboxes", budget: living(5*time.Minute, 0), want: want{status: poolcheck.Warn, numbers: "lifetime_ms 300000"}},
	{rule: "C12", name: "less than middleboxes", budget: living(5*time.Minute-time.Millisecond, 0), want: want{status: poolcheck.Pass}},
	{rule: "C12", name: "middleboxes that cut earlier", budget: poolcheck.Budget{Services: small.Services, Middlebox: time.Minute},
		want: want{status: poolcheck.Warn, numbers: "cut_ms 60000"}},
	{rule: "C12", name: "middleboxes that cut just as the server does", given: []step{set("wait_timeout", 60)}, budget: poolcheck.Budget{Services: small.Services, Middlebox: time.Minute},
		want: want{status: poolcheck.Warn, text: "firewalls"}},
	{rule: "C12", name: "middleboxes that cut after a second", budget: poolcheck.Budget{Services: small.Services, Middlebox: time.Second},
		want: want{status: poolcheck.Warn, paste: "db.SetConnMaxLifetime(750 * time.Millisecond)"}},
	{rule: "C12", name: "a minute below wait_timeout", given: []step{set("wait_timeout", 80)}, budget: living(0, 0),
		want: want{status: poolcheck.Warn, paste: "db.SetConnMaxLifetime(1 * time.Minute)"}},
	{rule: "C12", name: "one pool of two", budget: budget(living(0, 0).Services[0], pools(1, 5, "")), want: want{status: poolcheck.Warn}},
	{rule: "C12", name: "gives idle ones up", given: []step{set("wait_timeout", 60)}, budget: living(time.Hour, 59*time.Second), want: want{status: poolcheck.Pass}},
	{rule: "C12", name: "without the check of connections", given: []step{set("wait_timeout", 60)}, budget: dsn("checkConnLiveness", "false"),
		want: want{status: poolcheck.Error, text: "with checkConnLiveness=false the next query then fails", at: place}},
	{rule: "C12", name: "a wait_timeout of its own", budget: dsn("wait_timeout", "60"), want: want{status: poolcheck.Warn, numbers: "wait_timeout_s 60", at: place}},
	{rule: "C12", name: "a wait_timeout of its own that is longer", given: []step{set("wait_timeout", 60)}, budget: dsn("wait_timeout", "61"),
		want: want{status: poolcheck.Pass}},
	{rule: "C12", name: "the pool of the program", budget: poolcheck.Budget{}, want: want{status: poolcheck.Unknown, needs: "-max-lifetime"}},

	{rule: "C13", name: "8 hours", given: []step{set("wait_timeout", 28800)}, budget: small,
		want: want{status: poolcheck.Info, text: "the server keeps idle connections for 8h", numbers: "wait_timeout_s 28800"}},
	{rule: "C13", name: "8 hours and a pool without a limit", given: []step{set("wait_timeout", 28800)}, budget: budget(pools(1, 0, "")),
		want: want{status: poolcheck.Warn, text: "and the pool of api has no limit"}},
	{rule: "C13", name: "8 hours and idle connections", given: []step{set("wait_timeout", 28800), idle(3, "app", 1)}, budget: keeping(2),
		want: want{status: poolcheck.Warn, text: "and account app has 3 that idle"}},
	{rule: "C13", name: "8 hours, idle connections and a pool without a limit", given: []step{set("wait_timeout", 28800), idle(3, "app", 1)},
		budget: budget(with(pools(1, 0, "app"), func(s *poolcheck.Service) { s.Pool.MaxIdle = 2 })),
		want:   want{status: poolcheck.Warn, text: "and the pool of api has no limit"}},
	{rule: "C13", name: "not told", given: untold("wait_timeout"), budget: small, want: want{status: poolcheck.Unknown}, only: fakes, why: told},
	{rule: "C13", name: "8 hours and as many idle connections as the pools keep", given: []step{set("wait_timeout", 28800), idle(2, "app", 1)}, budget: keeping(2),
		want: want{status: poolcheck.Info}},
	{rule: "C13", name: "a second less", given: []step{set("wait_timeout", 28799)}, budget: budget(pools(1, 0, "")),
		want: want{status: poolcheck.Pass, numbers: "wait_timeout_s 28799"}},

	{rule: "C14", name: "29 s", given: []step{set("wait_timeout", 29)}, budget: small,
		want: want{status: poolcheck.Warn, text: "idle for 29s", numbers: "wait_timeout_s 29"}},
	{rule: "C14", name: "30 s", given: []step{set("wait_timeout", 30)}, budget: small, want: want{status: poolcheck.Pass, numbers: "wait_timeout_s 30"}},
	{rule: "C14", name: "transactions that idle as long", given: []step{set("wait_timeout", 60)}, budget: transactions(time.Minute),
		want: want{status: poolcheck.Warn, text: "api leaves transactions idle for up to 1m", numbers: "longest_s 60, wait_timeout_s 60"}},
	{rule: "C14", name: "transactions that idle for a second less", given: []step{set("wait_timeout", 60)}, budget: transactions(59 * time.Second),
		want: want{status: poolcheck.Pass}},

	{rule: "C14", name: "transactions that idle for longer than their DSN allows", budget: budget(with(dsn("wait_timeout", "60").Services[0], func(s *poolcheck.Service) { s.LongestTx = time.Minute })),
		want: want{status: poolcheck.Warn}},
	{rule: "C14", name: "transactions whose DSN allows more than the server", given: []step{set("wait_timeout", 60)}, budget: idling("600"), want: want{status: poolcheck.Pass}},
	{rule: "C14", name: "transactions of which one DSN allows more", given: []step{set("wait_timeout", 60)}, budget: idling("600", ""), want: want{status: poolcheck.Warn, numbers: "wait_timeout_s 60"}},
	{rule: "C14", name: "transactions of which another DSN allows more", given: []step{set("wait_timeout", 60)}, budget: idling("", "600"), want: want{status: poolcheck.Warn, numbers: "wait_timeout_s 60"}},
	{rule: "C14", name: "transactions of which one DSN allows less", given: []step{set("wait_timeout", 60)}, budget: idling("600", "90"), want: want{status: poolcheck.Warn, numbers: "wait_timeout_s 90"}},
	{rule: "C14", name: "a DSN that allows 30 s", budget: dsn("wait_timeout", "30"), want: want{status: poolcheck.Pass}},
	{rule: "C14", name: "not told", given: untold("wait_timeout"), budget: small, want: want{status: poolcheck.Unknown}, only: fakes, why: told},
	{rule: "C14", name: "a DSN that allows 29 s", budget: dsn("wait_timeout", "29"),
		want: want{status: poolcheck.Warn, at: place}},

	{rule: "C15", name: "as it is", given: []step{set("interactive_timeout", 111)}, budget: small,
		want: want{status: poolcheck.Info, text: "interactive_timeout is 1m51s; Go's sessions use wait_timeout", numbers: "interactive_timeout_s 111"}},
	{rule: "C15", name: "not told", given: []step{faked(func(c *fakeserver.Config) { c.Drop = append(c.Drop, "interactive_timeout") })}, budget: small,
		want: want{status: poolcheck.Unknown, text: "does not tell interactive_timeout"}, only: fakes, why: "servers tell it"},

	{rule: "C16", name: "idle for 11 s", start: apart, given: []step{idleTx("app", 11)}, budget: small,
		want: want{status: poolcheck.Warn, text: "1 transaction idles for more than 10 s, the oldest for 1", numbers: "idle_transactions 1", advice: "connleak/tx", of: "app"}},
	{rule: "C16", name: "idle for 60 s", given: []step{idleTx("app", 60), idleTx("app", 10)}, budget: small,
		want: want{status: poolcheck.Warn, numbers: "idle_transactions 1, oldest_s 60"}, only: fakes, why: tooLong},
	{rule: "C16", name: "idle for 61 s", given: []step{idleTx("batch", 61), idleTx("app", 11)}, budget: small,
		want: want{status: poolcheck.Error, text: "2 transactions idle for more than 10 s, the oldest for 1m1s (account batch)", numbers: "idle_transactions 2, oldest_s 61", of: "batch"}, only: fakes, why: tooLong},
	{rule: "C16", name: "idle for 10 s", given: []step{idleTx("app", 10)}, budget: small,
		want: want{status: poolcheck.Pass, numbers: "idle_transactions 1, oldest_s 10"}, only: fakes, why: byTheClock},
	{rule: "C16", name: "just begun", given: []step{idleTx("app", 0)}, budget: small, want: want{status: poolcheck.Pass, numbers: "idle_transactions 1"}},
	{rule: "C16", name: "busy for 61 s", given: []step{busyTx("app", 61)}, budget: small, want: want{status: poolcheck.Pass, numbers: "idle_transactions 0"}, only: fakes, why: tooLong},
	{rule: "C16", name: "idle without a transaction", given: []step{idle(1, "app", 1)}, budget: small, want: want{status: poolcheck.Pass, numbers: "idle_transactions 0"}},
}
