package main

import (
	"io"
	"os"

	"github.com/connvet/connvet/internal/cli"
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
	progress bool // standard error is a terminal on which text can be drawn over
}

// systemEnv returns the world as it is.
func systemEnv() *env {
	dir, err := os.Getwd()
	if err != nil {
		dir = "." // which the go command will complain about
	}
	return &env{
		stdout:   os.Stdout,
		stderr:   os.Stderr,
		version:  cli.Version(),
		dir:      dir,
		environ:  os.Environ(),
		tool:     os.Executable,
		cache:    os.UserCacheDir,
		frames:   cli.IsTerminal(os.Stdout),
		color:    cli.WantsColor(os.Stdout),
		progress: cli.TakesEscapes(os.Stderr),
	}
}
