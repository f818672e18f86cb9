package main

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"
)

// beside writes files of a txtar archive beside a repository.
func beside(t *testing.T, r *testRepo, archive string) {
	t.Helper()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		r.write(t, "../"+f.Name, string(f.Data))
	}
}

// moveDown puts a repository into a directory of its own, so that something can be
// beside it.
func moveDown(t *testing.T, r *testRepo) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "repo")
	if err := os.Rename(r.dir, dir); err != nil {
		t.Fatal(err)
	}
	var err error
	if r.dir, err = filepath.EvalSymlinks(dir); err != nil {
		t.Fatal(err)
	}
}

// What is beside the repository is the same at all revisions.
func TestSinceBeside(t *testing.T) {
	lib := archive("lib/go.mod", libMod, "lib/lib.go", "package lib\n")
	const require = "\nrequire example.com/lib v1.0.0\n"
	t.Run("replace", func(t *testing.T) {
		r := newRepo(t, archive(
			"go.mod", goMod+require+"\nreplace example.com/lib => ../lib\n",
			"a/a.go", importing(`_ "example.com/lib"`, "F")))
		moveDown(t, r)
		beside(t, r, lib)
		r.write(t, "a/a.go", importing(`_ "example.com/lib"`, "F", "G"))
		r.want(t, newG("a/"), "-since", "HEAD")
	})
	t.Run("use", func(t *testing.T) {
		r := newRepo(t, archive(
			"go.mod", goMod+require, "go.work", "go 1.24\n\nuse (\n\t.\n\t../lib\n\t./later\n)\n",
			"a/a.go", importing(`_ "example.com/lib"`, "F")))
		moveDown(t, r)
		beside(t, r, lib)
		r.write(t, "later/go.mod", "module example.com/later\n\ngo 1.24\n")
		r.write(t, "a/a.go", importing(`_ "example.com/lib"`, "F", "G"))
		r.want(t, newG("a/"), "-since", "HEAD")
	})
	t.Run("use of nothing", func(t *testing.T) {
		r := newRepo(t, archive("go.mod", goMod, "dev.work", "go 1.24\n\nuse (\n\t.\n\t./later\n)\n", "a/a.go", leak("a", "F")))
		r.environ = append(r.environ, "GOWORK="+filepath.Join(r.dir, "dev.work"))
		r.write(t, "later/go.mod", "module example.com/later\n\ngo 1.24\n")
		r.write(t, "a/a.go", leak("a", "F", "G"))
		r.want(t, newG("a/"), "-since", "HEAD")
	})
	t.Run("go.work of others", func(t *testing.T) {
		r := newRepo(t, archive("a/a.go", leak("a", "F")))
		if err := os.WriteFile(filepath.Join(r.cache, "go.work"), []byte("go 1.24\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		r.write(t, "a/a.go", leak("a", "F", "G"))
		r.want(t, newG("a/"), "-since", "HEAD")
	})
	t.Run("ignored go.work", func(t *testing.T) {
		r := newRepo(t, archive(
			"go.mod", goMod+require, ".gitignore", "go.work\n",
			"a/a.go", importing(`_ "example.com/lib"`, "F")))
		moveDown(t, r)
		beside(t, r, lib)
		r.write(t, "go.work", "go 1.24\n\nuse (\n\t.\n\t../lib\n)\n")
		r.write(t, "a/a.go", importing(`_ "example.com/lib"`, "F", "G"))
		r.want(t, newG("a/"), "-since", "HEAD")
	})
	t.Run("chosen go.work", func(t *testing.T) {
		r := newRepo(t, archive(
			"go.mod", goMod+require, "go.work", "go 1.24\n\nuse .\n",
			"a/a.go", importing(`_ "example.com/lib"`, "F")))
		moveDown(t, r)
		beside(t, r, lib+archive("dev.work", "go 1.24\n\nuse (\n\t./lib\n\t./repo\n)\n"))
		r.environ = append(r.environ, "GOWORK="+filepath.Join(filepath.Dir(r.dir), "dev.work"))
		r.write(t, "a/a.go", importing(`_ "example.com/lib"`, "F", "G"))
		r.want(t, newG("a/"), "-since", "HEAD")
	})
	t.Run("go.work above", func(t *testing.T) {
		r := newRepo(t, archive(
			"go.mod", goMod+require,
			"a/a.go", importing(`_ "example.com/lib"`, "F")))
		moveDown(t, r)
		beside(t, r, lib+archive("go.work", "go 1.24\n\nuse (\n\t./lib\n\t./repo\n)\n"))
		r.write(t, "a/a.go", importing(`_ "example.com/lib"`, "F", "G"))
		r.want(t, newG("a/"), "-since", "HEAD")
	})
}

// Ignored files belong to no revision. Those that packages need are there.
func TestSinceIgnored(t *testing.T) {
	r := newRepo(t, archive(
		".gitignore", "gen.go\ndist\n",
		"a/a.go", importing(`_ "embed"`, "F")+"\n//go:embed dist/*\nvar dist string\n\nvar _ = Generated\n"))
	r.write(t, "a/gen.go", "package a\n\nconst Generated = 1\n")
	r.write(t, "a/dist/index.html", "x\n")
	r.write(t, "a/a.go", importing(`_ "embed"`, "F", "G")+"\n//go:embed dist/*\nvar dist string\n\nvar _ = Generated\n")
	r.want(t, newG("a/"), "-since", "HEAD")
	// A file that is only not committed yet is what is new.
	r.write(t, ".gitignore", "dist\n")
	r.want(t, "not analysed: example.com/m/a (at HEAD: does not type-check: a/a.go:12:9: undefined: Generated; 2 findings not shown)\nexit 1\n", "-since", "HEAD")
}

func TestSinceSubmodule(t *testing.T) {
	sub := newRepo(t, archive("go.mod", libMod, "lib.go", "package lib\n", "a/a.go", leak("a", "F")))
	r := newRepo(t, archive(
		"go.mod", goMod+"\nrequire example.com/lib v1.0.0\n\nreplace example.com/lib => ./third/lib\n",
		"go.work", "go 1.24\n\nuse (\n\t.\n\t./third/lib\n)\n",
		"a/a.go", importing(`_ "example.com/lib"`, "F")))
	r.git(t, "submodule", "--quiet", "add", "file://"+filepath.ToSlash(sub.dir), "third/lib")
	r.commit(t)
	lib := *r
	lib.dir = filepath.Join(r.dir, "third", "lib")
	lib.write(t, "lib.go", "package lib\n\nconst New = 1\n")
	lib.write(t, "a/a.go", leak("a", "F", "G"))
	lib.commit(t)
	r.write(t, "a/a.go", importing(`_ "example.com/lib"`, "F", "G"))
	r.git(t, "config", "submodule.recurse", "true")
	r.want(t, newG("a/"), "-since", "HEAD")
	r.want(t, newG("third/lib/a/"), "-since", "HEAD", "./third/lib/...")
	lib.want(t, newG("a/"), "-since", "HEAD~1")
	// Where it was not a submodule yet, it was nothing.
	r.git(t, "rm", "-q", "--cached", "third/lib")
	r.git(t, "commit", "-q", "-a", "-m", "x")
	r.want(t, newFG("third/lib/a/"), "-since", "HEAD", "./third/lib/...")
}

func TestSinceVendor(t *testing.T) {
	r := newRepo(t, archive(
		"go.mod", goMod+"\nrequire example.com/lib v1.0.0\n\nreplace example.com/lib => ../lib\n",
		"vendor/modules.txt", "# example.com/lib v1.0.0 => ../lib\n## explicit; go 1.24\nexample.com/lib\n# example.com/lib => ../lib\n",
		"vendor/example.com/lib/lib.go", "package lib\n",
		"a/a.go", importing(`_ "example.com/lib"`, "F")))
	r.environ = append(r.environ, "GOFLAGS=-mod=vendor")
	r.write(t, "a/a.go", importing(`_ "example.com/lib"`, "F", "G"))
	r.want(t, newG("a/"), "-since", "HEAD")
}
