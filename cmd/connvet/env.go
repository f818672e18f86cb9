package main

import (
	"io"
	"os"
)

// An env is what the command sees of the world.
type env struct {
	stdout, stderr io.Writer

	version string   // of this command
	dir     string   // working directory
	environ []string // environment of the go command
	tool    func() (string, error)
	cache   func() (string, error) // directory for files that may be deleted

	frames   bool // standard output is a terminal
	color    bool // and takes colour
	progress bool // standard error is a terminal
}

// systemEnv returns the world as it is.
func systemEnv() *env {
	dir, err := os.Getwd()
	if err != nil {
		dir = "." // which the go command will complain about
	}
	terminal := isTerminal(os.Stdout)
	return &env{
		stdout:   os.Stdout,
		stderr:   os.Stderr,
		version:  version(),
		dir:      dir,
		environ:  os.Environ(),
		tool:     os.Executable,
		cache:    os.UserCacheDir,
		frames:   terminal,
		color:    terminal && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && enableColor(os.Stdout),
		progress: isTerminal(os.Stderr),
	}
}

// isTerminal reports whether a file is a terminal: a character device other
// than the one that swallows everything.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}
