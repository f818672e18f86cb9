package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

const (
	serviceDir    = "../../testdata/service"
	serviceGolden = "../../testdata/service.golden.txt"
	readmeFile    = "../../README.md"
)

// TestService builds the command and runs it on the sample service, as a user
// would. All other tests of this package have analyzers that do as they are
// told; this one has those that users get.
//
// After a change of messages: go test ./cmd/connvet -run TestService -update
func TestService(t *testing.T) {
	tool, dir := buildTool(t), t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(serviceDir)); err != nil {
		t.Fatal(err)
	}
	t.Run("text", func(t *testing.T) {
		got := runTool(t, tool, exitFindings, "-C", dir, "./...")
		compareFile(t, serviceGolden, got)
		compareReadme(t, got)
	})
	t.Run("pages", func(t *testing.T) {
		checkPages(t, runTool(t, tool, exitClean, "-C", dir, "-json", "./..."))
	})
	t.Run("fix", func(t *testing.T) {
		// What has no fix is left, and nothing new appears.
		left := findings(runTool(t, tool, exitFindings, "-C", dir, "-fix", "./..."))
		if len(left) != 1 || !strings.Contains(left[0], "[connleak/row]\n") {
			t.Errorf("after -fix there is:\n%s", strings.Join(left, ""))
		}
	})
}

// buildTool builds the command and returns its path.
func buildTool(t *testing.T) string {
	t.Helper()
	tool := filepath.Join(t.TempDir(), "connvet")
	if runtime.GOOS == "windows" {
		tool += ".exe"
	}
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", tool, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return tool
}

// runTool runs the command and returns what it prints to standard output.
func runTool(t *testing.T, tool string, wantCode int, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(t.Context(), tool, args...)
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if code := cmd.ProcessState.ExitCode(); code != wantCode {
		t.Fatalf("connvet %s: exit code %d, want %d\n%s%s", strings.Join(args, " "), code, wantCode, &stdout, &stderr)
	}
	return stdout.String()
}

// compareFile compares with a golden file, or writes it.
func compareFile(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got:\n%s\nwant:\n%s", file, got, want)
	}
}

// findings cuts plain text output into findings, each with its path.
func findings(text string) []string {
	return regexp.MustCompile(`(?m)^\S+\.go:\d+:\d+: .*\n(?:\t.*\n)*`).FindAllString(text, -1)
}

// compareReadme compares the findings that the README shows with what the
// command prints, or brings them up to date.
func compareReadme(t *testing.T, got string) {
	t.Helper()
	data, err := os.ReadFile(readmeFile)
	if err != nil {
		t.Fatal(err)
	}
	place := func(finding string) string {
		at, _, _ := strings.Cut(finding, ": ")
		return at
	}
	text := strings.ReplaceAll(string(data), "\r\n", "\n")
	shown := findings(text)
	if len(shown) == 0 {
		t.Error("the README shows no finding")
	}
	printed := make(map[string]string)
	for _, f := range findings(got) {
		printed[place(f)] = f
	}
	for _, f := range shown {
		current, ok := printed[place(f)]
		switch {
		case !ok:
			t.Errorf("the README shows a finding at %s, where there is none", place(f))
		case *update:
			text = strings.Replace(text, f, current, 1)
		case f != current:
			t.Errorf("the README shows:\n%s\nthe command prints:\n%s", f, current)
		}
	}
	if *update {
		compareFile(t, readmeFile, text)
	}
}

// checkPages checks that the page exists that a finding's URL leads to, in the
// repository that this is.
func checkPages(t *testing.T, output string) {
	t.Helper()
	const repository = "https://github.com/connvet/connvet/blob/main/"
	var result struct {
		Findings []struct{ Rule, URL string }
	}
	if err := json.Unmarshal([]byte(output), &result); err != nil {
		t.Fatal(err)
	}
	if len(result.Findings) == 0 {
		t.Error("no findings")
	}
	for _, f := range result.Findings {
		file, ok := strings.CutPrefix(f.URL, repository)
		if !ok {
			t.Errorf("%s: the URL is %q", f.Rule, f.URL)
			continue
		}
		page, err := os.ReadFile(filepath.Join("../..", filepath.FromSlash(file)))
		if err != nil {
			t.Errorf("%s: %v", f.Rule, err)
		} else if !strings.HasPrefix(string(page), "# "+f.Rule+": ") {
			t.Errorf("%s: %s is not about it", f.Rule, file)
		}
	}
}
