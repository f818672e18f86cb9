package cli

import (
	"os"
	"path/filepath"

	"golang.org/x/mod/modfile"
)

// Module returns the root of the module with a path that a directory is part of,
// or "". The module may be around the module that the directory is in.
func Module(dir, path string) string {
	return above(dir, func(dir string) bool {
		text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		return err == nil && path != "" && modfile.ModulePath(text) == path
	})
}
