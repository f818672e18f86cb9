package notes

import (
	_ "embed"
	"fmt"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/config"
	"github.com/connvet/connvet/passes/internal/diag"
	"github.com/connvet/connvet/passes/internal/lifecycle"
)

//go:embed doc.go
var doc string

// Analyzer reports what could not be analysed and which directives could not be
// followed, and explains acquisitions.
var Analyzer = &analysis.Analyzer{
	Name:     "connvetnotes",
	Doc:      diag.Doc(doc, "connvetnotes"),
	URL:      "https://pkg.go.dev/github.com/connvet/connvet/passes/notes",
	Run:      run,
	Requires: []*analysis.Analyzer{config.Analyzer, lifecycle.Analyzer},
}

func run(pass *analysis.Pass) (any, error) {
	r, err := diag.New(pass)
	if err != nil {
		return nil, err
	}
	settings := pass.ResultOf[config.Analyzer].(*config.Settings)
	res := pass.ResultOf[lifecycle.Analyzer].(*lifecycle.Result)
	for _, p := range res.Panics {
		note(r, pass, p.Func, "internal", fmt.Sprintf("internal error while analysing %s: %s; please report it", name(p.Func), p.Cause))
	}
	r.Directives(res.Problems)
	if settings.Notes {
		for _, fn := range res.TooLarge {
			note(r, pass, fn, "budget", name(fn)+" is too large to be analysed completely")
		}
	}
	if settings.Explain == "" {
		return nil, nil
	}
	at, err := diag.ParsePlace(settings.Explain)
	if err != nil {
		return nil, fmt.Errorf("-connvet.explain: %w", err)
	}
	reported := make(map[*ssa.Call]bool)
	for _, f := range res.Findings {
		reported[f.Call] = true
		r.Explain(f, at)
	}
	for _, f := range res.Fates {
		if !reported[f.Call] {
			r.ExplainFate(f, at)
		}
	}
	return nil, nil
}

// note reports at a function, or at the package clause where the function has
// no place.
func note(r *diag.Reporter, pass *analysis.Pass, fn *ssa.Function, category, text string) {
	pos := fn.Pos()
	if !pos.IsValid() {
		if len(pass.Files) == 0 {
			return
		}
		pos = pass.Files[0].Package
	}
	r.Note(pos, pos, category, text)
}

// name is how a person calls the function, a literal by the function around
// it.
func name(fn *ssa.Function) string {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	if fn.Signature.Recv() != nil {
		return fn.RelString(fn.Pkg.Pkg)
	}
	return fn.Name()
}
