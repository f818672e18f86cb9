package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// version returns the version of the command, as the go command recorded it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}

// printVersion implements "connvet version".
func printVersion(args []string, e *env) (int, error) {
	if len(args) > 0 {
		return 0, usagef("connvet version takes no arguments")
	}
	fmt.Fprintf(e.stdout, "connvet %s %s/%s %s", e.version, runtime.GOOS, runtime.GOARCH, runtime.Version())
	if rev := revision(); rev != "" {
		fmt.Fprintf(e.stdout, " (%s)", rev)
	}
	fmt.Fprintln(e.stdout)
	return exitClean, nil
}

// revision returns the commit that the command was built from, if known.
func revision() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	rev, dirty := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			rev = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			dirty = "+dirty"
		}
	}
	if rev == "" {
		return ""
	}
	return rev + dirty
}
