package main

import (
	"fmt"

	"github.com/connvet/connvet/internal/cli"
)

// printVersion implements "connvet version".
func printVersion(args []string, e *env) (int, error) {
	if len(args) > 0 {
		return 0, usagef("connvet version takes no arguments")
	}
	fmt.Fprintln(e.stdout, cli.Describe("connvet", e.version))
	return exitClean, nil
}
