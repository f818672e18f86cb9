// Package exitlog is a project's own logger. It imports nothing that leads to a
// database, so of what it has to say only "never returns" matters.
package exitlog

import (
	"fmt"
	"os"
)

// Fatal prints and ends the process.
func Fatal(args ...any) {
	fmt.Fprintln(os.Stderr, args...)
	os.Exit(1)
}

// Warn prints.
func Warn(args ...any) {
	fmt.Fprintln(os.Stderr, args...)
}

// Logger has methods of both kinds.
type Logger struct{ prefix string }

// Dief ends the process through Fatal.
func (l Logger) Dief(format string, args ...any) {
	Fatal(l.prefix + fmt.Sprintf(format, args...))
}

// Warnf prints.
func (l Logger) Warnf(format string, args ...any) {
	Warn(l.prefix + fmt.Sprintf(format, args...))
}
