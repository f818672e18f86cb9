package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/connvet/connvet/internal/report"
	"github.com/connvet/connvet/internal/slash"
)

// A baselineFilter leaves out what is in a file.
type baselineFilter struct {
	s     *settings
	e     *env
	known *report.Baseline

	older int
}

// readBaseline returns the filter for -baseline.
func readBaseline(s *settings, e *env) (*baselineFilter, error) {
	data, err := os.ReadFile(s.file(s.baseline))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("-baseline: no file %s", s.baseline)
	} else if err != nil {
		return nil, fmt.Errorf("-baseline: %v", err)
	}
	known, err := report.ReadBaseline(data)
	if err != nil {
		return nil, fmt.Errorf("-baseline: %s: %v", s.baseline, err)
	}
	return &baselineFilter{s: s, e: e, known: known}, nil
}

// apply implements filter. It says how many findings are gone, if the analysis
// is the one that wrote the baseline and is complete: of any other it would not
// be true.
func (f *baselineFilter) apply(_ context.Context, r *report.Report) (*report.Report, error) {
	fresh, gone := f.known.Filter(r)
	f.older = len(r.Findings) - len(fresh.Findings)
	if gone > 0 && len(r.NotAnalysed) == 0 && f.known.Command == f.s.command(f.s.baseline) {
		are := "are"
		if gone == 1 {
			are = "is"
		}
		fmt.Fprintf(f.e.stderr, "connvet: %s of the baseline %s gone: write it again\n", report.Count(gone, "finding"), are)
	}
	return fresh, nil
}

// note implements filter.
func (f *baselineFilter) note() string {
	if f.older == 0 {
		return ""
	}
	return report.Count(f.older, "finding") + " of the baseline not shown"
}

// writeBaseline implements -write-baseline.
func writeBaseline(s *settings, e *env, r *report.Report) (int, error) {
	b := &report.Baseline{Command: s.command(s.writeBaseline)}
	b.Add(r)
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		return 0, err
	}
	if err := os.WriteFile(s.file(s.writeBaseline), out.Bytes(), 0o666); err != nil {
		return 0, fmt.Errorf("-write-baseline: %v", err)
	}
	fmt.Fprintf(e.stdout, "%s written to %s\n", report.Summary(r), s.writeBaseline)
	// Of these the file has nothing, so that it is not what was asked for.
	for _, n := range r.NotAnalysed {
		fmt.Fprintf(e.stderr, "not analysed: %s\n", n)
	}
	if len(r.NotAnalysed) > 0 {
		return exitFailed, nil
	}
	return exitClean, nil
}

// file returns the absolute path of a file that a flag names.
func (s *settings) file(name string) string { return slash.In(s.dir, name) }

// command returns the command line of the analysis, for a baseline file. It is
// the same on all machines, and wherever the command is started.
func (s *settings) command(baseline string) string {
	words := []string{"connvet"}
	if dir, err := filepath.Rel(filepath.Dir(s.file(baseline)), s.dir); err == nil && dir != "." {
		words = append(words, "-C", filepath.ToSlash(dir))
	}
	flags := append(slices.Clone(s.buildFlags), s.passFlags...)
	for name, on := range map[string]bool{"-strict": s.strict, "-generated": s.generated, "-tests=false": !s.tests} {
		if on {
			flags = append(flags, name)
		}
	}
	for pass, on := range s.passes {
		flags = append(flags, fmt.Sprintf("-%s=%t", pass, on))
	}
	for name, value := range map[string]string{"-models=": s.models, "-rules=": s.rules} {
		if value != "" {
			flags = append(flags, name+filepath.ToSlash(value))
		}
	}
	slices.Sort(flags)
	for _, pattern := range s.patterns() {
		flags = append(flags, filepath.ToSlash(pattern))
	}
	return strings.Join(append(words, flags...), " ")
}
