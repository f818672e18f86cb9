package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// What reviewdog takes. It reads lines of less than 64 KiB, and ends at one that
// is longer: up to v0.21.2 without a word.
const (
	rdfMaxLine  = 60000 // bytes
	rdfMaxSteps = 50    // of a path: each is shown with its code
)

// The parts of reviewdog's Diagnostic Format (proto/rdf) that a report needs.
// Columns count bytes, from 1; the end of a range is not part of it.
type (
	rdfDiagnostic struct {
		Message     string          `json:"message"`
		Location    rdfLocation     `json:"location"`
		Severity    string          `json:"severity"`
		Source      rdfSource       `json:"source"`
		Code        rdfCode         `json:"code"`
		Suggestions []rdfSuggestion `json:"suggestions,omitempty"`
		Output      string          `json:"original_output"`
		Related     []rdfRelated    `json:"related_locations,omitempty"`
	}

	rdfLocation struct {
		Path  string   `json:"path"`
		Range rdfRange `json:"range"`
	}

	rdfRange struct {
		Start rdfPosition `json:"start"`
		End   rdfPosition `json:"end,omitzero"`
	}

	rdfPosition struct {
		Line   int `json:"line"`
		Column int `json:"column,omitempty"`
	}

	rdfSource struct {
		Name string `json:"name"`
	}

	rdfCode struct {
		Value string `json:"value"`
		URL   string `json:"url,omitempty"`
	}

	rdfSuggestion struct {
		Range rdfRange `json:"range"`
		Text  string   `json:"text"`
	}

	rdfRelated struct {
		Message  string      `json:"message,omitempty"`
		Location rdfLocation `json:"location"`
	}
)

// writeRDJSONL writes a report for reviewdog, one diagnostic a line:
//
//   - A fix is one [suggestion] of whole lines: several of a diagnostic are
//     offered one by one, on GitHub only if all are of the same lines, and
//     older versions do not mind columns when they offer one on GitLab.
//   - What kept the analysis from being complete is a diagnostic of level error
//     in the file "no-file". With a filter reviewdog shows nothing that is not
//     in a change, and the exit code of the command is what tells.
//   - Every place has a line: one without makes GitHub refuse a whole check.
//   - What is said in comments is in original_output, too, as reviewdog prints
//     it to terminals.
func writeRDJSONL(w io.Writer, r *Report, o Options) error {
	r = withIncomplete(r, o.tool())
	names := namer{reviewdogDir(o.Root), r.Sources}
	var out bytes.Buffer
	for _, f := range r.Findings {
		line, err := rdfLine(newRDF(f, r.url(f), o.tool(), names))
		if err != nil {
			return err
		}
		out.Write(line)
	}
	_, err := w.Write(out.Bytes())
	return err
}

// reviewdogDir returns the directory that names are relative to. reviewdog takes
// them to be relative to its own, which is that of the command before it in a
// pipe: somewhere in the repository, and its root unless it is known to be below.
func reviewdogDir(root string) string {
	dir, err := os.Getwd()
	if err != nil || root == "" {
		return root
	}
	// Either may have been reached through a symbolic link.
	realRoot, err1 := filepath.EvalSymlinks(root)
	realDir, err2 := filepath.EvalSymlinks(dir)
	if err1 != nil || err2 != nil {
		return root
	}
	rel, err := filepath.Rel(realRoot, realDir)
	if err != nil || !filepath.IsLocal(rel) {
		return root
	}
	return filepath.Join(root, rel)
}

// newRDF converts a finding.
func newRDF(f Finding, url, tool string, names namer) rdfDiagnostic {
	out := rdfDiagnostic{
		Message:  rdfText(sentences(f.Message, f.Advice)),
		Location: newRDFLocation(f.Location, names),
		Severity: rdfSeverities[f.Level.known()],
		Source:   rdfSource{tool},
		Code:     rdfCode{Value: clip(oneLine(cmp.Or(f.Rule, tool)), markdownName)},
	}
	if isWebURL(url) && len(url) <= markdownURL {
		out.Code.URL = url
	}
	if s, ok := newSuggestion(f, names.sources); ok {
		out.Suggestions = []rdfSuggestion{{rdfRange{rdfPosition{Line: s.start}, rdfPosition{Line: s.end}}, s.text}}
	}
	lines := []string{names.line(Step{f.Message + " [" + out.Code.Value + "]", f.Location})}
	for _, s := range f.Path {
		lines = append(lines, "\t"+names.line(s))
		if names.has(s.Location.File) { // it links to the repository
			out.Related = append(out.Related, rdfRelated{rdfText(s.Message), newRDFLocation(s.Location, names)})
		}
	}
	out.Output = strings.Join(lines, "\n")
	out.Related = out.Related[max(0, len(out.Related)-rdfMaxSteps):]
	return out
}

// rdfLine returns a diagnostic as a line that is short enough, whatever it takes.
func rdfLine(d rdfDiagnostic) ([]byte, error) {
	for {
		var line bytes.Buffer
		enc := json.NewEncoder(&line)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(d); err != nil || line.Len() <= rdfMaxLine {
			return line.Bytes(), err
		}
		switch {
		case d.Output != d.Message: // empty, reviewdog would put the line in its place
			d.Output = d.Message
		case d.Suggestions != nil:
			d.Suggestions = nil
		case d.Related != nil:
			d.Related = nil
		default:
			d.Location.Path = clip(d.Location.Path, markdownName)
			d.Message, d.Output = d.Code.Value, d.Code.Value
		}
	}
}

// rdfSeverities are the names of levels.
var rdfSeverities = map[Level]string{LevelError: "ERROR", LevelWarning: "WARNING", LevelNote: "INFO"}

// newRDFLocation converts a location. Columns are given if both are known.
func newRDFLocation(l Location, names namer) rdfLocation {
	out := rdfLocation{Path: names.name(l.File)}
	start, end := l.Start, l.End
	start.Line = max(start.Line, 1)
	out.Range.Start.Line = start.Line
	switch {
	case start.compare(end) >= 0: // the end is not known
		out.Range.Start.Column = start.Column
	case start.Column > 0 && end.Column > 0:
		out.Range = rdfRange{rdfPosition(start), rdfPosition(end)}
	default:
		out.Range.End.Line = end.Line
	}
	return out
}

// rdfText returns a message in one line. reviewdog puts it into comments, where
// it is Markdown, and prints it: what would be more than text in a comment has
// a space in it.
func rdfText(s string) string {
	return rdfMarkup.ReplaceAllStringFunc(clip(oneLine(s), markdownText), func(m string) string { return m[:1] + " " + m[1:] })
}

// rdfMarkup matches what begins a link, HTML, the name of somebody who would be
// told, or a number of an issue.
var rdfMarkup = regexp.MustCompile(`\]\(|<[A-Za-z!/?]|\B@\w|\B#\d`)
