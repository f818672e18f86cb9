package drivertest

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"
)

// Module extracts a txtar archive to a temporary directory and returns that. If
// the archive has no go.mod the module is called example.com/m.
func Module(t *testing.T, archive string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	a := txtar.Parse([]byte(archive))
	hasModule := false
	for _, f := range a.Files {
		hasModule = hasModule || f.Name == "go.mod"
	}
	if !hasModule {
		a.Files = append(a.Files, txtar.File{Name: "go.mod", Data: []byte("module example.com/m\n\ngo 1.24\n")})
	}
	for _, f := range a.Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
