package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/connvet/connvet/internal/report"
)

// A since is a filter that leaves out what a revision of the repository has, too.
// It compares whole analyses: a deleted Close leaves no line that has changed,
// and a helper that stops closing is not on the path of the leak.
//
// Silence beats noise, but is no verdict: of a package that was there and cannot
// be analysed as it was, nothing is called new. The report names it as not
// analysed and tells how many findings it has, so that the command fails.
type since struct {
	s    *settings
	e    *env
	repo *gitRepo
	tree string // of the revision

	looked map[string]bool // packages, as findings call them
	known  report.Baseline // what these had
	doubts []doubt         // where that is not known
	older  int
}

// A doubt is why something is not known of a package.
type doubt struct {
	report.NotAnalysed
	function string // if it is one alone
}

// newSince returns the filter for -since.
func newSince(ctx context.Context, s *settings, e *env) (*since, error) {
	repo, err := openRepo(ctx, e, s.dir)
	if err != nil {
		return nil, fmt.Errorf("-since: %w", err)
	}
	tree, err := repo.resolve(ctx, s.since)
	if err != nil {
		return nil, err
	}
	return &since{s: s, e: e, repo: repo, tree: tree, looked: make(map[string]bool)}, nil
}

// chunk is how many packages are looked at with one command.
const chunk = 200

// apply implements filter. Only packages that have findings are looked at as
// they were.
func (f *since) apply(ctx context.Context, r *report.Report) (*report.Report, error) {
	var packages []string
	for _, finding := range r.Findings {
		if !f.looked[finding.Package] {
			f.looked[finding.Package] = true
			packages = append(packages, finding.Package)
		}
	}
	for some := range slices.Chunk(packages, chunk) {
		if err := f.look(ctx, some); err != nil {
			return nil, fmt.Errorf("-since %s: %w", f.s.since, err)
		}
	}
	sure := f.withoutDoubts(r)
	fresh, _ := f.known.Filter(sure)
	f.older = len(sure.Findings) - len(fresh.Findings)
	return fresh, nil
}

// look finds out what packages had.
func (f *since) look(ctx context.Context, packages []string) error {
	c, err := f.checkOut(ctx)
	if err != nil {
		return err
	}
	defer c.unlock()
	p := newPast(f, c)
	targets, err := p.targets(ctx, packages)
	if err != nil || len(targets) == 0 {
		return err
	}
	r, err := p.analyse(ctx, targets)
	if err != nil {
		return err
	}
	f.known.Add(r)
	for _, n := range r.NotAnalysed {
		f.doubts = append(f.doubts, doubt{NotAnalysed: n})
	}
	for _, n := range r.Notes {
		if n.Kind == report.NoteBudget {
			f.doubts = append(f.doubts, doubt{report.NotAnalysed{Package: n.Package, Reason: n.Function + " is too large"}, n.Function})
		}
	}
	return nil
}

// checkOut checks the revision out.
func (f *since) checkOut(ctx context.Context) (*checkout, error) {
	p := startProgress(f.e, progressDelay)
	defer p.stop()
	p.phase("checking out " + f.s.since)
	return f.repo.checkOut(ctx, f.e, f.tree)
}

// withoutDoubts returns a report whose findings can be compared. It names what
// the others are in.
func (f *since) withoutDoubts(r *report.Report) *report.Report {
	out := *r
	out.Findings, out.NotAnalysed = nil, slices.Clone(r.NotAnalysed)
	left := make([]int, len(f.doubts))
	for _, finding := range r.Findings {
		i := slices.IndexFunc(f.doubts, func(d doubt) bool { return d.about(finding) })
		if i < 0 {
			out.Findings = append(out.Findings, finding)
		} else {
			left[i]++
		}
	}
	for i, d := range f.doubts {
		if left[i] > 0 {
			n := d.NotAnalysed
			n.Reason = fmt.Sprintf("at %s: %s; %s not shown", f.s.since, n.Reason, report.Count(left[i], "finding"))
			out.NotAnalysed = append(out.NotAnalysed, n)
		}
	}
	out.Normalize()
	return &out
}

// about reports whether it is not known if a finding is new.
func (d *doubt) about(f report.Finding) bool {
	test := isTestFile(f.Location.File)
	switch {
	case d.function != "" && d.function != f.Function:
		return false
	case d.Package == f.Package:
		return !d.Tests || test
	}
	return test && f.Package == d.Package+"_test"
}

// note implements filter.
func (f *since) note() string {
	if f.older == 0 {
		return ""
	}
	return report.Count(f.older, "older finding") + " not shown"
}
