//go:build !windows

package cli

import "os"

// IsTerminal reports whether a file is a terminal: a character device other
// than the one that swallows everything.
func IsTerminal(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}

// enableEscapes reports whether a terminal understands escape sequences.
func enableEscapes(*os.File) bool { return true }
