/*
Connvet finds leaked database connections in Go programs.

Usage:

	connvet [flags] [packages]
	connvet explain [RULE | FILE:LINE | limits]
	connvet pools [flags] [packages]
	connvet flags [flags]
	connvet version
	connvet help

By hand, "connvet ./..." loads the packages, has "go vet" run connvet on each,
and shows what came of it, with the path on which a connection leaks. go vet's
build cache makes a second run fast.

With -since REV only what is new is shown: what git revision REV does not have.
That is analysed, too, in a checkout in the user's cache; the repository and the
working tree are left alone. -baseline FILE does the same with findings that were
written to a file.

"connvet pools ./..." lists the pools that programs open and their settings; with
-json that is the manifest that poolcheck reads.

As a vettool, "go vet -vettool=$(which connvet) ./..." does the same with the
output of go vet. A program that speaks that protocol is recognised by its
arguments; nothing else differs.

The exit code is 0 if nothing was found, 1 if something could not be analysed,
2 if the command line is wrong, and 3 if there are findings. Formats for
programs exit 0 with findings; -exit-code sets that code for all formats.
*/
package main
