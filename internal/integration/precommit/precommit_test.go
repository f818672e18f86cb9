package precommit

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// leak is a function that leaks.
const leak = `
func %s(db *sql.DB) error {
	rows, err := db.Query("SELECT 1")
	if err != nil {
		return err
	}
	rows.Next()
	return nil
}
`

// source is a file with leaking functions.
func source(functions ...string) string {
	text := "package store\n\nimport \"database/sql\"\n\nvar _ *sql.DB\n"
	for _, name := range functions {
		text += fmt.Sprintf(leak, name)
	}
	return text
}

// fixed is source without the leaks.
func fixed(functions ...string) string {
	return strings.ReplaceAll(source(functions...), "\trows.Next()\n", "\tdefer rows.Close()\n\trows.Next()\n")
}

// config is how to use the hooks, as the README has it.
const config = `repos:
- repo: %s
  rev: %s
  hooks:
  - id: connvet
  - id: connvet-full
    stages: [manual]
`

// install returns a repository with the hooks from this checkout installed, and
// an old leak in its only commit.
func install(t *testing.T) *scratch {
	t.Helper()
	if _, err := exec.LookPath("pre-commit"); err != nil {
		if os.Getenv("CONNVET_REQUIRE_PRECOMMIT") == "1" {
			t.Fatal(err)
		}
		t.Skip("pre-commit is not installed")
	}
	from, s := hooks(t), newScratch(t)
	s.write("go.mod", "module example.com/m\n\ngo 1.25.0\n")
	s.write("old.go", source("Old"))
	s.write(".pre-commit-config.yaml", fmt.Sprintf(config, from.dir, from.must("git", "rev-parse", "HEAD")))
	s.must("git", "add", "--all")
	s.must("git", "commit", "--quiet", "--message=old")

	// All that is made stays here, but modules and what is built from them come
	// from the user's caches.
	home := t.TempDir()
	for _, name := range []string{"GOMODCACHE", "GOCACHE"} {
		s.env = append(s.env, name+"="+s.must("go", "env", name))
	}
	s.env = append(s.env, "PRE_COMMIT_HOME="+filepath.Join(home, "pre-commit"), "XDG_CACHE_HOME="+filepath.Join(home, "cache"))
	s.must("pre-commit", "install", "--install-hooks")
	t.Cleanup(func() {
		if t.Failed() {
			log, _ := os.ReadFile(filepath.Join(home, "pre-commit", "pre-commit.log"))
			t.Logf("%s", log)
		}
	})
	return s
}

func TestHooks(t *testing.T) {
	s := install(t)
	t.Run("installed", func(t *testing.T) { installed(t, s) })
	t.Run("below", func(t *testing.T) { below(t, s) })
	commits := func() int { return strings.Count(s.must("git", "log", "--format=%H"), "\n") + 1 }
	// commit commits what is staged. The hook must let it pass unless it is to
	// name something.
	commit := func(what string, names ...string) {
		t.Helper()
		before := commits()
		code, out := s.run("git", "commit", "--message="+what)
		if (code != 0) != (len(names) > 0) || strings.Contains(out, "- exit code: 3") != (len(names) > 0) {
			t.Errorf("%s: exit code %d\n%s", what, code, out)
		}
		if got, want := commits() > before, len(names) == 0; got != want {
			t.Errorf("%s: committed: %t, want %t", what, got, want)
		}
		if n := strings.Count(out, "[connleak/rows]"); n != len(names) {
			t.Errorf("%s: %d findings, want %d:\n%s", what, n, len(names), out)
		}
		for _, name := range names {
			if !strings.Contains(out, name+": rows is not closed on every path") {
				t.Errorf("%s: no finding at %s:\n%s", what, name, out)
			}
		}
	}

	s.write("new.go", source("A"))
	s.must("git", "add", "new.go")
	commit("a leak", "new.go:8:15")

	s.write("new.go", fixed("A"))
	commit("a leak with a fix that is not staged", "new.go:8:15")
	s.must("git", "add", "new.go")
	commit("the fix")

	s.write("new.go", source("A"))
	s.must("git", "commit", "--all", "--no-verify", "--message=not looked at")
	s.write("new.go", "// The lines are others now.\n\n"+source("A"))
	s.write("old.go", source("New", "Old"))
	code, out := s.run("git", "commit", "--all", "--message=more") // git keeps its index somewhere else
	if code == 0 || !strings.Contains(out, "old.go:8:15: rows is not closed") || strings.Count(out, "[connleak/rows]") != 1 ||
		!strings.Contains(out, "2 older findings not shown") {
		t.Errorf("a leak above an old one: exit code %d\n%s", code, out)
	}
	s.must("git", "reset", "--quiet", "--hard")

	s.write("README", "no Go\n")
	s.must("git", "add", "README")
	if _, out := s.run("git", "commit", "--message=no Go"); !strings.Contains(out, "(no files to check)Skipped") {
		t.Errorf("without Go:\n%s", out)
	}
	// pre-commit takes away what is not staged, but for files that git does not
	// know: to the go command they are part of the package.
	s.write("other.go", source("B"))
	s.write("old.go", fixed("Old"))
	s.must("git", "add", "old.go")
	commit("a leak that git does not know", "other.go:8:15")
	s.write("other.go", fixed("B"))
	commit("an old leak gone")

	code, out = s.run("pre-commit", "run", "--all-files", "--hook-stage=manual", "connvet-full")
	if code != 1 || !strings.Contains(out, "- exit code: 3") || strings.Count(out, "[connleak/rows]") != 1 ||
		!strings.Contains(out, "new.go:8:15: rows is not closed") {
		t.Errorf("all: exit code %d\n%s", code, out)
	}
	if code, out := s.run("pre-commit", "run", "--all-files", "connvet"); code != 0 {
		t.Errorf("nothing is new: exit code %d\n%s", code, out)
	}
}

// below checks a module that is not where the repository begins, and that what the
// README says can be given in args can be.
func below(t *testing.T, s *scratch) {
	b := newScratch(t)
	b.env = s.env
	config, err := os.ReadFile(filepath.Join(s.dir, ".pre-commit-config.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	b.write(".pre-commit-config.yaml", strings.Replace(string(config), "id: connvet\n", "id: connvet\n    args: [-C, svc, -tests=false, ./...]\n", 1))
	b.write("svc/go.mod", "module example.com/svc\n\ngo 1.25.0\n")
	b.write("svc/old.go", source("Old"))
	b.must("git", "add", "--all")
	b.must("git", "commit", "--quiet", "--message=old")
	b.write("svc/new.go", source("A"))
	b.write("svc/new_test.go", source("B"))
	b.must("git", "add", "--all")
	code, out := b.run("pre-commit", "run")
	if code == 0 || strings.Count(out, "[connleak/rows]") != 1 || !strings.Contains(out, "new.go:8:15: rows is not closed") {
		t.Errorf("exit code %d\n%s", code, out)
	}
}

// installed checks that what the hooks bring along stays small: pre-commit builds
// all commands of this module, and users wait for that.
func installed(t *testing.T, s *scratch) {
	var home string
	for _, v := range s.env {
		if rest, ok := strings.CutPrefix(v, "PRE_COMMIT_HOME="); ok {
			home = rest
		}
	}
	bin, err := filepath.Glob(filepath.Join(home, "repo*", "golangenv-*", "bin", "*"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, name := range bin {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d MB", filepath.Base(name), info.Size()>>20)
		if info.Size() > 20<<20 {
			t.Errorf("%s has %d bytes", name, info.Size())
		}
		names = append(names, strings.TrimSuffix(filepath.Base(name), ".exe"))
	}
	if want := []string{"connvet", "poolcheck"}; !slices.Equal(names, want) {
		t.Errorf("go install ./... makes %q, want %q", names, want)
	}
}
