package golangci

import (
	"bytes"
	"slices"

	"golang.org/x/tools/go/analysis"
)

// chosen are the edits of fixes that can be made together.
type chosen []analysis.TextEdit

// take returns the first of a diagnostic's fixes, or none if it overlaps one that
// was taken before. It can be made in another run.
func (c *chosen) take(fixes []analysis.SuggestedFix) []analysis.SuggestedFix {
	if len(fixes) == 0 {
		return nil
	}
	for _, e := range fixes[0].TextEdits {
		if slices.ContainsFunc(*c, func(f analysis.TextEdit) bool { return overlap(e, f) }) {
			return nil
		}
	}
	*c = append(*c, fixes[0].TextEdits...)
	return fixes[:1:1]
}

// overlap reports whether two edits cannot both be made: they touch the same text,
// or insert different text at one place. Equal edits are made once.
func overlap(a, b analysis.TextEdit) bool {
	aEnd, bEnd := max(a.End, a.Pos), max(b.End, b.Pos)
	if a.Pos == b.Pos && aEnd == bEnd {
		return !bytes.Equal(a.NewText, b.NewText)
	}
	return a.Pos < bEnd && b.Pos < aEnd
}
