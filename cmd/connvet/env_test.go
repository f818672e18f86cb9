package main

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
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

func TestProgress(t *testing.T) {
	var out lockedBuffer
	p := startProgress(&env{stderr: &out, progress: true}, time.Millisecond)
	p.phase("counting sheep")
	deadline := time.Now().Add(10 * time.Second)
	for !strings.Contains(out.String(), "connvet: counting sheep (0s)") && time.Now().Before(deadline) {
		time.Sleep(time.Millisecond)
	}
	p.stop()
	if got := out.String(); !strings.Contains(got, "sheep") || !strings.HasSuffix(got, "\r\x1b[K") {
		t.Errorf("progress: %q", got)
	}

	out = lockedBuffer{}
	p = startProgress(&env{stderr: &out, progress: true}, time.Hour)
	p.phase("soon over")
	p.stop()
	if got := out.String(); got != "" {
		t.Errorf("before the delay there is %q", got)
	}

	p = startProgress(&env{stderr: &out}, time.Nanosecond)
	p.phase("nobody watches")
	time.Sleep(5 * time.Millisecond)
	p.stop()
	if got := out.String(); got != "" {
		t.Errorf("without a terminal there is %q", got)
	}
}

// The name of a models file depends on its contents and on nothing else.
func TestAddressByContent(t *testing.T) {
	dir := t.TempDir()
	e := &env{cache: func() (string, error) { return dir, nil }}
	store := func(text string) string {
		t.Helper()
		name, err := addressByContent(e, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(name); err != nil || string(got) != text {
			t.Errorf("%s reads %q, %v; want %q", name, got, err, text)
		}
		return name
	}
	one, two := store("one"), store("two")
	if one == two {
		t.Error("different contents have one name")
	}
	if err := os.WriteFile(one, []byte("o"), 0o666); err != nil { // as after a crash
		t.Fatal(err)
	}
	if again := store("one"); again != one {
		t.Errorf("the same contents have two names, %s and %s", one, again)
	}
	files, err := os.ReadDir(filepath.Dir(one))
	if err != nil || len(files) != 2 {
		t.Errorf("the directory has %v, %v", files, err)
	}
}

func TestVersion(t *testing.T) {
	var out, stderr bytes.Buffer
	if code := run(t.Context(), []string{"version"}, &env{stdout: &out, stderr: &stderr, version: "v1.2.3"}); code != exitClean {
		t.Errorf("exit code %d: %s", code, &stderr)
	}
	want := "connvet v1.2.3 " + runtime.GOOS + "/" + runtime.GOARCH + " " + runtime.Version()
	if !strings.HasPrefix(out.String(), want) || !strings.HasSuffix(out.String(), "\n") {
		t.Errorf("%q, want %q", &out, want)
	}
}
