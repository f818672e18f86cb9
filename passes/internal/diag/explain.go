package diag

import (
	"fmt"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/passes/internal/lifecycle"
)

// A Place is a line of a file, as a person names it: FILE:LINE.
type Place struct {
	File string
	Line int
}

// ParsePlace reads FILE:LINE.
func ParsePlace(s string) (Place, error) {
	i := strings.LastIndexByte(s, ':')
	if i <= 0 {
		return Place{}, fmt.Errorf("%q is not of the form FILE:LINE", s)
	}
	line, err := strconv.Atoi(s[i+1:])
	if err != nil || line < 1 {
		return Place{}, fmt.Errorf("%q is not of the form FILE:LINE", s)
	}
	return Place{filepath.Clean(s[:i]), line}, nil
}

// Explain says what is known of a finding whose acquisition stands at the
// place: where it is born, what happens to it, and by which exits it is lost.
// It says nothing of one that stands elsewhere.
func (r *Reporter) Explain(f *lifecycle.Finding, at Place) {
	src := r.sourceOf(f.Call.Pos())
	if src == nil {
		return
	}
	s := siteOf(r.pass, src, f)
	if s == nil || !r.isAt(src, s, at) {
		return
	}
	pos, end := s.span()
	lines := []string{r.acquired(f, s).Message + ": " + r.fate(f)}
	for _, x := range f.Exits {
		for _, rel := range append(r.branches(x.Path), r.exitStep(s, x)) {
			lines = append(lines, fmt.Sprintf("line %d: %s", r.pass.Fset.Position(rel.Pos).Line, rel.Message))
		}
	}
	for _, d := range f.Deferred {
		lines = append(lines, fmt.Sprintf("line %d: a defer in the loop releases it when the function returns", r.pass.Fset.Position(d.Pos()).Line))
	}
	r.Note(pos, end, "explain", strings.Join(lines, "\n\t"))
}

// ExplainFate says what becomes of an acquisition that is not reported: where
// it is released or handed over, or that the budget did not suffice.
func (r *Reporter) ExplainFate(f *lifecycle.Fate, at Place) {
	src := r.sourceOf(f.Call.Pos())
	if src == nil {
		return
	}
	s := siteOf(r.pass, src, &lifecycle.Finding{Call: f.Call, Callee: f.Callee})
	if s == nil || !r.isAt(src, s, at) {
		return
	}
	lines := []string{"acquired by " + r.funcName(f.Callee) + ": not reported"}
	for _, step := range f.Steps {
		lines = append(lines, fmt.Sprintf("line %d: %s", r.pass.Fset.Position(step.Pos).Line, step.What))
	}
	if f.Broke {
		lines = append(lines, "the function is too large: the analysis was given up")
	}
	pos, end := s.span()
	r.Note(pos, end, "explain", strings.Join(lines, "\n\t"))
}

// isAt reports whether the statement of the site covers the line, as it is
// reported or else as it stands in the text.
func (r *Reporter) isAt(src *source, s *site, at Place) bool {
	line := func(pos token.Pos) int { return r.pass.Fset.Position(pos).Line }
	if !sameFile(r.pass.Fset.Position(s.call.Pos()).Filename, at.File) {
		if !sameFile(src.tok.Name(), at.File) {
			return false
		}
		line = src.line
	}
	first, last := s.call.Pos(), s.call.End()
	if st := s.stmt(); st != nil && src.line(st.End()) == src.line(last) {
		first = st.Pos()
	}
	return line(first) <= at.Line && at.Line <= line(last)
}

// sameFile compares names of files; one may be relative. A file has more than one
// where symbolic links lead to it, or the case of letters does not matter.
func sameFile(a, b string) bool {
	x, y := filepath.ToSlash(filepath.Clean(a)), filepath.ToSlash(filepath.Clean(b))
	if x == y || strings.HasSuffix(x, "/"+y) || strings.HasSuffix(y, "/"+x) {
		return true
	}
	if !strings.EqualFold(filepath.Base(a), filepath.Base(b)) {
		return false
	}
	first, err1 := os.Stat(a)
	second, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(first, second)
}

// fate sums up what becomes of the resource.
func (r *Reporter) fate(f *lifecycle.Finding) string {
	var parts []string
	if f.Moved {
		parts = append(parts, "handed on or kept on some paths")
	}
	switch n := len(f.Exits); {
	case n == 1:
		parts = append(parts, "left open by one exit")
	case n > 1:
		parts = append(parts, fmt.Sprintf("left open by %d exits", n))
	}
	if len(f.Deferred) > 0 {
		parts = append(parts, "released late")
	}
	if f.NotDefer {
		parts = append(parts, "released on some path, but not by a defer")
	}
	return strings.Join(parts, ", ")
}

// Note reports something that is no finding, in the name of the settings'
// analyzer.
func (r *Reporter) Note(pos, end token.Pos, category, text string) {
	r.pass.Report(analysis.Diagnostic{Pos: pos, End: end, Category: category, Message: text + " [connvet/" + category + "]"})
}
