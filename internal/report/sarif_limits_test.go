package report

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestSARIFArtifact(t *testing.T) {
	dir := t.TempDir()
	sources := NewSources(filepath.Join(dir, "repo", "sub"), nil)
	url := "file:///" + strings.TrimPrefix(filepath.ToSlash(dir), "/")
	root := filepath.Join(dir, "repo")
	tests := []struct{ root, file, uri string }{
		{"", "store/a.go", "store/a.go"},
		{"", "./store//a.go", "store/a.go"},
		{"", "a b%#?[ö].go", "a%20b%25%23%3F%5B%C3%B6%5D.go"},
		{"", "../lib/a b.go", url + "/repo/lib/a%20b.go"},
		{"", filepath.ToSlash(dir) + "/x.go", url + "/x.go"},
		{"", "", "no-file"},
		{root, "store/a.go", "sub/store/a.go"},
		{root, "../lib/a.go", "lib/a.go"},
		{root, "../../a.go", url + "/a.go"},
		{root, filepath.ToSlash(root) + "/x.go", "x.go"},
	}
	for _, test := range tests {
		s := &sarifWriter{options: Options{Root: test.root}, sources: sources}
		got := s.artifact(test.file)
		if got.URI != test.uri && test.file != "" {
			t.Errorf("%q below %q is %q, want %q", test.file, test.root, got.URI, test.uri)
		}
		if relative := !strings.HasPrefix(test.uri, "file:"); relative != (got.URIBaseID == "%SRCROOT%") {
			t.Errorf("%q below %q is relative to %q", test.file, test.root, got.URIBaseID)
		}
	}
	s := &sarifWriter{options: Options{Root: root}} // whose sources are not known
	if got := s.artifact("a.go"); got.URI != "a.go" {
		t.Errorf("without sources a.go is %q", got.URI)
	}
}

func TestSARIFLimits(t *testing.T) {
	long := strings.Repeat("ö", 3000)
	r := &Report{Rules: []Rule{{ID: "x/" + long, Title: long, Help: long}}}
	for range sarifMaxResults + 2 {
		r.Findings = append(r.Findings, Finding{Rule: "x", Level: LevelNote})
	}
	path := make([]Step, sarifMaxSteps+500)
	for i := range path {
		path[i] = Step{"step", Location{File: "a.go", Start: Point{Line: i + 1}}}
	}
	r.Findings = append(r.Findings, Finding{Rule: "x", Message: "the last and worst", Level: LevelError, Path: path})

	run := decodeSARIF(t, write(t, "sarif", r, Options{}))
	if n := len(run.Results); n != sarifMaxResults {
		t.Errorf("%d results", n)
	}
	if got := run.Results[0]; got.Message.Text != "the last and worst" {
		t.Errorf("the first of the results is %q", got.Message.Text)
	}
	steps := run.Results[0].CodeFlows[0].ThreadFlows[0].Locations
	if n := len(steps); n != sarifMaxSteps || steps[n-1].Location.Physical.Region.StartLine != len(path) {
		t.Errorf("%d steps, the last is %+v", n, steps[n-1])
	}
	in := run.Invocations[0]
	if len(in.Notifications) != 1 || in.Notifications[0].Message.Text != "3 more findings not shown" || !in.ExecutionSuccessful {
		t.Errorf("invocation %+v", in)
	}
	for _, rule := range run.Tool.Driver.Rules {
		if runes(rule.Name) > 255 || runes(rule.ShortDescription.Text) > 1024 || runes(rule.FullDescription.Text) > 1024 {
			t.Errorf("a name of %d and descriptions of %d and %d characters",
				runes(rule.Name), runes(rule.ShortDescription.Text), runes(rule.FullDescription.Text))
		}
	}
}

// A step is a place: what is in none, is none.
func TestSARIFSteps(t *testing.T) {
	s := &sarifWriter{}
	if got := s.codeFlows([]Step{{Message: "somewhere"}}); got != nil {
		t.Errorf("without places there is %+v", got)
	}
	steps := s.codeFlows([]Step{{Message: "somewhere"}, {"", Location{File: "a.go", Start: Point{2, 0}}}})[0].ThreadFlows[0].Locations
	if len(steps) != 1 || steps[0].Location.Message != nil || steps[0].Location.Physical.Region.StartLine != 2 {
		t.Errorf("steps %+v", steps)
	}
}

// A rule is documented by what there is.
func TestSARIFRule(t *testing.T) {
	tests := []struct {
		rule                    Rule
		name, short, full, help string
	}{
		{Rule{ID: "C01"}, "", "C01", "C01", "C01"},
		{Rule{ID: "deferinloop", Title: "t"}, "", "t", "t", "t"},
		{Rule{ID: "connleak/rows", Title: "open rows"}, "ConnleakRows", "open rows", "open rows", "open rows"},
		{
			Rule{ID: "a/b", Title: "t", Help: "# a/b: t\n\nThe `first`\nparagraph.\n\nThe second.\n"},
			"AB", "t", "The first paragraph.", "# a/b: t\n\nThe `first`\nparagraph.\n\nThe second.\n",
		},
		{Rule{ID: "-", Title: "t", Help: "# only a heading"}, "", "t", "t", "# only a heading"},
	}
	for _, test := range tests {
		got := newSARIFRule(test.rule)
		if got.Name != test.name || got.ShortDescription.Text != test.short || got.FullDescription.Text != test.full ||
			got.Help.Text != test.help || got.Help.Markdown != test.rule.Help {
			t.Errorf("%+v is %+v", test.rule, got)
		}
	}
}

func TestSARIFVersion(t *testing.T) {
	for version, want := range map[string]string{
		"v1.2.3":      "1.2.3",
		"1.2.3-rc.1":  "1.2.3-rc.1",
		"(devel)":     "",
		"":            "",
		"v0.0.0-2026": "0.0.0-2026",
		"v1.2":        "",
	} {
		s := &sarifWriter{options: Options{Version: version}}
		if got := s.driver(&Report{}); got.SemanticVersion != want || got.Version != strings.TrimPrefix(version, "v") {
			t.Errorf("%q is the version %q and %q", version, got.Version, got.SemanticVersion)
		}
	}
}

func TestUTF16Column(t *testing.T) {
	const bom = "\uFEFF"
	for _, test := range []struct {
		line   string
		column int
		want   int
	}{
		{"a = db", 5, 5},
		{"ä = db", 6, 5},
		{"😀 = db", 8, 6},
		{"a", 9, 2},
		{bom + "package a", 4, 1},
		{bom + "package a", 12, 9},
		{bom + "package a", 1, 1},
	} {
		if got := utf16Column(test.line, test.column); got != test.want {
			t.Errorf("column %d of %q is %d, want %d", test.column, test.line, got, test.want)
		}
	}
}
