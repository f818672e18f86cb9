package analyzers

import (
	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/passes/connleak"
	"github.com/connvet/connvet/passes/deferinloop"
	"github.com/connvet/connvet/passes/notes"
	"github.com/connvet/connvet/passes/poolinventory"
	"github.com/connvet/connvet/passes/poollimit"
	"github.com/connvet/connvet/passes/poolperrequest"
)

// All returns the analyzers of connvet: the one that owns the shared settings,
// then those that report.
func All() []*analysis.Analyzer {
	return []*analysis.Analyzer{
		settings(connleak.Analyzer),
		connleak.Analyzer,
		deferinloop.Analyzer,
		poolperrequest.Analyzer,
		poolinventory.Analyzer,
		poollimit.Analyzer,
		notes.Analyzer,
	}
}

// settings returns the analyzer of the shared settings, which each pass
// requires and which only they can import.
func settings(pass *analysis.Analyzer) *analysis.Analyzer {
	for _, a := range pass.Requires {
		if a.Name == configPass {
			return a
		}
	}
	panic(pass.Name + " does not require the shared settings")
}
