package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/connvet/connvet/internal/schematest"
)

// umlautFile is a file whose columns are not the same in bytes and in UTF-16.
const umlautFile = "package ü\n\nvar größe, 😀 = db.Query(q) // ö\n"

// richSample is sample with what only some formats show.
func richSample(t *testing.T) *Report {
	r := sample(t)
	r.Sources = sourcesOf(t, map[string]string{"store/store.go": storeFile, "größe/a b.go": umlautFile})
	r.Rules = []Rule{
		{ID: "deferinloop", Title: "a release that is deferred inside a loop", URL: "https://example.com/defer"},
		{ID: "connleak/rows", Title: "rows that stay open", Help: "# connleak/rows: rows\n\n`*sql.Rows` hold a\nconnection.\n\nMore.\n", URL: "javascript:alert(1)"},
	}
	r.Failures = []string{"the server refused the connection: @admin <b>no</b>"}
	query := strings.Index(umlautFile, "db.Query")
	r.Findings = append(r.Findings,
		Finding{
			Rule: "connleak/rows", Level: LevelNote, Message: "columns [count](https://evil.example) characters", Package: "example.com/m/größe",
			Location: Location{"größe/a b.go", Point{3, column(3, umlautFile, "db")}, Point{3, column(3, umlautFile, " //")}},
			Fixes:    []Fix{{"", []Edit{{"größe/a b.go", query, query + len("db"), ""}}}, {"not ours to read", []Edit{{"gone.go", 0, 0, "x"}}}},
		},
		Finding{Rule: "C01", Level: LevelError, Message: "2 instances x 100 connections > max_connections 151.", Advice: "Lower SetMaxOpenConns to 70."},
		Finding{Rule: "C01", Level: LevelError, Message: "another server"},
	)
	return r
}

// column returns the column in bytes of what is in a line of text.
func column(line int, text, what string) int {
	return strings.Index(strings.Split(text, "\n")[line-1], what) + 1
}

// write returns a report in a format.
func write(t testing.TB, name string, r *Report, o Options) []byte {
	t.Helper()
	format, ok := LookupFormat(name)
	if !ok {
		t.Fatalf("no format %s", name)
	}
	var out bytes.Buffer
	if err := format.Write(&out, r, o); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestSARIF(t *testing.T) {
	golden(t, "report.sarif", write(t, "sarif", richSample(t), Options{Version: "v1.2.3"}))
	empty := write(t, "sarif", &Report{}, Options{Tool: "poolcheck", Version: "(devel)"})
	golden(t, "empty.sarif", empty)
}

// Neither the directory nor the run makes a difference.
func TestDeterministic(t *testing.T) {
	for _, format := range Formats {
		want := write(t, format.Name, richSample(t), Options{})
		for range 5 {
			if got := write(t, format.Name, richSample(t), Options{}); !bytes.Equal(got, want) {
				t.Fatalf("%s: got:\n%s\nwant:\n%s", format.Name, got, want)
			}
		}
	}
}

// sarifSchema returns the schema of SARIF, which checks formats too, as
// github/codeql-action does before it uploads.
func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile("testdata/sarif-schema-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	return schematest.Compile(t, text)
}

func TestSARIFSchema(t *testing.T) {
	s := sarifSchema(t)
	hostile := "\x00\xff\u202e](x) \n😀"
	for name, r := range map[string]*Report{
		"sample": richSample(t),
		"empty":  {},
		"hostile": {
			Findings: []Finding{
				{Level: "fatal"},
				{Rule: hostile, Message: hostile, Advice: hostile, Location: Location{File: hostile, Start: Point{1, 1}}},
				{Location: Location{File: "../a:b/c.go", Start: Point{2, 0}, End: Point{1, 5}}, Path: []Step{{}, {Location: Location{File: "x"}}}},
			},
			Failures:    []string{"", hostile},
			NotAnalysed: []NotAnalysed{{Package: hostile}},
			Rules:       []Rule{{ID: "a"}, {ID: "a"}, {ID: hostile, URL: "::"}, {ID: "b", URL: "https://x/%zz"}},
		},
	} {
		out := write(t, "sarif", r, Options{})
		if err := schematest.Validate(s, out); err != nil {
			t.Errorf("%s: %v in:\n%s", name, err, out)
		}
		if bytes.Contains(out, []byte(`": ""`)) || bytes.Contains(out, []byte("null")) {
			t.Errorf("%s: an empty string or null in:\n%s", name, out)
		}
	}
	out := string(write(t, "sarif", richSample(t), Options{}))
	for old, new := range map[string]string{
		`"level": "error"`:     `"level": "fatal"`,
		`"startLine": 4`:       `"startLine": 0`,
		`"artifactLocation"`:   `"file"`,
		`/a%20b.go"`:           `/a%zzb.go"`,
		`"utf16CodeUnits"`:     `"bytes"`,
		`"executionSuccessful`: `"successful`,
	} {
		if !strings.Contains(out, old) || schematest.Validate(s, []byte(strings.Replace(out, old, new, 1))) == nil {
			t.Errorf("%s instead of %s: the schema allows it", new, old)
		}
	}
}

// GitHub demands things that the schema does not.
func TestSARIFLocations(t *testing.T) {
	for _, r := range decodeSARIF(t, write(t, "sarif", richSample(t), Options{})).Results {
		if len(r.Locations) != 1 || r.Locations[0].Physical.Region.StartLine < 1 {
			t.Errorf("%s: locations %+v", r.Message.Text, r.Locations)
		}
	}
}

func TestSARIFRegion(t *testing.T) {
	sources := sourcesOf(t, map[string]string{"a.go": "äb\n\t😀x\r\nend\n"})
	tests := []struct {
		start, end Point
		want       sarifRegion
	}{
		{Point{1, 3}, Point{1, 4}, sarifRegion{1, 2, 1, 3}},
		{Point{2, 2}, Point{2, 6}, sarifRegion{2, 2, 2, 4}},
		{Point{2, 6}, Point{2, 7}, sarifRegion{2, 4, 2, 5}},
		{Point{1, 3}, Point{2, 6}, sarifRegion{1, 2, 2, 4}},
		{Point{1, 1}, Point{1, 1}, sarifRegion{1, 1, 1, 3}}, // up to the end of the line
		{Point{2, 6}, Point{}, sarifRegion{2, 4, 2, 5}},
		{Point{3, 2}, Point{3, 99}, sarifRegion{3, 2, 3, 4}},
		{Point{3, 99}, Point{3, 100}, sarifRegion{3, 4, 3, 4}},
		{Point{2, 0}, Point{2, 0}, sarifRegion{2, 0, 2, 0}},
		{Point{}, Point{}, sarifRegion{1, 0, 0, 0}},
		{Point{9, 5}, Point{9, 7}, sarifRegion{9, 0, 9, 0}}, // cannot be converted
		{Point{1, 2}, Point{9, 7}, sarifRegion{1, 2, 9, 0}},
	}
	for _, test := range tests {
		if got := newRegion(Location{"a.go", test.start, test.end}, sources); got != test.want {
			t.Errorf("%v to %v: %v, want %v", test.start, test.end, got, test.want)
		}
	}
}

func TestSARIFFix(t *testing.T) {
	s := &sarifWriter{sources: sourcesOf(t, map[string]string{"a.go": "ä := 1\n", "b.go": "x\n"})}
	fix, ok := s.fix(Fix{Edits: []Edit{{"a.go", 3, 5, "="}, {"b.go", 2, 2, "y\n"}, {"a.go", 7, 7, ";"}}})
	a, b := s.artifact("a.go"), s.artifact("b.go")
	want := []sarifArtifactChange{
		{a, []sarifReplacement{{sarifRegion{1, 3, 1, 5}, &sarifContent{"="}}, {sarifRegion{1, 7, 1, 7}, &sarifContent{";"}}}},
		{b, []sarifReplacement{{sarifRegion{2, 1, 2, 1}, &sarifContent{"y\n"}}}},
	}
	if got, want := fmt.Sprint(marshal(t, fix.Changes)), fmt.Sprint(marshal(t, want)); !ok || got != want {
		t.Errorf("%t:\n%s\nwant:\n%s", ok, got, want)
	}
	for _, e := range []Edit{{File: "gone.go"}, {File: "a.go", Start: 100, End: 100}, {File: "a.go", Start: 3, End: 2}} {
		if fix, ok := s.fix(Fix{Edits: []Edit{e}}); ok {
			t.Errorf("%+v is changed by %+v", e, fix)
		}
	}
}

func marshal(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// decodeSARIF returns the only run of a log.
func decodeSARIF(t *testing.T, data []byte) sarifRun {
	t.Helper()
	var log sarifLog
	if err := json.Unmarshal(data, &log); err != nil || len(log.Runs) != 1 {
		t.Fatalf("%d runs, %v", len(log.Runs), err)
	}
	return log.Runs[0]
}
