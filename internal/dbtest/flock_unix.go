//go:build linux || darwin

package dbtest

import (
	"os"
	"syscall"
)

// lock opens a file that no other process has locked, or waits until that is so.
// The lock ends when the file is closed, or this process dies.
func lock(name string) (*os.File, error) { return flock(name, syscall.LOCK_EX) }

// tryLock is lock, but fails where it would wait.
func tryLock(name string) (*os.File, error) { return flock(name, syscall.LOCK_EX|syscall.LOCK_NB) }

func flock(name string, how int) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	for {
		err = syscall.Flock(int(f.Fd()), how)
		if err != syscall.EINTR {
			break
		}
	}
	if err != nil {
		f.Close()
		return nil, &os.PathError{Op: "lock", Path: name, Err: err}
	}
	return f, nil
}
