package main

import (
	"fmt"
	"strings"

	"github.com/connvet/connvet/analyzers"
	"github.com/connvet/connvet/internal/report"
)

const usage = `connvet finds leaked database connections in Go programs.

usage: connvet [flags] [packages]     analyse packages (default ./...)
       connvet explain [RULE]         what a rule means and how to fix it
       connvet explain FILE:LINE      what connvet thinks of an acquisition
       connvet explain limits         what connvet does not detect
       connvet pools [packages]       the database pools that programs open
       connvet flags [flags]          the same as flags for go vet
       connvet version

What to report:
  -rules LIST     only these rules or passes, such as connleak/rows,deferinloop
  -PASS           only this pass; -PASS=false: all but this one
                  passes: %s
  -strict         demand a deferred release
  -tests=false    nothing in test files
  -generated      generated files too
  -models FILE    more models of libraries

Only what is new:
  -since REV      not what is there at git revision REV, too; "REV..." is where
                  HEAD began to differ from REV
  -baseline FILE  not what is in FILE
  -write-baseline FILE
                  write what is found to FILE, for -baseline

How to report:
  -format NAME    %s
  -json           the same as -format json
  -color WHEN     auto, always or never
  -exit-code N    exit with N if there are findings

What to do about it:
  -fix            apply the first fix of each finding, then analyse again
  -diff           print what -fix would change

What to analyse:
  -C DIR          change to DIR first
  -tags, -mod, -modfile, -overlay, -race, -trimpath, -buildvcs and other build
  flags are passed on to the go command.

Exit code: 0 nothing found, 1 something was not analysed, 2 usage, 3 findings
(0 for formats that are read by programs).

As a vettool: go vet -vettool=$(which connvet) ./...
`

// printHelp implements "connvet help".
func printHelp(e *env) int {
	var formats []string
	for _, f := range report.Formats {
		formats = append(formats, f.Name+": "+f.Summary)
	}
	fmt.Fprintf(e.stdout, usage,
		strings.Join(analyzers.Passes(), ", "),
		strings.Join(formats, "\n                  "))
	return exitClean
}
