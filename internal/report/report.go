package report

import (
	"cmp"
	"slices"
	"strings"
)

// A Report is the outcome of one analysis.
type Report struct {
	Headline    string // one line that says the outcome; may be empty
	Older       int    // how many findings were left out because they are known
	Findings    []Finding
	NotAnalysed []NotAnalysed
	Failures    []string // what else kept the analysis from being complete, one line each
	Notes       []Note

	Rules []Rule // documentation of the rules that findings may name

	// Sources gives access to the text of the files that the report names.
	Sources *Sources
}

// A Finding is one diagnostic of one rule.
type Finding struct {
	Rule     string // such as "connleak/rows"
	Level    Level  // how bad it is
	Message  string // without the rule
	Advice   string // what to do about it; may be empty
	URL      string // of the rule's documentation; may be empty
	Location Location

	Package  string // import path
	Function string // enclosing function, such as "Open" or "(*Store).Load"; "" outside of any
	Resource string // type of the resource, such as "*database/sql.Rows"; "" if not known

	// Ordinal tells the finding apart from others with the same rule, package,
	// function and resource, from 1; 0 if their order does. A filter sets it: the
	// order of what is left would make a new finding pass for an older one.
	Ordinal int

	Path  []Step // the witness path, in order
	Fixes []Fix  // alternatives, the safest first
}

// A Level says how bad a finding is.
type Level string

// The levels. The zero value means LevelWarning.
const (
	LevelError   Level = "error"
	LevelWarning Level = "warning"
	LevelNote    Level = "note"
)

// known returns one of the three levels.
func (l Level) known() Level {
	switch l {
	case LevelError, LevelNote:
		return l
	}
	return LevelWarning
}

// A Rule is what findings of one kind have in common.
type Rule struct {
	ID    string
	Title string // what it reports, in a few words
	Help  string // what it means and what to do, in Markdown; may be empty
	URL   string // where that can be read; may be empty
}

// A Step is one point on the way from an acquisition to where it leaks.
type Step struct {
	Message  string
	Location Location
}

// A Fix is a set of edits that belong together.
type Fix struct {
	Message string
	Edits   []Edit
}

// An Edit replaces the bytes from Start up to End of a file.
type Edit struct {
	File       string
	Start, End int
	New        string
}

// A Location is a range in a file. End may be equal to Start.
type Location struct {
	File       string // slash-separated, relative to the report's directory where that is shorter
	Start, End Point
}

// A Point is a place in a file: a line and a column, which counts bytes.
// Both start at 1; 0 means not known.
type Point struct {
	Line, Column int
}

// NotAnalysed names something that was asked for but could not be analysed.
type NotAnalysed struct {
	Package string // import path or pattern
	Tests   bool   // only the tests of the package
	Reason  string // one line
}

// A Note is something to know about the analysis that is no finding.
type Note struct {
	Kind     NoteKind
	Message  string
	Package  string
	Function string
	Location Location
}

// A NoteKind classifies notes.
type NoteKind string

const (
	// NoteBudget: the function was too large to be analysed completely.
	NoteBudget NoteKind = "budget"
	// NoteExplain: what the engine thinks of an acquisition.
	NoteExplain NoteKind = "explain"
)

// Normalize sorts the report's parts by position or name and merges findings
// and notes that are equal: a package and its test variant say the same twice.
func (r *Report) Normalize() {
	slices.SortStableFunc(r.Findings, func(a, b Finding) int {
		return cmp.Or(a.Location.compare(b.Location), strings.Compare(a.Rule, b.Rule), strings.Compare(a.Message, b.Message))
	})
	r.Findings = slices.CompactFunc(r.Findings, func(a, b Finding) bool {
		return a.Location == b.Location && a.Rule == b.Rule && a.Message == b.Message
	})
	slices.SortStableFunc(r.Notes, func(a, b Note) int {
		return cmp.Or(strings.Compare(string(a.Kind), string(b.Kind)), a.Location.compare(b.Location), strings.Compare(a.Message, b.Message))
	})
	r.Notes = slices.CompactFunc(r.Notes, func(a, b Note) bool {
		return a.Location == b.Location && a.Kind == b.Kind && a.Message == b.Message
	})
	slices.SortFunc(r.NotAnalysed, func(a, b NotAnalysed) int {
		return cmp.Or(strings.Compare(a.Package, b.Package), strings.Compare(a.Reason, b.Reason))
	})
	r.NotAnalysed = slices.Compact(r.NotAnalysed)
}

// bySeverity returns the indexes of findings, errors first. Where not all can
// be shown, the last are those to leave out.
func bySeverity(findings []Finding) []int {
	var order []int
	for _, level := range []Level{LevelError, LevelWarning, LevelNote} {
		for i, f := range findings {
			if f.Level.known() == level {
				order = append(order, i)
			}
		}
	}
	return order
}

// url returns where the rule of a finding is documented, "" if nobody says.
func (r *Report) url(f Finding) string {
	if i := slices.IndexFunc(r.Rules, func(rule Rule) bool { return rule.ID == f.Rule }); f.URL == "" && i >= 0 {
		return r.Rules[i].URL
	}
	return f.URL
}

// compare orders locations by file, line and column.
func (l Location) compare(m Location) int {
	return cmp.Or(
		strings.Compare(l.File, m.File),
		l.Start.compare(m.Start),
		l.End.compare(m.End),
	)
}

func (p Point) compare(q Point) int {
	return cmp.Or(cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column))
}

// QualifiedFunction returns the note's function with its package: "pkg.F".
func (n Note) QualifiedFunction() string {
	if n.Function == "" {
		return n.Package
	}
	return n.Package + "." + n.Function
}
