package driver

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/connvet/connvet/internal/report"
)

// Options say what to analyse, and how.
type Options struct {
	Dir        string   // working directory, an absolute path
	Env        []string // environment of the go command, such as os.Environ()
	Tool       string   // the vettool, an absolute path
	ToolFlags  []string // flags of the vettool
	BuildFlags []string // flags of the go command
	Patterns   []string // packages
	Tests      bool     // whether findings in test files are wanted

	// Keep tells which rules are wanted. Nil means all.
	Keep func(rule string) bool

	// URL returns the documentation of a rule, for diagnostics that do not
	// tell. It may be nil.
	URL func(rule string) string

	// Phase, if not nil, is called when a new phase of the work begins.
	Phase func(description string)
}

// A Result is what came of a run.
type Result struct {
	Report *report.Report

	packages []*Package
}

// Run analyses packages. The error is about the whole run; what is wrong with
// single packages is in the report.
func Run(ctx context.Context, o Options) (*Result, error) {
	if err := checkDir(o.Dir); err != nil {
		return nil, err
	}
	r := &run{Options: o, goCmd: goCmd{dir: o.Dir, env: o.Env, buildFlags: o.BuildFlags}}
	r.phase("loading packages")
	list, err := r.list(ctx, o.Patterns)
	if err != nil {
		return nil, err
	}
	if err := r.checkListing(ctx, list); err != nil {
		return nil, err
	}
	if r.overlay, err = r.userOverlay(ctx); err != nil {
		return nil, err
	}
	plan := newPlan(o.Patterns, list)
	trees, err := r.vetAll(ctx, plan)
	if err != nil {
		return nil, err
	}
	c := &converter{
		wanted:  plan.ids(),
		sources: report.NewSources(o.Dir, r.overlay.Replace),
		tests:   o.Tests,
		keep:    o.Keep,
		url:     o.URL,
		overlay: r.overlay,
	}
	for _, tree := range trees {
		c.tree(tree)
	}
	c.report.NotAnalysed = append(c.report.NotAnalysed, plan.notAnalysed(o.Tests)...)
	c.report.Sources = c.sources
	c.report.Normalize()
	return &Result{Report: &c.report, packages: list.packages}, nil
}

// A run is the state of one call of Run.
type run struct {
	Options
	goCmd
	overlay overlay // of the user
}

func (r *run) phase(format string, args ...any) {
	if r.Phase != nil {
		r.Phase(fmt.Sprintf(format, args...))
	}
}

// checkListing finds the errors that are not about one package of many.
func (r *run) checkListing(ctx context.Context, l *listing) error {
	if len(l.packages) == 0 {
		return fmt.Errorf("no packages match %s", strings.Join(r.Patterns, " "))
	}
	for _, p := range l.packages {
		if p.Dir != "" || p.loads() {
			return nil
		}
	}
	// Not one pattern names a directory. Outside of a module that is why.
	var out bytes.Buffer
	if _, err := r.goCmd.run(ctx, &out, "env", "GOMOD", "GOWORK"); err != nil {
		return err
	}
	gomod, gowork, _ := strings.Cut(strings.TrimSpace(out.String()), "\n")
	if strings.TrimSpace(gomod) == os.DevNull && (gowork == "" || gowork == "off") {
		return errors.New("no go.mod in this directory or above it: connvet analyses packages of a module")
	}
	if len(l.packages) == 1 {
		return errors.New(l.packages[0].whyNot(l.lists))
	}
	return nil
}

// vetAll runs go vet until it succeeds, each time without what failed. It
// updates the plan and returns the trees of the last run.
func (r *run) vetAll(ctx context.Context, p *plan) ([]vetTree, error) {
	tmp, err := os.MkdirTemp("", "connvet-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	var deps *graph
	for {
		flags, err := r.overlayFlags(p, tmp)
		if err != nil {
			return nil, err
		}
		if n := len(p.targets); n == 1 {
			r.phase("analysing %s", p.targets[0].ImportPath)
		} else {
			r.phase("analysing %d packages", n)
		}
		v, vetErr := r.vet(ctx, p.batches(), flags)
		if vetErr == nil {
			return v.trees, nil
		}
		if len(v.failures)+len(v.outside) == 0 {
			return nil, vetErr
		}
		if deps == nil {
			if deps, err = r.graph(ctx, flags, p.batches()); err != nil {
				return nil, err
			}
		}
		failures := append(v.failures, deps.blame(v.outside)...)
		sortFailures(failures)
		if !p.apply(failures, deps) {
			return nil, vetErr
		}
	}
}

// overlayFlags returns the flag for the plan's overlay, if it needs one.
func (r *run) overlayFlags(p *plan, dir string) ([]string, error) {
	hidden := p.hidden()
	if len(hidden) == 0 {
		return nil, nil
	}
	file, err := r.overlay.hiding(hidden).write(dir)
	return []string{"-overlay=" + file}, err
}

// A vetting is what go vet has printed.
type vetting struct {
	trees    []vetTree
	failures []*failure
	outside  []string // lines that are no part of these
}

// vet runs go vet on batches of packages. If the error is an *exitError, the
// failures and the lines outside of them say why.
func (r *run) vet(ctx context.Context, batches [][]string, flags []string) (v vetting, err error) {
	// With -trimpath cmd/go takes two checkouts of a module for one, and would
	// show what it kept of the other: with the names of the other's files.
	args := append([]string{"-trimpath=false", "-vettool=" + r.Tool, "-json", "-deps"}, r.ToolFlags...)
	if key := r.overlay.key(); key != "" {
		args = append(args, "-salt="+key)
	}
	args = append(args, flags...)
	for _, patterns := range batches {
		var out bytes.Buffer
		stderr, runErr := r.build(ctx, &out, "vet", args, patterns)
		var exit *exitError
		if runErr != nil && !errors.As(runErr, &exit) {
			return vetting{}, runErr
		}
		found, _ := splitOutput(out.Bytes())
		more, text := splitOutput([]byte(stderr))
		v.trees = append(append(v.trees, found...), more...)
		if runErr != nil {
			blocks, outside := parseFailures(text)
			v.failures = append(v.failures, blocks...)
			v.outside = append(v.outside, outside...)
			err = &exitError{"vet", strings.Join(append(outside, text...), "\n")}
		}
	}
	return v, err
}
