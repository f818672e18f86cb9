package main

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	// They keep the modules that Bazel's nogo is built from in go.mod.
	_ "github.com/aymanbagabas/go-udiff"
	_ "github.com/bazelbuild/rules_go/go/runfiles"

	"github.com/connvet/connvet/internal/integration"
)

var update = flag.Bool("update", false, "write golden files")

func TestMain(m *testing.M) { integration.Main(m) }

// The drivers of x/tools find the same with the version that golangci-lint wants
// as with that of the main module.
func TestDrivers(t *testing.T) { integration.CheckDrivers(t, root(t)) }

// root returns the directory of the checkout.
func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", "..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// command runs a command in a directory and returns what it prints.
func command(t *testing.T, dir string, env []string, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %q: %v\n%s", name, args, err, out)
	}
	return string(out)
}

// moduleOf returns the version and the directory of a module that this one
// requires.
func moduleOf(t *testing.T, path string) (version, dir string) {
	t.Helper()
	out := command(t, ".", nil, "go", "list", "-m", "-f", "{{.Version}} {{.Dir}}", path)
	version, dir, _ = strings.Cut(strings.TrimSpace(out), " ")
	return version, dir
}

// read returns the text of a file.
func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// write writes a file, and the directories that it is in.
func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// edit replaces what a pattern matches in a file, which must be something.
func edit(t *testing.T, name, pattern, replacement string) {
	t.Helper()
	old := read(t, name)
	text := regexp.MustCompile(pattern).ReplaceAllString(old, replacement)
	if text == old {
		t.Fatalf("%s: nothing matches %s", name, pattern)
	}
	write(t, name, text)
}

// contains fails the test unless a file has a text in it.
func contains(t *testing.T, name, text string) {
	t.Helper()
	if !strings.Contains(read(t, name), text) {
		t.Errorf("%s does not say %q", name, text)
	}
}
