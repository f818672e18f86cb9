package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
)

// Exit codes.
const (
	exitClean    = 0
	exitFailed   = 1 // something was not analysed
	exitUsage    = 2
	exitFindings = 3
)

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
		fmt.Fprintf(e.stderr, "connvet: %v\nRun 'connvet help' for usage.\n", err)
		return exitUsage
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(e.stderr, "connvet: interrupted")
		return exitFailed
	}
	fmt.Fprintf(e.stderr, "connvet: %v\n", err)
	return exitFailed
}

// dispatch runs the subcommand that args name, or the analysis.
func dispatch(ctx context.Context, args []string, e *env) (int, error) {
	if len(args) > 0 {
		switch args[0] {
		case "explain":
			return explain(ctx, args[1:], e)
		case "pools":
			return pools(ctx, args[1:], e)
		case "flags":
			return printFlags(args[1:], e)
		case "version":
			return printVersion(args[1:], e)
		case "help":
			return printHelp(e), nil
		}
	}
	s, err := parseSettings(e, "connvet", args)
	if err != nil {
		return 0, err
	}
	return check(ctx, s, e)
}
