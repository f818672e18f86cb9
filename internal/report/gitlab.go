package report

import (
	"cmp"
	"encoding/json"
	"io"
)

// The parts of a Code Quality report of GitLab.
type (
	gitlabIssue struct {
		Description string         `json:"description"`
		CheckName   string         `json:"check_name"`
		Fingerprint string         `json:"fingerprint"`
		Severity    string         `json:"severity"`
		Location    gitlabLocation `json:"location"`
	}

	gitlabLocation struct {
		Path  string      `json:"path"`
		Lines gitlabLines `json:"lines"`
	}

	gitlabLines struct {
		Begin int `json:"begin"`
		End   int `json:"end"`
	}
)

// gitlabSeverities are the severities of levels. "minor" and "blocker" are not
// used.
var gitlabSeverities = map[Level]string{LevelError: "critical", LevelWarning: "major", LevelNote: "info"}

// writeGitLab writes a report as a Code Quality report of GitLab, which compares
// it by fingerprints with that of the branch that is merged into. What kept the
// analysis from being complete are issues, too, and what has no file is in the
// file "no-file". There is no place for paths and fixes.
func writeGitLab(w io.Writer, r *Report, o Options) error {
	r = withIncomplete(r, o.tool())
	names := namer{o.Root, r.Sources}
	prints := r.Fingerprints()
	out := []gitlabIssue{} // null would not be an array
	for i, f := range r.Findings {
		line := max(f.Location.Start.Line, 1)
		rule := cmp.Or(f.Rule, o.tool())
		out = append(out, gitlabIssue{
			Description: cmp.Or(oneLine(sentences(f.Message, f.Advice)), rule),
			CheckName:   rule,
			Fingerprint: prints[i],
			Severity:    gitlabSeverities[f.Level.known()],
			Location:    gitlabLocation{names.name(f.Location.File), gitlabLines{line, max(line, f.Location.End.Line)}},
		})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}
