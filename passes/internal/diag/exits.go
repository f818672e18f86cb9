package diag

import (
	"fmt"
	"go/token"
	"slices"
	"strings"

	"github.com/connvet/connvet/passes/internal/lifecycle"
)

// A verb agrees with its subject: one exit leaves, several leave.
type verb struct{ one, many string }

func (v verb) of(plural bool) string {
	if plural {
		return v.many
	}
	return v.one
}

// exitsOf names the exits of a finding as the subject of a sentence, and apart
// from them the lines at which the Close of a connection waits.
func exitsOf(fset *token.FileSet, exits []lifecycle.Exit) (subject, hangs string, plural bool) {
	var returns, others, closes []string
	for _, x := range exits {
		line := fmt.Sprint(fset.Position(x.Pos).Line)
		if !x.Pos.IsValid() {
			line = "unknown"
		}
		switch {
		case x.Hang:
			closes = append(closes, "line "+line)
		case x.Lost:
			others = append(others, "acquiring it again at line "+line)
		case x.Go && x.End:
			others = append(others, "the end of the goroutine at line "+line)
		case x.End:
			others = append(others, "the end of the function at line "+line)
		case x.Go:
			others = append(others, "the return from the goroutine at line "+line)
		case !slices.Contains(returns, line):
			returns = append(returns, line)
		}
	}
	hangs = enumerate(closes)
	n := len(returns) + len(others)
	if n > 3 {
		if len(returns) > 0 {
			others = []string{"the return at line " + returns[0]}
		}
		return fmt.Sprintf("%s and %d more", others[0], n-1), hangs, true
	}
	var parts []string
	switch len(returns) {
	case 0:
	case 1:
		parts = append(parts, "the return at line "+returns[0])
	default:
		parts = append(parts, "the returns at lines "+enumerate(returns))
	}
	return enumerate(append(parts, others...)), hangs, n > 1
}

// enumerate joins words: a, b and c.
func enumerate(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
