package main

import (
	"fmt"
	"maps"
	"slices"

	"github.com/connvet/connvet/analyzers"
)

// printFlags implements "connvet flags": it prints the flags that make plain
// "go vet" look for the same as the given ones, one on a line.
func printFlags(args []string, e *env) (int, error) {
	s, err := parseSettings(e, "connvet flags", args)
	if err != nil {
		return 0, err
	}
	switch {
	case len(s.args) > 0:
		return 0, usagef("connvet flags takes flags only, not %s", s.args[0])
	case s.rules != "":
		return 0, usagef("go vet selects passes, not rules: use %s", passFlagNames())
	case s.diff || s.fix || s.exitCode >= 0 || !s.tests:
		return 0, usagef("-fix, -diff, -exit-code and -tests have no equivalent: go vet reports only")
	case s.since != "" || s.baseline != "" || s.writeBaseline != "":
		return 0, usagef("-since and -baseline have no equivalent: go vet reports all findings")
	}
	tool, err := e.tool()
	if err != nil {
		return 0, err
	}
	flags, err := s.toolFlags(e)
	if err != nil {
		return 0, err
	}
	fmt.Fprintf(e.stdout, "-vettool=%s\n", tool)
	for _, f := range flags {
		fmt.Fprintln(e.stdout, f)
	}
	for _, pass := range slices.Sorted(maps.Keys(s.passes)) {
		fmt.Fprintf(e.stdout, "-%s=%t\n", pass, s.passes[pass])
	}
	for _, f := range s.buildFlags {
		fmt.Fprintln(e.stdout, f)
	}
	return exitClean, nil
}

// passFlagNames lists the flags that select passes.
func passFlagNames() string {
	text := ""
	for i, pass := range analyzers.Passes() {
		if i > 0 {
			text += ", "
		}
		text += "-" + pass
	}
	return text
}
