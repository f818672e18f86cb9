package main

import (
	"context"
	"errors"
	"flag"
	"fmt"

	"github.com/connvet/connvet/internal/cli"
)

// Exit codes.
const (
	exitFits      = 0
	exitUndecided = 1
	exitUsage     = 2
	exitMisfit    = 3
)

// A usageError is a mistake on the command line, or in a file that it names.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message }

// usagef returns a usageError.
func usagef(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

// run runs the command and returns its exit code.
func run(ctx context.Context, args []string, e *env) int {
	code, err := dispatch(ctx, args, e)
	var usage *usageError
	switch {
	case err == nil:
		return code
	case errors.Is(err, flag.ErrHelp):
		return printHelp(e)
	case errors.As(err, &usage):
		fmt.Fprintf(e.stderr, "poolcheck: %v\nRun 'poolcheck help' for usage.\n", err)
		return exitUsage
	}
	fmt.Fprintf(e.stderr, "poolcheck: %v\n", err)
	return exitUndecided
}

// dispatch runs the subcommand that args name, or the check.
func dispatch(ctx context.Context, args []string, e *env) (int, error) {
	if len(args) > 0 {
		switch args[0] {
		case "explain":
			return explain(args[1:], e)
		case "presets":
			return presets(args[1:], e)
		case "version":
			if len(args) > 1 {
				return 0, usagef("poolcheck version takes no arguments")
			}
			fmt.Fprintln(e.stdout, cli.Describe("poolcheck", e.version))
			return exitFits, nil
		case "help":
			return printHelp(e), nil
		}
	}
	s, err := parseSettings(args)
	if err != nil {
		return 0, err
	}
	plan, err := newPlan(s, e)
	if err != nil {
		return 0, err
	}
	defer plan.close()
	if s.watch > 0 {
		return watch(ctx, s, plan, e)
	}
	return check(ctx, s, plan, e)
}
