package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/connvet/connvet/internal/integration"
)

// testCustom has "golangci-lint custom" build a golangci-lint from .custom-gcl.yml.
// The repository that it clones is made from the module.
func testCustom(t *testing.T, l linter) {
	version, module := moduleOf(t, "github.com/golangci/golangci-lint/v2")
	repo, out := t.TempDir(), t.TempDir()
	if err := os.CopyFS(repo, os.DirFS(module)); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"init", "-q"}, {"add", "-A"},
		{"-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false", "commit", "-qm", version},
		{"tag", version},
	} {
		command(t, repo, nil, "git", args...)
	}
	command(t, root(t), []string{
		"GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=url.file://" + filepath.ToSlash(repo) + ".insteadOf",
		"GIT_CONFIG_VALUE_0=https://github.com/golangci/golangci-lint.git",
	}, l.exe, "custom", "--destination", out)

	c := integration.Service(t, root(t))
	configure(t, c, "{}")
	custom := linter{filepath.Join(out, "custom-gcl"), l.env}
	got, _ := custom.run(t, c, 1)
	if want := read(t, filepath.Join("testdata", "service.txt")); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// The versions that the examples name are those that are tested.
func TestVersion(t *testing.T) {
	version, _ := moduleOf(t, "github.com/golangci/golangci-lint/v2")
	for _, name := range []string{".custom-gcl.yml", filepath.Join("analyzers", "golangci", "doc.go")} {
		contains(t, filepath.Join(root(t), name), "version: "+version)
	}
}
