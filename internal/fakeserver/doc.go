// Package fakeserver is a MySQL or MariaDB server that is not one. It speaks the
// protocol on a port of the loopback interface and counts, refuses and hides as
// the real servers do, but has no tables to speak of, starts at once, and can be
// told to fail in ways that real servers do not fail on demand:
//
//	s := fakeserver.Start(t, fakeserver.Config{
//		Personality:    fakeserver.MariaDB,
//		MaxConnections: 10,
//		Users:          map[string]fakeserver.User{"low": {Password: "low"}},
//		Fault:          fakeserver.Fault{At: fakeserver.OnCommand, N: 3, Do: fakeserver.Cut},
//	})
//	db, err := sql.Open("mysql", s.DSN("low", "low"))
//
// # What it answers
//
// Statements of [Config.Answers] get the answer that is given there. Of others it
// understands what package minisql does, over its variables, its status, its
// sessions and what the configuration has in their place. A client that sends
// anything else gets a syntax error. All that clients send is recorded:
// [Server.Commands].
//
// # What it counts
//
// There is a slot for each session from before its greeting until it is gone, and
// one more for an account that may administer connections. The counters were
// measured on MySQL 9.7 and MariaDB 10.11, whose differences it keeps: MySQL
// counts all clients that it refuses because it is full in
// Connection_errors_max_connections, MariaDB only those that it does not even
// greet. The package's tests put the same clients before real servers, where
// there are some, and compare.
//
// # What it is not
//
// There is one account for each user name, on one host. There are no prepared
// statements, no compression, no side door for administrators, and passwords are
// known in clear text, so that caching_sha2_password always takes its short way.
package fakeserver
