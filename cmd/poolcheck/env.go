package main

import (
	"io"
	"os"

	"github.com/connvet/connvet/internal/cli"
)

// An env is what the command sees of the world.
type env struct {
	stdin          io.Reader
	stdout, stderr io.Writer

	version string
	getenv  func(string) string

	terminal bool // standard output is a terminal that can be drawn on
	color    bool // and takes colour
}

// systemEnv returns the world as it is.
func systemEnv() *env {
	return &env{
		stdin:    os.Stdin,
		stdout:   os.Stdout,
		stderr:   os.Stderr,
		version:  cli.Version(),
		getenv:   os.Getenv,
		terminal: cli.TakesEscapes(os.Stdout),
		color:    cli.WantsColor(os.Stdout),
	}
}
