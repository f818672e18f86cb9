package main

import (
	"errors"
	"os"
	"syscall"
	"time"
)

// errSharingViolation is ERROR_SHARING_VIOLATION.
const errSharingViolation = syscall.Errno(32)

// tryLock holds a file unless another process does: nobody can open a file that
// is opened without sharing.
func tryLock(name string) (unlock func(), held bool, err error) {
	path, err := syscall.UTF16PtrFromString(name)
	if err != nil {
		return nil, false, err
	}
	h, err := syscall.CreateFile(path, syscall.GENERIC_READ|syscall.GENERIC_WRITE, 0, nil,
		syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	if errors.Is(err, errSharingViolation) {
		return nil, true, nil
	}
	if err != nil {
		return nil, false, &os.PathError{Op: "lock", Path: name, Err: err}
	}
	now := syscall.NsecToFiletime(time.Now().UnixNano())
	syscall.SetFileTime(h, nil, nil, &now)
	return func() { syscall.CloseHandle(h) }, false, nil
}
