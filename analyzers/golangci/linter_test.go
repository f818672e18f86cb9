package golangci

import (
	"go/token"
	"slices"
	"strings"
	"testing"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/analyzers"
)

// The plugin is registered and gives golangci-lint what it can run.
func TestPlugin(t *testing.T) {
	construct, err := register.GetPlugin("connvet")
	if err != nil {
		t.Fatal(err)
	}
	p, err := construct(nil)
	if err != nil {
		t.Fatal(err)
	}
	list, err := p.BuildAnalyzers()
	if err != nil {
		t.Fatal(err)
	}
	if err := analysis.Validate(list); err != nil {
		t.Error(err)
	}
	// Any other name would stand before each message.
	if list[0].Name != "connvet" {
		t.Errorf("the linter is called %s", list[0].Name)
	}
	if p.GetLoadMode() != register.LoadModeTypesInfo {
		t.Errorf("the load mode is %s", p.GetLoadMode())
	}
	again, err := p.BuildAnalyzers()
	if err != nil || again[1].Name != list[1].Name {
		t.Errorf("built again: %v, %v", again, err)
	}
	id := strings.TrimPrefix(list[1].Name, "connvet_")
	for _, a := range requirements(list[0]) {
		if marked := strings.HasSuffix(a.Name, "_"+id); marked != (len(a.FactTypes) > 0) || strings.Count(a.Name, id) > 1 {
			t.Errorf("%s has facts: %t", a.Name, len(a.FactTypes) > 0)
		}
	}
}

// requirements returns all analyzers that one requires.
func requirements(a *analysis.Analyzer) []*analysis.Analyzer {
	var list []*analysis.Analyzer
	for _, req := range a.Requires {
		list = append(append(list, req), requirements(req)...)
	}
	return list
}

// The linter runs passes in its own place: they must not be what others build on.
func TestPasses(t *testing.T) {
	l := newLinter(rules{})
	for _, a := range analyzers.All() {
		if a.ResultType == nil && len(a.FactTypes) > 0 {
			t.Errorf("%s has facts of its own", a.Name)
		}
		for _, req := range a.Requires {
			if !slices.Contains(l.Requires, req) || req.ResultType == nil {
				t.Errorf("%s requires %s", a.Name, req.Name)
			}
		}
	}
}

// fileSet has two files of 50 lines with ten characters each.
func fileSet() (fset *token.FileSet, at func(file, line int) token.Pos) {
	fset = token.NewFileSet()
	var files []*token.File
	for _, name := range []string{"/src/store/a.go", "/src/store/b.go"} {
		f := fset.AddFile(name, -1, 500)
		for i := 1; i < 50; i++ {
			f.AddLine(10 * i)
		}
		files = append(files, f)
	}
	return fset, func(file, line int) token.Pos { return files[file].LineStart(line) }
}

func TestPath(t *testing.T) {
	fset, at := fileSet()
	step := func(file, line int, text string) analysis.RelatedInformation {
		return analysis.RelatedInformation{Pos: at(file, line), Message: text}
	}
	tests := []struct {
		message string
		steps   []analysis.RelatedInformation
		want    string
	}{
		{"rows is never closed [connleak/rows]", nil, "rows is never closed [connleak/rows]"},
		{"text [rule]", []analysis.RelatedInformation{step(0, 7, "opened")}, "text (line 7: opened) [rule]"},
		{"text", []analysis.RelatedInformation{step(0, 7, "opened"), step(1, 9, "x is true"), step(0, 12, "left")}, "text (line 7: opened -> b.go:9: x is true -> 12: left)"},
		{"left at line 12 [rule]", []analysis.RelatedInformation{step(0, 7, "opened"), step(0, 12, "left")}, "left at line 12 (line 7: opened) [rule]"},
		{"left at line 12 [rule]", []analysis.RelatedInformation{step(0, 7, "opened"), step(1, 12, "left")}, "left at line 12 (line 7: opened -> b.go:12: left) [rule]"},
		{"left at line 121 [rule]", []analysis.RelatedInformation{step(0, 7, "opened"), step(0, 12, "left")}, "left at line 121 (line 7: opened -> 12: left) [rule]"},
		{"left at lines 12 and 14 [rule]", []analysis.RelatedInformation{step(0, 7, "opened"), step(0, 12, "left")}, "left at lines 12 and 14 (line 7: opened -> 12: left) [rule]"},
	}
	for _, test := range tests {
		d := analysis.Diagnostic{Pos: at(0, 7), Message: test.message, Related: test.steps}
		if got := withPath(fset, d); got != test.want {
			t.Errorf("got:  %s\nwant: %s", got, test.want)
		}
	}
}

func TestFixes(t *testing.T) {
	fix := func(edits ...analysis.TextEdit) analysis.SuggestedFix {
		return analysis.SuggestedFix{TextEdits: edits}
	}
	edit := func(pos, end token.Pos, text string) analysis.TextEdit {
		return analysis.TextEdit{Pos: pos, End: end, NewText: []byte(text)}
	}
	var c chosen
	tests := []struct {
		fixes []analysis.SuggestedFix
		want  int
	}{
		{nil, 0},
		{[]analysis.SuggestedFix{fix(edit(10, 10, "a"), edit(30, 40, "b")), fix(edit(50, 60, "c"))}, 1},
		{[]analysis.SuggestedFix{fix(edit(10, 0, "a"))}, 1},                     // made once
		{[]analysis.SuggestedFix{fix(edit(10, 10, "b"))}, 0},                    // which of them first?
		{[]analysis.SuggestedFix{fix(edit(5, 8, ""), edit(35, 50, ""))}, 0},     // in part
		{[]analysis.SuggestedFix{fix(edit(30, 30, "x"))}, 1},                    // before what is replaced
		{[]analysis.SuggestedFix{fix(edit(40, 50, "y"), edit(60, 60, "z"))}, 1}, // behind it
		{[]analysis.SuggestedFix{fix(edit(5, 8, "d"))}, 1},                      // of the one that was refused
	}
	for i, test := range tests {
		if got := c.take(test.fixes); len(got) != test.want {
			t.Errorf("%d: %d fixes, want %d", i, len(got), test.want)
		}
	}
}
