package diag

import (
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/connvet/connvet/passes/internal/lifecycle"
)

func TestExitsOf(t *testing.T) {
	fset := token.NewFileSet()
	file := fset.AddFile("a.go", -1, 1000)
	for i := 1; i < 100; i++ {
		file.AddLine(10 * i)
	}
	at := func(line int) token.Pos { return file.LineStart(line) }
	ret := func(line int) lifecycle.Exit { return lifecycle.Exit{Pos: at(line)} }
	for _, test := range []struct {
		exits  []lifecycle.Exit
		want   string
		hangs  string
		plural bool
	}{
		{[]lifecycle.Exit{ret(51)}, "the return at line 51", "", false},
		{[]lifecycle.Exit{ret(51), ret(60)}, "the returns at lines 51 and 60", "", true},
		{[]lifecycle.Exit{ret(51), ret(51)}, "the return at line 51", "", false},
		{[]lifecycle.Exit{ret(51), ret(60), ret(70)}, "the returns at lines 51, 60 and 70", "", true},
		{[]lifecycle.Exit{ret(51), ret(60), ret(70), ret(80), ret(81)}, "the return at line 51 and 4 more", "", true},
		{[]lifecycle.Exit{{Pos: at(80), End: true}}, "the end of the function at line 80", "", false},
		{[]lifecycle.Exit{ret(51), {Pos: at(80), End: true}}, "the return at line 51 and the end of the function at line 80", "", true},
		{[]lifecycle.Exit{{Pos: at(7), Lost: true}, ret(51)}, "the return at line 51 and acquiring it again at line 7", "", true},
		{[]lifecycle.Exit{{Pos: at(9), Go: true}}, "the return from the goroutine at line 9", "", false},
		{[]lifecycle.Exit{{Pos: at(9), Go: true, End: true}}, "the end of the goroutine at line 9", "", false},
		{[]lifecycle.Exit{{Pos: at(9), Hang: true}}, "", "line 9", false},
		{[]lifecycle.Exit{ret(4), {Pos: at(9), Hang: true}}, "the return at line 4", "line 9", false},
	} {
		got, hangs, plural := exitsOf(fset, test.exits)
		if got != test.want || hangs != test.hangs || plural != test.plural {
			t.Errorf("exitsOf(%v) = %q, %q, %t, want %q, %q, %t", test.exits, got, hangs, plural, test.want, test.hangs, test.plural)
		}
	}
}

func TestExecOf(t *testing.T) {
	for name, want := range map[string]string{
		"Query":             "Exec",
		"QueryContext":      "ExecContext",
		"QueryRow":          "Exec",
		"QueryRowContext":   "ExecContext",
		"Queryx":            "Exec",
		"QueryxContext":     "ExecContext",
		"QueryRowx":         "Exec",
		"QueryRowxContext":  "ExecContext",
		"NamedQuery":        "NamedExec",
		"NamedQueryContext": "NamedExecContext",
		"QueryUsers":        "",
		"Rows":              "",
	} {
		if got := execOf(name); got != want {
			t.Errorf("execOf(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestParticiple(t *testing.T) {
	for method, want := range map[string]string{
		"Close": "closed", "close": "closed", "Rollback": "rolled back", "Scan": "scanned", "Seal": "released", "": "released",
	} {
		if got := participle(method); got != want {
			t.Errorf("participle(%q) = %q, want %q", method, got, want)
		}
	}
}

func TestParsePlace(t *testing.T) {
	for text, want := range map[string]Place{
		"a/b.go:12":     {"a/b.go", 12},
		"C:/a/b.go:7":   {"C:/a/b.go", 7},
		"./a/../b.go:1": {"b.go", 1},
	} {
		want.File = filepath.FromSlash(want.File)
		if got, err := ParsePlace(text); got != want || err != nil {
			t.Errorf("ParsePlace(%q) = %v, %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "b.go", "b.go:", "b.go:x", "b.go:0", ":3"} {
		if got, err := ParsePlace(text); err == nil {
			t.Errorf("ParsePlace(%q) = %v, want an error", text, got)
		}
	}
}

func TestSameFile(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "a.go"), filepath.Join(dir, "link")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "b.go"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	linked := os.Symlink(dir, link) == nil
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"/src/store/a.go", "store/a.go", true},
		{"a.go", "/src/store/a.go", true},
		{"/src/store/a.go", "/src/./store/a.go", true},
		{"/src/xstore/a.go", "store/a.go", false},
		{"/src/store/a.go", "/lib/store/a.go", false}, // neither of which there is
		{file, filepath.Join(dir, "b.go"), false},
		{file, filepath.Join(link, "a.go"), linked},
		{filepath.Join(link, "a.go"), filepath.Join(dir, "b.go"), false},
	} {
		if got := sameFile(test.a, test.b); got != test.want {
			t.Errorf("sameFile(%q, %q) = %t", test.a, test.b, got)
		}
	}
}

func TestDoc(t *testing.T) {
	const source = `// Package x is one.
//
// # Analyzer x
//
// x: report things
//
// More about it.
//
// # Other
//
// Not this.
package x
`
	if got, want := Doc(source, "x"), "report things\n\nMore about it."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	defer func() {
		if r := recover(); r == nil || !strings.Contains(r.(string), "analyzer y") {
			t.Errorf("no panic about what is not documented: %v", r)
		}
	}()
	Doc(source, "y")
}
