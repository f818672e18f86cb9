package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/connvet/connvet/internal/dbtest"
)

// TestDemo runs the demo, which has both commands tell why a real server is full
// and what to do, does that, and finds that it helps.
func TestDemo(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds three commands and a service")
	}
	dbtest.Run(t, dbtest.Config{Kind: dbtest.MariaDB}).Close() // or skip
	demo := filepath.Join(t.TempDir(), "demo")
	cmd := exec.CommandContext(t.Context(), "go", "build", "-o", demo, "./testdata/demo")
	cmd.Dir = "../.."
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	t.Run("transcript", func(t *testing.T) {
		cmd, stderr := demoCommand(t, demo)
		stdout, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v\n%s%s", err, stdout, stderr)
		}
		checkTranscript(t, string(stdout))
		checkNothingLeft(t)
	})
	t.Run("interrupt", func(t *testing.T) { interruptDemo(t, demo) })
}

// demoCommand returns a command that runs the demo with a directory of its own for
// temporary files.
func demoCommand(t *testing.T, demo string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	temp, err := os.MkdirTemp("", "demo") // the path of a socket must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(temp) })
	t.Setenv("TMPDIR", temp)
	cmd, stderr := exec.CommandContext(t.Context(), demo), new(bytes.Buffer)
	cmd.Dir, cmd.Stderr = "../..", stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = time.Minute
	return cmd, stderr
}

// facts are what the transcript has to tell, in order.
var facts = []string{
	`\n\$ load .*\n300 requests, [1-9]\d* failed\n(.*\n)*.*: Error 1040`,
	`\n\$ connvet \./\.\.\.\n`,
	`\nmain\.go:37:13: db has no limit: .* \[poollimit/unbounded\]\n`,
	`\nstore/books\.go:61:15: rows is not closed on every path: the return at line 72 .* \[connleak/rows\]\n`,
	`\n\$ connvet pools \./\.\.\.\n.*\nmain\.go:37 +sql\.Open +mysql +\$BOOKSHOP_DSN +unlimited `,
	`\n\$ poolcheck .*\ndoes not fit: the pool at main\.go:37 has no limit`,
	`\nerror +C04 unbounded-pool: .*\n.*\n +db\.SetMaxOpenConns\(5\)\n`,
	`\nerror +C10 cannot-connect: the server is full now`,
	`\nerror +C17 sleepers: account shop has (9|10) idle connections`,
	`\n\$ kill %1\n`,
	`\n\+\tdefer rows\.Close\(\)\n`,
	`\nfixed 1 finding in 1 file\n`,
	`\n\+\tdb\.SetMaxOpenConns\(5\)\n`,
	`\n\$ load .*\n300 requests, 0 failed\n`,
	`\n\$ connvet \./\.\.\.\n\$ connvet pools \./\.\.\.\n.*\nmain\.go:37 +sql\.Open +mysql +\$BOOKSHOP_DSN +5 +5 +3m `,
	`\n\$ poolcheck .*\nfits: .* of 10 connections\n`,
	`\n\$ kill %1\n$`,
}

// checkTranscript checks what the demo prints.
func checkTranscript(t *testing.T, text string) {
	t.Helper()
	rest := text
	for _, fact := range facts {
		at := regexp.MustCompile(fact).FindStringIndex(rest)
		if at == nil {
			t.Errorf("after the facts before it, there is nothing like %s in the transcript:\n%s", fact, text)
			return
		}
		rest = rest[at[1]-1:] // a line may begin where the last fact ends
	}
	_, end, _ := strings.Cut(text, "300 requests, 0 failed")
	if bad := regexp.MustCompile(`(?m)^(error|warn) .*`).FindString(end); bad != "" {
		t.Errorf("after the fixes: %s", bad)
	}
	// The passwords begin with a word that nothing else has.
	for _, secret := range []string{"hush-", "@tcp(", "@unix("} {
		if strings.Contains(text, secret) {
			t.Errorf("there is a password or a DSN: %s", secret)
		}
	}
}

// checkNothingLeft checks that the demo has cleaned up.
func checkNothingLeft(t *testing.T) {
	t.Helper()
	left, err := os.ReadDir(os.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range left {
		t.Errorf("left: %s", f.Name())
	}
}

// interruptDemo interrupts the demo when the service runs: then all ends.
func interruptDemo(t *testing.T, demo string) {
	cmd, stderr := demoCommand(t, demo)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	addr := ""
	lines := bufio.NewScanner(stdout)
	for addr == "" && lines.Scan() {
		_, addr, _ = strings.Cut(lines.Text(), "listening on ")
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Error(err)
	}
	_, _ = io.Copy(io.Discard, stdout)
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != 1 || stderr.String() != "demo: interrupted\n" {
		t.Errorf("%v, want exit code 1\n%s", err, stderr)
	}
	checkNothingLeft(t)
	if conn, err := net.Dial("tcp", addr); err == nil {
		conn.Close()
		t.Error("the service still runs")
	}
}
