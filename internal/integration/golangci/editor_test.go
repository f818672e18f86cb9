package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/connvet/connvet/internal/integration"
)

// editorCommand returns the command that editors give to golangci-lint-langserver.
func editorCommand(t *testing.T) []string {
	t.Helper()
	config := read(t, filepath.Join(root(t), "testdata", "editors", "nvim", "golangci.lua"))
	m := regexp.MustCompile(`command = \{([^}]*)\}`).FindStringSubmatch(config)
	if m == nil {
		t.Fatalf("no command in\n%s", config)
	}
	var command []string
	for _, word := range regexp.MustCompile(`'([^']*)'`).FindAllStringSubmatch(m[1], -1) {
		command = append(command, word[1])
	}
	return command
}

const (
	leaking = `package store

import "database/sql"

func First(db *sql.DB) (bool, error) {
	rows, err := db.Query("SELECT 1")
	if err != nil {
		return false, err
	}
	return rows.Next(), nil
}
`
	leakText = "rows is not closed on every path: the return at line 10 leaves it open and its connection in use" +
		" (line 6: rows acquired here by (*sql.DB).Query -> 7: err != nil is false) [connleak/rows]"
)

// leakingModule makes a module that has the linter, and a leak in the package below.
func leakingModule(t *testing.T, l linter) (dir, file string) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "go.mod"), "module example.com/m\n\ngo 1.25.0\n")
	file = filepath.Join(dir, "store", "store.go")
	write(t, file, leaking)
	configure(t, integration.Corpus{Dir: dir}, "{}")
	if err := os.Symlink(l.exe, filepath.Join(dir, "custom-gcl")); err != nil {
		t.Skip(err)
	}
	return dir, file
}

// testEditorCommand runs the command as golangci-lint-langserver does: in the
// directory of go.mod, with the directory of the file. It looks for issues whose
// file is relative to the former, if the command fails.
func testEditorCommand(t *testing.T, l linter) {
	dir, file := leakingModule(t, l)
	command := editorCommand(t)
	run := func(code int) (issues []string) {
		t.Helper()
		stdout, stderr := integration.Corpus{Dir: dir, Env: os.Environ()}.Run(t, l.env, code,
			filepath.Join(dir, command[0]), append(command[1:], filepath.Dir(file)+string(filepath.Separator))...)
		var result struct {
			Issues []struct {
				FromLinter, Text string
				Pos              struct {
					Filename     string
					Line, Column int
				}
			}
		}
		if err := json.Unmarshal([]byte(stdout), &result); err != nil {
			t.Fatalf("%v\n%s%s", err, stdout, stderr)
		}
		for _, i := range result.Issues {
			issues = append(issues, fmt.Sprintf("%s:%d:%d: %s: %s", i.Pos.Filename, i.Pos.Line, i.Pos.Column, i.FromLinter, i.Text))
		}
		return issues
	}
	want := filepath.Join("store", "store.go") + ":6:15: connvet: " + leakText
	if got := run(1); len(got) != 1 || got[0] != want {
		t.Errorf("got %q, want %q", got, want)
	}
	edit(t, file, `\treturn rows.Next`, "\tdefer rows.Close()\n$0")
	if got := run(0); len(got) > 0 {
		t.Errorf("got %q", got)
	}
}

// testVSCode runs the linter as the Go extension does, which reads lines with the
// names of files in full.
func testVSCode(t *testing.T, l linter) {
	var settings struct {
		Tool  string            `json:"go.lintTool"`
		Tools map[string]string `json:"go.alternateTools"`
	}
	text := read(t, filepath.Join(root(t), "testdata", "editors", "vscode", "golangci.json"))
	if err := json.Unmarshal([]byte(text), &settings); err != nil {
		t.Fatal(err)
	}
	dir, file := leakingModule(t, l)
	exe := os.Expand(settings.Tools[settings.Tool], func(string) string { return dir }) // ${workspaceFolder}
	stdout, _ := integration.Corpus{Dir: dir, Env: os.Environ()}.Run(t, l.env, 0, exe, "run", "--issues-exit-code=0",
		"--output.text.print-issued-lines=false", "--show-stats=false", "--output.text.path=stdout", "--path-mode=abs", "./...")
	if want := file + ":6:15: " + leakText + " (connvet)\n"; stdout != want {
		t.Errorf("got %q, want %q", stdout, want)
	}
}
