package integration

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/connvet/connvet/analyzers"
)

// envTool makes a test binary a vettool: that of x/tools, with connvet's passes.
const envTool = "CONNVET_INTEGRATION_VETTOOL"

// Main is to be called by TestMain.
func Main(m *testing.M) {
	if os.Getenv(envTool) != "" {
		unitchecker.Main(analyzers.All()...)
	}
	os.Exit(m.Run())
}

// Connvet builds the command from the checkout at root and returns its path.
func Connvet(t *testing.T, root string) string {
	t.Helper()
	tool := filepath.Join(tempDir(t), "connvet")
	if runtime.GOOS == "windows" {
		tool += ".exe"
	}
	cmd := exec.CommandContext(t.Context(), "go", "build", "-o", tool, "./cmd/connvet")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return tool
}

// Vet returns what go vet finds in the corpus with connvet as its tool.
func (c Corpus) Vet(t *testing.T, connvet string) []Finding {
	t.Helper()
	return c.vet(t, connvet)
}

// Unitchecker returns what go vet finds with the unitchecker of x/tools.
func (c Corpus) Unitchecker(t *testing.T) []Finding {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return c.vet(t, exe, envTool+"=1")
}

func (c Corpus) vet(t *testing.T, tool string, env ...string) []Finding {
	t.Helper()
	_, stderr := c.Run(t, env, 1, "go", append([]string{"vet", "-vettool=" + tool}, c.Patterns...)...)
	return c.Parse(stderr)
}

// Command returns a command that works in the corpus.
func (c Corpus) Command(t *testing.T, env []string, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = c.Dir
	cmd.Env = slices.Concat(c.Env, env, []string{"PWD=" + c.Dir})
	return cmd
}

// Run runs a command in the corpus and returns what it prints. It must exit with
// the code.
func (c Corpus) Run(t *testing.T, env []string, code int, name string, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	cmd := c.Command(t, env, name, args...)
	cmd.Stdout, cmd.Stderr = &out, &err
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if got := cmd.ProcessState.ExitCode(); got != code {
		t.Fatalf("%s %q: exit code %d, want %d\n%s%s", filepath.Base(name), args, got, code, &out, &err)
	}
	return out.String(), err.String()
}
