package golangci

import (
	"cmp"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/analyzers"
)

// newLinter returns an analyzer that runs all passes and reports what the rules
// want of their findings.
func newLinter(r rules) *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name: name,
		Doc:  "finds leaked database connections and pools without a limit",
		URL:  "https://github.com/connvet/connvet",
	}
	var passes []*analysis.Analyzer
	for _, p := range analyzers.All() {
		if p.ResultType != nil {
			continue // the settings, which the passes require
		}
		passes = append(passes, p)
		for _, req := range p.Requires {
			if !slices.Contains(a.Requires, req) {
				a.Requires = append(a.Requires, req)
			}
		}
	}
	a.Run = func(pass *analysis.Pass) (any, error) {
		found, err := runAll(pass, passes)
		if err != nil {
			return nil, err
		}
		report(pass, slices.DeleteFunc(found, func(d analysis.Diagnostic) bool { return !r.reports(d.Message) }))
		return nil, nil
	}
	return a
}

// runAll runs passes in place of the linter and returns their findings in source
// order.
func runAll(pass *analysis.Pass, passes []*analysis.Analyzer) ([]analysis.Diagnostic, error) {
	var found []analysis.Diagnostic
	for _, p := range passes {
		one := *pass
		one.Analyzer = p
		one.Report = func(d analysis.Diagnostic) { found = append(found, d) }
		if _, err := p.Run(&one); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(found, func(a, b analysis.Diagnostic) int {
		return cmp.Or(cmp.Compare(a.Pos, b.Pos), cmp.Compare(a.Message, b.Message))
	})
	return found, nil
}

// report reports findings as golangci-lint can show them.
func report(pass *analysis.Pass, found []analysis.Diagnostic) {
	var fixes chosen
	for _, d := range found {
		d.Message = withPath(pass.Fset, d)
		d.Related = nil
		d.SuggestedFixes = fixes.take(d.SuggestedFixes)
		pass.Report(d)
	}
}
