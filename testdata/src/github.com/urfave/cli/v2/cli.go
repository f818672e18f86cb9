// Package cli is a stub of github.com/urfave/cli/v2: real signatures, no bodies.
package cli

type Context struct{}

type ActionFunc func(*Context) error
