package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/connvet/connvet/analyzers"
	"github.com/connvet/connvet/internal/cli"
	"github.com/connvet/connvet/internal/driver"
	"github.com/connvet/connvet/internal/report"
	"github.com/connvet/connvet/internal/utf"
	"github.com/connvet/connvet/passes"
)

// check analyses packages and reports what it finds.
func check(ctx context.Context, s *settings, e *env) (int, error) {
	known, err := newFilter(ctx, s, e)
	if err != nil {
		return 0, err
	}
	result, err := analyseNew(ctx, s, e, known)
	if err != nil {
		return 0, err
	}
	switch {
	case s.writeBaseline != "":
		return writeBaseline(s, e, result.Report)
	case s.diff:
		return printDiff(s, e, result)
	case s.fix:
		return fix(ctx, s, e, result, known)
	}
	if err := write(s, e, result.Report, known.note()); err != nil {
		return 0, err
	}
	format, _ := report.LookupFormat(s.format)
	return exitCode(s, result.Report, format.Gates), nil
}

// analyse runs the analysis that the settings ask for. extra are more flags for
// the vettool.
func analyse(ctx context.Context, s *settings, e *env, extra ...string) (*driver.Result, error) {
	tool, err := e.tool()
	if err != nil {
		return nil, fmt.Errorf("cannot find the executable of this command: %v", err)
	}
	toolFlags, err := s.toolFlags(e)
	if err != nil {
		return nil, err
	}
	keep, err := s.keep()
	if err != nil {
		return nil, err
	}
	p := startProgress(e, progressDelay)
	defer p.stop()
	return driver.Run(ctx, driver.Options{
		Dir:        s.dir,
		Env:        e.environ,
		Tool:       tool,
		ToolFlags:  append(append(toolFlags, "-connvet.notes"), extra...),
		BuildFlags: s.buildFlags,
		Patterns:   s.patterns(),
		Tests:      s.tests,
		Keep:       keep,
		URL:        analyzers.URL,
		Phase:      func(text string) { p.phase(text + s.at) },
	})
}

// patterns returns the packages to analyse.
func (s *settings) patterns() []string {
	if len(s.args) == 0 {
		return []string{"./..."}
	}
	return s.args
}

// write writes a report in the format that the settings ask for. note says what
// was left out of it.
func write(s *settings, e *env, r *report.Report, note string) error {
	format, _ := report.LookupFormat(s.format)
	o := report.Options{Version: e.version, Frames: e.frames, Color: e.color, Root: cli.Repository(s.dir)}
	r.Rules, r.Headline = documentation(), headline(r, note)
	switch s.color {
	case "always":
		o.Color = true
	case "never":
		o.Color = false
	}
	if err := format.Write(e.stdout, r, o); err != nil {
		return err
	}
	switch {
	case format.Name == report.Formats[0].Name:
		if note != "" {
			fmt.Fprintln(e.stdout, note)
		}
	default:
		warnNotAnalysed(e, r)
		if note != "" && !(format.Headline && r.Headline != "") {
			fmt.Fprintln(e.stderr, "connvet: "+note)
		}
	}
	return nil
}

// documentation returns the rules, with the pages that "connvet explain" prints.
func documentation() []report.Rule {
	var rules []report.Rule
	for _, r := range analyzers.Rules() {
		rules = append(rules, report.Rule{ID: r.ID, Title: r.Title, Help: r.Doc, URL: r.URL})
	}
	return rules
}

// warnNotAnalysed says why the exit code will be 1, where the output does not
// say it to whoever watches.
func warnNotAnalysed(e *env, r *report.Report) {
	n := len(r.NotAnalysed)
	if n == 0 {
		return
	}
	fmt.Fprintf(e.stderr, "connvet: not analysed: %s", r.NotAnalysed[0])
	if n > 1 {
		fmt.Fprintf(e.stderr, " and %d more", n-1)
	}
	fmt.Fprintln(e.stderr)
}

// exitCode returns the code for a report. gates says whether findings make the
// command fail when no flag says with which code.
func exitCode(s *settings, r *report.Report, gates bool) int {
	switch {
	case len(r.NotAnalysed) > 0:
		return exitFailed
	case len(r.Findings) == 0:
		return exitClean
	case s.exitCode >= 0:
		return s.exitCode
	case gates:
		return exitFindings
	}
	return exitClean
}

// ruleFlags returns the flags that turn on what -rules names and what is off by
// default. A pass does not stand for that.
func (s *settings) ruleFlags() []string {
	var flags []string
	for name := range strings.SplitSeq(s.rules, ",") {
		if rules, err := analyzers.Lookup(strings.TrimSpace(name)); err == nil && len(rules) == 1 && rules[0].Flag() != "" {
			flags = append(flags, "-"+rules[0].Flag())
		}
	}
	return flags
}

// toolFlags returns the flags of the vettool that the settings stand for.
func (s *settings) toolFlags(e *env) ([]string, error) {
	flags := append(s.ruleFlags(), s.passFlags...)
	if s.strict {
		flags = append(flags, "-connvet.strict")
	}
	if s.generated {
		flags = append(flags, "-connvet.generated")
	}
	if s.models != "" {
		data, err := os.ReadFile(s.file(s.models))
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("-models: no file %s", s.models)
		} else if err != nil {
			return nil, fmt.Errorf("-models: %v", err)
		}
		data = utf.Decode(data)
		if err := passes.CheckModels(s.models, data); err != nil {
			return nil, fmt.Errorf("-models: %v", err)
		}
		file, err := addressByContent(e, data)
		if err != nil {
			return nil, err
		}
		flags = append(flags, "-connvet.models="+file)
	}
	return flags, nil
}
