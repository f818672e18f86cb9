package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// What holds a file keeps others from it until it lets go. Each time is noted.
func TestLock(t *testing.T) {
	name := filepath.Join(t.TempDir(), "x.lock")
	unlock, err := lock(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	if _, held, err := tryLock(name); err != nil || !held {
		t.Errorf("held is %t, %v", held, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := lock(ctx, name); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the wait ends with %v", err)
	}
	unlock()
	if err := os.Chtimes(name, time.Time{}, time.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	again, held, err := tryLock(name)
	if err != nil || held {
		t.Fatalf("after the end held is %t, %v", held, err)
	}
	defer again()
	if info, err := os.Stat(name); err != nil || time.Since(info.ModTime()) > time.Minute {
		t.Errorf("the file is of %v, %v", info.ModTime(), err)
	}
	if _, _, err := tryLock(filepath.Join(name, "none", "x")); err == nil {
		t.Error("a file that cannot be is locked")
	}
}
