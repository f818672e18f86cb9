// Package dbtest starts real database servers, MariaDB and MySQL, for tests and
// for commands that want to show something on one:
//
//	server := dbtest.Run(t, dbtest.Config{
//		Kind: dbtest.MariaDB,
//		Args: []string{"--max_connections=10"},
//	})
//	db, err := sql.Open("mysql", server.DSN("root", "", ""))
//
// A server has a directory for itself and reads no configuration file, so it does
// not meet one that is installed on the machine and runs. It listens on two free
// ports of the loopback interface. One is the side door for administrators, which
// stays open when all connections are taken: --extra-port of MariaDB, --admin-port
// of MySQL. The account root may log in from 127.0.0.1 without a password. Names of
// hosts are not resolved, so other accounts are best created for '%'.
//
// # Which servers
//
// MariaDB is taken from PATH or /usr/sbin. The server alone is enough, which is
// the package mariadb-server-core in Debian: the system tables are made with
// mariadbd --bootstrap, because mariadb-install-db wants programs of the client
// package.
//
// MySQL, 8.0.30 or newer, is taken from the directory CONNVET_MYSQL_ROOT, into
// which the packages of a distribution were unpacked (.ci/mysql does that), and
// run with the libraries in it; without the variable, from PATH or /usr/sbin.
//
// Where a server is not installed, [Start] fails with [ErrNotInstalled] and [Run]
// skips the test, unless CONNVET_REQUIRE_MARIADB=1 or CONNVET_REQUIRE_MYSQL=1
// demands it.
//
// # Data directories
//
// To make a data directory takes half a second (MariaDB) or three (MySQL), to copy
// one less than a tenth of that. So each program's first is kept as a template, in
// the directory connvet-dbtest of the user's cache, and all others are copies. A
// template may be removed when no server is being started.
//
// # Nothing stays behind
//
// [Server.Close] stops the server and removes its directory. If this process is
// killed the kernel kills the server, too (on Linux), and the next process that
// starts one removes the directory that was left.
package dbtest
