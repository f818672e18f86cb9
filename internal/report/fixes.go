package report

import (
	"bytes"
	"cmp"
	"fmt"
	"go/parser"
	"go/token"
	"io"
	"os"
	"slices"

	"github.com/connvet/connvet/internal/gofmt"
	"github.com/connvet/connvet/internal/udiff"
)

// A FixPlan says what applying the fixes of a report's findings comes to.
type FixPlan struct {
	Files   []FixedFile  // sorted by name
	Fixed   []*Finding   // the findings whose fixes are part of it
	Skipped []SkippedFix // those whose fixes are not
	NoFix   []*Finding   // those that have none
}

// A FixedFile is a file that fixes change.
type FixedFile struct {
	Name     string
	Old, New []byte
}

// A SkippedFix is a fix that is not made, and why.
type SkippedFix struct {
	*Finding
	Reason string
}

// PlanFixes takes the first fix of each finding. A fix is made whole or not at
// all. It is skipped if forbidden says why one of its files must not be
// changed, if it overlaps a fix taken before, or if a file would no longer
// parse. Edits that several fixes agree on are made once.
func PlanFixes(r *Report, forbidden func(file string) string) *FixPlan {
	p := &planner{sources: r.Sources, forbidden: forbidden, skipped: make(map[*Finding]string)}
	for {
		p.choose(r.Findings)
		bad := p.rewrite()
		if bad == "" {
			return &p.plan
		}
		for _, f := range p.plan.Fixed {
			if f.edits(bad) {
				p.skipped[f] = "the fixed file would not parse"
			}
		}
	}
}

// edits reports whether the finding's first fix changes a file.
func (f *Finding) edits(file string) bool {
	return slices.ContainsFunc(f.Fixes[0].Edits, func(e Edit) bool { return e.File == file })
}

// A planner makes a FixPlan.
type planner struct {
	sources   *Sources
	forbidden func(file string) string
	skipped   map[*Finding]string // known from an earlier attempt

	plan  FixPlan
	edits map[string][]Edit // taken so far, by file
}

// choose takes the fixes that go together, in the order of the findings.
func (p *planner) choose(findings []Finding) {
	p.plan, p.edits = FixPlan{}, make(map[string][]Edit)
	for i := range findings {
		f := &findings[i]
		if len(f.Fixes) == 0 || len(f.Fixes[0].Edits) == 0 {
			p.plan.NoFix = append(p.plan.NoFix, f)
			continue
		}
		why := p.skipped[f]
		if why == "" {
			why = p.whyNot(f.Fixes[0].Edits)
		}
		if why != "" {
			p.plan.Skipped = append(p.plan.Skipped, SkippedFix{f, why})
			continue
		}
		p.plan.Fixed = append(p.plan.Fixed, f)
		for _, e := range f.Fixes[0].Edits {
			if !slices.Contains(p.edits[e.File], e) {
				p.edits[e.File] = append(p.edits[e.File], e)
			}
		}
	}
}

// whyNot says why edits cannot be added to those taken, or "".
func (p *planner) whyNot(edits []Edit) string {
	for i, e := range edits {
		if why := p.forbidden(e.File); why != "" {
			return fmt.Sprintf("%s is %s", e.File, why)
		}
		text, err := p.sources.Text(e.File)
		if err != nil {
			return err.Error()
		}
		if e.Start < 0 || e.Start > e.End || e.End > len(text) {
			return e.File + " has changed"
		}
		if slices.ContainsFunc(edits[:i], e.overlaps) || slices.ContainsFunc(p.edits[e.File], e.overlaps) {
			return "it overlaps another fix"
		}
	}
	return ""
}

// overlaps reports whether two edits cannot both be made: they touch the same
// bytes, or insert different text at one place. An edit agrees with itself.
func (e Edit) overlaps(f Edit) bool {
	if e.File != f.File || e == f {
		return false
	}
	if e.Start == f.Start && e.End == e.Start && f.End == f.Start {
		return true
	}
	return e.Start < f.End && f.Start < e.End
}

// rewrite makes the taken edits in memory. It returns the name of a file that
// does not survive them.
func (p *planner) rewrite() (bad string) {
	for name, edits := range p.edits {
		old, _ := p.sources.Text(name) // read before
		text, err := rewrite(old, edits)
		if err != nil {
			return name
		}
		p.plan.Files = append(p.plan.Files, FixedFile{name, old, text})
	}
	slices.SortFunc(p.plan.Files, func(a, b FixedFile) int { return cmp.Compare(a.Name, b.Name) })
	return ""
}

// rewrite returns Go source after edits that do not overlap. It stays
// formatted if it was. Edits end their lines as the file does.
func rewrite(old []byte, edits []Edit) ([]byte, error) {
	edits = slices.Clone(edits)
	slices.SortFunc(edits, func(a, b Edit) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	var out bytes.Buffer
	at := 0
	for _, e := range edits {
		out.Write(old[at:e.Start])
		out.WriteString(e.New)
		at = e.End
	}
	out.Write(old[at:])

	if was, err := gofmt.Source(old); err == nil && bytes.Equal(was, old) {
		return gofmt.Source(out.Bytes())
	}
	_, err := parser.ParseFile(token.NewFileSet(), "", out.Bytes(), parser.SkipObjectResolution)
	return out.Bytes(), err
}

// Apply writes the changed files.
func (p *FixPlan) Apply(sources *Sources) error {
	for _, f := range p.Files {
		// WriteFile keeps the permissions of a file that exists.
		if err := os.WriteFile(sources.Abs(f.Name), f.New, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// WriteDiff writes the changes as a unified diff that "git apply" and
// "patch -p1" read in the report's directory.
func (p *FixPlan) WriteDiff(w io.Writer) error {
	for _, f := range p.Files {
		if _, err := w.Write(udiff.Unified("a/"+f.Name, "b/"+f.Name, f.Old, f.New)); err != nil {
			return err
		}
	}
	return nil
}
