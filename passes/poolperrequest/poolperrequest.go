package poolperrequest

import (
	_ "embed"
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/passes/internal/config"
	"github.com/connvet/connvet/passes/internal/diag"
	"github.com/connvet/connvet/passes/internal/pools"
)

//go:embed doc.go
var doc string

// Analyzer reports pools that are opened again and again.
var Analyzer = &analysis.Analyzer{
	Name:     "poolperrequest",
	Doc:      diag.Doc(doc, "poolperrequest"),
	URL:      "https://pkg.go.dev/github.com/connvet/connvet/passes/poolperrequest",
	Run:      run,
	Requires: []*analysis.Analyzer{config.Analyzer, pools.Analyzer},
}

func run(pass *analysis.Pass) (any, error) {
	r, err := diag.New(pass)
	if err != nil {
		return nil, err
	}
	for _, q := range pass.ResultOf[pools.Analyzer].(*pools.Result).Requests {
		pos, end, ok := r.CallSite(q.At.Pos())
		if !ok {
			continue
		}
		r.Report(diag.Report{Pos: pos, End: end, Category: q.Category, Message: message(q), Related: r.Chain(q.Opening.Chain)})
	}
	r.Finish()
	return nil, nil
}

func message(q pools.Request) string {
	subject := "a pool is opened " + q.Runs
	switch {
	case q.Opening.Fate == pools.Closed:
		return fmt.Sprintf("a pool is opened and closed %s: no connection is ever used twice, and each brings new ones to the server", q.Runs)
	case q.Opening.Fate == pools.Left, q.Category == pools.Loop:
		return subject + " and left open: its connections stay until the server refuses more"
	}
	return subject + ": each has connections and a limit of its own, until the server refuses more"
}
