package review

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// root is the directory of the checkout.
var root = func() string {
	dir, err := filepath.Abs(filepath.Join("..", "..", ".."))
	if err != nil {
		panic(err)
	}
	return dir
}()

// bin is a directory with the programs that are built here.
var bin string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "connvet-review-")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		bin = dir
		return m.Run()
	}())
}

// build builds connvet and reviewdog, once.
var build = sync.OnceValue(func() error {
	for dir, pkg := range map[string]string{root: "./cmd/connvet", ".": "github.com/reviewdog/reviewdog/cmd/reviewdog"} {
		cmd := exec.Command("go", "build", "-o", bin+string(filepath.Separator), pkg)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			return errors.New("go build: " + err.Error() + "\n" + string(out))
		}
	}
	return nil
})

// needTools builds what is needed, and skips the test where the rest is not
// installed.
func needTools(t *testing.T) {
	t.Helper()
	for _, name := range []string{"bash", "curl", "git", "jq"} {
		if _, err := exec.LookPath(name); err != nil {
			if os.Getenv("CONNVET_REQUIRE_REVIEW") == "1" {
				t.Fatal(err)
			}
			t.Skip(err)
		}
	}
	if err := build(); err != nil {
		t.Fatal(err)
	}
}

// environ is an environment for commands: nothing of the user's git and CI.
func environ(more ...string) []string {
	var env []string
	for _, v := range os.Environ() {
		keep := true
		for _, prefix := range []string{"GIT_", "GITHUB_", "GITLAB_", "RUNNER_", "CI=", "CI_", "REVIEWDOG_", "PATH=", "HOME="} {
			keep = keep && !strings.HasPrefix(v, prefix)
		}
		if keep {
			env = append(env, v)
		}
	}
	env = append(env,
		"PATH="+bin+string(filepath.ListSeparator)+os.Getenv("PATH"), "HOME="+os.Getenv("HOME"),
		"GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
		"GOFLAGS=", "GOCACHE="+cache(), "XDG_CACHE_HOME="+filepath.Join(bin, "cache"))
	for _, who := range []string{"AUTHOR", "COMMITTER"} {
		env = append(env, "GIT_"+who+"_NAME=test", "GIT_"+who+"_EMAIL=test@example.com")
	}
	return append(env, more...)
}

// cache is the go command's cache, which does not move with XDG_CACHE_HOME.
var cache = sync.OnceValue(func() string {
	out, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		panic(err)
	}
	return strings.TrimSpace(string(out))
})

// command runs a command in a directory and returns its exit code and what it
// prints.
func command(t *testing.T, dir string, env []string, stdin, name string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir, cmd.Env = dir, append(env, "PWD="+dir)
	if filepath.Base(name) == name { // PATH is that of env
		if _, err := os.Stat(filepath.Join(bin, name)); err == nil {
			cmd.Path, cmd.Err = filepath.Join(bin, name), nil
		}
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &out, &err
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), out.String(), err.String()
}

// must runs a command that has to succeed, and returns what it prints.
func must(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	code, stdout, stderr := command(t, dir, environ(), "", name, args...)
	if code != 0 {
		t.Fatalf("%s %q: exit code %d\n%s%s", name, args, code, stdout, stderr)
	}
	return strings.TrimSuffix(stdout, "\n")
}

// read returns the text of a file.
func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// write writes a file in a directory.
func write(t *testing.T, dir, name, text string) {
	t.Helper()
	name = filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
