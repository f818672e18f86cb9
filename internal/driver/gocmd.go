package driver

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// A goCmd runs the go command.
type goCmd struct {
	dir        string   // working directory
	env        []string // environment
	buildFlags []string // flags of the user, for every command that builds
}

// errNoGo says that there is no go command to run.
var errNoGo = errors.New("the go command was not found: install Go and put it on PATH (https://go.dev/doc/install)")

// An exitError says that the go command ran and failed.
type exitError struct {
	verb   string // such as "list"
	stderr string
}

// Error returns the first line that the command printed, or what fits best.
func (e *exitError) Error() string {
	for line := range strings.Lines(e.stderr) {
		line = strings.TrimSpace(line)
		if line != "" && !hasAnyPrefix(line, "# ", "go: downloading ", "go: warning: ") {
			return fmt.Sprintf("go %s: %s", e.verb, strings.TrimPrefix(line, "go: "))
		}
	}
	return fmt.Sprintf("go %s failed", e.verb)
}

// hasAnyPrefix reports whether a line begins with one of several texts.
func hasAnyPrefix(line string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(line, p) })
}

// run runs "go verb args..." with standard output going to w and returns what
// it wrote to standard error. The error is an *exitError if the command ran.
func (g *goCmd) run(ctx context.Context, w io.Writer, verb string, args ...string) (string, error) {
	path, err := exec.LookPath("go")
	if err != nil {
		return "", errNoGo
	}
	cmd := exec.CommandContext(ctx, path, append([]string{verb}, args...)...)
	cmd.Dir = g.dir
	// With PWD the go command names files as the user does, even if the
	// working directory was reached through a symbolic link.
	cmd.Env = append(g.env[:len(g.env):len(g.env)], "PWD="+g.dir)
	var stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = w, &stderr
	err = cmd.Run()
	if err != nil {
		awaitInterrupt(ctx)
	}
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return stderr.String(), &exitError{verb, stderr.String()}
	}
	return stderr.String(), err
}

// interruptDelay is how much later than a child this process may see the
// interrupt that a terminal sends to both.
const interruptDelay = 100 * time.Millisecond

// awaitInterrupt waits, after a child has failed, whether the reason is an
// interrupt that is still to be seen here: it is to be told as one, not as a
// failure.
func awaitInterrupt(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(interruptDelay):
	}
}

// build is like run for a verb that takes build flags. flags come after those
// of the user, so that they win.
func (g *goCmd) build(ctx context.Context, w io.Writer, verb string, flags, patterns []string) (string, error) {
	args := append([]string(nil), g.buildFlags...)
	args = append(args, flags...)
	args = append(args, "--")
	return g.run(ctx, w, verb, append(args, patterns...)...)
}

// checkDir reports a working directory that does not exist in plain words.
func checkDir(dir string) error {
	info, err := os.Stat(dir)
	if err != nil {
		return fmt.Errorf("no directory %s", dir)
	}
	if !info.IsDir() {
		return fmt.Errorf("%s is not a directory", dir)
	}
	return nil
}
