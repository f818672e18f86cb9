package main

import (
	"context"
	"errors"
	"flag"

	"github.com/connvet/connvet/internal/driver"
	"github.com/connvet/connvet/internal/report"
)

// A filter leaves out of reports what is known already. It may be asked again:
// after fixes, the packages are analysed once more.
type filter interface {
	// apply returns the report of what is new.
	apply(ctx context.Context, r *report.Report) (*report.Report, error)
	// note says what the last report left out, "" if it is nothing.
	note() string
}

// everything is the filter of those who want all findings.
type everything struct{}

func (everything) apply(_ context.Context, r *report.Report) (*report.Report, error) { return r, nil }
func (everything) note() string                                                      { return "" }

// declareKnown declares the flags that decide which findings are known already.
func (s *settings) declareKnown(flags *flag.FlagSet) {
	for name, value := range map[string]*string{"since": &s.since, "baseline": &s.baseline, "write-baseline": &s.writeBaseline} {
		flags.Func(name, "what is known", func(text string) error {
			if text == "" { // of a variable that is not set
				return errors.New("it says nothing")
			}
			*value = text
			return nil
		})
	}
}

// checkKnown finds such flags that make no sense together.
func (s *settings) checkKnown() error {
	given := 0
	for _, value := range []string{s.since, s.baseline, s.writeBaseline} {
		if value != "" {
			given++
		}
	}
	switch {
	case given > 1:
		return usagef("use one of -since, -baseline and -write-baseline")
	case s.writeBaseline != "" && (s.fix || s.diff || s.exitCode >= 0 || s.format != report.Formats[0].Name):
		return usagef("-write-baseline writes what is found: it has no format or exit code and fixes nothing")
	}
	return nil
}

// newFilter returns the filter that the settings ask for.
func newFilter(ctx context.Context, s *settings, e *env) (filter, error) {
	switch {
	case s.since != "":
		return newSince(ctx, s, e)
	case s.baseline != "":
		return readBaseline(s, e)
	}
	return everything{}, nil
}

// analyseNew runs the analysis and applies a filter.
func analyseNew(ctx context.Context, s *settings, e *env, known filter) (*driver.Result, error) {
	result, err := analyse(ctx, s, e)
	if err != nil {
		return nil, err
	}
	result.Report, err = known.apply(ctx, result.Report)
	return result, err
}

// headline returns a line that says the outcome to those who see only that, ""
// if nothing is left out or it is not known what is new.
func headline(r *report.Report, note string) string {
	switch {
	case note == "" || len(r.NotAnalysed) > 0:
		return ""
	case len(r.Findings) == 0:
		return "nothing new, " + note
	}
	return report.Summary(r) + ", " + note
}
