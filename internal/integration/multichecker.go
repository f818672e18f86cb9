package integration

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Multichecker builds the program that the README of the checkout at root shows to
// those who want a checker of their own, as a module that requires connvet.
func Multichecker(t *testing.T, root string) string {
	t.Helper()
	dir := tempDir(t)
	write(t, filepath.Join(dir, "main.go"), readmeMain(t, root))
	mod := read(t, filepath.Join(root, "go.mod"))
	mod = strings.Replace(mod, "module github.com/connvet/connvet\n", "module example.com/checker\n", 1)
	mod += "\nrequire github.com/connvet/connvet v0.0.0\n\nreplace github.com/connvet/connvet => " + root + "\n"
	write(t, filepath.Join(dir, "go.mod"), mod)
	write(t, filepath.Join(dir, "go.sum"), read(t, filepath.Join(root, "go.sum")))
	exe := filepath.Join(dir, "checker.exe")
	cmd := exec.CommandContext(t.Context(), "go", "build", "-o", exe)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return exe
}

// readmeMain returns the program in the README that calls multichecker.Main.
func readmeMain(t *testing.T, root string) string {
	t.Helper()
	blocks := regexp.MustCompile("(?ms)^```go\n(.*?)^```$").FindAllStringSubmatch(read(t, filepath.Join(root, "README.md")), -1)
	for _, block := range blocks {
		if strings.HasPrefix(block[1], "package main\n") && strings.Contains(block[1], "multichecker.Main(") {
			return block[1]
		}
	}
	t.Fatal("README.md has no program with multichecker.Main")
	return ""
}

// Multicheck returns what such a program finds in the corpus.
func (c Corpus) Multicheck(t *testing.T, exe string) []Finding {
	t.Helper()
	_, stderr := c.Run(t, nil, 3, exe, c.Patterns...)
	return c.Parse(stderr)
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
