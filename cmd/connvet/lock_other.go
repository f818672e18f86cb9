//go:build !(darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd || windows)

package main

import (
	"os"
	"time"
)

// tryLock does not lock: the standard library has no lock for this system that
// ends with the process. Two runs at once on one repository disturb each other
// here.
func tryLock(name string) (unlock func(), held bool, err error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, false, err
	}
	f.Close()
	os.Chtimes(name, time.Time{}, time.Now())
	return func() {}, false, nil
}
