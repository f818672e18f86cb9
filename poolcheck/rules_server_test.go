package poolcheck_test

import (
	"fmt"

	"github.com/connvet/connvet/internal/manifest"
	"github.com/connvet/connvet/poolcheck"
)

// threads is a fake server that has run for some seconds and made new threads.
func threads(created, connections, uptime int) step {
	return counters("Threads_created", created, "Connections", connections, "Uptime", uptime)
}

const anHour = "it would take an hour"

// buffers are steps that give connections buffers of 950,272 bytes, as MySQL's
// defaults do, beside a buffer pool of 128 MiB.
var buffers = []step{
	set("max_connections", 100), set("read_buffer_size", 131072), set("read_rnd_buffer_size", 262144),
	set("sort_buffer_size", 262144), set("join_buffer_size", 262144), set("binlog_cache_size", 32768),
}

// all is what the buffers may take.
const all = 128<<20 + 100*950272

// machine is a budget with so much memory.
func machine(ram int64) poolcheck.Budget {
	return poolcheck.Budget{Services: small.Services, RAM: ram}
}

var deep = poolcheck.Budget{Services: small.Services, Deep: true}

var serverCases = []ruleCase{
	{rule: "C22", name: "just above 1 %", given: []step{threads(11, 1000, 3601)}, budget: small,
		want: want{status: poolcheck.Info, text: "11 of 1000 connections needed a new thread", numbers: "threads_created 11, connections 1000", advice: "raise thread_cache_size"}, only: fakes, why: anHour},
	{rule: "C22", name: "1 %", given: []step{threads(10, 1000, 3601)}, budget: small, want: want{status: poolcheck.Pass}, only: fakes, why: anHour},
	{rule: "C22", name: "in the first hour", given: []step{threads(11, 1000, 3600)}, budget: small, want: want{status: poolcheck.Pass}, only: fakes, why: anHour},
	{rule: "C22", name: "threads are not told", given: append(untold("Threads_created"), threads(11, 1000, 3601)), budget: small, want: want{status: poolcheck.Unknown}, only: fakes, why: told},
	{rule: "C22", name: "connections are not told", given: append(untold("Connections"), threads(11, 1000, 3601)), budget: small, want: want{status: poolcheck.Unknown}, only: fakes, why: told},
	{rule: "C22", name: "the age is not told", given: append(untold("Uptime"), threads(11, 1000, 3601)), budget: small, want: want{status: poolcheck.Unknown}, only: fakes, why: told},
	{rule: "C22", name: "it has just begun", budget: small, want: want{status: poolcheck.Pass, text: "needed a new thread"}},
	{rule: "C22", name: "a thread pool", start: odd, budget: small,
		want: want{status: poolcheck.Pass, text: "the server has a thread pool (pool-of-threads)"}, only: mariaDBs, why: "only MariaDB comes with one"},
	{rule: "C22", name: "a thread pool, after an hour", start: odd, given: []step{threads(11, 1000, 3601)}, budget: small,
		want: want{status: poolcheck.Pass, text: "the server has a thread pool"}, only: []kind{fakeMariaDB}, why: anHour},

	{rule: "C23", name: "a byte too little", given: buffers, budget: machine(all - 1),
		want: want{
			status: poolcheck.Warn, text: "do not fit", sum: "128.0 MiB + 100 x 928 KiB = 218.6 MiB of 218.6 MiB", advice: "at most 54 connections",
			numbers: fmt.Sprintf("buffer_pool %d, per_connection 950272, max_connections 100, ram %d", 128<<20, all-1),
		}},
	{rule: "C23", name: "just enough", given: buffers, budget: machine(all), want: want{status: poolcheck.Pass}},
	{rule: "C23", name: "1 GiB", given: buffers, budget: machine(1 << 30), want: want{status: poolcheck.Pass, sum: "128.0 MiB + 100 x 928 KiB = 218.6 MiB of 1.0 GiB"}},
	{rule: "C23", name: "1 MiB", given: buffers, budget: machine(1 << 20), want: want{status: poolcheck.Warn, sum: "128.0 MiB + 100 x 928 KiB = 218.6 MiB of 1.0 MiB"}},
	{rule: "C23", name: "a buffer is not told", given: untold("join_buffer_size"), budget: machine(all), want: want{status: poolcheck.Unknown}, only: fakes, why: told},
	{rule: "C23", name: "the buffer pool is not told", given: untold("innodb_buffer_pool_size"), budget: machine(all), want: want{status: poolcheck.Unknown}, only: fakes, why: told},
	{rule: "C23", name: "no limit", given: unlimited, budget: machine(all), want: want{status: poolcheck.Unknown}, only: fakes, why: told},
	{rule: "C23", name: "not known", budget: small, want: want{status: poolcheck.Unknown, needs: "-ram"}},

	{rule: "C24", name: "one descriptor too few", given: []step{tables(1)}, budget: small,
		want: want{status: poolcheck.Warn, advice: "LimitNOFILE", numbers: "max_connections 151"}},
	{rule: "C24", name: "just enough", given: []step{tables(0)}, budget: small, want: want{status: poolcheck.Pass}},
	{rule: "C24", name: "descriptors are not told", given: untold("open_files_limit"), budget: small, want: want{status: poolcheck.Unknown}, only: fakes, why: told},
	{rule: "C24", name: "tables are not told", given: untold("table_open_cache"), budget: small, want: want{status: poolcheck.Unknown}, only: fakes, why: told},
	{rule: "C24", name: "no limit", given: unlimited, budget: small, want: want{status: poolcheck.Unknown}, only: fakes, why: told},
	{rule: "C24", name: "clients were lost", given: []step{tables(1), counters("Connection_errors_accept", 2)}, budget: small,
		want: want{status: poolcheck.Error, text: "it failed to accept 2 connections", numbers: "connection_errors_accept 2"}, only: fakes, why: "the test would need the descriptors, too"},
	{rule: "C24", name: "clients were lost, but there are enough", given: []step{tables(0), counters("Connection_errors_accept", 2)}, budget: small,
		want: want{status: poolcheck.Pass}, only: fakes, why: "the test would need the descriptors, too"},

	{rule: "C28", name: "a writer's pool on a replica", given: []step{set("read_only", "ON")}, budget: budget(declared(manifest.Pool{Role: manifest.RoleWriter})),
		want: want{status: poolcheck.Warn, text: "is for writing, but the server is read-only", at: place}},
	{rule: "C28", name: "a reader's pool on a primary", budget: budget(declared(manifest.Pool{Role: manifest.RoleReader})),
		want: want{status: poolcheck.Warn, text: "is for reading from a replica, but the server accepts writes", at: place}},
	{rule: "C28", name: "a writer's pool on a replica that obeys nobody", given: []step{set("super_read_only", "ON")}, budget: budget(declared(manifest.Pool{Role: manifest.RoleWriter})),
		want: want{status: poolcheck.Warn}, only: mySQLs, why: "MariaDB has no such variable"},
	{rule: "C28", name: "a writer's pool on a replica of MariaDB 12", given: []step{set("read_only", "NO_LOCK")}, budget: budget(declared(manifest.Pool{Role: manifest.RoleWriter})),
		want: want{status: poolcheck.Warn}, only: []kind{fakeMariaDB}, why: "it is not here"},
	{rule: "C28", name: "a writer's pool on a primary", budget: budget(declared(manifest.Pool{Role: manifest.RoleWriter})), want: want{status: poolcheck.Pass}},
	{rule: "C28", name: "a reader's pool on a replica", given: []step{set("read_only", "ON")}, budget: budget(declared(manifest.Pool{Role: manifest.RoleReader})),
		want: want{status: poolcheck.Info, text: "the server is read-only"}},
	{rule: "C28", name: "any pool on a primary", budget: small, want: want{status: poolcheck.Pass, text: "accepts writes"}},
	{rule: "C28", name: "any pool on a replica", given: []step{set("read_only", "ON")}, budget: small, want: want{status: poolcheck.Info, text: "the server is read-only"}},

	{rule: "C31", name: "the X protocol", start: odd, budget: small,
		want: want{status: poolcheck.Info, text: "100 connections", numbers: "mysqlx_max_connections 100"}, only: mySQLs, why: "MariaDB has none"},
	{rule: "C31", name: "no X protocol", budget: small, want: want{status: poolcheck.Pass}},

	{rule: "C33", name: "no lock wait", budget: deep, want: want{status: poolcheck.Pass}},
	{rule: "C33", name: "a lock wait", given: []step{lockWait}, budget: deep, want: want{status: poolcheck.Info, text: "1 lock wait: ", numbers: "lock_waits 1"}},
	{rule: "C33", name: "a lock wait that nobody looks for", given: []step{lockWait}, budget: small, want: want{status: poolcheck.Unknown, needs: "-deep"}},
	{rule: "C33", name: "not allowed to look", given: []step{lockWait, account("probe")}, as: "probe", budget: deep,
		want:    want{status: poolcheck.Unknown, paste: "GRANT SELECT ON performance_schema.* TO 'probe'@'%';"},
		mariadb: &want{status: poolcheck.Unknown, paste: "GRANT PROCESS ON *.* TO 'probe'@'%';"}},
}
