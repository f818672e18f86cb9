package mutate

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"text/tabwriter"
)

// A count is a number of mutants, and how many of them are reported.
type count struct{ mutants, reported int }

func (c *count) add(m *Mutant) {
	c.mutants++
	if m.Found != nil {
		c.reported++
	}
}

// A tally counts mutants.
type tally struct {
	leaking    count
	assumed    count // leaking if calls that cannot be seen only borrow
	equivalent count // not seen to leak
	dropped    int
}

// add counts a mutant.
func (t *tally) add(m *Mutant) {
	switch {
	case m.Dropped != "":
		t.dropped++
	case !m.Leaks():
		t.equivalent.add(m)
	case m.Verdict.Assumed:
		t.assumed.add(m)
	default:
		t.leaking.add(m)
	}
}

// row writes the counts as a row of a table.
func (t tally) row(w io.Writer, op, kind string) {
	rate := "-"
	if n := t.leaking.mutants; n > 0 {
		rate = fmt.Sprintf("%.1f%%", 100*float64(t.leaking.reported)/float64(n))
	}
	fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%s\t%d\t%d\t%d\t%d\t%d\n", op, kind,
		t.leaking.mutants, t.leaking.reported, rate,
		t.assumed.mutants, t.assumed.reported, t.equivalent.mutants, t.equivalent.reported, t.dropped)
}

// Write prints the figures, and every mutant that needs a look: those that leak
// unreported and those of which it is not clear that they leak. Files are named
// relative to dir.
func (r *Result) Write(w io.Writer, dir string) {
	table := tabwriter.NewWriter(w, 2, 0, 2, ' ', 0)
	fmt.Fprintln(table, "mutation\tkind\tleaking\treported\trate\tassumed\treported\tequivalent?\treported\tdropped")
	for _, op := range Ops {
		for _, kind := range Kinds {
			if t := r.count(func(m *Mutant) bool { return m.Op == op && m.Site.Kind == kind }); t != (tally{}) {
				t.row(table, string(op), string(kind))
			}
		}
	}
	for _, kind := range Kinds {
		if t := r.count(func(m *Mutant) bool { return m.Site.Kind == kind }); t != (tally{}) {
			t.row(table, "all", string(kind))
		}
	}
	r.count(func(*Mutant) bool { return true }).row(table, "all", "all")
	table.Flush()
	fmt.Fprintf(w, "%d rounds; %d sites without a mutant, %d reported unmutated\n", r.Rounds, len(r.Idle), len(r.Known))

	r.list(w, dir, "Leaking, not reported", func(m *Mutant) bool { return m.Leaks() && !m.Verdict.Assumed && m.Found == nil })
	r.list(w, dir, "Leaking as the original tells, not reported", func(m *Mutant) bool { return m.Leaks() && m.Verdict.Assumed && m.Found == nil })
	r.list(w, dir, "Leaking, reported at another line", func(m *Mutant) bool {
		return m.Leaks() && m.Found != nil && m.Found.Line != m.Site.At.Line
	})
	r.list(w, dir, "Equivalent? but reported", func(m *Mutant) bool { return m.Dropped == "" && !m.Leaks() && m.Found != nil })
	r.list(w, dir, "Equivalent?", func(m *Mutant) bool { return m.Dropped == "" && !m.Leaks() && m.Found == nil })
	r.list(w, dir, "Dropped", func(m *Mutant) bool { return m.Dropped != "" })
	r.sites(w, dir, "Sites that are reported unmutated", r.Known)
	r.sites(w, dir, "Sites without a mutant", r.Idle)
	if len(r.Strays) > 0 {
		fmt.Fprintf(w, "\n## New findings outside of mutated functions (%d)\n", len(r.Strays))
		for _, f := range r.Strays {
			fmt.Fprintf(w, "%s:%d: %s: %s\n", relative(dir, f.File), f.Line, f.Rule, f.Message)
		}
	}
}

// count counts the mutants that are wanted.
func (r *Result) count(want func(*Mutant) bool) tally {
	var t tally
	for _, m := range r.Mutants {
		if want(m) {
			t.add(m)
		}
	}
	return t
}

// list prints the mutants that are wanted, if any.
func (r *Result) list(w io.Writer, dir, title string, want func(*Mutant) bool) {
	var out strings.Builder
	n := 0
	for _, m := range r.Mutants {
		if !want(m) {
			continue
		}
		n++
		s := m.Site
		fmt.Fprintf(&out, "%s:%d: %s %s at line %d in %s: %s\n", relative(dir, s.At.Filename), s.At.Line, s.Kind, m.Op, m.Line, s.Func, m.Why())
		if m.Found != nil {
			fmt.Fprintf(&out, "    line %d: %s: %s\n", m.Found.Line, m.Found.Rule, m.Found.Message)
		}
		for line := range strings.Lines(m.Diff()) {
			fmt.Fprintf(&out, "    %s\n", strings.TrimRight(line, "\n"))
		}
	}
	if n > 0 {
		fmt.Fprintf(w, "\n## %s (%d)\n%s", title, n, out.String())
	}
}

// sites prints sites, if any.
func (r *Result) sites(w io.Writer, dir, title string, sites []*Site) {
	if len(sites) > 0 {
		fmt.Fprintf(w, "\n## %s (%d)\n", title, len(sites))
	}
	for _, s := range sites {
		fmt.Fprintf(w, "%s:%d: %s in %s\n", relative(dir, s.At.Filename), s.At.Line, s.Kind, s.Func)
	}
}

// relative returns a file's name below a directory.
func relative(dir, file string) string {
	if rel, err := filepath.Rel(dir, file); err == nil {
		return filepath.ToSlash(rel)
	}
	return file
}
