package report

import (
	"cmp"
	"encoding/json"
	"io"
	"slices"
	"strings"
)

// What GitHub code scanning takes. It refuses a whole file that has more, or
// that has an empty string where it demands a text.
const (
	sarifMaxResults     = 25000
	sarifMaxSteps       = 1000 // of a code flow
	sarifMaxDescription = 1024 // characters
	sarifMaxName        = 255  // characters, of a rule
)

// writeSARIF writes a report in SARIF 2.1.0, as GitHub code scanning wants it:
//
//   - A result has exactly one location, with the finding's own range: an alert
//     is shown on a pull request only if all its lines are part of it. The
//     witness path is a code flow, which is shown step by step.
//   - A finding without a file has the location "no-file". The specification
//     allows a result without locations, but GitHub refuses the file for it.
//   - An alert is known again by primaryLocationLineHash alone. The fingerprint
//     of other programs is [Report.Fingerprints].
//   - There is no automationDetails.id: it would win over the category that a
//     workflow gives.
func writeSARIF(w io.Writer, r *Report, o Options) error {
	s := &sarifWriter{options: o, sources: r.Sources, hashes: make(map[string][]string)}
	out := sarifLog{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0",
		Runs: []sarifRun{{
			Tool:        sarifTool{Driver: s.driver(r)},
			Invocations: []sarifInvocation{invocation(r)},
			ColumnKind:  "utf16CodeUnits",
			Results:     s.results(r),
		}},
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// A sarifWriter builds the parts of one log.
type sarifWriter struct {
	options Options
	sources *Sources
	rules   []sarifRule         // sorted by id
	hashes  map[string][]string // of a file's lines
}

// invocation says whether the analysis is complete, and if not, why.
func invocation(r *Report) sarifInvocation {
	out := sarifInvocation{ExecutionSuccessful: true, Notifications: []sarifNotification{}}
	add := func(level Level, text string) {
		out.ExecutionSuccessful = out.ExecutionSuccessful && level != LevelError
		text = cmp.Or(sarifText(text), "unknown failure")
		out.Notifications = append(out.Notifications, sarifNotification{Level: level, Message: sarifMessage{Text: text}})
	}
	for _, f := range r.Failures {
		add(LevelError, f)
	}
	for _, n := range r.NotAnalysed {
		add(LevelError, "not analysed: "+n.String())
	}
	if more := len(r.Findings) - sarifMaxResults; more > 0 {
		add(LevelWarning, Count(more, "more finding")+" not shown")
	}
	if text := tooLarge(r.Notes); text != "" {
		add(LevelNote, text)
	}
	if r.Older > 0 {
		add(LevelNote, Count(r.Older, "older finding")+" not shown")
	}
	return out
}

// results converts the findings, up to the number that is allowed.
func (s *sarifWriter) results(r *Report) []sarifResult {
	prints := r.Fingerprints()
	order := bySeverity(r.Findings)
	out := []sarifResult{}
	for _, i := range order[:min(len(order), sarifMaxResults)] {
		out = append(out, s.result(r.Findings[i], prints[i]))
	}
	return out
}

// result converts a finding.
func (s *sarifWriter) result(f Finding, print string) sarifResult {
	index, _ := slices.BinarySearchFunc(s.rules, s.ruleID(f), func(r sarifRule, id string) int { return strings.Compare(r.ID, id) })
	out := sarifResult{
		RuleID:       s.ruleID(f),
		RuleIndex:    index,
		Level:        f.Level.known(),
		Message:      sarifMessage{Text: cmp.Or(sarifText(sentences(f.Message, f.Advice)), s.ruleID(f))},
		Locations:    []sarifLocation{s.location(f.Location)},
		Fingerprints: map[string]string{s.options.tool() + "Fingerprint/v1": print},
		CodeFlows:    s.codeFlows(f.Path),
	}
	if hash := s.lineHash(f.Location, print); hash != "" {
		out.Fingerprints["primaryLocationLineHash"] = hash
	}
	for _, fix := range f.Fixes {
		if fix, ok := s.fix(fix); ok {
			out.Fixes = append(out.Fixes, fix)
		}
	}
	return out
}

// lineHash returns what code scanning knows a finding's line by, or "" if the
// line that the repository has cannot be read. Where there is no file it need
// only be stable.
func (s *sarifWriter) lineHash(l Location, print string) string {
	if l.File == "" {
		return print + ":1"
	}
	hashes, ok := s.hashes[l.File]
	if !ok {
		if text, err := s.sources.Text(l.File); err == nil && !s.sources.Replaced(l.File) {
			hashes = lineHashes(text)
		}
		s.hashes[l.File] = hashes
	}
	if line := max(l.Start.Line, 1); line <= len(hashes) {
		return hashes[line-1]
	}
	return ""
}

// codeFlows converts a witness path. One that is too long keeps its end, which
// is where the harm is done.
func (s *sarifWriter) codeFlows(path []Step) []sarifCodeFlow {
	if n := len(path); n > sarifMaxSteps {
		path = append(slices.Clone(path[:sarifMaxSteps-1]), path[n-1])
	}
	var steps []sarifThreadFlowLocation
	for _, step := range path {
		if step.Location.File == "" {
			continue
		}
		l := s.location(step.Location)
		if text := sarifText(step.Message); text != "" {
			l.Message = &sarifMessage{Text: text}
		}
		steps = append(steps, sarifThreadFlowLocation{l})
	}
	if len(steps) == 0 {
		return nil
	}
	return []sarifCodeFlow{{ThreadFlows: []sarifThreadFlow{{Locations: steps}}}}
}

// fix converts a fix, if it changes files that can be read.
func (s *sarifWriter) fix(f Fix) (sarifFix, bool) {
	var out sarifFix
	if text := sarifText(f.Message); text != "" {
		out.Description = &sarifMessage{Text: text}
	}
	for _, e := range f.Edits {
		region, ok := s.edited(e)
		if !ok {
			return sarifFix{}, false
		}
		artifact := s.artifact(e.File)
		i := slices.IndexFunc(out.Changes, func(c sarifArtifactChange) bool { return c.Artifact == artifact })
		if i < 0 {
			i = len(out.Changes)
			out.Changes = append(out.Changes, sarifArtifactChange{Artifact: artifact})
		}
		replacement := sarifReplacement{Deleted: region}
		if e.New != "" {
			replacement.Inserted = &sarifContent{e.New}
		}
		out.Changes[i].Replacements = append(out.Changes[i].Replacements, replacement)
	}
	return out, len(out.Changes) > 0
}

// sarifText returns one line of plain text. Plain text may have links, as in
// Markdown; what comes from source must not become one.
func sarifText(s string) string {
	return strings.ReplaceAll(oneLine(s), "](", "] (")
}

// sentences joins a message and advice.
func sentences(message, advice string) string {
	if advice == "" {
		return message
	}
	return strings.TrimRight(message, ".") + ". " + advice
}
