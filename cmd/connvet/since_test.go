package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/connvet/connvet/internal/driver/drivertest"
)

// leak returns a file of a package with leaks that have these names.
func leak(pkg string, names ...string) string {
	text := "package " + pkg + "\n\nfunc q() int { return 0 }\n"
	for _, name := range names {
		text += "\nfunc " + name + "() {\n\t_ = q() //@connleak/rows " + name + "\n}\n"
	}
	return text
}

// archive returns a txtar archive of files: name, text, name, text.
func archive(files ...string) string {
	text := ""
	for i := 0; i < len(files); i += 2 {
		text += "-- " + files[i] + " --\n" + files[i+1]
	}
	return text
}

// Of the first commit there is no parent; what was nowhere is all new.
func TestSinceRevisions(t *testing.T) {
	r := newRepo(t, archive("a/a.go", leak("a", "F")))
	const (
		f     = "a/a.go:6:6: F [connleak/rows]\n"
		one   = "1 finding in 1 package\n"
		help  = "Run 'connvet help' for usage.\n"
		isNew = f + one + "exit 3\n"
		older = "1 older finding not shown\nexit 0\n"
	)
	no := func(rev string) string {
		return fmt.Sprintf("connvet: -since: no revision %s in this repository\n%sexit 2\n", rev, help)
	}
	r.want(t, no("HEAD~1"), "-since", "HEAD~1")
	r.want(t, no("nosuch"), "-since", "nosuch")
	r.want(t, no("nosuch..."), "-since", "nosuch...")
	r.want(t, "connvet: -since: --all is not a revision\n"+help+"exit 2\n", "-since", "--all")
	r.want(t, "connvet: invalid value \"\" for flag -since: it says nothing\n"+help+"exit 2\n", "-since", "")
	r.want(t, older, "-since", "HEAD")
	r.want(t, isNew, "-since", strings.TrimSpace(r.git(t, "hash-object", "-t", "tree", os.DevNull)))
	r.want(t, "exit 0\n", "-since", "HEAD", "-deferinloop")
	hook := *r
	hook.environ = append(hook.environ, "GIT_DIR="+filepath.Join(r.dir, ".git"), "GIT_INDEX_FILE=nosuch")
	hook.want(t, older, "-C", "a", "-since", "HEAD")

	// On another branch the leak is mended.
	r.git(t, "checkout", "-q", "-b", "mended")
	r.write(t, "a/a.go", leak("a"))
	r.commit(t)
	r.git(t, "checkout", "-q", "-")
	r.write(t, "a/a.go", leak("a", "G", "F"))
	r.commit(t)
	const (
		g      = "a/a.go:6:6: G [connleak/rows]\n"
		two    = g + "a/a.go:10:6: F [connleak/rows]\n2 findings in 1 package\nexit 3\n"
		behind = "1 older finding not shown\nexit 3\n"
	)
	r.want(t, two, "-since", "mended")
	r.want(t, g+one+behind, "-since", "mended...")
	r.want(t, "2 older findings not shown\nexit 0\n", "-since", "HEAD...")

	shallow := *r
	shallow.dir = filepath.Join(t.TempDir(), "clone")
	r.git(t, "clone", "-q", "--depth=1", "file://"+filepath.ToSlash(r.dir), shallow.dir)
	shallow.want(t, "connvet: -since: no revision HEAD~1 in this clone, which is shallow: git fetch --unshallow gets the rest\n"+help+"exit 2\n", "-since", "HEAD~1")
	shallow.want(t, "2 older findings not shown\nexit 0\n", "-since", "HEAD")

	// A repository that is elsewhere, in a hook: git says where.
	if err := os.Rename(filepath.Join(r.dir, ".git"), filepath.Join(r.dir, "_git")); err != nil {
		t.Fatal(err)
	}
	elsewhere := *r
	elsewhere.environ = append(r.environ, "GIT_DIR=_git", "GIT_INDEX_FILE=_git/index")
	if got := elsewhere.run(t, "-C", "a", "-since", "HEAD"); got != "2 older findings not shown\nexit 0\n" {
		t.Errorf("with GIT_DIR: %s", got)
	}
	r.environ = append(r.environ, "GIT_CEILING_DIRECTORIES="+filepath.Dir(r.dir))
	if got := r.run(t, "-since", "HEAD"); !strings.HasPrefix(got, "connvet: -since: git rev-parse: not a git repository") || !strings.HasSuffix(got, "\nexit 1\n") {
		t.Errorf("without a repository: %s", got)
	}
	r.git(t, "init", "-q")
	r.want(t, two, "-since", "HEAD") // before the first commit nothing is older
	r.want(t, no("HEAD~1"), "-since", "HEAD~1")
}

// All that is done with findings is done with those that are new.
func TestSinceOutput(t *testing.T) {
	fixable := func(names ...string) string {
		text := leak("a", names...)
		for _, name := range names {
			text = strings.Replace(text, "rows "+name+"\n", "rows "+name+"\n\t//@insert do it => \t// done "+name+"\n", 1)
		}
		return text
	}
	r := newRepo(t, archive("a/a.go", fixable("F", "G")))
	r.write(t, "a/a.go", fixable("F", "H", "G"))
	r.want(t, "a/a.go:11:6: H [connleak/rows]\n1 finding in 1 package\n2 older findings not shown\nexit 5\n", "-since", "HEAD", "-exit-code=5")
	for format, shown := range map[string]int{"text": 1, "markdown": 1, "json": 1, "sarif": 2, "rdjsonl": 1, "github": 1, "gitlab": 1} {
		got := r.connvet(t, "-since", "HEAD", "-format", format)
		if !strings.Contains(got, "H") || strings.Count(got, "2 older findings not shown") != shown {
			t.Errorf("%s: %s", format, got)
		}
		for _, old := range []string{`"F"`, `"G"`, " F ", " G "} {
			if strings.Contains(got, old) {
				t.Errorf("%s has %s: %s", format, old, got)
			}
		}
	}
	diff := r.connvet(t, "-since", "HEAD", "-diff")
	if strings.Count(diff, "\n+") != 2 || !strings.HasSuffix(diff, "exit 3\n") { // with +++
		t.Errorf("-diff: %s", diff)
	}
	r.want(t, "2 older findings not shown\nfixed 1 finding in 1 file\nexit 0\n", "-since", "HEAD", "-fix")
	if text := r.read(t, "a/a.go"); strings.Count(text, "\n\t// done ") != 1 || !strings.Contains(text, "\n\t// done H\n") {
		t.Errorf("after -fix there is:\n%s", text)
	}
}

// A second run has everything in the go command's cache, also when there were
// other revisions in between.
func TestSinceAgain(t *testing.T) {
	r := newRepo(t, archive("a/a.go", leak("a", "F"), "b/b.go", leak("b", "F")))
	r.write(t, "b/b.go", leak("b", "F", "G"))
	r.commit(t)
	r.write(t, "a/a.go", leak("a", "F", "G"))
	log := filepath.Join(t.TempDir(), "log")
	r.environ = append(r.environ, drivertest.EnvLog+"="+log)
	const want = "a/a.go:10:6: G [connleak/rows]\n"
	for i, rev := range []string{"HEAD", "HEAD", "HEAD~1", "HEAD"} {
		os.Remove(log)
		got := r.connvet(t, "-since", rev)
		if !strings.HasPrefix(got, want) {
			t.Errorf("since %s: %s", rev, got)
		}
		started, err := os.ReadFile(log)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		if i > 0 && rev == "HEAD" && len(started) > 0 {
			t.Errorf("the tool was started once more for:\n%s", started)
		}
	}
}

// Whatever an interrupted run has left behind, the next one puts right.
func TestSinceRepair(t *testing.T) {
	r := newRepo(t, archive("a/a.go", leak("a", "F"), "b/b.go", "package b\n", "z/z.go", "package z\n"))
	r.replace(t, "a/a.go", "package a", "package a\n\nimport _ \"example.com/m/b\"")
	r.commit(t)
	const want = "1 older finding not shown\nexit 0\n"
	r.want(t, want, "-since", "HEAD~1")
	tree := r.checkout(t)
	home := filepath.Dir(tree)
	damage := func(what string, do func() error) {
		t.Helper()
		if err := do(); err != nil {
			t.Fatal(err)
		}
		if got := r.connvet(t, "-since", "HEAD"); got != want {
			t.Errorf("%s: %s", what, got)
		}
		if _, err := os.Stat(filepath.Join(tree, "a", "left.go")); err == nil {
			t.Errorf("%s: a file is left", what)
		}
	}
	write := func(name, text string) func() error {
		return func() error { return os.WriteFile(name, []byte(text), 0o666) }
	}
	index, err := filepath.Glob(filepath.Join(home, "index-*"))
	if err != nil || len(index) != 1 {
		t.Fatalf("indexes %q, %v", index, err)
	}
	damage("a file too many", write(filepath.Join(tree, "a", "left.go"), leak("a", "X")))
	damage("half a file", write(filepath.Join(tree, "a", "a.go"), "pack"))
	damage("no file", func() error { return os.Remove(filepath.Join(tree, "b", "b.go")) })
	damage("no directory", func() error { return os.RemoveAll(tree) })
	damage("a file for a directory", func() error {
		return errors.Join(os.RemoveAll(filepath.Join(tree, "b")), os.WriteFile(filepath.Join(tree, "b"), nil, 0o666))
	})
	before := snapshot(t, filepath.Join(tree, "z"))
	damage("a lock", write(index[0]+".lock", ""))
	if after := snapshot(t, filepath.Join(tree, "z")); after != before {
		t.Errorf("for a lock all was checked out again")
	}
	damage("half an index", write(index[0], "DIRC"))
	damage("no index", func() error { return os.Remove(index[0]) })
}

// Runs on one repository wait for each other.
func TestSinceConcurrent(t *testing.T) {
	r := newRepo(t, archive("a/a.go", leak("a", "F")))
	r.write(t, "a/a.go", leak("a", "F", "G"))
	r.commit(t)
	r.write(t, "a/a.go", leak("a", "F", "G", "H"))
	var runs sync.WaitGroup
	for i := range 6 {
		runs.Go(func() {
			rev := fmt.Sprintf("HEAD~%d", i%2)
			want := fmt.Sprintf("%d older finding", 2-i%2)
			if got := r.run(t, "-since", rev); !strings.Contains(got, want) {
				t.Errorf("since %s: %s", rev, got)
			}
		})
	}
	runs.Wait()
}
