package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// Version returns the version of the command, as the go command recorded it.
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}

// Describe returns a line that tells the command, its version and what it was
// built from and for.
func Describe(name, version string) string {
	text := fmt.Sprintf("%s %s %s/%s %s", name, version, runtime.GOOS, runtime.GOARCH, runtime.Version())
	if rev := revision(); rev != "" {
		text += " (" + rev + ")"
	}
	return text
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
