// Package commands holds what runs once.
package commands

import (
	"github.com/spf13/cobra"
	"github.com/urfave/cli/v2"
)

func run(cmd *cobra.Command, args []string) {}

func runE(cmd *cobra.Command, args []string) error { return nil }

func action(c *cli.Context) error { return nil }

func root() *cobra.Command {
	return &cobra.Command{Run: run, RunE: func(cmd *cobra.Command, args []string) error { return nil }}
}

func main() {}
