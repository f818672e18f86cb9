package cli

import "os"

// TakesEscapes reports whether a file is a terminal that understands escape
// sequences. On Windows they have to be switched on, which this does.
func TakesEscapes(f *os.File) bool {
	return IsTerminal(f) && os.Getenv("TERM") != "dumb" && enableEscapes(f)
}

// WantsColor reports whether a file is a terminal that takes colour, and nobody
// has asked for none.
func WantsColor(f *os.File) bool { return os.Getenv("NO_COLOR") == "" && TakesEscapes(f) }
