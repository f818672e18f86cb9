package main

import (
	"context"
	"fmt"

	"github.com/connvet/connvet/internal/driver"
	"github.com/connvet/connvet/internal/report"
)

// printDiff implements -diff: it prints what -fix would change.
func printDiff(s *settings, e *env, result *driver.Result) (int, error) {
	plan := report.PlanFixes(result.Report, result.WhyNotFix)
	if err := plan.WriteDiff(e.stdout); err != nil {
		return 0, err
	}
	explainSkipped(e, plan)
	for _, f := range plan.NoFix {
		fmt.Fprintf(e.stderr, "no fix for %s: %s [%s]\n", f.Location, f.Message, f.Rule)
	}
	for _, n := range result.Report.NotAnalysed {
		fmt.Fprintf(e.stderr, "not analysed: %s\n", n)
	}
	return exitCode(s, result.Report, true), nil
}

// fix implements -fix: it applies the fixes and reports what is left.
func fix(ctx context.Context, s *settings, e *env, result *driver.Result, known filter) (int, error) {
	plan := report.PlanFixes(result.Report, result.WhyNotFix)
	if err := plan.Apply(result.Report.Sources); err != nil {
		return 0, err
	}
	explainSkipped(e, plan)
	if len(plan.Files) > 0 {
		fmt.Fprintf(e.stderr, "fixed %s in %s\n",
			report.Count(len(plan.Fixed), "finding"), report.Count(len(plan.Files), "file"))
		var err error
		if result, err = analyseNew(ctx, s, e, known); err != nil {
			return 0, err
		}
	}
	if err := write(s, e, result.Report, known.note()); err != nil {
		return 0, err
	}
	return exitCode(s, result.Report, true), nil // in any format: the work is not done
}

// explainSkipped says which fixes are not made.
func explainSkipped(e *env, plan *report.FixPlan) {
	for _, skipped := range plan.Skipped {
		fmt.Fprintf(e.stderr, "not fixed: %s [%s]: %s\n", skipped.Location, skipped.Rule, skipped.Reason)
	}
}
