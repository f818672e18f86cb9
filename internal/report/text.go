package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// writeText writes a report for people: the findings, then what was not
// analysed and why, then a summary. A clean report is empty.
func writeText(w io.Writer, r *Report, o Options) error {
	t := &textWriter{options: o, sources: r.Sources}
	for i := range r.Findings {
		if o.Frames && i > 0 {
			t.line("")
		}
		t.finding(&r.Findings[i])
	}
	if o.Frames && len(r.Findings) > 0 {
		t.line("")
	}
	for _, n := range r.NotAnalysed {
		t.line("%s %s", t.style(styleWarn, "not analysed:"), printable(n.String()))
	}
	for _, f := range r.Failures {
		t.line("%s %s", t.style(styleWarn, "not complete:"), printable(f))
	}
	if s := tooLarge(r.Notes); s != "" {
		t.line("%s", printable(s))
	}
	if len(r.Findings) > 0 {
		t.line("%s", t.style(styleBold, Summary(r)))
	}
	_, err := w.Write(t.out.Bytes())
	return err
}

// String returns the package and the reason in one line.
func (n NotAnalysed) String() string {
	if n.Tests {
		return fmt.Sprintf("tests of %s (%s)", n.Package, n.Reason)
	}
	return fmt.Sprintf("%s (%s)", n.Package, n.Reason)
}

// Summary counts the findings: "3 findings in 2 packages". Those that belong to
// no package are not in one.
func Summary(r *Report) string {
	packages := make(map[string]bool)
	for _, f := range r.Findings {
		if f.Package != "" {
			packages[f.Package] = true
		}
	}
	if len(packages) == 0 {
		return Count(len(r.Findings), "finding")
	}
	return Count(len(r.Findings), "finding") + " in " + Count(len(packages), "package")
}

// tooLarge names the functions that the analysis gave up on.
func tooLarge(notes []Note) string {
	var names []string
	for _, n := range notes {
		if n.Kind == NoteBudget {
			names = append(names, n.QualifiedFunction())
		}
	}
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf("%s too large: %s", Count(len(names), "function"), strings.Join(names, ", "))
}

// Count returns a count with its noun.
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// A textWriter builds the text of one report.
type textWriter struct {
	options Options
	sources *Sources
	out     bytes.Buffer
}

// line adds a formatted line.
func (t *textWriter) line(format string, args ...any) {
	fmt.Fprintf(&t.out, format+"\n", args...)
}

// finding writes one finding with its path.
func (t *textWriter) finding(f *Finding) {
	t.line("%s %s %s",
		t.style(styleBold, f.Location.String()+":"),
		printable(f.Message),
		t.style(styleRule, "["+f.Rule+"]"))
	if !t.options.Frames {
		for _, s := range f.Path {
			t.line("\t%s: %s", s.Location, printable(s.Message))
		}
		return
	}
	t.frame(f.Location, true)
	shown := f.Location
	for _, s := range f.Path {
		t.line("  %s %s", t.style(styleDim, s.Location.String()+":"), printable(s.Message))
		if s.Location.File != shown.File || s.Location.Start.Line != shown.Start.Line {
			t.frame(s.Location, false)
			shown = s.Location
		}
	}
	if len(f.Fixes) > 0 && f.Fixes[0].Message != "" {
		t.line("  %s %s", t.style(styleDim, "fix:"), printable(f.Fixes[0].Message))
	}
}

// String returns the start of the location as file:line:column.
func (l Location) String() string {
	switch {
	case l.Start.Line == 0:
		return printable(l.File)
	case l.Start.Column == 0:
		return fmt.Sprintf("%s:%d", printable(l.File), l.Start.Line)
	}
	return fmt.Sprintf("%s:%d:%d", printable(l.File), l.Start.Line, l.Start.Column)
}

// frame writes the source line of a location, with carets under the range if
// underline is set: up to the end of the line if the range goes on, and under
// one character if it is empty.
func (t *textWriter) frame(l Location, underline bool) {
	text, ok := t.sources.Line(l.File, l.Start.Line)
	if !ok {
		return // the file is gone, or not ours to read: the position says enough
	}
	number := fmt.Sprintf("%5d", l.Start.Line)
	t.line("%s %s", t.style(styleDim, number+" |"), strings.TrimRight(expandTabs(printable(text)), " "))
	if !underline || l.Start.Column < 1 || l.Start.Column > len(text) {
		return
	}
	end := len(text)
	if l.End.Line <= l.Start.Line {
		end = min(end, max(l.Start.Column, l.End.Column-1))
	}
	before := expandTabs(printable(text[:l.Start.Column-1]))
	upto := expandTabs(printable(text[:end]))
	carets := strings.Repeat("^", max(1, runes(upto)-runes(before)))
	t.line("%s %s%s", t.style(styleDim, strings.Repeat(" ", len(number))+" |"),
		strings.Repeat(" ", runes(before)), t.style(styleMark, carets))
}
