package driver

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/connvet/connvet/internal/report"
)

// convert makes a report of one tree. DIR in it is a directory with a file
// a.go, which has a function F in the lines 3 to 5.
func convert(t *testing.T, c *converter, text string) *report.Report {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.go"), []byte("package a\n\nfunc F() {\n\n}\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	quoted, err := json.Marshal(filepath.Join(dir, "a.go"))
	if err != nil {
		t.Fatal(err)
	}
	text = strings.ReplaceAll(text, "DIR/a.go", string(quoted[1:len(quoted)-1]))
	var tree vetTree
	if err := json.Unmarshal([]byte(text), &tree); err != nil {
		t.Fatal(err)
	}
	c.wanted = map[string]bool{"p": true, "q": true}
	c.sources = report.NewSources(dir, nil)
	c.tree(tree)
	return &c.report
}

func TestConvert(t *testing.T) {
	c := &converter{tests: true, url: func(rule string) string { return "https://example.com/" + rule }}
	r := convert(t, c, `{"p [p.test]": {"connleak": [{
		"category": "rows", "posn": "DIR/a.go:4:2", "end": "DIR/a.go:4:8",
		"message": "rows is not closed [connleak/rows]",
		"related": [
			{"posn": "DIR/a.go:5:1", "end": "DIR/a.go:5:1", "message": "the return leaves it open"},
			{"posn": "DIR/a.go:4:2", "end": "DIR/a.go:4:2", "message": "connvet:resource=*database/sql.Rows"}
		],
		"suggested_fixes": [{"message": "close it", "edits": [{"filename": "DIR/a.go", "start": 22, "end": 23, "new": "x"}]}]
	}]}}`)
	at := func(line, from, to int) report.Location {
		return report.Location{File: "a.go", Start: report.Point{Line: line, Column: from}, End: report.Point{Line: line, Column: to}}
	}
	want := []report.Finding{{
		Rule: "connleak/rows", Message: "rows is not closed", URL: "https://example.com/connleak/rows",
		Location: at(4, 2, 8), Package: "p", Function: "F", Resource: "*database/sql.Rows",
		Path:  []report.Step{{Message: "the return leaves it open", Location: at(5, 1, 1)}},
		Fixes: []report.Fix{{Message: "close it", Edits: []report.Edit{{File: "a.go", Start: 22, End: 23, New: "x"}}}},
	}}
	if !reflect.DeepEqual(r.Findings, want) {
		t.Errorf("got  %+v\nwant %+v", r.Findings, want)
	}
}

func TestConvertNotes(t *testing.T) {
	r := convert(t, new(converter), `{"p": {
		"connvet": [
			{"category": "budget", "posn": "DIR/a.go:3:1", "message": "too large [connvet/budget]"},
			{"category": "internal", "posn": "DIR/a.go:3:1", "message": "index out of range\nstack"},
			{"category": "ignore", "posn": "DIR/a.go:1:1", "message": "no reason [connvet/ignore]"}
		],
		"connleak": [
			{"category": "ignore", "posn": "DIR/a.go:2:1", "message": "no such rule [connvet/ignore]"},
			{"category": "rows", "posn": "DIR/a.go:4:1", "message": "x[i] is not closed [1]"}
		],
		"deferinloop": {"error": "out of luck"},
		"other": {"error": "failed prerequisites: deferinloop"}
	}, "q": {"other": "nonsense"}, "dependency": {
		"connleak": [{"category": "rows", "posn": "DIR/a.go:3:1", "message": "nobody asked [connleak/rows]"}]
	}}`)
	r.Normalize()
	if len(r.Notes) != 1 || r.Notes[0].Kind != report.NoteBudget || r.Notes[0].QualifiedFunction() != "p.F" || r.Notes[0].Message != "too large" {
		t.Errorf("notes: %+v", r.Notes)
	}
	var got []string
	for _, f := range r.Findings {
		got = append(got, f.Rule+": "+f.Message)
	}
	want := []string{"connvet/ignore: no reason", "connvet/ignore: no such rule", "connleak/rows: x[i] is not closed [1]"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("findings: %q\nwant %q", got, want)
	}
	got = nil
	for _, n := range r.NotAnalysed {
		got = append(got, n.String())
	}
	want = []string{
		"p (F, a.go:3:1: index out of range)",
		"p (deferinloop: out of luck)",
		"q (other: json: cannot unmarshal string into Go value of type driver.vetError)",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("not analysed: %q\nwant %q", got, want)
	}
}

func TestParsePosn(t *testing.T) {
	tests := []struct {
		posn, file string
		at         report.Point
	}{
		{"/x/a.go:3:4", "/x/a.go", report.Point{Line: 3, Column: 4}},
		{`C:\x\a.go:3:4`, `C:\x\a.go`, report.Point{Line: 3, Column: 4}},
		{"a.go:3", "a.go", report.Point{Line: 3}},
		{"a:1:b.go:3:4", "a:1:b.go", report.Point{Line: 3, Column: 4}},
		{"a.go", "a.go", report.Point{}},
		{"-", "-", report.Point{}},
		{"", "", report.Point{}},
	}
	for _, test := range tests {
		if file, at := parsePosn(test.posn); file != test.file || at != test.at {
			t.Errorf("%q: %q %v, want %q %v", test.posn, file, at, test.file, test.at)
		}
	}
}
