package integration

import (
	"cmp"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"
)

// A Finding is a diagnostic as all drivers can show it.
type Finding struct {
	File      string // slash-separated, relative to the corpus
	Line, Col int
	Text      string // the message without the rule
	Rule      string
}

// compare orders findings as people read them.
func compare(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col),
		cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Text, b.Text),
	)
}

// lineRE matches a finding as go vet prints it. The text of a related position,
// which it prints behind, begins with a tab.
var lineRE = regexp.MustCompile(`(?m)^(.+?\.go):(\d+):(\d+): ([^\t\n].*) \[([a-z]+(?:/[a-z]+)?)\]`)

// Parse reads the findings that a driver printed for a corpus, each once: a file
// may be in a package and in its test variant.
func (c Corpus) Parse(text string) []Finding {
	var all []Finding
	for _, m := range lineRE.FindAllStringSubmatch(text, -1) {
		line, _ := strconv.Atoi(m[2])
		col, _ := strconv.Atoi(m[3])
		all = append(all, Finding{File: c.relative(m[1]), Line: line, Col: col, Text: m[4], Rule: m[5]})
	}
	return unique(all)
}

// unique sorts findings and drops those that occur twice.
func unique(all []Finding) []Finding {
	slices.SortFunc(all, compare)
	return slices.Compact(all)
}

// relative returns the name of a file of the corpus.
func (c Corpus) relative(name string) string {
	if filepath.IsAbs(name) {
		if rel, err := filepath.Rel(c.Dir, name); err == nil {
			name = rel
		}
	}
	return filepath.ToSlash(filepath.Clean(name))
}

// Equal fails the test unless a driver found what it should have.
func Equal(t *testing.T, got, want []Finding) {
	t.Helper()
	if len(want) == 0 {
		t.Error("there is nothing to find")
	}
	for _, f := range got {
		if !slices.Contains(want, f) {
			t.Errorf("too much: %s:%d:%d: %s [%s]", f.File, f.Line, f.Col, f.Text, f.Rule)
		}
	}
	for _, f := range want {
		if !slices.Contains(got, f) {
			t.Errorf("not found: %s:%d:%d: %s [%s]", f.File, f.Line, f.Col, f.Text, f.Rule)
		}
	}
}
