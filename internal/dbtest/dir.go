package dbtest

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

const (
	dirPrefix = "connvet-dbtest-" // of the names of servers' directories
	lockName  = "lock"            // file that is locked as long as the directory is used
)

// newDir makes a directory for a server. It is ours until the lock is closed.
func newDir() (dir string, owner *os.File, err error) {
	sweepOnce()
	if dir, err = os.MkdirTemp("", dirPrefix); err != nil {
		return "", nil, err
	}
	if owner, err = lock(filepath.Join(dir, lockName)); err != nil {
		os.RemoveAll(dir)
		return "", nil, err
	}
	return dir, owner, nil
}

var sweepOnce = sync.OnceFunc(func() { sweep(os.TempDir()) })

// sweep removes the directories of processes that died before they could. What it
// may not touch belongs to another user and stays.
func sweep(temp string) {
	for _, dir := range glob(filepath.Join(temp, dirPrefix+"*")) {
		name := filepath.Join(dir, lockName)
		info, err := os.Lstat(name)
		// A new one may be about to be locked.
		if err != nil || time.Since(info.ModTime()) < time.Minute {
			continue
		}
		owner, err := tryLock(name)
		if err != nil {
			continue
		}
		os.RemoveAll(dir)
		owner.Close()
	}
}

// newData makes a data directory, from a template if there is a place to keep one.
func newData(ctx context.Context, kind Kind, p *program, data string) error {
	initialise := families[kind].initialise
	cache, err := os.UserCacheDir()
	if err == nil {
		cache = filepath.Join(cache, "connvet-dbtest")
		err = os.MkdirAll(cache, 0o700)
	}
	if err != nil {
		return initialise(ctx, p, data)
	}
	key, err := templateKey(kind, p.path)
	if err != nil {
		return err
	}
	template := filepath.Join(cache, key)
	if err := makeTemplate(template, func(data string) error { return initialise(ctx, p, data) }); err != nil {
		return err
	}
	return os.CopyFS(data, os.DirFS(template))
}

// templateKey names the template of a server. Another version of the same program
// has another one.
func templateKey(kind Kind, program string) (string, error) {
	const layout = 1 // changes with what the functions of [family] make
	info, err := os.Stat(program)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%d\n%s\n%d\n%d\n", layout, program, info.Size(), info.ModTime().UnixNano()))
	return fmt.Sprintf("%s-%x", kind, sum[:8]), nil
}

// makeTemplate makes a template unless it exists. Of several processes that want
// the same, one makes it and the others wait. It gets its name only when it is
// complete.
func makeTemplate(template string, initialise func(data string) error) error {
	if exists(template) {
		return nil
	}
	l, err := lock(template + ".lock")
	if err != nil {
		return err
	}
	defer l.Close()
	if exists(template) {
		return nil
	}
	work := template + ".new" // may be left from a process that died
	if err := os.RemoveAll(work); err != nil {
		return err
	}
	if err := os.Mkdir(work, 0o700); err != nil {
		return err
	}
	defer os.RemoveAll(work)
	data := filepath.Join(work, "data")
	if err := initialise(data); err != nil {
		return fmt.Errorf("making a data directory: %w", err)
	}
	return os.Rename(data, template)
}

// exists reports whether there is a file of the name.
func exists(name string) bool {
	_, err := os.Lstat(name)
	return !errors.Is(err, fs.ErrNotExist)
}
