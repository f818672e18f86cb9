package cli

import (
	"os"
	"path/filepath"
)

// Repository returns the root of the git repository around a directory, or "".
func Repository(dir string) string {
	return above(dir, func(dir string) bool {
		// In a worktree and in a submodule it is a file.
		_, err := os.Stat(filepath.Join(dir, ".git"))
		return err == nil
	})
}

// above returns the nearest directory, from one on upwards, that is wanted, or "".
func above(dir string, wanted func(dir string) bool) string {
	for !wanted(dir) {
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
	return dir
}
