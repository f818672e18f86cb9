package mutate

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"text/tabwriter"
)

// A tally counts mutants.
type tally struct {
	leaking, reported        int
	unclear, unclearReported int // not seen to leak
	dropped                  int
}

// add counts a mutant.
func (t *tally) add(m *Mutant) {
	switch {
	case m.Dropped != "":
		t.dropped++
	case m.Leaks():
		t.leaking++
		if m.Found != nil {
			t.reported++
		}
	default:
		t.unclear++
		if m.Found != nil {
			t.unclearReported++
		}
	}
}

// row writes the counts as a row of a table.
func (t tally) row(w io.Writer, op, kind string) {
	rate := "-"
	if t.leaking > 0 {
		rate = fmt.Sprintf("%.1f%%", 100*float64(t.reported)/float64(t.leaking))
	}
	fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%d\t%s\t%d\t%d\t%d\n", op, kind,
		t.leaking+t.unclear, t.leaking, t.reported, rate, t.unclear, t.unclearReported, t.dropped)
}

// Write prints the figures, and every mutant that needs a look: those that leak
// unreported and those of which it is not clear that they leak. Files are named
// relative to dir.
func (r *Result) Write(w io.Writer, dir string) {
	table := tabwriter.NewWriter(w, 2, 0, 2, ' ', 0)
	fmt.Fprintln(table, "mutation\tkind\tmutants\tleaking\treported\trate\tequivalent?\treported\tdropped")
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

	r.list(w, dir, "Leaking, not reported", func(m *Mutant) bool { return m.Leaks() && m.Found == nil })
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
