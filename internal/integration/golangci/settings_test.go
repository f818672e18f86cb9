package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/connvet/connvet/internal/integration"
)

// testSettings changes settings between runs with one cache. A result is never that
// of other settings.
func testSettings(t *testing.T, l linter) {
	c := archive(t, "settings")
	tests := []struct{ settings, want string }{
		{"{}", "leak"},
		{"{strict: true}", "leak strict"},
		{"{generated: true}", "generated leak"},
		{"{enable: [poollimit/idle]}", "idle leak"},
		{"{default: all}", "idle idle leak"},
		{"{default: none, enable: [poollimit/idle]}", "idle"},
		{"{disable: [connleak], strict: true, enable: [poollimit/idle]}", "idle"},
		{"{models: [package example.com/m/lib, resource *Cursor rows release=Stop, \"method *Client.Find -> 0:rows err=1\", \"method *Cursor.Stop release receiver\"]}", "leak model"},
		{"{}", "leak"},
	}
	for _, test := range tests {
		if got := marks(t, c, l.find(t, c, test.settings)); got != test.want {
			t.Errorf("%s: found %s, want %s", test.settings, got, test.want)
		}
	}

	configure(t, c, "{strikt: true}")
	_, stderr := l.run(t, c, 3)
	if want := `plugin(connvet): newPlugin linters.settings.custom.connvet.settings has no key "strikt": did you mean "strict"?`; !strings.Contains(stderr, want) {
		t.Errorf("stderr:\n%s\nwant %s", stderr, want)
	}
}

// archive extracts an archive of testdata.
func archive(t *testing.T, name string) integration.Corpus {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	a, err := txtar.ParseFile(filepath.Join("testdata", name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range a.Files {
		write(t, filepath.Join(dir, f.Name), string(f.Data))
	}
	return integration.Corpus{Name: name, Dir: dir, Patterns: []string{"./..."}, Env: append(os.Environ(), "GOWORK=off", "GOFLAGS=")}
}

// marks returns the words that comments have on the lines of findings.
func marks(t *testing.T, c integration.Corpus, found []integration.Finding) string {
	t.Helper()
	var words []string
	for _, f := range found {
		lines := strings.Split(read(t, filepath.Join(c.Dir, filepath.FromSlash(f.File))), "\n")
		_, word, ok := strings.Cut(lines[f.Line-1], " // ")
		if !ok {
			word = fmt.Sprintf("%s:%d", f.File, f.Line)
		}
		words = append(words, word)
	}
	slices.Sort(words)
	return strings.Join(words, " ")
}
