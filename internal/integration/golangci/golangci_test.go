package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/connvet/connvet/internal/integration"
)

// TestGolangci runs a golangci-lint that has the plugin.
func TestGolangci(t *testing.T) {
	exe, connvet := buildLinter(t), integration.Connvet(t, root(t))
	t.Run("text", func(t *testing.T) { testText(t, newLinter(t, exe)) })
	t.Run("stale", func(t *testing.T) { testStale(t, newLinter(t, exe)) })
	t.Run("custom", func(t *testing.T) { testCustom(t, newLinter(t, exe)) })

	// With what these need to know of the standard library in the cache.
	l := newLinter(t, exe)
	for _, c := range integration.Corpora(t, root(t)) {
		t.Run(c.Name, func(t *testing.T) { integration.Equal(t, l.find(t, c, "{}"), c.Vet(t, connvet)) })
	}
	t.Run("nolint", func(t *testing.T) { testNolint(t, l) })
	t.Run("fix", func(t *testing.T) { testFix(t, l, connvet) })
	t.Run("example", func(t *testing.T) { testExample(t, l) })
	t.Run("settings", func(t *testing.T) { testSettings(t, l) })
	t.Run("editor", func(t *testing.T) { testEditorCommand(t, l) })
	t.Run("vscode", func(t *testing.T) { testVSCode(t, l) })
	t.Run("langserver", func(t *testing.T) { testLangserver(t, l) })
}

// testText compares all that golangci-lint prints of the sample service. It prints
// the same from its cache.
func testText(t *testing.T, l linter) {
	c := integration.Service(t, root(t))
	configure(t, c, "{}")
	got, log := l.run(t, c, 1)
	if !strings.Contains(log, "analyzing 4/4 packages") {
		t.Errorf("the cache is not empty:\n%s", log)
	}
	golden := filepath.Join("testdata", "service.txt")
	if *update {
		write(t, golden, got)
	}
	if want := read(t, golden); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	again, log := l.run(t, c, 1)
	if !strings.Contains(log, "analyzing 0/4 packages") {
		t.Errorf("the cache is not used:\n%s", log)
	}
	if again != got {
		t.Errorf("from the cache:\n%s\nwithout:\n%s", again, got)
	}
}

// testNolint puts a comment on the line of each finding. That suppresses all there
// is.
func testNolint(t *testing.T, l linter) {
	c := integration.Service(t, root(t))
	for _, f := range l.find(t, c, "{}") {
		name := filepath.Join(c.Dir, filepath.FromSlash(f.File))
		lines := strings.Split(read(t, name), "\n")
		code, comment, _ := strings.Cut(lines[f.Line-1], " // ")
		lines[f.Line-1] = code + " //nolint:connvet // " + comment
		write(t, name, strings.Join(lines, "\n"))
	}
	if stdout, stderr := l.run(t, c, 0); stdout != "" {
		t.Errorf("%s%s", stdout, stderr)
	}
}

// testFix fixes the corpora as "connvet -fix" does.
func testFix(t *testing.T, l linter, connvet string) {
	corpora := func() []integration.Corpus {
		return append(integration.Corpora(t, root(t)), archive(t, "fixes"), withCRLF(t, integration.Service(t, root(t))))
	}
	ours := corpora()
	for i, c := range corpora() {
		configure(t, c, "{}")
		l.run(t, c, 1, "--fix") // prints what was found before and has no fix
		stdout, _ := l.run(t, c, 1)
		integration.Equal(t, findings(c, stdout), c.Vet(t, connvet))
		ours[i].Run(t, nil, 3, connvet, append([]string{"-fix"}, c.Patterns...)...)
		// golangci-lint formats what it fixes, and ends all lines as on Linux.
		rewrite(t, ours[i].Dir, strings.NewReplacer("\r\n", "\n"))
		rewrite(t, c.Dir, strings.NewReplacer("\r\n", "\n"))
		sameFiles(t, c.Dir, ours[i].Dir)
	}
}

// withCRLF returns the corpus with its Go files as Windows has them.
func withCRLF(t *testing.T, c integration.Corpus) integration.Corpus {
	t.Helper()
	rewrite(t, c.Dir, strings.NewReplacer("\n", "\r\n"))
	return c
}

// rewrite replaces something in the Go files below a directory.
func rewrite(t *testing.T, dir string, r *strings.Replacer) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Ext(name) == ".go" {
			write(t, name, r.Replace(read(t, name)))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// sameFiles compares the files below two directories.
func sameFiles(t *testing.T, got, want string) {
	t.Helper()
	err := filepath.WalkDir(want, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(want, name)
		if err == nil && read(t, filepath.Join(got, rel)) != read(t, name) {
			t.Errorf("%s differs: %s\nwant:\n%s", rel, read(t, filepath.Join(got, rel)), read(t, name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// testExample runs the example of a configuration. It changes nothing.
func testExample(t *testing.T, l linter) {
	c := integration.Service(t, root(t))
	want := l.find(t, c, "{}")
	text := read(t, filepath.Join(root(t), ".golangci.example.yml"))
	write(t, filepath.Join(c.Dir, ".golangci.yml"), text)
	c.Run(t, l.env, 0, l.exe, "config", "verify")
	stdout, _ := l.run(t, c, 1, "--enable-only", "connvet")
	integration.Equal(t, findings(c, stdout), want)
}

// testStale replaces the plugin by one that finds something else and yet has the
// same version. Neither the issues nor the facts of the other are taken for its
// own.
func testStale(t *testing.T, l linter) {
	c := integration.Service(t, root(t))
	configure(t, c, "{}")
	before, _ := l.run(t, c, 1)

	changed := linter{buildLinter(t, "-overlay="+silentEngine(t)), l.env}
	version := func(exe string) string { return command(t, ".", nil, exe, "version", "--short") }
	if a, b := version(l.exe), version(changed.exe); a != b {
		t.Errorf("the versions are %s and %s", a, b)
	}
	// That a cursor has to be closed is known by a fact of another package, which
	// is only read here.
	handlers := c
	handlers.Patterns = []string{"./handlers"}
	if stdout, _ := changed.run(t, handlers, 0); stdout != "" {
		t.Errorf("by old facts:\n%s", stdout)
	}
	stdout, _ := changed.run(t, c, 1)
	if strings.Contains(stdout, "[connleak/wrapper]") || !strings.Contains(stdout, "[connleak/tx]") {
		t.Errorf("old issues:\n%s", stdout)
	}
	if after, _ := l.run(t, c, 1); after != before {
		t.Errorf("with the first plugin again:\n%s\nbefore:\n%s", after, before)
	}
}

// silentEngine returns an overlay for go build in which the engine exports no
// facts.
func silentEngine(t *testing.T) string {
	engine := filepath.Join(root(t), "passes", "internal", "lifecycle", "analyzer.go")
	replaced := filepath.Join(t.TempDir(), "analyzer.go")
	write(t, replaced, read(t, engine))
	edit(t, replaced, `(?m)^\tp\.exportFact\(\)$`, "")
	overlay := filepath.Join(t.TempDir(), "overlay.json")
	write(t, overlay, `{"Replace": {`+quote(engine)+`: `+quote(replaced)+`}}`)
	return overlay
}

// quote returns a file's name in JSON.
func quote(name string) string {
	return `"` + regexp.MustCompile(`\\`).ReplaceAllString(name, `\\`) + `"`
}
