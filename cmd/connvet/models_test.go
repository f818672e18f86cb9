package main

import (
	"bytes"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// Runs that start at once store the same file, and each reads it at once. On
// Windows a file that is being read cannot be replaced.
func TestAddressByContentAtOnce(t *testing.T) {
	dir := t.TempDir()
	e := &env{cache: func() (string, error) { return dir, nil }}
	data := bytes.Repeat([]byte("package example.com/lib\n"), 10000)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			name, err := addressByContent(e, data)
			if err != nil {
				t.Error(err)
				return
			}
			f, err := os.Open(name)
			if err != nil {
				t.Error(err)
				return
			}
			defer f.Close()
			got := new(bytes.Buffer)
			if _, err := got.ReadFrom(f); err != nil || !bytes.Equal(got.Bytes(), data) {
				t.Errorf("%d bytes of %d, %v", got.Len(), len(data), err)
			}
		})
	}
	wg.Wait()
	if files, _ := filepath.Glob(filepath.Join(dir, "connvet", "models", "*")); len(files) != 1 {
		t.Errorf("files: %q", files)
	}
}
