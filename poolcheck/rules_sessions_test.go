package poolcheck_test

import (
	"github.com/connvet/connvet/internal/fakeserver"
	"github.com/connvet/connvet/poolcheck"
)

// keeping is a service of app that opens 5 connections and keeps n.
func keeping(n int) poolcheck.Budget {
	return budget(with(pools(1, 5, "app"), func(s *poolcheck.Service) { s.Pool.MaxIdle = n }))
}

const byTheClock = "a real server's clock goes on"

var sessionCases = []ruleCase{
	{rule: "C17", name: "one more than the pools keep", given: []step{idle(3, "app", 2)}, budget: keeping(2),
		want: want{
			status: poolcheck.Error, text: "account app has 3 idle connections, its pools may keep 2: the others are held by somebody, the oldest for ",
			numbers: "sleeping 3, settled 3, idle 2", of: "app",
		}},
	{rule: "C17", name: "one more than the pools keep, seen by their own account", given: []step{idle(3, "app", 1)}, as: "app", budget: keeping(2),
		want: want{status: poolcheck.Error, numbers: "sleeping 3, settled 3, idle 2", of: "app"}},
	{rule: "C17", name: "as many as the pools keep", given: []step{idle(2, "app", 1)}, budget: keeping(2),
		want: want{status: poolcheck.Pass, numbers: "sleeping 2, settled 2, idle 2", of: "app"}},
	{rule: "C17", name: "as many as the pools keep when scaled out", given: []step{idle(4, "app", 1)},
		budget: budget(with(keeping(2).Services[0], func(s *poolcheck.Service) { s.MaxInstances = 2 })),
		want:   want{status: poolcheck.Pass, numbers: "settled 4, idle 4"}},
	{rule: "C17", name: "more than the pools keep when nothing is deployed", given: []step{idle(3, "app", 1)},
		budget: budget(with(keeping(2).Services[0], func(s *poolcheck.Service) { s.Surge = poolcheck.SurgeOf(1) })),
		want:   want{status: poolcheck.Error, numbers: "settled 3, idle 2"}},
	{rule: "C17", name: "the oldest of them", given: []step{idle(3, "app", 7), idle(1, "app", 5)}, budget: keeping(2),
		want: want{status: poolcheck.Error, text: "the oldest for 7s", numbers: "settled 4"}, only: fakes, why: byTheClock},
	{rule: "C17", name: "only just idle", given: []step{idle(2, "app", 1), young(1)}, budget: keeping(2),
		want: want{status: poolcheck.Info, text: "only just", numbers: "sleeping 3, settled 2, idle 2"}, only: fakes, why: byTheClock},
	{rule: "C17", name: "the program's own pool", given: []step{idle(3, "app", 1)}, as: "app", budget: poolcheck.Budget{},
		want: want{status: poolcheck.Unknown}},
	{rule: "C17", name: "a proxy's connections", given: []step{idle(3, "app", 1)}, budget: behind(10, keeping(2).Services...),
		want: want{status: poolcheck.Info, text: "those of ProxySQL"}},

	{rule: "C18", name: "one more than declared", given: []step{hold(4, "app")}, budget: budget(pools(1, 3, "app")),
		want: want{status: poolcheck.Error, text: "account app has 4 connections, api may open 3", numbers: "current 4, declared 3", of: "app"}},
	{rule: "C18", name: "one more than declared, seen by their own account", given: []step{hold(4, "app")}, as: "app", budget: budget(pools(1, 3, "app")),
		want: want{status: poolcheck.Error, numbers: "current 4, declared 3", of: "app"}},
	{rule: "C18", name: "one more than declared, without performance_schema", start: odd, given: []step{hold(4, "app")}, as: "app", budget: budget(pools(1, 3, "app")),
		want: want{status: poolcheck.Error, numbers: "current 4, declared 3"}},
	{rule: "C18", name: "one more than declared, of the account that stands in", given: []step{hold(4, "app")},
		budget: poolcheck.Budget{Services: []poolcheck.Service{pools(1, 3, "")}, Account: "app"},
		want:   want{status: poolcheck.Error, numbers: "current 4, declared 3", of: "app"}},
	{rule: "C18", name: "as many as declared", given: []step{hold(3, "app")}, budget: budget(pools(1, 3, "app")),
		want: want{status: poolcheck.Pass, numbers: "current 3, declared 3"}},
	{rule: "C18", name: "as many as declared, seen by their own account", given: []step{account("app", "SELECT ON performance_schema.*"), hold(3, "app")}, as: "app", budget: budget(pools(1, 3, "app")),
		want: want{status: poolcheck.Pass, numbers: "current 3, declared 3"}},
	{rule: "C18", name: "as many as declared with a deployment", given: []step{hold(6, "app")},
		budget: budget(with(pools(1, 3, "app"), func(s *poolcheck.Service) { s.Surge = poolcheck.SurgeOf(1) })),
		want:   want{status: poolcheck.Pass, numbers: "current 6, declared 6"}},
	{rule: "C18", name: "a size that is not known", given: []step{hold(1, "app")}, budget: budget(with(fromEnv(nil), func(s *poolcheck.Service) { s.User = "app" })),
		want: want{status: poolcheck.Unknown, numbers: "current 1, declared unknown"}},

	{rule: "C19", name: "other accounts", given: []step{hold(2, "batch")}, budget: poolcheck.Budget{Services: []poolcheck.Service{pools(1, 5, "app")}, Overhead: 4},
		want: want{status: poolcheck.Info, text: "3 connections of accounts that no service has: batch (2), root (1)", numbers: "connections 3, declared_overhead 4"}},
	{rule: "C19", name: "five other accounts", given: []step{hold(2, "e"), hold(1, "a"), hold(1, "b"), hold(1, "c")}, budget: budget(pools(1, 5, "app")),
		want: want{status: poolcheck.Info, text: ": e (2), a (1), b (1), c (1), root (1)", not: "more"}},
	{rule: "C19", name: "six other accounts", given: []step{hold(2, "e"), hold(1, "a"), hold(1, "b"), hold(1, "c"), hold(1, "d")}, budget: budget(pools(1, 5, "app")),
		want: want{status: poolcheck.Info, text: "7 connections of accounts that no service has: e (2), a (1), b (1), c (1), d (1), 1 more"}},
	{rule: "C19", name: "other accounts than that of the DSN", given: []step{hold(2, "batch")}, budget: small,
		want: want{status: poolcheck.Info, text: "2 connections of other accounts than that of the DSN: batch (2)", advice: "-user"}},
	{rule: "C19", name: "an account that has left", given: []step{hold(2, "batch"), release()}, budget: budget(pools(1, 5, "app"), pools(1, 5, "root")),
		want: want{status: poolcheck.Pass, text: "nobody else"}},
	{rule: "C19", name: "other accounts, without performance_schema", start: odd, given: []step{hold(2, "batch")}, budget: budget(pools(1, 5, "app")),
		want: want{status: poolcheck.Info, text: "3 connections of accounts that no service has: batch (2), root (1)"}},
	{rule: "C19", name: "threads of a replica, without performance_schema", start: odd, given: []step{threadsOf("system user", "Connect"), threadsOf("event_scheduler", "Connect"), threadsOf("batch", "Daemon")},
		budget: budget(pools(1, 5, "app"), pools(1, 5, "root")),
		want:   want{status: poolcheck.Pass, text: "nobody else"}, only: fakes, why: noReplicas},
	{rule: "C19", name: "nobody else", given: []step{hold(2, "app")}, budget: budget(pools(1, 5, "app"), pools(1, 5, "root")),
		want: want{status: poolcheck.Pass, text: "nobody else"}},
	{rule: "C19", name: "nobody else, without performance_schema", start: odd, given: []step{hold(2, "app")}, budget: budget(pools(1, 5, "app"), pools(1, 5, "root")),
		want: want{status: poolcheck.Pass, text: "nobody else"}},

	{rule: "C20", name: "one process more than declared", given: []step{hold(2, "app"), process("app")}, budget: budget(pools(1, 5, "app")),
		want: want{status: poolcheck.Warn, text: "account app has connections of 2 processes, 1 are declared", numbers: "seen 2, declared 1", of: "app"}},
	{rule: "C20", name: "one host more than declared, without performance_schema", start: odd, given: []step{hold(1, "app"), holdFrom("127.0.0.2", 1, "app")}, budget: budget(pools(1, 5, "app")),
		want: want{status: poolcheck.Warn, text: "account app has connections from 2 hosts, 1 processes are declared", numbers: "hosts 2, declared 1"}},
	{rule: "C20", name: "one process more than declared, without PROCESS", given: []step{account("probe", "SELECT ON performance_schema.*"), hold(1, "app"), process("app")}, as: "probe",
		budget: budget(pools(1, 5, "app")),
		want:   want{status: poolcheck.Warn, numbers: "seen 2, declared 1", of: "app"}},
	{rule: "C20", name: "as many processes as declared", given: []step{hold(1, "app"), process("app")}, budget: budget(pools(2, 5, "app")),
		want: want{status: poolcheck.Pass, numbers: "seen 2, declared 2"}},
	{rule: "C20", name: "as many processes as declared, and the check", given: []step{account("app", "SELECT ON performance_schema.*"), process("app")}, as: "app", budget: budget(pools(1, 5, "app")),
		want: want{status: poolcheck.Pass, numbers: "seen 1, declared 1"}},
	{rule: "C20", name: "as many processes as a deployment has", given: []step{hold(1, "app"), process("app")},
		budget: budget(with(pools(1, 5, "app"), func(s *poolcheck.Service) { s.Surge = poolcheck.SurgeOf(1) })),
		want:   want{status: poolcheck.Pass, numbers: "seen 2, declared 2"}},
	{rule: "C20", name: "as many hosts as declared, without performance_schema", start: odd, given: []step{hold(1, "app"), holdFrom("127.0.0.2", 1, "app")}, budget: budget(pools(2, 5, "app")),
		want: want{status: poolcheck.Unknown, text: "performance_schema is off"}},
}

// threadsOf are two sessions of a fake server that do something.
func threadsOf(user, command string) step {
	return faked(func(c *fakeserver.Config) {
		c.Threads = append(c.Threads, fakeserver.Thread{N: 2, User: user, Host: "10.0.0.1:5003", Command: command})
	})
}

// young are connections of app that a fake server has just got.
func young(n int) step {
	return faked(func(c *fakeserver.Config) {
		c.Threads = append(c.Threads, fakeserver.Thread{N: n, User: "app", Host: "127.0.0.1:5001"})
	})
}
