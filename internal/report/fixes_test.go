package report

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// write makes files in a temporary directory and returns its sources.
func sourcesOf(t *testing.T, files map[string]string) *Sources {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return NewSources(dir, nil)
}

// replace returns an edit of a.go that replaces the first occurrence of old
// in text.
func replace(text, old, new string) Edit {
	i := strings.Index(text, old)
	return Edit{File: "a.go", Start: i, End: i + len(old), New: new}
}

// insert returns an edit of a.go that inserts text after the first occurrence
// of another.
func insert(text, after, new string) Edit {
	i := strings.Index(text, after) + len(after)
	return Edit{File: "a.go", Start: i, End: i, New: new}
}

// mixed has lines that end in different ways.
var mixed = strings.Replace(twoFuncs, "{\n", "{\r\n", 1)

// dos returns text with the line ends of Windows.
func dos(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }

const twoFuncs = `package a

func f() {
	x()
	y()
}
`

// planTests are fixes of twoFuncs, or of another text.
var planTests = []struct {
	name      string
	text      string
	fixes     [][]Edit // one finding each
	forbidden func(string) string
	want      string // of a.go, "" for not changed
	skipped   []string
}{
	{
		name:  "one",
		fixes: [][]Edit{{insert(twoFuncs, "x()", "\n\tdefer z()")}},
		want:  strings.Replace(twoFuncs, "x()", "x()\n\tdefer z()", 1),
	},
	{
		name:  "in any order",
		fixes: [][]Edit{{replace(twoFuncs, "y()", "Y()")}, {replace(twoFuncs, "x()", "X()")}},
		want:  strings.NewReplacer("x()", "X()", "y()", "Y()").Replace(twoFuncs),
	},
	{
		name:  "the first of several is taken",
		fixes: [][]Edit{{replace(twoFuncs, "x", "X")}},
		want:  strings.Replace(twoFuncs, "x", "X", 1),
	},
	{
		name:  "agreeing edits are made once",
		fixes: [][]Edit{{insert(twoFuncs, "x()", "\n\tz()")}, {insert(twoFuncs, "x()", "\n\tz()"), replace(twoFuncs, "y", "Y")}},
		want:  strings.NewReplacer("x()", "x()\n\tz()", "y()", "Y()").Replace(twoFuncs),
	},
	{
		name:    "insertions at one place",
		fixes:   [][]Edit{{insert(twoFuncs, "x()", "\n\tz()")}, {insert(twoFuncs, "x()", "\n\tw()")}},
		want:    strings.Replace(twoFuncs, "x()", "x()\n\tz()", 1),
		skipped: []string{"it overlaps another fix"},
	},
	{
		name:    "overlap",
		fixes:   [][]Edit{{replace(twoFuncs, "x()", "X()")}, {replace(twoFuncs, "()\n\ty()", "")}},
		want:    strings.Replace(twoFuncs, "x()", "X()", 1),
		skipped: []string{"it overlaps another fix"},
	},
	{
		name:    "a fix that overlaps itself",
		fixes:   [][]Edit{{replace(twoFuncs, "x()", "X()"), replace(twoFuncs, "x", "z")}},
		skipped: []string{"it overlaps another fix"},
	},
	{
		name:    "all or nothing",
		fixes:   [][]Edit{{replace(twoFuncs, "x", "X")}, {replace(twoFuncs, "y", "Y"), replace(twoFuncs, "x()", "")}},
		want:    strings.Replace(twoFuncs, "x", "X", 1),
		skipped: []string{"it overlaps another fix"},
	},
	{
		name:    "neighbours",
		fixes:   [][]Edit{{replace(twoFuncs, "x", "X")}, {replace(twoFuncs, "()\n\ty", "()\n\tY")}},
		want:    strings.NewReplacer("x()", "X()", "y()", "Y()").Replace(twoFuncs),
		skipped: nil,
	},
	{
		name:    "does not parse",
		fixes:   [][]Edit{{replace(twoFuncs, "x()", "x(")}},
		skipped: []string{"the fixed file would not parse"},
	},
	{
		name:    "out of range",
		fixes:   [][]Edit{{{File: "a.go", Start: 5, End: 5000}}, {{File: "a.go", Start: 5, End: 4}}},
		skipped: []string{"a.go has changed", "a.go has changed"},
	},
	{
		name:      "forbidden",
		fixes:     [][]Edit{{replace(twoFuncs, "x", "X")}},
		forbidden: func(file string) string { return "none of ours" },
		skipped:   []string{"a.go is none of ours"},
	},
	{
		name:  "stays formatted",
		fixes: [][]Edit{{insert(twoFuncs, "x()", "\nif z {\nw( )}")}},
		want:  strings.Replace(twoFuncs, "x()", "x()\n\tif z {\n\t\tw()\n\t}", 1),
	},
	{
		name:  "is not formatted if it was not",
		text:  strings.Replace(twoFuncs, "func f()", "func  f()", 1),
		fixes: [][]Edit{{{File: "a.go", Start: strings.Index(twoFuncs, "x()") + 1, End: strings.Index(twoFuncs, "x()") + 1, New: "X();"}}},
		want:  strings.NewReplacer("func f()", "func  f()", "x()", "X();x()").Replace(twoFuncs),
	},
	{
		name:  "keeps line ends, and stays formatted",
		text:  dos(twoFuncs),
		fixes: [][]Edit{{{File: "a.go", Start: 9, End: 9, New: "\r\n\r\nvar v  = 1"}}},
		want:  dos(strings.Replace(twoFuncs, "package a", "package a\n\nvar v = 1", 1)),
	},
	{
		name:  "keeps line ends of different kinds",
		text:  mixed,
		fixes: [][]Edit{{insert(mixed, "x()", "\n\tz()")}},
		want:  strings.Replace(mixed, "x()", "x()\n\tz()", 1),
	},
	{
		name:  "keeps a byte order mark",
		text:  "\uFEFF" + twoFuncs,
		fixes: [][]Edit{{replace("\uFEFF"+twoFuncs, "x()", "x( )")}},
		want:  "\uFEFF" + twoFuncs,
	},
}

func TestPlanFixes(t *testing.T) {
	allowed := func(string) string { return "" }
	for _, test := range planTests {
		t.Run(test.name, func(t *testing.T) {
			if test.text == "" {
				test.text = twoFuncs
			}
			if test.forbidden == nil {
				test.forbidden = allowed
			}
			r := &Report{Sources: sourcesOf(t, map[string]string{"a.go": test.text})}
			for _, edits := range test.fixes {
				r.Findings = append(r.Findings, Finding{Fixes: []Fix{{Edits: edits}, {Edits: []Edit{{File: "other.go"}}}}})
			}
			plan := PlanFixes(r, test.forbidden)
			got := ""
			if len(plan.Files) > 0 {
				got = string(plan.Files[0].New)
			}
			if got != test.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, test.want)
			}
			var skipped []string
			for _, s := range plan.Skipped {
				skipped = append(skipped, s.Reason)
			}
			if strings.Join(skipped, "\n") != strings.Join(test.skipped, "\n") {
				t.Errorf("skipped: %q, want %q", skipped, test.skipped)
			}
			if n := len(plan.Fixed) + len(plan.Skipped); n != len(test.fixes) {
				t.Errorf("%d fixes are made or skipped, want %d", n, len(test.fixes))
			}
		})
	}
}

func TestApplyFixes(t *testing.T) {
	r := &Report{Sources: sourcesOf(t, map[string]string{"a.go": twoFuncs, "b.go": twoFuncs})}
	path := r.Sources.Abs("a.go")
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	r.Findings = []Finding{
		{Fixes: []Fix{{Edits: []Edit{replace(twoFuncs, "x()", "X()")}}}},
		{Message: "has no fix"},
	}
	plan := PlanFixes(r, func(string) string { return "" })
	if len(plan.NoFix) != 1 || plan.NoFix[0].Message != "has no fix" {
		t.Errorf("findings without a fix: %v", plan.NoFix)
	}
	if err := plan.Apply(r.Sources); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if want := strings.Replace(twoFuncs, "x()", "X()", 1); err != nil || string(got) != want {
		t.Errorf("a.go: %v\n%s\nwant:\n%s", err, got, want)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		t.Errorf("the file's permissions have changed: %v, %v", info.Mode(), err)
	}
	if got, err := os.ReadFile(r.Sources.Abs("b.go")); err != nil || string(got) != twoFuncs {
		t.Errorf("b.go has changed: %v", err)
	}
}
