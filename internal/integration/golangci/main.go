// Command golangci is golangci-lint with the plugin of connvet, for the tests of
// this module: they need no network but the Go module proxy, where "golangci-lint
// custom" clones a repository.
package main

import (
	"fmt"
	"os"

	"github.com/golangci/golangci-lint/v2/pkg/commands"
	"github.com/golangci/golangci-lint/v2/pkg/exitcodes"

	_ "github.com/connvet/connvet/analyzers/golangci"
)

// version is what golangci-lint takes itself for. Tests build binaries that differ
// and have the same version.
var version = "v2.15.0-connvet"

func main() {
	if err := commands.Execute(commands.BuildInfo{Version: version}); err != nil {
		fmt.Fprintln(os.Stderr, "The command is terminated due to an error:", err)
		os.Exit(exitcodes.Failure)
	}
}
