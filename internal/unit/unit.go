package unit

import (
	"go/ast"
	"go/token"
	"os"
	"runtime"
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

	// Check reports flags whose values cannot be used; nil means that all can.
	// It is called when they are set, before anything is analysed.
	Check func() error

	// Gate decides which packages are worth analysing; nil means all. It is
	// first asked when the flags of the analyzers have their values.
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

// relaxGC lets the heap grow to 96 MB before the first collection, where a
// package is parsed: most runs end before they get there. Those that do not
// return to a common setting. A user who has set GOGC knows better.
func relaxGC() {
	if os.Getenv("GOGC") != "" {
		return
	}
	debug.SetGCPercent(2400) // of the runtime's initial 4 MB
	type sentinel struct{ _ *int }
	runtime.SetFinalizer(new(sentinel), func(*sentinel) { debug.SetGCPercent(200) })
}
