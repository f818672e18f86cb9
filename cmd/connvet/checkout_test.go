package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// What git may be configured to do, it does not do here.
func TestSinceGitConfig(t *testing.T) {
	r := newRepo(t, archive("a/a.go", leak("a", "F"), "b/b.go", leak("b", "F")))
	marker := filepath.Join(t.TempDir(), "marker")
	for _, hook := range []string{"post-checkout", "post-index-change", "fsmonitor"} {
		r.write(t, ".git/hooks/"+hook, "#!/bin/sh\necho \"$0\" >>'"+marker+"'\n")
		if err := os.Chmod(filepath.Join(r.dir, ".git", "hooks", hook), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	for name, value := range map[string]string{
		"core.splitIndex": "true", "core.fsmonitor": filepath.Join(r.dir, ".git", "hooks", "fsmonitor"), "core.untrackedCache": "true",
		"submodule.recurse": "true", "clean.requireForce": "true", "index.version": "4",
		"core.autocrlf": "true",
	} {
		r.git(t, "config", name, value)
	}
	r.write(t, "a/a.go", leak("a", "F", "G"))
	os.Remove(marker)
	r.want(t, newG("a/"), "-since", "HEAD", "./a")
	if ran, err := os.ReadFile(marker); err == nil {
		t.Errorf("git ran %s", ran)
	}
	// A working tree that is not whole is compared with one that is not, either.
	r.git(t, "sparse-checkout", "set", "a")
	r.want(t, newG("a/"), "-since", "HEAD")
}

// Checkouts that nobody asks for do not stay.
func TestCheckoutUnused(t *testing.T) {
	r, other := newRepo(t, archive("a/a.go", leak("a", "F"))), newRepo(t, archive("a/a.go", leak("a", "F")))
	const want = "1 older finding not shown\nexit 0\n"
	r.want(t, want, "-since", "HEAD")
	first := r.checkout(t)
	other.cache = r.cache
	other.want(t, want, "-since", "HEAD")
	if !exists(first) {
		t.Error("a checkout was removed that is not old")
	}
	locks, err := filepath.Glob(filepath.Join(r.cache, "connvet", "since", "*.lock"))
	if err != nil || len(locks) != 2 {
		t.Fatalf("locks %q, %v", locks, err)
	}
	for _, name := range locks {
		old := time.Now().Add(-unusedAfter - time.Hour)
		if err := os.Chtimes(name, old, old); err != nil {
			t.Fatal(err)
		}
	}
	third := newRepo(t, archive("a/a.go", leak("a", "F")))
	third.cache = r.cache
	third.want(t, want, "-since", "HEAD")
	if exists(first) {
		t.Error("a checkout is kept that nobody asks for")
	}
	third.checkout(t) // the only one
	r.want(t, want, "-since", "HEAD")
}
