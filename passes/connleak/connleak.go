package connleak

import (
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/passes/internal/config"
	"github.com/connvet/connvet/passes/internal/lifecycle"
)

// Analyzer reports obligations that are open at an exit.
var Analyzer = &analysis.Analyzer{
	Name:     "connleak",
	Doc:      "report database resources that are not released on every path",
	Run:      run,
	Requires: []*analysis.Analyzer{config.Analyzer, lifecycle.Analyzer},
}

func run(pass *analysis.Pass) (any, error) {
	res := pass.ResultOf[lifecycle.Analyzer].(*lifecycle.Result)
	for _, f := range res.Findings {
		if len(f.Exits) == 0 {
			continue
		}
		x := f.Exits[0]
		pass.Report(analysis.Diagnostic{Pos: f.Call.Pos(), Category: string(f.Kind),
			Message: fmt.Sprintf("%v of %v left open at line %d lost=%v [connleak/%s]", f.Kind, f.Callee.FullName(), pass.Fset.Position(x.Pos).Line, x.Lost, f.Kind)})
	}
	for _, n := range res.Panics {
		pass.Reportf(n.Func.Pos(), "internal: %v: %s", n.Func, n.Cause)
	}
	for _, n := range res.TooLarge {
		pass.Reportf(n.Pos(), "budget: %v", n)
	}
	return nil, nil
}
