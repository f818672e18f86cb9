package poolcheck_test

import (
	"github.com/connvet/connvet/poolcheck"
)

// peaked are steps after which a server for 20 has had a number of connections,
// with root's.
func peaked(n int) []step {
	return []step{set("max_connections", 20), hold(n-1, "app"), release()}
}

// filled are steps after which a server for 10 was full, and refused a client
// that it had greeted.
var filled = []step{set("max_connections", 10), fill("app"), release()}

// above are steps after which root took the slot beside those of a server for 10.
var above = []step{set("max_connections", 10), hold(9, "app"), hold(1, "root"), release()}

const (
	uncounted  = "only MariaDB does not count all"
	countsMore = "a real server may refuse more than one, and MySQL never forgets it"
)

var historyCases = []ruleCase{
	{rule: "C07", name: "all", given: peaked(20), budget: small,
		want: want{status: poolcheck.Error, text: "the peak was 20 of 20 connections (100 %) in the last ", numbers: "max_used_connections 20, max_connections 20"}},
	{rule: "C07", name: "more than all", given: above, budget: small,
		want: want{status: poolcheck.Error, text: "the peak was 11 of 10 connections (110 %)"}},
	{rule: "C07", name: "95 %", given: peaked(19), budget: small, want: want{status: poolcheck.Warn, text: "19 of 20 connections (95 %)"}},
	{rule: "C07", name: "86 %", given: []step{set("max_connections", 14), hold(11, "app"), release()}, budget: small,
		want: want{status: poolcheck.Warn, text: "12 of 14 connections (86 %)"}},
	{rule: "C07", name: "85 %", given: peaked(17), budget: small, want: want{status: poolcheck.Pass, text: "17 of 20 connections (85 %)"}},
	{rule: "C07", name: "before FLUSH STATUS", given: append(peaked(20), flush), budget: small, want: want{status: poolcheck.Pass, text: "2 of 20"}},
	{rule: "C07", name: "when", given: peaked(17), budget: small,
		want:    want{status: poolcheck.Pass, text: " (at 20"},
		mariadb: &want{status: poolcheck.Pass, not: "(at"}},
	{rule: "C07", name: "two days", given: []step{counters("Uptime_since_flush_status", 172800)}, budget: small,
		want: want{status: poolcheck.Pass, text: "in the last 2 days"}, only: fakes, why: "it would take two days"},
	{rule: "C07", name: "not quite two days", given: []step{counters("Uptime_since_flush_status", 172799)}, budget: small,
		want: want{status: poolcheck.Pass, text: "in the last 47h59m59s"}, only: fakes, why: "it would take two days"},
	{rule: "C07", name: "not told", given: untold("Max_used_connections"), budget: small, want: want{status: poolcheck.Unknown}, only: fakes, why: told},
	{rule: "C07", name: "a server without a limit", given: unlimited, budget: small, want: want{status: poolcheck.Pass}, only: fakes, why: "TiDB is not here"},

	{rule: "C08", name: "nobody was refused", budget: small, first: true,
		want: want{status: poolcheck.Pass, numbers: "connection_errors_max_connections 0", not: "see C01"}},
	{rule: "C08", name: "nobody was refused within the window", budget: watched(1), first: true,
		want: want{status: poolcheck.Pass, not: "of them"}},
	{rule: "C08", name: "not told", given: untold("Connection_errors_max_connections"), budget: small, want: want{status: poolcheck.Unknown}, only: fakes, why: told},
	{rule: "C08", name: "an administrator had the slot beside", given: above, budget: small, first: true,
		want:    want{status: poolcheck.Pass, numbers: "max_used_connections 11"},
		mariadb: &want{status: poolcheck.Error, text: "or people used its extra port: the peak of 11 is above"}},
	{rule: "C08", name: "just full", given: []step{set("max_connections", 10), hold(9, "app"), release()}, budget: small, first: true,
		want: want{status: poolcheck.Pass, numbers: "max_used_connections 10"}},
	{rule: "C08", name: "a client that was greeted", given: filled, budget: small, only: mySQLs, why: uncounted,
		want: want{status: poolcheck.Error, text: "the server refused ", advice: "see C01", not: "of them"}},
	{rule: "C08", name: "a client that was greeted, and not counted", given: filled, budget: small, only: mariaDBs, why: uncounted,
		want: want{status: poolcheck.Error, text: "refused clients", numbers: "connection_errors_max_connections 0, max_used_connections 11"}},
	{rule: "C08", name: "a client that was not even greeted", given: []step{set("max_connections", 10), fill("app"), hold(1, "root"), refuse("app"), release()}, budget: small,
		want:    want{status: poolcheck.Error, text: "the server refused "},
		mariadb: &want{status: poolcheck.Error, text: "the server refused at least ", numbers: "max_used_connections 11"}},
	{rule: "C08", name: "within the window", given: []step{set("max_connections", 10)}, budget: watched(1), meanwhile: []step{fill("app"), release()},
		want:    want{status: poolcheck.Error, text: " of them in the last 200ms"},
		mariadb: &want{status: poolcheck.Error, text: "the peak of 11 is above"}},
	{rule: "C08", name: "one client", given: filled, budget: small, only: []kind{fakeMySQL}, why: countsMore,
		want: want{status: poolcheck.Error, text: "the server refused 1 client in the last ", numbers: "connection_errors_max_connections 1"}},
	{rule: "C08", name: "one client within the window", given: []step{set("max_connections", 10)}, budget: watched(1), meanwhile: []step{fill("app"), release()}, only: []kind{fakeMySQL}, why: countsMore,
		want: want{status: poolcheck.Error, text: ", 1 of them in the last 200ms", numbers: "within_window 1"}},
	{rule: "C08", name: "one client that was not even greeted", given: []step{set("max_connections", 10), fill("app"), hold(1, "root"), refuse("app"), release()},
		budget: small, only: []kind{fakeMariaDB}, why: countsMore,
		want: want{status: poolcheck.Error, text: "the server refused at least 1 client in the last ", numbers: "connection_errors_max_connections 1"}},

	{rule: "C09", name: "85 %", given: []step{set("max_connections", 20), hold(15, "app")}, budget: small,
		want: want{status: poolcheck.Warn, text: "17 of 20 connections (85 %)", numbers: "threads_connected 17, max_connections 20", advice: "app (15), root (2)"}},
	{rule: "C09", name: "no client is counted that is none", given: []step{set("max_connections", 10), hold(7, "app")}, budget: small,
		want: want{status: poolcheck.Warn, not: "event_scheduler"}},
	{rule: "C09", name: "just above 80 %", given: []step{set("max_connections", 26), hold(12, "app"), hold(4, "batch"), hold(3, "cron")}, budget: small,
		want: want{status: poolcheck.Warn, text: "21 of 26 connections (81 %)", advice: "app (12), batch (4), cron (3)", not: "root"}},
	{rule: "C09", name: "without performance_schema", start: odd, given: []step{set("max_connections", 10), hold(4, "app"), hold(3, "batch")}, budget: small,
		want: want{status: poolcheck.Warn, text: "9 of 10 connections (90 %)", advice: "app (4), batch (3), root (1)", not: "event_scheduler"}},
	{rule: "C09", name: "not told", given: untold("Threads_connected"), budget: small, want: want{status: poolcheck.Unknown}, only: fakes, why: told},
	{rule: "C09", name: "80 %", given: []step{set("max_connections", 20), hold(14, "app")}, budget: small,
		want: want{status: poolcheck.Pass, text: "16 of 20 connections (80 %)"}},
	{rule: "C09", name: "a server without a limit", given: unlimited, budget: small, want: want{status: poolcheck.Pass}, only: fakes, why: "TiDB is not here"},

	{rule: "C32", name: "just above 3 %", given: []step{aborted(1)}, budget: small,
		want: want{status: poolcheck.Warn, text: "connections ended without being closed", advice: "close pools"}},
	{rule: "C32", name: "clients that close", start: apart, given: []step{visit(5, "app")}, budget: small, want: want{status: poolcheck.Pass, numbers: "aborted_clients 0"}},
	{rule: "C32", name: "3 %", start: apart, given: []step{aborted(0)}, budget: small, want: want{status: poolcheck.Pass}},
	{rule: "C32", name: "FLUSH STATUS forgot the aborted, but not the others", given: []step{counters("Uptime", 7200, "Uptime_since_flush_status", 60)}, budget: small,
		want: want{status: poolcheck.Unknown, text: "FLUSH STATUS"}, only: fakes, why: "it would take a second"},
	{rule: "C32", name: "enough, though FLUSH STATUS forgot some", given: []step{aborted(1), counters("Uptime", 7200, "Uptime_since_flush_status", 60)}, budget: small,
		want: want{status: poolcheck.Warn}, only: fakes, why: "it would take a second"},
	{rule: "C32", name: "not told", given: untold("Aborted_clients"), budget: small, want: want{status: poolcheck.Unknown}, only: fakes, why: told},
	{rule: "C32", name: "not told of how many", given: untold("Connections"), budget: small, want: want{status: poolcheck.Unknown}, only: fakes, why: told},

	{rule: "C35", name: "all", given: []step{set("max_prepared_stmt_count", 10), prepare(10)}, budget: small,
		want: want{status: poolcheck.Error, text: "10 of 10 prepared statements are in use: clients get error 1461", numbers: "prepared_stmt_count 10, max_prepared_stmt_count 10", advice: "connleak/stmt"}},
	{rule: "C35", name: "just above 80 %", given: []step{set("max_prepared_stmt_count", 26), prepare(21)}, budget: small, want: want{status: poolcheck.Warn, advice: "connleak/stmt"}},
	{rule: "C35", name: "not told", given: untold("Prepared_stmt_count"), budget: small, want: want{status: poolcheck.Unknown}, only: fakes, why: told},
	{rule: "C35", name: "not told of how many", given: untold("max_prepared_stmt_count"), budget: small, want: want{status: poolcheck.Unknown}, only: fakes, why: told},
	{rule: "C35", name: "80 %", given: []step{set("max_prepared_stmt_count", 10), prepare(8)}, budget: small,
		want: want{status: poolcheck.Pass, numbers: "prepared_stmt_count 8"}},
	{rule: "C35", name: "none are allowed", given: []step{set("max_prepared_stmt_count", 0)}, budget: small, want: want{status: poolcheck.Pass}},
}

// flush makes the server forget what it counted.
func flush(s *stage) { s.Helper(); s.exec("FLUSH STATUS") }

// afterRefusal says that a client was refused before an administrator got in.
func afterRefusal(s *stage, b *poolcheck.Budget) { b.Refused = s.refused }

var fullCases = []ruleCase{
	{rule: "C10", name: "full", given: []step{set("max_connections", 10), fill("app")}, as: "app", budget: small,
		want: want{status: poolcheck.Error, text: "error 1040", advice: "CONNECTION_ADMIN"}},
	{rule: "C10", name: "full, seen by an administrator", given: []step{set("max_connections", 10), fill("app")}, adjust: afterRefusal, budget: small,
		want: want{status: poolcheck.Error, text: "error 1040"}},
	{rule: "C10", name: "the account has its connections", given: []step{limited("lim", 1), hold(1, "lim")}, as: "lim", budget: small,
		want: want{status: poolcheck.Error, text: "error 1226", advice: "see C11"}},
	{rule: "C10", name: "each account has its connections", start: odd, given: []step{hold(5, "app")}, as: "app", budget: small,
		want: want{status: poolcheck.Error, text: "error 1203", advice: "see C11"}},
	{rule: "C10", name: "the program uses its own pool up", busy: 2, budget: poolcheck.Budget{Timeout: 50e6},
		want: want{status: poolcheck.Error, text: "2 of 2 are in use", numbers: "in_use 2, max_open 2, waited 1", advice: "connleak"}},
	{rule: "C10", name: "a connection", budget: small, want: want{status: poolcheck.Pass}},
	{rule: "C10", name: "not let in", as: stranger, budget: small, want: want{status: poolcheck.Unknown, text: "error 1045"}},
	{rule: "C10", name: "not let in, figures assumed", as: stranger,
		budget: poolcheck.Budget{Services: small.Services, Assume: "azure-flex:gp2"},
		want:   want{status: poolcheck.Warn, text: "error 1045): the figures are assumed"}},
}
