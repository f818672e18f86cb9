package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/connvet/connvet/internal/driver/drivertest"
)

// A testRepo is a scratch repository, made with git.
type testRepo struct {
	dir, cache string
	environ    []string
	tool       func() (string, error)
}

// newRepo returns a repository whose one commit has the files of a txtar archive.
func newRepo(t *testing.T, archive string) *testRepo {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git")
	}
	r := &testRepo{dir: drivertest.Module(t, archive), cache: t.TempDir(), tool: os.Executable}
	r.environ = append(os.Environ(), "GOFLAGS=", "GOPROXY=off", "GOWORK=",
		"GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull,
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com",
		"GIT_ALLOW_PROTOCOL=file")
	r.git(t, "init", "-q")
	r.commit(t)
	return r
}

// git runs git in the repository.
func (r *testRepo) git(t *testing.T, args ...string) string {
	t.Helper()
	out, err := r.gitCommand(t, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// gitCommand returns a git command in the repository.
func (r *testRepo) gitCommand(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "git", args...)
	cmd.Dir, cmd.Env = r.dir, r.environ
	return cmd
}

// commit commits all that there is.
func (r *testRepo) commit(t *testing.T) {
	t.Helper()
	r.git(t, "add", "-A")
	r.git(t, "commit", "-q", "--allow-empty", "-m", "x")
}

// write writes a file, or removes it if it is to be empty.
func (r *testRepo) write(t *testing.T, name, text string) {
	t.Helper()
	name = filepath.Join(r.dir, filepath.FromSlash(name))
	err := os.Remove(name)
	if text != "" {
		if err = os.MkdirAll(filepath.Dir(name), 0o777); err == nil {
			err = os.WriteFile(name, []byte(text), 0o666)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

// replace replaces a text in a file, which has it.
func (r *testRepo) replace(t *testing.T, name, old, new string) {
	t.Helper()
	text := r.read(t, name)
	if !strings.Contains(text, old) {
		t.Fatalf("%s does not have %q", name, old)
	}
	r.write(t, name, strings.Replace(text, old, new, 1))
}

// read reads a file.
func (r *testRepo) read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(r.dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// connvet runs the command in the repository and returns what it prints, errors
// last, and its exit code. Nothing below .git may change.
func (r *testRepo) connvet(t *testing.T, args ...string) string {
	t.Helper()
	before := snapshot(t, filepath.Join(r.dir, ".git"))
	out := r.run(t, args...)
	if after := snapshot(t, filepath.Join(r.dir, ".git")); after != before {
		t.Errorf("connvet %s: .git was:\n%s\nand is:\n%s", strings.Join(args, " "), before, after)
	}
	return out
}

// run runs the command in the repository.
func (r *testRepo) run(t *testing.T, args ...string) string {
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), args, &env{
		stdout: &stdout, stderr: &stderr, version: "v1.2.3", dir: r.dir, environ: r.environ, tool: r.tool,
		cache: func() (string, error) { return r.cache, nil },
	})
	return fmt.Sprintf("%s%sexit %d\n", &stdout, &stderr, code)
}

// want runs the command and compares.
func (r *testRepo) want(t *testing.T, want string, args ...string) {
	t.Helper()
	if got := r.connvet(t, args...); got != want {
		t.Errorf("connvet %s: got:\n%s\nwant:\n%s", strings.Join(args, " "), got, want)
	}
}

// checkout returns the one directory of the cache that a revision is in.
func (r *testRepo) checkout(t *testing.T) string {
	t.Helper()
	dirs, err := filepath.Glob(filepath.Join(r.cache, "connvet", "since", "*", "tree"))
	if err != nil || len(dirs) != 1 {
		t.Fatalf("checked out in %q, %v", dirs, err)
	}
	return dirs[0]
}

// snapshot lists the files below a directory, with what tells that one was
// written.
func snapshot(t *testing.T, dir string) string {
	t.Helper()
	var list strings.Builder
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil {
			fmt.Fprintln(&list, path, info.Size(), info.ModTime())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list.String()
}
