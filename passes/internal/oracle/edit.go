package oracle

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// An Edit replaces what is between two places of the plain form.
type Edit struct {
	Line, Col       int // from 1 and 0, in bytes
	EndLine, EndCol int
	New             string // with § for the number of the program
}

// edits are those of a suggested fix in program number id.
func (c *checker) edits(fix analysis.SuggestedFix, id int) []Edit {
	var all []Edit
	for _, te := range fix.TextEdits {
		from := c.fset.Position(te.Pos)
		to := from
		if te.End.IsValid() {
			to = c.fset.Position(te.End)
		}
		all = append(all, Edit{
			Line: from.Line, Col: from.Column - 1,
			EndLine: to.Line, EndCol: to.Column - 1,
			New: strings.ReplaceAll(string(te.NewText), "_"+number(id), "_§"),
		})
	}
	slices.SortStableFunc(all, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
	})
	return all
}

// edit changes the text of the lines, the last edit first.
func (w *writer) edit(edits []Edit) {
	for _, e := range slices.Backward(edits) {
		from, to := w.shift[e.Line][e.Col], w.shift[e.EndLine][e.EndCol]
		if from == within || to == within {
			continue
		}
		text := strings.ReplaceAll(e.New, "§", w.id)
		if w.form == executed {
			text = closesConn.ReplaceAllString(text, "fr.Close("+strconv.Itoa(e.Line)+", $1)")
		}
		head, tail := w.text[e.Line][:from], w.text[e.EndLine][to:]
		w.text[e.Line] = head + text + tail
		for n := e.Line + 1; n <= e.EndLine; n++ {
			w.text[n] = joined
		}
	}
}

// closesConn finds what must not run as it stands: a Conn.Close that waits for
// ever tells nobody what it waits for. The generator calls every such variable
// conn.
var closesConn = regexp.MustCompile(`\b(conn\d*)\.Close\(\)`)

// joined is the text of a line that an edit has made part of an earlier one.
const joined = "\x00"

// source is the text of all lines.
func (w *writer) source() string {
	var b strings.Builder
	for _, line := range w.text[1:] {
		if line != joined {
			b.WriteString(line)
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// moved is where a line of the plain form is after the edits.
func moved(line int, edits []Edit) int {
	by := 0
	for _, e := range edits {
		if e.Line < line || e.Line == line && e.Col == 0 {
			by += strings.Count(e.New, "\n") - (e.EndLine - e.Line)
		}
	}
	return line + by
}
