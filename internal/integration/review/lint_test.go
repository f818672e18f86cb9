package review

import (
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rhysd/actionlint"
	"golang.org/x/mod/zip"
)

// The examples are in order, and the jobs that have a token run nothing of a pull
// request.
func TestWorkflows(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(root, "testdata", "ci", "github", "*.yml"))
	if err != nil || len(names) != 3 {
		t.Fatal(names, err)
	}
	linter, err := actionlint.NewLinter(io.Discard, &actionlint.LinterOptions{Shellcheck: "shellcheck"})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		errs, err := linter.LintFile(name, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, err := range errs {
			t.Error(err)
		}
		w := workflow(t, filepath.Base(name))
		if w.Permissions == nil {
			t.Errorf("%s: jobs have the permissions that are usual in the repository", name)
		}
		for id, j := range w.Jobs {
			checkJob(t, name+": "+id, w, j)
		}
	}
}

// runsCode matches commands that look at code, or build it.
var runsCode = regexp.MustCompile(`(?m)^\s*(go|connvet) `)

// checkJob checks what a job may do.
func checkJob(t *testing.T, name string, w *actionlint.Workflow, j *actionlint.Job) {
	writes := false
	for _, p := range []*actionlint.Permissions{w.Permissions, j.Permissions} {
		if p == nil {
			continue
		}
		writes = writes || p.All != nil
		for _, scope := range p.Scopes {
			writes = writes || scope.Value.Value == "write"
		}
	}
	for _, s := range j.Steps {
		switch exec := s.Exec.(type) {
		case *actionlint.ExecAction:
			action, _, _ := strings.Cut(exec.Uses.Value, "@")
			if writes && (action == "actions/checkout" || action == "actions/setup-go") {
				t.Errorf("%s: a job with a token that writes uses %s", name, action)
			}
			for key, in := range exec.Inputs {
				if !writes && strings.Contains(in.Value.Value, "token") {
					t.Errorf("%s: %s of %s is a token", name, key, action)
				}
			}
		case *actionlint.ExecRun:
			if writes && runsCode.MatchString(exec.Run.Value) {
				t.Errorf("%s: a job with a token that writes runs:\n%s", name, exec.Run.Value)
			}
		}
	}
	if text := read(t, strings.Split(name, ": ")[0]); strings.Contains(text, "secrets.") || strings.Contains(text, "pull_request_target") {
		t.Errorf("%s: it has secrets", name)
	}
}

// "go install" of a version, which the examples begin with, needs a module that can
// be packed.
func TestModule(t *testing.T) {
	files, err := zip.CheckDir(root)
	if err != nil {
		t.Fatal(err)
	}
	if len(files.Invalid) > 0 || files.SizeError != nil {
		t.Errorf("%v, %v", files.Invalid, files.SizeError)
	}
	for line := range strings.Lines(read(t, filepath.Join(root, "go.mod"))) {
		if strings.HasPrefix(line, "replace ") {
			t.Errorf("go install refuses it: %s", line)
		}
	}
}
