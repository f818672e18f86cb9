package dbtest

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Only what is old and locked by nobody is swept.
func TestSweep(t *testing.T) {
	temp := t.TempDir()
	long := time.Now().Add(-time.Hour)
	for _, test := range []struct {
		name                  string
		hasLock, used, recent bool
		stays                 bool
	}{
		{name: "dead", hasLock: true},
		{name: "alive", hasLock: true, used: true, stays: true},
		{name: "new", hasLock: true, recent: true, stays: true},
		{name: "foreign", stays: true},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := filepath.Join(temp, dirPrefix+test.name)
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			if test.hasLock {
				name := filepath.Join(dir, lockName)
				owner, err := lock(name)
				if errors.Is(err, errors.ErrUnsupported) {
					t.Skip(err)
				}
				if err != nil {
					t.Fatal(err)
				}
				defer owner.Close()
				if !test.used {
					owner.Close()
				}
				if !test.recent {
					if err := os.Chtimes(name, long, long); err != nil {
						t.Fatal(err)
					}
				}
			}
			sweep(temp)
			if got := exists(dir); got != test.stays {
				t.Errorf("there afterwards: %v", got)
			}
		})
	}
}

// A template is made once, whoever wants it, and again if that failed.
func TestMakeTemplate(t *testing.T) {
	template := filepath.Join(t.TempDir(), "template")
	failure := errors.New("failure")
	err := makeTemplate(template, func(data string) error {
		return errors.Join(failure, os.Mkdir(data, 0o700))
	})
	if errors.Is(err, errors.ErrUnsupported) {
		t.Skip(err)
	}
	if !errors.Is(err, failure) || exists(template) {
		t.Fatalf("failed to be made: %v", err)
	}

	var made atomic.Int32
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			err := makeTemplate(template, func(data string) error {
				made.Add(1)
				return os.Mkdir(data, 0o700)
			})
			if err != nil || !exists(template) {
				t.Errorf("a template that was made: %v", err)
			}
		})
	}
	wg.Wait()
	if n := made.Load(); n != 1 {
		t.Errorf("it was made %d times", n)
	}
	if left := glob(template + ".new"); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}
