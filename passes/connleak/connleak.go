package connleak

import (
	_ "embed"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/passes/internal/config"
	"github.com/connvet/connvet/passes/internal/diag"
	"github.com/connvet/connvet/passes/internal/lifecycle"
)

//go:embed doc.go
var doc string

// Analyzer reports database resources that are not released on every path.
var Analyzer = &analysis.Analyzer{
	Name:     "connleak",
	Doc:      diag.Doc(doc, "connleak"),
	URL:      "https://pkg.go.dev/github.com/connvet/connvet/passes/connleak",
	Run:      run,
	Requires: []*analysis.Analyzer{config.Analyzer, lifecycle.Analyzer},
}

func run(pass *analysis.Pass) (any, error) {
	r, err := diag.New(pass)
	if err != nil {
		return nil, err
	}
	for _, f := range pass.ResultOf[lifecycle.Analyzer].(*lifecycle.Result).Findings {
		// A release that is deferred in a loop is deferinloop's.
		if len(f.Deferred) == 0 && (len(f.Exits) > 0 || f.NotDefer) {
			r.Leak(f)
		}
	}
	r.Finish()
	return nil, nil
}
