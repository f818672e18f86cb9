package analyzers

import "golang.org/x/tools/go/analysis"

// All returns the analyzers of connvet: those that report and the one that owns
// the shared settings.
func All() []*analysis.Analyzer {
	return []*analysis.Analyzer{}
}
