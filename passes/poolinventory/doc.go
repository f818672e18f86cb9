// Package poolinventory defines an analyzer that tells of every declared
// database pool.
//
// # Analyzer poolinventory
//
// poolinventory: tell of declared database pools and their settings
//
// It reports nothing by default. With -poolinventory.emit there is a
// diagnostic of the category pool for each pool that a package opens or
// settles, and for each main package one for each pool that its program comes
// to: a line of JSON, from which "connvet pools" makes the manifest. No user
// name or password is in it.
//
// With -poolinventory.dsnsecret, constant data source names that hold a
// password are reported, except for databases on the same machine and in test
// files.
package poolinventory
