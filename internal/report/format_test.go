package report

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite golden files in testdata")

// storeFile is the file that the findings of sample are in.
const storeFile = "package store\n\n" +
	"func Load(db *sql.DB) error {\n" +
	"\trows, err := db.Query(\"SELECT \x1b[31m1\")\n" + // a string that would steer a terminal
	"\tif err != nil {\n" +
	"\t\treturn err\n" +
	"\t}\n" +
	"\tif err := rows.Scan(&x); err != nil {\n" +
	"\t\treturn err\n" +
	"\t}\n" +
	"\treturn rows.Close()\n" +
	"}\n"

// sample returns a report with one of everything.
func sample(t *testing.T) *Report {
	at := func(line, from, to int) Location {
		return Location{"store/store.go", Point{line, from}, Point{line, to}}
	}
	end := strings.Index(storeFile, "\tif err := rows")
	r := &Report{
		Findings: []Finding{
			{
				Rule: "deferinloop", Message: "in a file that \u202eis gone\x1b[0m", Package: "example.com/m/other",
				Location: Location{File: "gone.go", Start: Point{Line: 3}},
			},
			{
				Rule: "connleak/db", Message: "over several lines", Package: "example.com/m/store",
				Location: Location{"store/store.go", Point{8, 2}, Point{10, 3}},
			},
			{
				Rule: "connleak/db", Message: "without an end", Package: "example.com/m/store",
				Location: Location{"store/store.go", Point{8, 12}, Point{8, 12}},
			},
			{
				Rule: "connleak/db", Message: "beyond the end of its line", Package: "example.com/m/store",
				Location: Location{"store/store.go", Point{9, 3}, Point{9, 300}},
			},
			{
				Rule:     "connleak/rows",
				Message:  "rows is not closed on every path: the return at line 9 leaves it open and its connection in use",
				URL:      "https://example.com/rows",
				Location: at(4, 15, 40),
				Package:  "example.com/m/store",
				Function: "Load",
				Resource: "*database/sql.Rows",
				Path: []Step{
					{"rows acquired here by (*sql.DB).Query", at(4, 15, 40)},
					{"the error of rows.Scan is not nil", at(8, 27, 37)},
					{"the return leaves rows open", at(9, 3, 13)},
				},
				Fixes: []Fix{
					{"close rows when Load returns", []Edit{{"store/store.go", end, end, "\tdefer rows.Close()\n"}}},
					{"close rows before the return", nil},
				},
			},
		},
		NotAnalysed: []NotAnalysed{
			{Package: "example.com/m/b", Tests: true, Reason: "does not type-check: b_test.go:1:2: undefined: x"},
			{Package: "example.com/m/a", Reason: "imports broken example.com/m/c"},
			{Package: "example.com/m/a", Reason: "imports broken example.com/m/c"},
		},
		Notes: []Note{
			{Kind: NoteBudget, Message: "too large", Package: "example.com/m/store", Function: "(*Store).Huge", Location: at(1, 1, 1)},
			{Kind: NoteBudget, Message: "too large", Package: "example.com/m/store", Location: at(2, 1, 1)},
		},
		Sources: sourcesOf(t, map[string]string{"store/store.go": storeFile}),
	}
	r.Findings = append(r.Findings, r.Findings[4]) // from the test variant
	r.Normalize()
	return r
}

func TestFormats(t *testing.T) {
	tests := []struct {
		golden, format string
		options        Options
	}{
		{"plain.txt", "text", Options{}},
		{"frames.txt", "text", Options{Frames: true}},
		{"color.txt", "text", Options{Frames: true, Color: true}},
		{"report.json", "json", Options{Version: "v1.2.3"}},
	}
	for _, test := range tests {
		t.Run(test.golden, func(t *testing.T) {
			format, ok := LookupFormat(test.format)
			if !ok {
				t.Fatalf("no format %s", test.format)
			}
			var out bytes.Buffer
			if err := format.Write(&out, sample(t), test.options); err != nil {
				t.Fatal(err)
			}
			golden(t, test.golden, out.Bytes())
		})
	}
}

// golden compares output with a file in testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s: got:\n%s\nwant:\n%s", file, got, want)
	}
}

// The output is what the schema says, and the schema demands what is there.
func TestSchema(t *testing.T) {
	var s schema
	if err := json.Unmarshal(JSONSchema, &s.root); err != nil {
		t.Fatal(err)
	}
	for _, r := range []*Report{sample(t), {Sources: NewSources(t.TempDir(), nil)}} {
		var out bytes.Buffer
		if err := writeJSON(&out, r, Options{}); err != nil {
			t.Fatal(err)
		}
		if err := s.check(out.Bytes()); err != nil {
			t.Errorf("%v in:\n%s", err, out.Bytes())
		}
	}
	for old, new := range map[string]string{
		`"connvet/v1"`:    `"connvet/v2"`,
		`"path":`:         `"way":`,
		`"line": 4`:       `"line": -4`,
		`"connleak/rows"`: `"Connleak rows"`,
		`"budget"`:        `"gadget"`,
	} {
		var out bytes.Buffer
		if err := writeJSON(&out, sample(t), Options{}); err != nil {
			t.Fatal(err)
		}
		bad := strings.Replace(out.String(), old, new, 1)
		if err := s.check([]byte(bad)); err == nil {
			t.Errorf("%s instead of %s: the schema allows it", new, old)
		}
	}
}

// A failure is not kept from people either.
func TestTextFailures(t *testing.T) {
	r := &Report{Failures: []string{"the server refused the \x1bconnection"}}
	if got, want := string(write(t, "text", r, Options{})), "not complete: the server refused the \u00b7connection\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLookupFormat(t *testing.T) {
	if _, ok := LookupFormat("nosuch"); ok {
		t.Error("there is a format nosuch")
	}
	if got := FormatNames(", "); got != "text, json, sarif, rdjsonl, github, gitlab, markdown" {
		t.Errorf("formats: %s", got)
	}
}

// Findings are a failure where people look at the exit code.
func TestGates(t *testing.T) {
	var gates []string
	for _, f := range Formats {
		if f.Gates {
			gates = append(gates, f.Name)
		}
	}
	if got := strings.Join(gates, ", "); got != "text, github, markdown" {
		t.Errorf("with findings these fail: %s", got)
	}
}
