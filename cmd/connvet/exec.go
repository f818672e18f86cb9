package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strings"
)

// commit returns the revision that is checked out in a directory, "" if that
// cannot be told.
func commit(ctx context.Context, e *env, dir string) string {
	out, err := output(ctx, e, dir, "git", "rev-parse", "HEAD")
	rev := strings.TrimSpace(string(out))
	if err != nil || !isRevision.MatchString(rev) {
		return ""
	}
	return rev
}

var isRevision = regexp.MustCompile(`^[0-9a-f]{40,64}$`)

// output runs a command and returns what it prints to standard output.
func output(ctx context.Context, e *env, dir, name string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	cmd.Env = append(slices.Clip(slices.Clone(e.environ)), "PWD="+dir)
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		reason, _, _ := strings.Cut(strings.TrimSpace(string(exit.Stderr)), "\n")
		return nil, fmt.Errorf("%s %s: %s", name, args[0], reason)
	}
	return out, err
}
