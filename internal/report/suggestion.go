package report

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

// suggestionMaxLines is how many lines a suggestion replaces at most. Where the
// parts of a fix are further apart, nobody sees what changes.
const suggestionMaxLines = 50

// A suggestion is a finding's first fix as the whole lines of its file that take
// the place of others. It is what -fix does, and whole: half a fix, which might
// be taken alone, is worse than none.
type suggestion struct {
	start, end int    // the lines that are replaced, both included
	text       string // without the end of the last line
}

// newSuggestion returns the suggestion of a finding, if there is one. It begins
// with the first line of the finding, whatever changes below: some programs
// apply it there without a look at where it says that it begins.
func newSuggestion(f Finding, sources *Sources) (suggestion, bool) {
	file, first := f.Location.File, f.Location.Start.Line
	if first < 1 || len(f.Fixes) == 0 {
		return suggestion{}, false
	}
	plan := PlanFixes(&Report{Findings: []Finding{f}, Sources: sources}, func(edited string) string {
		if edited != file || sources.Replaced(file) || sources.IsGenerated(file) {
			return "not to be changed"
		}
		return ""
	})
	if len(plan.Files) != 1 {
		return suggestion{}, false
	}
	return linesChanged(plan.Files[0].Old, plan.Files[0].New, first)
}

// linesChanged returns the lines that make the old text the new one, from the
// first one on.
func linesChanged(old, new []byte, first int) (suggestion, bool) {
	was, is := bytes.SplitAfter(old, []byte("\n")), bytes.SplitAfter(new, []byte("\n"))
	at := first - 1
	if at >= min(len(was), len(is)) || bytes.Equal(old, new) || !slices.EqualFunc(was[:at], is[:at], bytes.Equal) {
		return suggestion{}, false
	}
	was, is = was[at:], is[at:]
	for len(was) > 1 && len(is) > 1 && bytes.Equal(was[len(was)-1], is[len(is)-1]) {
		was, is = was[:len(was)-1], is[:len(is)-1]
	}
	text := string(bytes.Join(is, nil))
	if len(was) > suggestionMaxLines || len(was[len(was)-1]) == 0 || !utf8.ValidString(text) {
		return suggestion{}, false // the end of a text is no line
	}
	if cut, ok := strings.CutSuffix(text, "\n"); ok {
		text = strings.TrimSuffix(cut, "\r")
	}
	return suggestion{first, at + len(was), text}, text != ""
}
