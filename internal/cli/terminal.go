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

// WantsColor reports whether a file is a terminal that takes colour, and nobody
// has asked for none.
func WantsColor(f *os.File) bool {
	return IsTerminal(f) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && enableColor(f)
}
