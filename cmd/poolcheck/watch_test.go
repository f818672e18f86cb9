package main

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/connvet/connvet/internal/fakeserver"
)

// A lockedBuffer can be read while it is written to.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// watched runs a watch until its output has a text so often, or it ends by
// itself.
func watched(t *testing.T, s *fakeserver.Server, terminal bool, text string, times int) outcome {
	t.Helper()
	var stdout, stderr lockedBuffer
	e := &env{stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr, terminal: terminal, getenv: func(name string) string {
		if name == "POOLCHECK_DSN" {
			return s.DSN(user, secret)
		}
		return ""
	}}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	go func() {
		for ctx.Err() == nil && strings.Count(stdout.String(), text) < times {
			time.Sleep(time.Millisecond)
		}
		cancel()
	}()
	code := run(ctx, []string{"-watch", "100ms", "-window", "0", "-max-open", "3", "-max-idle", "3", "-instances", "2"}, e)
	return outcome{code, stdout.String(), stderr.String()}
}

// A watch goes on until it is interrupted, and reads only the counters again.
func TestWatch(t *testing.T) {
	s := fake(t, nil)
	got := watched(t, s, false, "connected 1 of 151, budget 6 to 6", 3)
	if got.code != exitFits || got.stderr != "" || strings.Count(got.stdout, "\n") < 3 {
		t.Errorf("exit code %d\n%s%s", got.code, got.stdout, got.stderr)
	}
	noSecret(t, got)
	if n := s.Connects(); n != 1 {
		t.Errorf("%d connections, want one", n)
	}
	statements := s.Statements()
	last := statements[len(statements)-1]
	if before := statements[len(statements)-2]; last != before || !strings.HasPrefix(last, "SHOW GLOBAL STATUS") {
		t.Errorf("a tick sends %q after %q", last, before)
	}
}

// On a terminal each report is drawn over the one before, and the terminal is
// left as it was.
func TestWatchOnTerminal(t *testing.T) {
	got := watched(t, fake(t, nil), true, screenHome, 3)
	if got.code != exitFits || got.stderr != "" {
		t.Errorf("exit code %d\n%s", got.code, got.stderr)
	}
	for _, want := range []string{screenStart + screenHome, "connected  [", "budget     [", "6 of 151", lineRest + "\n"} {
		if !strings.Contains(got.stdout, want) {
			t.Errorf("%q is not in %q", want, got.stdout)
		}
	}
	if strings.Count(got.stdout, screenStart) != 1 || !strings.HasSuffix(got.stdout, screenEnd) {
		t.Errorf("the terminal is not left as it was: %q", got.stdout)
	}
	noSecret(t, got)
}

// A connection that is lost ends a watch with an error.
func TestWatchLost(t *testing.T) {
	s := fake(t, func(c *fakeserver.Config) {
		c.Fault = fakeserver.Fault{At: fakeserver.OnCommand, N: 20, Do: fakeserver.Close}
	})
	got := watched(t, s, false, "never", 1)
	if got.code != exitUndecided || got.stderr != "poolcheck: the server closed the connection\n" {
		t.Errorf("exit code %d\n%s%s", got.code, got.stdout, got.stderr)
	}
	noSecret(t, got)
}
