package report

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/connvet/connvet/internal/schematest"
)

func TestRDJSONL(t *testing.T) {
	golden(t, "report.rdjsonl", write(t, "rdjsonl", richSample(t), Options{}))
	if got := write(t, "rdjsonl", &Report{}, Options{}); len(got) != 0 {
		t.Errorf("an empty report is %q", got)
	}
}

// rdfSchema returns reviewdog's schema of a line. It would let misspelt names
// pass.
func rdfSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile("testdata/rdf-diagnostic-schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schematest.Compile(t, bytes.ReplaceAll(text, []byte(`"additionalProperties": true`), []byte(`"additionalProperties": false`)))
}

// hostileReport returns a report of which nothing is as it should be.
func hostileReport() *Report {
	hostile := "\x00\xff\u202e](x) \r\n::error::<b> 😀"
	long := strings.Repeat(hostile, 10000)
	return &Report{
		Findings: []Finding{
			{Level: "fatal"},
			{Rule: hostile, Message: hostile, Advice: hostile, URL: hostile, Location: Location{File: hostile, Start: Point{1, 1}}},
			{Location: Location{File: "../a:b/c.go", Start: Point{2, 0}, End: Point{1, 5}}, Path: []Step{{}, {Location: Location{File: "x"}}}},
			{Rule: long, Message: long, Advice: long, URL: "https://x/" + long, Location: Location{File: long}, Path: []Step{{long, Location{File: long}}},
				Fixes: []Fix{{long, []Edit{{long, 0, 0, long}}}}},
			{Location: Location{File: "a.go", Start: Point{-1, -1}, End: Point{-1, -1}}},
		},
		Failures:    []string{"", hostile},
		NotAnalysed: []NotAnalysed{{Package: hostile}},
		Notes:       []Note{{Kind: NoteBudget, Package: hostile}},
	}
}

func TestRDJSONLSchema(t *testing.T) {
	s := rdfSchema(t)
	for name, r := range map[string]*Report{"sample": richSample(t), "hostile": hostileReport()} {
		out := write(t, "rdjsonl", r, Options{})
		if n, want := bytes.Count(out, []byte("\n")), len(withIncomplete(r, "").Findings); n != want {
			t.Errorf("%s: %d lines of %d", name, n, want)
		}
		for line := range bytes.Lines(out) {
			if err := schematest.Validate(s, line); err != nil {
				t.Errorf("%s: %v in:\n%s", name, err, line)
			}
			if len(line) > rdfMaxLine {
				t.Errorf("%s: a line of %d bytes", name, len(line))
			}
			if bytes.Contains(line, []byte("null")) {
				t.Errorf("%s: null in:\n%s", name, line)
			}
		}
	}
	line, _, _ := bytes.Cut(write(t, "rdjsonl", richSample(t), Options{}), []byte("\n"))
	for old, new := range map[string]string{
		`"ERROR"`:         `"FATAL"`,
		`"line":1`:        `"line":"1"`,
		`"path"`:          `"file"`,
		`"original_outpu`: `"originalOutpu`,
	} {
		if !bytes.Contains(line, []byte(old)) || schematest.Validate(s, bytes.Replace(line, []byte(old), []byte(new), 1)) == nil {
			t.Errorf("%s instead of %s: the schema allows it", new, old)
		}
	}
}

// Columns count bytes.
func TestRDFLocation(t *testing.T) {
	at := func(line, column int) rdfPosition { return rdfPosition{line, column} }
	tests := []struct {
		start, end Point
		want       rdfRange
	}{
		{Point{3, 4}, Point{3, 9}, rdfRange{at(3, 4), at(3, 9)}},
		{Point{3, 4}, Point{5, 1}, rdfRange{at(3, 4), at(5, 1)}},
		{Point{3, 4}, Point{3, 4}, rdfRange{at(3, 4), at(0, 0)}},
		{Point{3, 4}, Point{}, rdfRange{at(3, 4), at(0, 0)}},
		{Point{3, 0}, Point{5, 0}, rdfRange{at(3, 0), at(5, 0)}},
		{Point{3, 4}, Point{5, 0}, rdfRange{at(3, 0), at(5, 0)}},
		{Point{3, 0}, Point{3, 0}, rdfRange{at(3, 0), at(0, 0)}},
		{Point{}, Point{}, rdfRange{at(1, 0), at(0, 0)}},
	}
	for _, test := range tests {
		if got := newRDFLocation(Location{"a.go", test.start, test.end}, namer{}); got.Range != test.want || got.Path != "a.go" {
			t.Errorf("%v to %v: %+v, want %+v", test.start, test.end, got, test.want)
		}
	}
	sources := sourcesOf(t, map[string]string{"größe/a b.go": umlautFile})
	f := Finding{Location: Location{"größe/a b.go", Point{3, column(3, umlautFile, "db")}, Point{3, column(3, umlautFile, " //")}}}
	got := newRDF(f, "", "connvet", namer{"", sources}).Location
	line, _ := sources.Line(got.Path, got.Range.Start.Line)
	if text := line[got.Range.Start.Column-1 : got.Range.End.Column-1]; !strings.HasPrefix(text, "db.") || strings.HasSuffix(text, " ") {
		t.Errorf("the range is %q", text)
	}
}

// Of the path the repository has the end, and all that is in it.
func TestRDFRelated(t *testing.T) {
	n := namer{"", NewSources(t.TempDir(), nil)}
	f := Finding{Message: "m"}
	for i := range rdfMaxSteps + 2 {
		f.Path = append(f.Path, Step{"here", Location{"a.go", Point{i + 1, 1}, Point{}}})
	}
	f.Path = append(f.Path, Step{"far away", Location{"../../lib/a.go", Point{1, 1}, Point{}}}, Step{"nowhere", Location{}})
	got := newRDF(f, "", "connvet", n)
	if k := len(got.Related); k != rdfMaxSteps || got.Related[k-1].Location.Range.Start.Line != rdfMaxSteps+2 {
		t.Errorf("%d related locations: %+v", k, got.Related)
	}
	if !strings.Contains(got.Output, "/lib/a.go:1: far away\n\tnowhere") || strings.Count(got.Output, ": here") != rdfMaxSteps+2 {
		t.Errorf("the output is:\n%s", got.Output)
	}
}

func TestRDFText(t *testing.T) {
	for text, want := range map[string]string{
		"rows of (*sql.DB).Query, a[b] and map[k]v": "rows of (*sql.DB).Query, a[b] and map[k]v",
		"2 < 3, ch <- v, <-ch, a@b.example, C#7":    "2 < 3, ch <- v, <-ch, a@b.example, C#7",
		"one\r\ntwo\x1b[0m":                         "one two·[0m",
		"![x](https://evil.example)":                "![x] (https://evil.example)",
		"<img src=x> </b> <!-- x":                   "< img src=x> < /b> < !-- x",
		"@admin and (@admin), #12":                  "@ admin and (@ admin), # 12",
		"@@port":                                    "@@ port",
	} {
		if got := rdfText(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// A line is shortened by what is needed least.
func TestRDFLine(t *testing.T) {
	long := strings.Repeat("x", rdfMaxLine)
	full := rdfDiagnostic{
		Message: "m", Output: "m\npath", Code: rdfCode{Value: "r"}, Location: rdfLocation{Path: "a.go"},
		Suggestions: []rdfSuggestion{{Text: "s"}}, Related: []rdfRelated{{Message: "p"}},
	}
	with := func(change func(d *rdfDiagnostic)) rdfDiagnostic {
		d := full
		d.Suggestions, d.Related = []rdfSuggestion{{Text: "s"}}, []rdfRelated{{Message: "p"}}
		change(&d)
		return d
	}
	tests := []struct{ in, want rdfDiagnostic }{
		{full, full},
		{with(func(d *rdfDiagnostic) { d.Output = long }), with(func(d *rdfDiagnostic) { d.Output = "m" })},
		{
			with(func(d *rdfDiagnostic) { d.Suggestions[0].Text = long }),
			with(func(d *rdfDiagnostic) { d.Output, d.Suggestions = "m", nil }),
		},
		{
			with(func(d *rdfDiagnostic) { d.Related[0].Message = long }),
			with(func(d *rdfDiagnostic) { d.Output, d.Suggestions, d.Related = "m", nil, nil }),
		},
		{
			with(func(d *rdfDiagnostic) { d.Location.Path = long }),
			with(func(d *rdfDiagnostic) {
				d.Message, d.Output, d.Suggestions, d.Related = "r", "r", nil, nil
				d.Location.Path = clip(long, markdownName)
			}),
		},
	}
	for i, test := range tests {
		line, err := rdfLine(test.in)
		var got rdfDiagnostic
		if err != nil || json.Unmarshal(line, &got) != nil || !reflect.DeepEqual(got, test.want) {
			t.Errorf("%d: %v, %.300s", i, err, line)
		}
	}
}

// Names are relative to where reviewdog is started.
func TestReviewdogDir(t *testing.T) {
	root := t.TempDir()
	sub := filepath.Join(root, "go", "svc")
	if err := os.MkdirAll(sub, 0o777); err != nil {
		t.Fatal(err)
	}
	sources := NewSources(sub, nil)
	tests := []struct{ root, dir, name, lib string }{
		{root, root, "go/svc/a.go", "go/lib/a.go"},
		{root, sub, "a.go", filepath.ToSlash(filepath.Join(root, "go/lib/a.go"))},
		{root, filepath.Dir(sub), "svc/a.go", "lib/a.go"},
		{root, filepath.Dir(root), "go/svc/a.go", "go/lib/a.go"}, // outside, as with -C
		{"", sub, "a.go", filepath.ToSlash(filepath.Join(root, "go/lib/a.go"))},
	}
	for _, test := range tests {
		t.Chdir(test.dir)
		n := namer{reviewdogDir(test.root), sources}
		if name, lib := n.name("a.go"), n.name("../lib/a.go"); name != test.name || lib != test.lib {
			t.Errorf("in %s of %q: %s and %s, want %s and %s", test.dir, test.root, name, lib, test.name, test.lib)
		}
	}
}
