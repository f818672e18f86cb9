package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// addressByContent stores a models file under a name made from its contents
// and returns the name. cmd/go keys its cache by the text of flags: if the
// contents change the flag must change, and if they do not it must not.
func addressByContent(e *env, data []byte) (string, error) {
	cache, err := e.cache()
	if err != nil {
		return "", fmt.Errorf("no directory to keep the models in: %v", err)
	}
	dir := filepath.Join(cache, "connvet", "models")
	name := filepath.Join(dir, fmt.Sprintf("%x.txt", sha256.Sum256(data)))
	if holds(name, data) {
		return name, nil
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return "", err
	}
	// Whoever reads the file meanwhile must find all of it.
	tmp, err := os.CreateTemp(dir, "new-")
	if err != nil {
		return "", err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(data)
	if closeErr := tmp.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return "", err
	}
	// Windows does not replace what somebody reads. Then it is there already, or
	// will be: another run stores the same.
	for range 20 {
		if err = os.Rename(tmp.Name(), name); err == nil || holds(name, data) {
			return name, nil
		}
		time.Sleep(10 * time.Millisecond)
	}
	return "", err
}

// holds reports whether a file has these contents.
func holds(name string, data []byte) bool {
	old, err := os.ReadFile(name)
	return err == nil && bytes.Equal(old, data)
}
