package unit

import (
	"go/ast"
	"go/token"
	"os"
	"runtime/debug"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Config describes a tool that speaks the vettool protocol.
type Config struct {
	// Name is the tool's name. A comment that begins with //Name: makes the
	// package that holds it relevant.
	Name string

	// Analyzers are the analyzers that can be selected by flags. Those that
	// they require run too, but have no flags.
	Analyzers []*analysis.Analyzer

	// Gate decides which packages are worth analysing; nil means all.
	Gate Gate
}

// Gate tells relevant packages from the rest before anything is type-checked.
type Gate interface {
	// Modelled reports whether importing path makes a package relevant.
	Modelled(path string) bool

	// MaySkim is a cheap look at a file's bytes: false means that the file
	// cannot contribute to Skim, which then does not see it.
	MaySkim(src []byte) bool

	// Skim returns the fact of an irrelevant package, computed without types,
	// or nil. imported returns the fact of a direct import, given as in the
	// import clause, or nil.
	Skim(path string, fset *token.FileSet, files []*ast.File, imported func(path string) analysis.Fact) analysis.Fact
}

// Relevant is implemented by facts that can make the importers of their
// package relevant.
type Relevant interface {
	analysis.Fact
	Relevant() bool
}

// IsUnitInvocation reports whether args, without the program's name, are
// those of a build tool speaking the vettool protocol, as opposed to those of
// a person.
func IsUnitInvocation(args []string) bool {
	for _, arg := range args {
		switch arg {
		case "-V=full", "--V=full", "-flags", "--flags":
			return true
		}
	}
	return len(args) > 0 && strings.HasSuffix(args[len(args)-1], ".cfg")
}

// Main handles one invocation of the vettool protocol and exits.
func Main(config Config) {
	os.Exit(run(config, os.Args[1:]))
}

// relaxGC trades memory for time where a package is parsed: the run lasts
// milliseconds, and what it allocates it mostly needs until the end. The limit
// keeps a huge package from taking the machine with it. A user who has set GOGC
// knows better.
func relaxGC() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(800)
		if os.Getenv("GOMEMLIMIT") == "" {
			debug.SetMemoryLimit(2 << 30)
		}
	}
}
