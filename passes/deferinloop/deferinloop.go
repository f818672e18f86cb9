package deferinloop

import (
	_ "embed"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/passes/internal/config"
	"github.com/connvet/connvet/passes/internal/diag"
	"github.com/connvet/connvet/passes/internal/lifecycle"
)

//go:embed doc.go
var doc string

// Analyzer reports releases that are deferred inside a loop.
var Analyzer = &analysis.Analyzer{
	Name:     "deferinloop",
	Doc:      diag.Doc(doc, "deferinloop"),
	URL:      "https://pkg.go.dev/github.com/connvet/connvet/passes/deferinloop",
	Run:      run,
	Requires: []*analysis.Analyzer{config.Analyzer, lifecycle.Analyzer},
}

func run(pass *analysis.Pass) (any, error) {
	r, err := diag.New(pass)
	if err != nil {
		return nil, err
	}
	for _, f := range pass.ResultOf[lifecycle.Analyzer].(*lifecycle.Result).Findings {
		for _, d := range f.Deferred {
			r.DeferInLoop(f, d)
		}
	}
	r.Finish()
	return nil, nil
}
