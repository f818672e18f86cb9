package precommit

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A scratch is a directory to run commands in.
type scratch struct {
	t   *testing.T
	dir string
	env []string
}

// newScratch returns a directory for a git repository that has nothing to do with
// the user's settings, nor with a hook that runs this test.
func newScratch(t *testing.T) *scratch {
	t.Helper()
	s := &scratch{t: t, dir: t.TempDir()}
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "GIT_") && !strings.HasPrefix(v, "PRE_COMMIT") && !strings.HasPrefix(v, "SKIP=") {
			s.env = append(s.env, v)
		}
	}
	for _, who := range []string{"AUTHOR", "COMMITTER"} {
		s.env = append(s.env, "GIT_"+who+"_NAME=test", "GIT_"+who+"_EMAIL=test@example.com")
	}
	s.env = append(s.env, "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
	s.must("git", "init", "--quiet", "--initial-branch=main")
	return s
}

// run runs a command and returns its exit code and what it prints.
func (s *scratch) run(name string, args ...string) (code int, output string) {
	s.t.Helper()
	var out bytes.Buffer
	cmd := exec.CommandContext(s.t.Context(), name, args...)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = s.dir, append(s.env, "PWD="+s.dir), &out, &out
	start := time.Now()
	err := cmd.Run()
	if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
		s.t.Fatalf("%s: %v", name, err)
	}
	if took := time.Since(start); took > 100*time.Millisecond {
		s.t.Logf("%s %s: %v", name, strings.Join(args, " "), took.Round(10*time.Millisecond))
	}
	return cmd.ProcessState.ExitCode(), out.String()
}

// must runs a command that has to succeed, and returns what it prints.
func (s *scratch) must(name string, args ...string) string {
	s.t.Helper()
	code, out := s.run(name, args...)
	if code != 0 {
		s.t.Fatalf("%s %q: exit code %d\n%s", name, args, code, out)
	}
	return strings.TrimSpace(out)
}

// write writes a file.
func (s *scratch) write(name, text string) {
	s.t.Helper()
	name = filepath.Join(s.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		s.t.Fatal(err)
	}
}

// hooks returns a repository that has the files of this checkout in its only
// commit: what is not committed yet is tested, too.
func hooks(t *testing.T) *scratch {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", "..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	s := newScratch(t)
	from := &scratch{t: t, dir: root, env: s.env}
	for name := range strings.SplitSeq(from.must("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"), "\x00") {
		text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if errors.Is(err, os.ErrNotExist) || name == "" {
			continue // removed, and not committed yet
		} else if err != nil {
			t.Fatal(err)
		}
		s.write(name, string(text))
	}
	s.must("git", "add", "--all", "--force")
	s.must("git", "commit", "--quiet", "--message=hooks")
	return s
}
