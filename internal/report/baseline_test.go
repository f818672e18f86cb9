package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// baselineOf returns a report with a finding for each line of a file, in one
// function, and the file that its baseline has.
func baselineOf(t *testing.T, text string) (*Report, string) {
	t.Helper()
	r := &Report{Sources: sourcesOf(t, map[string]string{"a.go": text})}
	for i := range strings.Count(text, "\n") {
		r.Findings = append(r.Findings, Finding{
			Rule: "r/s", Package: "p", Function: "(*T).F", Resource: "*q.R",
			Location: Location{"a.go", Point{i + 1, 1}, Point{i + 1, 2}},
		})
	}
	b := &Baseline{Command: "connvet ./..."}
	b.Add(r)
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	return r, out.String()
}

// Of findings that are alike, as many are known as were, and those that are in
// the same lines.
func TestBaselineFilter(t *testing.T) {
	tests := []struct {
		old, now string
		fresh    string // the lines of findings
		gone     int
	}{
		{"a\nb\n", "a\nb\n", "", 0},
		{"a\nb\n", "b\na\n", "", 0},
		{"a\nb\n", "\tb ( )\n", "", 1},
		{"", "a\nb\n", "1 2", 0},
		{"a\n", "new\na\n", "1", 0},
		{"a\n", "a\na\n", "2", 0},
		{"a\na\n", "a\nnew\na\n", "2", 0},
		{"a\n", "changed\nnew\n", "2", 0},
		{"a\nb\nc\n", "new\nchanged\nc\na\n", "2", 0},
		{"a\nb\nc\n", "c\n", "", 2},
	}
	for _, test := range tests {
		before, file := baselineOf(t, test.old)
		r, _ := baselineOf(t, test.now)
		b, err := ReadBaseline([]byte(file))
		if err != nil {
			t.Fatal(err)
		}
		out, gone := b.Filter(r)
		var fresh []string
		for _, f := range out.Findings {
			fresh = append(fresh, fmt.Sprint(f.Location.Start.Line))
		}
		if got := strings.Join(fresh, " "); got != test.fresh || gone != test.gone {
			t.Errorf("%q, then %q: new are %q and %d are gone, want %q and %d", test.old, test.now, got, gone, test.fresh, test.gone)
		}
		// What takes fingerprints for findings takes no new one for one of these.
		seen := make(map[string]bool)
		for _, print := range append(before.Fingerprints(), out.Fingerprints()...) {
			if seen[print] {
				t.Errorf("%q, then %q: two findings have the fingerprint %s", test.old, test.now, print)
			}
			seen[print] = true
		}
		if len(out.Findings)+out.Older != len(r.Findings) {
			t.Errorf("%q, then %q: %d are left and %d are known", test.old, test.now, len(out.Findings), out.Older)
		}
		if strings.Count(test.now, "\n") != len(r.Findings) {
			t.Errorf("Filter has changed the report")
		}
	}
}

// A baseline's file is sorted and for people, too.
func TestBaselineFile(t *testing.T) {
	r := &Report{Findings: []Finding{
		{Rule: "b/b", Package: "p", Function: "F"},
		{Rule: "a/a", Package: "p", Function: "F", Resource: "*q.R"},
		{Rule: "a/a", Location: Location{File: "x.go"}},
		{Rule: "a/a", Package: "o"},
	}}
	b := &Baseline{Command: "connvet -tags=x ./...\n<<<"}
	b.Add(r)
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	prints := r.Fingerprints()
	want := "# connvet baseline v1: connvet -tags=x ./...·<<<\n" +
		prints[3] + "\ta/a\to\n" +
		prints[1] + "\ta/a\tp.F\t*q.R\n" +
		prints[0] + "\tb/b\tp.F\n" +
		prints[2] + "\ta/a\tx.go\n"
	if got := out.String(); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	long, file := baselineOf(t, strings.Repeat("é", 100)+"\n")
	if !strings.HasSuffix(file, "\t"+strings.Repeat("é", 60)+"\n") {
		t.Errorf("a long line is %q", file)
	}
	for _, file := range []string{file, dos(file), "\uFEFF" + dos(file)} {
		if b, err := ReadBaseline([]byte(file)); err != nil {
			t.Error(err)
		} else if out, gone := b.Filter(long); len(out.Findings)+gone > 0 || b.Command != "connvet ./..." {
			t.Errorf("%q: new are %v, and %d are gone; %q", file, out.Findings, gone, b.Command)
		}
	}
}

// Merging adds lines; what both sides have added may be there twice.
func TestBaselineMerge(t *testing.T) {
	_, left := baselineOf(t, "a\nleft\n")
	_, right := baselineOf(t, "a\nright\n")
	_, rest, _ := strings.Cut(right, "\n")
	merged, err := ReadBaseline([]byte(strings.ReplaceAll(left+rest+"\n# a comment\n", "\n", "\r\n")))
	if err != nil {
		t.Fatal(err)
	}
	r, _ := baselineOf(t, "right\na\nnew\nleft\n")
	if out, gone := merged.Filter(r); gone != 0 || len(out.Findings) != 1 || out.Findings[0].Location.Start.Line != 3 {
		t.Errorf("new are %v, and %d are gone", out.Findings, gone)
	}
	for _, bad := range []string{"", "\n", "# connvet baseline v2: x\n", left + "<<<<<<< HEAD\n", left + "abc\tr\n"} {
		if b, err := ReadBaseline([]byte(bad)); err == nil {
			t.Errorf("%q reads %v", bad, b)
		}
	}
}
