package poolcheck_test

import (
	"github.com/connvet/connvet/internal/fakeserver"
	"github.com/connvet/connvet/poolcheck"
)

// dumps are replicas of a fake server.
func dumps(n int) step {
	return faked(func(c *fakeserver.Config) {
		c.Threads = append(c.Threads, fakeserver.Thread{N: n, User: "replica", Host: "127.0.0.1:5002", Command: "Binlog Dump GTID"})
	})
}

// replicas is a budget with some.
func replicas(n int) poolcheck.Budget {
	return poolcheck.Budget{Services: small.Services, Replicas: n}
}

// dialled is a budget whose server has a name.
func dialled(host string) poolcheck.Budget {
	return poolcheck.Budget{Services: small.Services, Host: host}
}

const (
	notHere    = "it is not here"
	noReplicas = "a replica would have to be set up"
	bothWays   = "its own ways"
)

var pathCases = []ruleCase{
	{rule: "C26", name: "no side door", start: odd, budget: small,
		want:    want{status: poolcheck.Info, text: "admin_address is not set", advice: "SERVICE_CONNECTION_ADMIN"},
		mariadb: &want{status: poolcheck.Info, text: "extra_port is off", advice: "extra_max_connections"}},
	{rule: "C26", name: "no side door in MySQL 8.0.14", start: odd, given: []step{versioned("8.0.14")}, budget: small,
		want: want{status: poolcheck.Info}, only: []kind{fakeMySQL}, why: notHere},
	{rule: "C26", name: "no side door in Percona Server", start: odd, given: []step{faked(func(c *fakeserver.Config) { c.VersionComment = "Percona Server (GPL)" })}, budget: small,
		want: want{status: poolcheck.Info}, only: []kind{fakeMySQL}, why: notHere},
	{rule: "C26", name: "a side door", budget: small,
		want:    want{status: poolcheck.Pass, text: "admin_address is set"},
		mariadb: &want{status: poolcheck.Pass, text: "extra_port is on, with 1 connection; it is open to every account"}},
	{rule: "C26", name: "MySQL 8.0.13", start: odd, given: []step{versioned("8.0.13")}, budget: small,
		want: want{status: poolcheck.Pass, text: "this version has no port"}, only: []kind{fakeMySQL}, why: notHere},
	{rule: "C26", name: "Aurora", start: odd, given: []step{faked(func(c *fakeserver.Config) { c.Variables["aurora_version"] = "3.08.0" })}, budget: small,
		want: want{status: poolcheck.Pass, text: bothWays}, only: []kind{fakeMySQL}, why: notHere},
	{rule: "C26", name: "RDS by its directory", start: odd, given: []step{set("basedir", "/rdsdbbin/mysql-8.0.40.R1/")}, budget: small,
		want: want{status: poolcheck.Pass, text: bothWays}, only: fakes, why: notHere},
	{rule: "C26", name: "RDS by its name", start: odd, budget: dialled("orders.abc.eu-west-1.rds.amazonaws.com"), want: want{status: poolcheck.Pass, text: bothWays}},
	{rule: "C26", name: "Azure by its name", start: odd, budget: dialled("orders.mysql.database.azure.com"),
		want: want{status: poolcheck.Pass, text: bothWays}, only: mySQLs, why: "Azure's MariaDB is no more"},
	{rule: "C26", name: "Vitess", start: odd, given: []step{versioned("8.0.30-Vitess")}, budget: small,
		want: want{status: poolcheck.Pass, text: bothWays}, only: []kind{fakeMySQL}, why: notHere},
	{rule: "C26", name: "TiDB", start: odd, given: unlimited, budget: small, want: want{status: poolcheck.Pass, text: bothWays}, only: []kind{fakeMySQL}, why: notHere},

	{rule: "C27", name: "fewer replicas than declared", budget: replicas(1),
		want: want{status: poolcheck.Info, text: "0 replicas read from the server, 1 are declared", numbers: "seen 0, declared 1", advice: "1 connection more"}},
	{rule: "C27", name: "more replicas than declared", given: []step{dumps(2)}, budget: replicas(1),
		want: want{status: poolcheck.Info, text: "2 replicas read from the server", numbers: "seen 2, declared 1", advice: "-replicas 2"}, only: fakes, why: noReplicas},
	{rule: "C27", name: "as many replicas as declared", given: []step{dumps(2)}, budget: replicas(2),
		want: want{status: poolcheck.Pass, numbers: "seen 2"}, only: fakes, why: noReplicas},
	{rule: "C27", name: "replicas cannot be seen", as: "app", given: []step{account("app")}, budget: small, want: want{status: poolcheck.Unknown, paste: "GRANT PROCESS ON *.* TO 'app'@'%';"}},
	{rule: "C27", name: "no replicas", budget: small, want: want{status: poolcheck.Pass, numbers: "seen 0"}},
	{rule: "C27", name: "a cluster", given: []step{counters("wsrep_cluster_size", 2)}, budget: small,
		want: want{status: poolcheck.Info, text: "a cluster of 2", numbers: "members 2"}, only: fakes, why: notHere},
	{rule: "C27", name: "a cluster of one", given: []step{counters("wsrep_cluster_size", 1)}, budget: small, want: want{status: poolcheck.Pass}, only: fakes, why: notHere},

	{rule: "C29", name: "a proxy that is declared", budget: behind(10, pools(1, 5, "")),
		want: want{status: poolcheck.Info, text: "ProxySQL is in the path (declared)", numbers: "clients 20, backend 20, max_connections 151"}},
	{rule: "C29", name: "ProxySQL", given: []step{faked(func(c *fakeserver.Config) { c.Via = fakeserver.ViaProxySQL })}, budget: small,
		want: want{status: poolcheck.Info, text: "ProxySQL is in the path (found)", numbers: "clients unknown, backend unknown", advice: "kind: proxysql"}, only: fakes, why: notHere},
	{rule: "C29", name: "MySQL Router", given: []step{faked(func(c *fakeserver.Config) { c.Via = fakeserver.ViaRouter })}, budget: small,
		want: want{status: poolcheck.Info, text: "MySQL Router is in the path (found)"}, only: fakes, why: notHere},
	{rule: "C29", name: "RDS Proxy by its name", budget: dialled("orders.proxy-abc.eu-west-1.rds.amazonaws.com"),
		want: want{status: poolcheck.Info, text: "RDS Proxy is in the path (found)", numbers: "clients unknown, backend 151", advice: "max_clients"}},
	{rule: "C29", name: "RDS Proxy with a share", budget: poolcheck.Budget{Services: small.Services, Proxy: poolcheck.Proxy{Kind: poolcheck.ProxyRDS, MaxClients: 20, Percent: 50}},
		want: want{status: poolcheck.Info, numbers: "clients 20, backend 75", not: "max_clients"}},
	{rule: "C29", name: "RDS Proxy with a share of what is not told", given: untold("max_connections"), budget: dialled("orders.proxy-abc.eu-west-1.rds.amazonaws.com"),
		want: want{status: poolcheck.Info, numbers: "backend unknown"}, only: fakes, why: told},
	{rule: "C29", name: "Vitess", given: []step{versioned("8.0.30-Vitess")}, budget: small,
		want: want{status: poolcheck.Info, text: "Vitess is in the path (found)"}, only: []kind{fakeMySQL}, why: notHere},
	{rule: "C29", name: "a proxy that is declared not to be there", given: []step{faked(func(c *fakeserver.Config) { c.Via = fakeserver.ViaRouter })},
		budget: poolcheck.Budget{Services: small.Services, Proxy: poolcheck.Proxy{Kind: poolcheck.ProxyNone}},
		want:   want{status: poolcheck.Info, text: "MySQL Router"}, only: fakes, why: notHere},
	{rule: "C29", name: "no proxy", budget: small, want: want{status: poolcheck.Pass}},
}
