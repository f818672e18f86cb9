package unit

import (
	"cmp"
	"encoding/json"
	"fmt"
	"go/token"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// report prints the results of the selected analyzers, or applies their fixes,
// and returns the exit code.
func (t *tool) report(u unit, c *checked, sources []source, roots []*action) int {
	for _, act := range roots {
		slices.SortStableFunc(act.diagnostics, func(x, y analysis.Diagnostic) int {
			return compareDiagnostics(c.fset, x, y)
		})
	}
	switch {
	case t.fix:
		return t.applyFixes(u, c, sources, roots)
	case t.json:
		return t.printJSON(u, c.fset, roots)
	}
	return t.printText(c.fset, roots)
}

// compareDiagnostics orders diagnostics by position and message.
func compareDiagnostics(fset *token.FileSet, x, y analysis.Diagnostic) int {
	px, py := fset.Position(x.Pos), fset.Position(y.Pos)
	return cmp.Or(
		strings.Compare(px.Filename, py.Filename),
		cmp.Compare(px.Line, py.Line),
		cmp.Compare(px.Column, py.Column),
		strings.Compare(x.Message, y.Message),
	)
}

// printText prints errors and diagnostics for people.
func (t *tool) printText(fset *token.FileSet, roots []*action) int {
	code := 0
	type found struct {
		analyzer string
		analysis.Diagnostic
	}
	var all []found
	for _, act := range roots {
		if act.err != nil {
			code = t.fail(fmt.Errorf("%s: %v", act.analyzer.Name, act.err))
		}
		for _, d := range act.diagnostics {
			all = append(all, found{act.analyzer.Name, d})
		}
	}
	slices.SortStableFunc(all, func(x, y found) int {
		if fset.Position(x.Pos) == fset.Position(y.Pos) {
			return cmp.Or(strings.Compare(x.analyzer, y.analyzer), strings.Compare(x.Message, y.Message))
		}
		return compareDiagnostics(fset, x.Diagnostic, y.Diagnostic)
	})
	for _, d := range all {
		code = 1
		t.printLine(fset, d.Pos, d.End, d.Message)
		for _, rel := range d.Related {
			t.printLine(fset, rel.Pos, rel.End, "\t"+rel.Message)
		}
	}
	return code
}

// printLine prints one message and, if asked for, the lines that it is about.
func (t *tool) printLine(fset *token.FileSet, pos, end token.Pos, message string) {
	start := fset.Position(pos)
	fmt.Fprintf(t.stderr, "%s: %s\n", start, message)
	if t.context < 0 {
		return
	}
	stop := fset.Position(cmp.Or(end, pos))
	data, _ := os.ReadFile(start.Filename)
	for i, line := range strings.Split(string(data), "\n") {
		if n := i + 1; start.Line-t.context <= n && n <= stop.Line+t.context {
			fmt.Fprintf(t.stderr, "%d\t%s\n", n, line)
		}
	}
}

// The JSON that cmd/go reads: package ID -> analyzer -> jsonError or
// []jsonDiagnostic. The schema is that of x/tools' unitchecker.
type (
	jsonTree map[string]map[string]any

	jsonError struct {
		Err string `json:"error"`
	}

	jsonDiagnostic struct {
		Category       string        `json:"category,omitempty"`
		Posn           string        `json:"posn"`
		End            string        `json:"end"`
		Message        string        `json:"message"`
		SuggestedFixes []jsonFix     `json:"suggested_fixes,omitempty"`
		Related        []jsonRelated `json:"related,omitempty"`
	}

	jsonFix struct {
		Message string     `json:"message"`
		Edits   []jsonEdit `json:"edits"`
	}

	jsonEdit struct {
		Filename string `json:"filename"`
		Start    int    `json:"start"` // byte offset
		End      int    `json:"end"`
		New      string `json:"new"`
	}

	jsonRelated struct {
		Posn    string `json:"posn"`
		End     string `json:"end"`
		Message string `json:"message"`
	}
)

// printJSON prints errors and diagnostics for cmd/go. A package without either
// prints nothing: an empty stream of trees.
func (t *tool) printJSON(u unit, fset *token.FileSet, roots []*action) int {
	results := make(map[string]any)
	for _, act := range roots {
		if act.err != nil {
			// cmd/go would not read our output if we failed.
			t.fail(fmt.Errorf("%s: %v", act.analyzer.Name, act.err))
			results[act.analyzer.Name] = jsonError{act.err.Error()}
		} else if len(act.diagnostics) > 0 {
			results[act.analyzer.Name] = jsonDiagnostics(fset, act.diagnostics)
		}
	}
	if len(results) == 0 {
		return 0
	}
	data, err := json.MarshalIndent(jsonTree{u.ID: results}, "", "\t")
	if err != nil {
		return t.fail(err)
	}
	if err := t.print(u, append(data, '\n')); err != nil {
		return t.fail(err)
	}
	return 0
}

// jsonDiagnostics converts the diagnostics of one analyzer.
func jsonDiagnostics(fset *token.FileSet, diagnostics []analysis.Diagnostic) []jsonDiagnostic {
	posn := func(pos token.Pos) string { return fset.Position(pos).String() }
	var list []jsonDiagnostic
	for _, d := range diagnostics {
		out := jsonDiagnostic{
			Category: d.Category,
			Posn:     posn(d.Pos),
			End:      posn(cmp.Or(d.End, d.Pos)),
			Message:  d.Message,
		}
		for _, fix := range d.SuggestedFixes {
			edits := []jsonEdit(nil)
			for _, e := range fix.TextEdits {
				start, end := fset.Position(e.Pos), fset.Position(e.End)
				edits = append(edits, jsonEdit{start.Filename, start.Offset, end.Offset, string(e.NewText)})
			}
			out.SuggestedFixes = append(out.SuggestedFixes, jsonFix{fix.Message, edits})
		}
		for _, rel := range d.Related {
			out.Related = append(out.Related, jsonRelated{posn(rel.Pos), posn(cmp.Or(rel.End, rel.Pos)), rel.Message})
		}
		list = append(list, out)
	}
	return list
}

// print writes to standard output or to the file that cmd/go wants instead.
func (t *tool) print(u unit, data []byte) error {
	if u.Stdout != "" {
		return os.WriteFile(u.Stdout, data, 0666)
	}
	_, err := t.stdout.Write(data)
	return err
}
