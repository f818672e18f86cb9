package report

// incomplete returns what else there is to say, as findings, for formats that
// have findings only: what kept the analysis from being complete as errors,
// since there may be findings that nobody has seen, and the functions that were
// too large as a note.
func incomplete(r *Report, tool string) []Finding {
	var out []Finding
	for _, f := range r.Failures {
		out = append(out, Finding{Rule: tool + "/not-complete", Level: LevelError, Message: "not complete: " + f, Resource: f})
	}
	for _, n := range r.NotAnalysed {
		out = append(out, Finding{Rule: tool + "/not-analysed", Level: LevelError, Message: "not analysed: " + n.String(), Package: n.Package})
	}
	if s := tooLarge(r.Notes); s != "" {
		out = append(out, Finding{Rule: tool + "/budget", Level: LevelNote, Message: s})
	}
	return out
}

// withIncomplete returns the report with that before its findings.
func withIncomplete(r *Report, tool string) *Report {
	out := *r
	out.Findings = append(incomplete(r, tool), r.Findings...)
	return &out
}
