package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestCommit(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git")
	}
	dir := t.TempDir()
	e := &env{environ: append(os.Environ(),
		"GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull, "GIT_CEILING_DIRECTORIES="+filepath.Dir(dir),
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com",
	)}
	if got := commit(t.Context(), e, dir); got != "" {
		t.Errorf("outside of a repository the commit is %q", got)
	}
	git := func(args ...string) string {
		t.Helper()
		out, err := output(context.WithoutCancel(t.Context()), e, dir, "git", args...)
		if err != nil {
			t.Fatal(err)
		}
		return string(bytes.TrimSpace(out))
	}
	git("init", "-q")
	if got := commit(t.Context(), e, dir); got != "" {
		t.Errorf("without a commit it is %q", got)
	}
	git("commit", "-q", "--allow-empty", "-m", "x")
	if got, want := commit(t.Context(), e, dir), git("log", "-1", "--format=%H"); got != want || len(want) < 40 {
		t.Errorf("the commit is %q, want %q", got, want)
	}
	t.Setenv("PATH", "")
	if got := commit(t.Context(), e, dir); got != "" {
		t.Errorf("without git the commit is %q", got)
	}
}

func TestOutputError(t *testing.T) {
	e := &env{environ: append(os.Environ(), "GOFLAGS=")}
	_, err := output(t.Context(), e, t.TempDir(), "go", "list", "-nosuchflag")
	if err == nil || !strings.HasPrefix(err.Error(), "go list: flag provided but not defined") {
		t.Errorf("error %v", err)
	}
}
