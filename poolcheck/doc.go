// Package poolcheck compares the database pools that programs declare with what a
// live MySQL or MariaDB server allows.
//
// A pool of 20 connections is harmless; six instances of a service that has one
// take 120 of the 151 connections that a server allows by default, and while a
// deployment rolls out they take 160: somebody then gets error 1040. All numbers of
// that inequality are known before it happens. A [Budget] holds those of the
// programs, [Check] reads those of the server, and the [Report] says whether they
// fit, with the arithmetic, the largest size that would, and what else the
// server shows of the pools: leaked connections, refused clients, more instances
// than were thought of.
//
// # At start-up, and for health endpoints
//
// A service without a declared pool is the program that asks. Its pool is the
// *sql.DB that [Check] is given, with the limit that is really in force:
//
//	report, err := poolcheck.Check(ctx, db, poolcheck.Budget{
//		Services: []poolcheck.Service{{Instances: 6, Surge: poolcheck.SurgePercent(25)}},
//	})
//
// # With a manifest
//
// The command poolcheck, and whoever plans a deployment, takes the pools from the
// source: "connvet pools -json" writes a [Manifest], which [ReadManifest] reads.
// What the source leaves to the environment is given in [Service].Set.
//
// # What is never done
//
// A check reads on one connection, with SELECT, SHOW and two statements that only
// proxies understand. It does not write, it does not guess, and what it could not
// find out is [Unknown], which is not a [Pass].
//
// # In tests
//
// [VerifyIdle] fails a test that leaves connections in use.
package poolcheck
