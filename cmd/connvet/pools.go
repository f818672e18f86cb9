package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/connvet/connvet/internal/manifest"
	"github.com/connvet/connvet/internal/report"
)

const poolsUsage = `connvet pools lists the database pools that programs open, with the settings
that reach each of them.

usage: connvet pools [flags] [packages]     (default ./...)

Packages of the main module that these packages import are analysed, too.
Settings that are not constants are shown by name: $VARIABLE, -flag,
Config.Field. User names and passwords are not part of the result.

  -json           the manifest, in the schema ` + manifest.Schema + `
  -tests=false    without pools that test files open
  -models FILE    more models of libraries
  -C DIR          change to DIR first
  -tags, -mod, -modfile, -overlay and other build flags are passed on to the go
  command.

Exit code: 0, 1 if something was not analysed, 2 usage.
`

// What the pass that finds pools is told, and what it calls its diagnostics.
const (
	emitFlag = "-poolinventory.emit"
	rulePool = "poolinventory/pool"
)

// pools implements "connvet pools": it lists the pools that packages declare.
func pools(ctx context.Context, args []string, e *env) (int, error) {
	s := new(settings)
	err := s.parse(e, "connvet pools", args, s.declareBuild, s.declareSources, func(flags *flag.FlagSet) {
		flags.BoolVar(&s.json, "json", false, "print the manifest")
	})
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(e.stdout, poolsUsage)
		return exitClean, nil
	}
	if err != nil {
		return 0, err
	}
	layout, listErr := listLayout(ctx, s, e)
	if listErr == nil {
		s.args = layout.targets(s.patterns())
	}
	result, err := analyse(ctx, s, e, emitFlag)
	if err = cmp.Or(err, listErr); err != nil { // analyse knows better what is wrong
		return 0, err
	}
	r := layout.narrow(result.Report)
	m := manifest.Merge(poolRecords(r), layout.dir, len(r.NotAnalysed) == 0)
	m.Module, m.Go, m.Commit = layout.module.Path, layout.module.GoVersion, commit(ctx, e, cmp.Or(layout.module.Dir, s.dir))
	if err := writePools(s, e, m, r); err != nil {
		return 0, err
	}
	if len(r.NotAnalysed) > 0 {
		return exitFailed, nil
	}
	return exitClean, nil
}

// poolRecords returns what the analysis has to say about pools: the records
// that the diagnostics of poolinventory carry, and one for each function that
// may hide more.
func poolRecords(r *report.Report) []manifest.Record {
	var records []manifest.Record
	unresolved := func(pkg string, at report.Location, why string) {
		records = append(records, manifest.Record{Package: pkg, Unresolved: &manifest.Unresolved{
			Pos: fmt.Sprintf("%s:%d", path.Base(at.File), at.Start.Line),
			Why: why,
		}})
	}
	for _, f := range r.Findings {
		if f.Rule != rulePool {
			continue
		}
		record, err := manifest.DecodeRecord(f.Message)
		if err != nil {
			unresolved(f.Package, f.Location, fmt.Sprintf("internal error: the record is not valid: %v", err))
			continue
		}
		records = append(records, record)
	}
	for _, n := range r.Notes {
		if n.Kind == report.NoteBudget {
			unresolved(n.Package, n.Location, cmp.Or(n.Function, "a function")+" is too large to be analysed completely")
		}
	}
	return records
}

// writePools writes the manifest as the settings ask for. r tells what else came
// of the analysis.
func writePools(s *settings, e *env, m *manifest.Manifest, r *report.Report) error {
	if s.json {
		m.Unresolved = append(m.Unresolved, missing(r)...)
		warnNotAnalysed(e, r)
		return manifest.Write(e.stdout, m)
	}
	if err := writeTable(e.stdout, m); err != nil {
		return err
	}
	format := report.Formats[0]
	return format.Write(e.stdout, &report.Report{NotAnalysed: r.NotAnalysed}, report.Options{Color: e.color})
}

// missing tells a reader of the manifest what was not analysed. Why is told to
// the user: it may name files of this machine.
func missing(r *report.Report) []manifest.Unresolved {
	var all []manifest.Unresolved
	for _, n := range r.NotAnalysed {
		why := "the package was not analysed"
		if n.Tests {
			why = "the tests of the package were not analysed"
		}
		all = append(all, manifest.Unresolved{Pos: n.Package, Why: why})
	}
	return slices.Compact(all)
}

// isTestFile reports whether a file belongs to the tests of its package.
func isTestFile(name string) bool { return strings.HasSuffix(name, "_test.go") }
