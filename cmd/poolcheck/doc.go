/*
Poolcheck compares the database pools that a program declares with what a live
MySQL or MariaDB server allows.

Usage:

	poolcheck [flags]
	poolcheck explain [RULE]
	poolcheck presets
	poolcheck version
	poolcheck help

The pools come from the manifest that "connvet pools -json" prints, from flags, or
from a deployment file that lists several services and servers. The data source
name of the server comes from the environment variable POOLCHECK_DSN or from a
file, never from the command line, and is not part of any output.

It reads on one connection and changes nothing: it sends SELECT and SHOW
statements, and two that a proxy would answer. "poolcheck help" lists the flags.

The exit code is 3 if something is wrong, otherwise 1 if it could not be decided
whether the pools fit the server and the accounts, otherwise 0; it is 2 if the
command line is wrong. It is the same in every format.
*/
package main
