package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	goMod  = "module example.com/m\n\ngo 1.24\n"
	libMod = "module example.com/lib\n\ngo 1.24\n"
)

// newG is what a run says of leak(_, "F", "G") in a directory if F is old.
func newG(dir string) string {
	return dir + "a.go:10:6: G [connleak/rows]\n1 finding in 1 package\n1 older finding not shown\nexit 3\n"
}

// newFG is what it says if neither is.
func newFG(dir string) string {
	return dir + "a.go:6:6: F [connleak/rows]\n" + dir + "a.go:10:6: G [connleak/rows]\n2 findings in 1 package\nexit 3\n"
}

// importing returns leak for a package that imports others.
func importing(imports string, names ...string) string {
	return strings.Replace(leak("a", names...), "package a\n", "package a; import ("+imports+")\n", 1)
}

func TestSinceSubdirectory(t *testing.T) {
	r := newRepo(t, archive(
		"README", "x\n",
		"go/svc/go.mod", "module example.com/svc\n\ngo 1.24\n\nrequire example.com/lib v1.0.0\n\nreplace example.com/lib => ../lib\n",
		"go/svc/a/a.go", importing(`_ "example.com/lib"`, "F"),
		"go/lib/go.mod", libMod, "go/lib/lib.go", "package lib\n",
		"go.mod", goMod))
	r.write(t, "go/svc/a/a.go", importing(`_ "example.com/lib"`, "F", "G"))
	r.want(t, newG("a/"), "-C", "go/svc", "-since", "HEAD")
	r.want(t, newG(""), "-C", "go/svc/a", "-since", "HEAD", ".")
}

// A symbolic link leads to the same repository. Beside it is something else than
// beside the directory that it leads to.
func TestSinceSymlink(t *testing.T) {
	r := newRepo(t, archive(
		"go.mod", goMod+"\nrequire example.com/lib v1.0.0\n\nreplace example.com/lib => ../lib\n",
		"a/a.go", importing(`_ "example.com/lib"`, "F"),
		"b/go.mod", "module example.com/b\n\ngo 1.24\n", "b/a/a.go", leak("a", "F")))
	moveDown(t, r)
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(r.dir, link); err != nil {
		t.Skip(err)
	}
	r.dir = link
	r.write(t, "a/a.go", importing(`_ "example.com/lib"`, "F", "G"))
	beside(t, r, archive("lib/go.mod", libMod, "lib/lib.go", "package lib\n"))
	r.want(t, newG("a/"), "-since", "HEAD")
	inside := filepath.Join(t.TempDir(), "inside")
	if err := os.Symlink(filepath.Join(r.dir, "b"), inside); err != nil {
		t.Fatal(err)
	}
	r.write(t, "b/a/a.go", leak("a", "F", "G"))
	r.want(t, newG("a/"), "-C", inside, "-since", "HEAD")
}

// What was not there is new. What was there, but not whole, is not.
func TestSincePackages(t *testing.T) {
	r := newRepo(t, archive(
		"a/a.go", leak("a", "F"), "broken/a.go", leak("broken", "F")+"\nvar _ = Undefined\n",
		"tests/a.go", leak("tests", "F"), "tests/a_test.go", leak("tests_test", "F")+"\nvar _ = Undefined\n",
		"moved/go.mod", "module example.com/before\n\ngo 1.24\n", "moved/a.go", leak("moved", "F"),
		"huge/a.go", "package huge\n\nfunc F() { //@connvet/budget too large\n}\n"))
	r.write(t, "broken/a.go", leak("broken", "F", "G"))
	r.write(t, "tests/a.go", leak("tests", "F", "G"))
	r.write(t, "tests/a_test.go", leak("tests_test", "F", "G"))
	r.write(t, "huge/a.go", leak("huge", "F", "G"))
	r.write(t, "added/a.go", leak("added", "F", "G"))
	r.write(t, "module/go.mod", "module example.com/module\n\ngo 1.24\n")
	r.write(t, "module/a/a.go", leak("a", "F", "G"))
	r.write(t, "moved/go.mod", "module example.com/after\n\ngo 1.24\n")
	r.want(t, `added/a.go:6:6: F [connleak/rows]
added/a.go:10:6: G [connleak/rows]
huge/a.go:10:6: G [connleak/rows]
tests/a.go:10:6: G [connleak/rows]
not analysed: example.com/m/broken (at HEAD: does not type-check: broken/a.go:9:9: undefined: Undefined; 2 findings not shown)
not analysed: example.com/m/huge (at HEAD: F is too large; 1 finding not shown)
not analysed: tests of example.com/m/tests (at HEAD: does not type-check: tests/a_test.go:9:9: undefined: Undefined; 2 findings not shown)
4 findings in 3 packages
2 older findings not shown
exit 1
`, "-since", "HEAD")
	r.want(t, newFG("a/"), "-C", "module", "-since", "HEAD")
	r.want(t, "not analysed: example.com/after (at HEAD: is another package, or none; 1 finding not shown)\nexit 1\n", "-C", "moved", "-since", "HEAD")
	r.want(t, "1 older finding not shown\nexit 0\n", "-since", "HEAD", filepath.Join(r.dir, "a"))
	r.want(t, "1 older finding not shown\nexit 0\n", "-C", "added", "-since", "HEAD", "../a")
	r.want(t, newFG("added/"), "-since", "HEAD", "added/a.go")
	r.want(t, newG("tests/"), "-since", "HEAD", "tests/a.go")
}

// Of a module that was none all is new, and of one that was broken nothing.
func TestSinceModules(t *testing.T) {
	r := newRepo(t, archive("a/a.go", leak("a", "F")))
	r.write(t, "go.mod", "")
	r.commit(t)
	r.write(t, "go.mod", "module example.com/m\n\nbroken\n")
	r.commit(t)
	r.write(t, "go.mod", goMod)
	r.write(t, "a/a.go", leak("a", "F", "G"))
	r.want(t, newG("a/"), "-since", "HEAD~2")
	r.want(t, newFG("a/"), "-since", "HEAD~1")
	r.want(t, "not analysed: example.com/m/a (at HEAD: go list: go: errors parsing go.mod:; 2 findings not shown)\nexit 1\n", "-since", "HEAD")
	r.write(t, "go.work", "broken\n")
	r.commit(t)
	r.write(t, "go.work", "")
	r.want(t, "not analysed: example.com/m/a (at HEAD: go work: go: errors parsing go.work:; 2 findings not shown)\nexit 1\n", "-since", "HEAD")
}

// Flags that name files mean those that were there.
func TestSinceFlags(t *testing.T) {
	r := newRepo(t, archive(
		"other.mod", goMod+"\nrequire example.com/lib v1.0.0\n\nreplace example.com/lib => ./lib\n",
		"lib/go.mod", libMod, "lib/lib.go", "package lib\n",
		"a/a.go", importing(`_ "example.com/lib"`, "F"), "b/b.go", "package b //@settings\n"))
	r.write(t, "other.mod", strings.ReplaceAll(r.read(t, "other.mod"), "./lib", "./elsewhere"))
	r.git(t, "mv", "lib", "elsewhere")
	r.write(t, "a/a.go", importing(`_ "example.com/lib"`, "F", "G"))
	r.want(t, newG("a/"), "-since", "HEAD", "-modfile", "other.mod", "./a")
	// A models file that was not there counts, too.
	r.write(t, "new.models", "package example.com/x\n")
	r.want(t, "1 older finding not shown\nexit 0\n", "-since", "HEAD", "-models", "new.models", "./b")
	// What an editor has not saved is what is new, with or without GOFLAGS.
	r.write(t, "a/unsaved", strings.ReplaceAll(leak("a", "F", "G", "H"), "H", "G"+"2"))
	r.write(t, "overlay.json", `{"Replace": {"a/a.go": "a/unsaved"}}`)
	want := "a/a.go:10:6: G [connleak/rows]\na/a.go:14:6: G2 [connleak/rows]\n2 findings in 1 package\n1 older finding not shown\nexit 3\n"
	r.want(t, want, "-since", "HEAD", "-modfile", "other.mod", "-overlay", "overlay.json", "./a")
	r.environ = append(r.environ, "GOFLAGS=-modfile=other.mod -overlay=overlay.json")
	r.want(t, want, "-since", "HEAD", "./a")
}

// In GOPATH mode packages are not found by where the run is, but in one place.
func TestSinceGOPATH(t *testing.T) {
	r := newRepo(t, archive("src/m/a/a.go", leak("a", "F")))
	r.write(t, "src/m/a/a.go", leak("a", "F", "G"))
	r.environ = append(r.environ, "GO111MODULE=off", "GOPATH="+r.dir)
	r.want(t, "not analysed: m/a (at HEAD: is another package, or none; 2 findings not shown)\nexit 1\n", "-C", "src/m", "-since", "HEAD")
}
