package report

import (
	"net/url"
	"strings"
	"unicode/utf16"
)

// location returns where a finding or a step is.
func (s *sarifWriter) location(l Location) sarifLocation {
	return sarifLocation{Physical: sarifPhysicalLocation{Artifact: s.artifact(l.File), Region: newRegion(l, s.sources)}}
}

// artifact returns how a file is called. Base ids are not resolved by GitHub,
// and stand for the repository.
func (s *sarifWriter) artifact(file string) sarifArtifactLocation {
	names := namer{s.options.Root, s.sources}
	name := names.name(file)
	if rules := names.rules(); rules.IsAbs(name) {
		return sarifArtifactLocation{URI: rules.URI(name)}
	}
	// A colon would make what is before it a scheme.
	uri := strings.ReplaceAll((&url.URL{Path: name}).EscapedPath(), ":", "%3A")
	return sarifArtifactLocation{URI: uri, URIBaseID: "%SRCROOT%"}
}

// newRegion returns a range. GitHub wants a line; columns are left out where they
// are not known, or cannot be converted because the line cannot be read.
func newRegion(l Location, sources *Sources) sarifRegion {
	if l.Start.Line < 1 {
		return sarifRegion{StartLine: 1}
	}
	r := sarifRegion{StartLine: l.Start.Line, EndLine: max(l.Start.Line, l.End.Line)}
	first, ok := sources.Line(l.File, l.Start.Line)
	if !ok || l.Start.Column < 1 {
		return r
	}
	r.StartColumn = utf16Column(first, l.Start.Column)
	if l.Start.compare(l.End) >= 0 {
		r.EndColumn = utf16Column(first, len(first)+1) // only the start is known
	} else if last, ok := sources.Line(l.File, l.End.Line); ok && l.End.Column > 0 {
		r.EndColumn = utf16Column(last, l.End.Column)
	}
	return r
}

// edited returns the range that an edit replaces, if the file can be read. It
// is empty where text is inserted.
func (s *sarifWriter) edited(e Edit) (sarifRegion, bool) {
	start, end := s.sources.Point(e.File, e.Start), s.sources.Point(e.File, e.End)
	first, ok1 := s.sources.Line(e.File, start.Line)
	last, ok2 := s.sources.Line(e.File, end.Line)
	return sarifRegion{
		StartLine: start.Line, StartColumn: utf16Column(first, start.Column),
		EndLine: end.Line, EndColumn: utf16Column(last, end.Column),
	}, ok1 && ok2 && start.compare(end) <= 0
}

// utf16Column converts a column of a line from bytes to UTF-16 code units. One
// beyond the line's end is taken for its end. A byte order mark, which to Go has
// columns like the text, has none: whoever shows a file removes it.
func utf16Column(line string, column int) int {
	before := line[:min(max(column-1, 0), len(line))]
	return len(utf16Units(strings.TrimPrefix(before, byteOrderMark))) + 1
}

const byteOrderMark = "\uFEFF"

// utf16Units returns the UTF-16 code units of text.
func utf16Units(text string) []uint16 {
	units := make([]uint16, 0, len(text))
	for _, r := range text {
		units = utf16.AppendRune(units, r) // of bytes that are not UTF-8, too
	}
	return units
}
