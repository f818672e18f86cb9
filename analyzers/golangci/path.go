package golangci

import (
	"fmt"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// withPath returns a message with the path to the finding, a step for each related
// position, between its text and its rule:
//
//	text (line 34: step -> 42: step -> cursor.go:17: step) [rule]
func withPath(fset *token.FileSet, d analysis.Diagnostic) string {
	text, rule := cutRule(d.Message)
	here := fset.Position(d.Pos).Filename
	var steps []string
	for i, rel := range d.Related {
		at := fset.Position(rel.Pos)
		line := fmt.Sprint(at.Line)
		switch last := i == len(d.Related)-1; {
		case at.Filename != here:
			line = filepath.Base(at.Filename) + ":" + line
		case i == 0:
			line = "line " + line
		case last && namesLine(text, at.Line):
			continue // it is the exit that the text is about
		}
		steps = append(steps, line+": "+rel.Message)
	}
	if len(steps) == 0 {
		return d.Message
	}
	text += " (" + strings.Join(steps, " -> ") + ")"
	if rule != "" {
		text += " [" + rule + "]"
	}
	return text
}

// namesLine reports whether a text speaks of a line.
func namesLine(text string, line int) bool {
	return regexp.MustCompile(fmt.Sprintf(`\bline %d\b`, line)).MatchString(text)
}
