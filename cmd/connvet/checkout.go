package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A checkout is the files of a revision in the user's cache. There is one place
// for each repository, so that the go command knows from one run to the next
// what it has built of it.
//
// It is no git worktree. That would be an entry below .git, in the list that
// people look at, with hooks and locks of its own. What git needs to bring files
// from one revision to another is an index; with one of our own (GIT_INDEX_FILE)
// it leaves unchanged files as they are, puts right what an interrupted run has
// left half-made, and writes nothing into the repository.
type checkout struct {
	dir    string // the files, without symbolic links
	home   string // a directory for what else belongs to it
	unlock func()
}

// checkOut brings a tree into the cache. It waits for other runs that have the
// place; the checkout is to be unlocked.
func (g *gitRepo) checkOut(ctx context.Context, e *env, tree string) (_ *checkout, err error) {
	cache, err := e.cache()
	if err != nil {
		return nil, fmt.Errorf("no directory to check out in: %v", err)
	}
	all := filepath.Join(cache, "connvet", "since")
	home := filepath.Join(all, shortHash(g.common))
	if err := os.MkdirAll(home, 0o777); err != nil {
		return nil, err
	}
	if home, err = filepath.EvalSymlinks(home); err != nil {
		return nil, err
	}
	c := &checkout{dir: filepath.Join(home, "tree"), home: home}
	if c.unlock, err = lock(ctx, home+".lock"); err != nil {
		return nil, err
	}
	if _, err := os.Stat(c.dir); errors.Is(err, fs.ErrNotExist) {
		removeUnused(all)
	}
	err = g.fill(ctx, c, tree, c.dir)
	if err != nil && ctx.Err() == nil {
		// Whatever is in the way, it is worth nothing.
		if err = os.RemoveAll(home); err == nil {
			err = g.fill(ctx, c, tree, c.dir)
		}
	}
	if err != nil {
		c.unlock()
		return nil, err
	}
	return c, nil
}

// shortHash returns a name for a path.
func shortHash(path string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(path)))[:16] }

// fill makes a directory of a checkout hold a tree of the repository and nothing
// else, no matter what it holds.
func (g *gitRepo) fill(ctx context.Context, c *checkout, tree, dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	index := filepath.Join(c.home, "index-"+shortHash(dir))
	os.Remove(index + ".lock") // of a git that was killed: the place is ours
	environ := []string{"GIT_DIR=" + g.dir, "GIT_WORK_TREE=" + dir, "GIT_INDEX_FILE=" + index}
	if _, err := g.git(ctx, dir, environ, "read-tree", "--reset", "-u", tree); err != nil {
		return err
	}
	if _, err := g.git(ctx, dir, environ, "clean", "-ffdxq"); err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(dir, ".gitmodules")); err != nil {
		return nil
	}
	files, err := g.git(ctx, dir, environ, "ls-files", "--stage", "-z")
	if err != nil {
		return err
	}
	for _, entry := range strings.Split(string(files), "\x00") {
		if commit, path, ok := submodule(entry); ok {
			if err := g.fillSubmodule(ctx, c, commit, filepath.Join(g.top, path), filepath.Join(dir, path)); err != nil {
				return err
			}
		}
	}
	return nil
}

// submodule takes an entry of git ls-files apart, "160000 commit 0\tpath".
func submodule(entry string) (commit, path string, ok bool) {
	entry, path, _ = strings.Cut(entry, "\t")
	mode, rest, _ := strings.Cut(entry, " ")
	commit, _, _ = strings.Cut(rest, " ")
	return commit, filepath.FromSlash(path), mode == "160000"
}

// fillSubmodule does as fill with a submodule. One that the user does not have,
// or not at this commit, stays empty: nothing is fetched.
func (g *gitRepo) fillSubmodule(ctx context.Context, c *checkout, commit, top, dir string) error {
	if _, err := os.Stat(filepath.Join(top, ".git")); err != nil {
		return nil
	}
	sub, err := openRepo(ctx, &env{environ: without(g.env, "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")}, top)
	if err != nil {
		return err
	}
	if _, err := sub.ask(ctx, "cat-file", "-e", commit+"^{tree}"); err != nil {
		return ctx.Err()
	}
	return sub.fill(ctx, c, commit, dir)
}

// unusedAfter is how long a checkout is kept that nobody asks for.
const unusedAfter = 30 * 24 * time.Hour

// removeUnused removes checkouts that nobody has asked for lately: their
// repositories may not even exist any more.
func removeUnused(all string) {
	locks, _ := filepath.Glob(filepath.Join(all, "*.lock"))
	for _, name := range locks {
		info, err := os.Stat(name)
		if err != nil || time.Since(info.ModTime()) < unusedAfter {
			continue
		}
		home := strings.TrimSuffix(name, ".lock")
		if unlock, held, err := tryLock(name); err == nil && !held {
			// The lock's file stays: who waits for it has it open.
			os.RemoveAll(home)
			unlock()
		}
	}
}
