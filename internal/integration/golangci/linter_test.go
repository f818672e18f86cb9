package main

import (
	"path/filepath"
	"regexp"
	"testing"

	"github.com/connvet/connvet/internal/integration"
)

// A linter is a golangci-lint with a cache of its own.
type linter struct {
	exe string
	env []string
}

func newLinter(t *testing.T, exe string) linter {
	return linter{exe, []string{"GOLANGCI_LINT_CACHE=" + t.TempDir(), "GL_DEBUG=goanalysis/issues/cache"}}
}

// buildLinter builds this command and returns its path. The flags are those of go
// build.
func buildLinter(t *testing.T, flags ...string) string {
	t.Helper()
	exe := filepath.Join(t.TempDir(), "golangci-lint")
	command(t, ".", nil, "go", append(append([]string{"build"}, flags...), "-o", exe, ".")...)
	return exe
}

// run runs the linter on a corpus, which exits with a code. Its output is plain
// lines.
func (l linter) run(t *testing.T, c integration.Corpus, code int, args ...string) (stdout, stderr string) {
	t.Helper()
	args = append([]string{"run", "--allow-parallel-runners", "--show-stats=false",
		"--output.text.colors=false", "--output.text.print-issued-lines=false"}, args...)
	return c.Run(t, l.env, code, l.exe, append(args, c.Patterns...)...)
}

// find returns what the linter finds in a corpus with a configuration.
func (l linter) find(t *testing.T, c integration.Corpus, settings string) []integration.Finding {
	t.Helper()
	configure(t, c, settings)
	stdout, _ := l.run(t, c, 1)
	return findings(c, stdout)
}

// findings reads the output of golangci-lint. What go vet prints has no path in
// its text.
func findings(c integration.Corpus, out string) []integration.Finding {
	found := c.Parse(out)
	for i := range found {
		found[i].Text = pathRE.ReplaceAllString(found[i].Text, "")
	}
	return found
}

var pathRE = regexp.MustCompile(` \((?:line \d+|[^ ()]+\.go:\d+): .*\)$`)

// configure writes a configuration with settings of connvet.
func configure(t *testing.T, c integration.Corpus, settings string) {
	t.Helper()
	write(t, filepath.Join(c.Dir, ".golangci.yml"), `
version: "2"
linters:
  default: none
  enable: [connvet]
  exclusions:
    generated: disable
  settings:
    custom:
      connvet:
        type: module
        settings: `+settings+`
issues:
  max-issues-per-linter: 0
  max-same-issues: 0
  uniq-by-line: false
`)
}
