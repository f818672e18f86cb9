package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/connvet/connvet/internal/slash"
)

// A gitRepo is a git repository that is looked into and never changed: no ref,
// no index and no file of it is written.
type gitRepo struct {
	top    string // where its working tree begins, without symbolic links
	prefix string // of the directory that it was found from, "" or with a final slash
	dir    string // $GIT_DIR
	common string // the same for all its worktrees
	env    []string
}

// localGit are the variables that tell git where the repository is. In a hook
// they are set, to the index of the commit that is being made among others.
var localGit = []string{"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX"}

// openRepo returns the repository around a directory.
func openRepo(ctx context.Context, e *env, dir string) (*gitRepo, error) {
	g := &gitRepo{env: without(e.environ, localGit...)}
	args := []string{"--show-toplevel", "--show-prefix", "--absolute-git-dir", "--git-common-dir"}
	out, err := g.git(ctx, dir, nil, "rev-parse", args...)
	if err != nil && lookup(e.environ, "GIT_DIR") != "" {
		// A repository that is not to be found from its files, in its own hook.
		out, err = g.git(ctx, dir, []string{
			"GIT_DIR=" + below(e.dir, lookup(e.environ, "GIT_DIR")),
			"GIT_WORK_TREE=" + below(e.dir, lookup(e.environ, "GIT_WORK_TREE")),
		}, "rev-parse", args...)
	}
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.ReplaceAll(string(out), "\r\n", "\n"), "\n")
	if len(lines) < len(args) {
		return nil, fmt.Errorf("git rev-parse says only %q", out)
	}
	g.top, g.prefix, g.dir = filepath.FromSlash(lines[0]), lines[1], filepath.FromSlash(lines[2])
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return nil, err
	}
	g.common = below(dir, filepath.FromSlash(lines[3])) // git knows where it really is
	for _, path := range []*string{&g.top, &g.dir, &g.common} {
		if *path, err = filepath.EvalSymlinks(*path); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// below returns a path that is relative to a directory unless it is absolute.
func below(dir, path string) string { return slash.In(dir, path) }

// lookup returns the value of a variable in an environment.
func lookup(environ []string, name string) string {
	value := ""
	for _, v := range environ {
		if rest, ok := strings.CutPrefix(v, name+"="); ok {
			value = rest
		}
	}
	return value
}

// without returns an environment without some variables.
func without(environ []string, names ...string) []string {
	return slices.DeleteFunc(slices.Clone(environ), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains(names, name)
	})
}

// gitConfig keeps git from what the user's configuration may make it do: to run
// hooks, to start a daemon that watches files, to write beside its index, to go
// into submodules.
var gitConfig = []string{
	"-c", "core.hooksPath=/dev/null",
	"-c", "core.fsmonitor=false",
	"-c", "core.splitIndex=false",
	"-c", "core.longPaths=true",
	"-c", "submodule.recurse=false",
	"-c", "advice.detachedHead=false",
}

// command returns a command that runs git in a directory, with additions to its
// environment.
func (g *gitRepo) command(ctx context.Context, dir string, environ []string, verb string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "git", append(append(slices.Clone(gitConfig), verb), args...)...)
	cmd.Dir = dir
	// What large files hold is of no interest.
	cmd.Env = append(append(slices.Clone(g.env), "GIT_LFS_SKIP_SMUDGE=1", "PWD="+dir), environ...)
	return cmd
}

// git runs git in a directory and returns what it prints.
func (g *gitRepo) git(ctx context.Context, dir string, environ []string, verb string, args ...string) ([]byte, error) {
	out, err := g.command(ctx, dir, environ, verb, args...).Output()
	var exit *exec.ExitError
	if ctx.Err() != nil {
		return nil, ctx.Err()
	} else if errors.As(err, &exit) {
		reason, _, _ := strings.Cut(strings.TrimSpace(string(exit.Stderr)), "\n")
		return nil, fmt.Errorf("git %s: %s", verb, strings.TrimPrefix(reason, "fatal: "))
	}
	return out, err
}

// ask runs git in the repository.
func (g *gitRepo) ask(ctx context.Context, verb string, args ...string) (string, error) {
	out, err := g.git(ctx, g.top, []string{"GIT_DIR=" + g.dir, "GIT_WORK_TREE=" + g.top}, verb, args...)
	return strings.TrimSpace(string(out)), err
}

// resolve returns the tree of a revision. "A...B" is, as in git checkout, where
// the two began to differ; each is HEAD if it is missing.
func (g *gitRepo) resolve(ctx context.Context, rev string) (tree string, err error) {
	commit := rev
	a, b, both := strings.Cut(rev, "...")
	if strings.HasPrefix(a, "-") || strings.HasPrefix(b, "-") {
		return "", usagef("-since: %s is not a revision", rev)
	}
	if both {
		commit, err = g.ask(ctx, "merge-base", cmp.Or(a, "HEAD"), cmp.Or(b, "HEAD"))
	}
	if err == nil {
		tree, err = g.ask(ctx, "rev-parse", "--verify", "--quiet", commit+"^{tree}")
	}
	if err == nil || ctx.Err() != nil {
		return tree, ctx.Err()
	}
	if rev == "HEAD" && g.unborn(ctx) {
		return g.ask(ctx, "hash-object", "-t", "tree", "--stdin") // of nothing: all is new
	}
	if shallow, _ := g.ask(ctx, "rev-parse", "--is-shallow-repository"); shallow == "true" {
		return "", usagef("-since: no revision %s in this clone, which is shallow: git fetch --unshallow gets the rest", rev)
	}
	return "", usagef("-since: no revision %s in this repository", rev)
}

// unborn reports whether HEAD is a branch without a commit: a hook runs before
// the first one, too.
func (g *gitRepo) unborn(ctx context.Context) bool {
	branch, err := g.ask(ctx, "symbolic-ref", "--quiet", "HEAD")
	if err != nil {
		return false
	}
	_, err = g.ask(ctx, "rev-parse", "--verify", "--quiet", branch)
	return err != nil
}
