package driver

import (
	"cmp"
	"encoding/json"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/connvet/connvet/internal/report"
)

// Rules of diagnostics that are no findings.
const (
	ruleBudget   = "connvet/budget"   // a function was too large
	ruleInternal = "connvet/internal" // a function could not be analysed at all
	ruleExplain  = "connvet/explain"  // the answer to -connvet.explain
)

// resourceMark begins the message of a related position that is no step: under
// -connvet.notes a diagnostic may tell the type of its resource this way, since
// the JSON of vet has no place for it.
const resourceMark = "connvet:resource="

// A converter makes a report of vet's trees.
type converter struct {
	wanted  map[string]bool // IDs of packages; of others nothing is reported
	sources *report.Sources
	tests   bool
	keep    func(rule string) bool
	url     func(rule string) string
	overlay overlay

	report report.Report
}

// tree adds what one tree says.
func (c *converter) tree(t vetTree) {
	for id, analyzers := range t {
		pkg, _, _ := strings.Cut(id, " ") // without [the variant]
		if !c.wanted[pkg] {
			continue
		}
		failed := ""
		for _, analyzer := range slices.Sorted(maps.Keys(analyzers)) {
			raw := analyzers[analyzer]
			var list []vetDiagnostic
			if json.Unmarshal(raw, &list) == nil {
				for _, d := range list {
					c.diagnostic(pkg, analyzer, d)
				}
				continue
			}
			var e vetError
			if err := json.Unmarshal(raw, &e); err != nil {
				e.Err = err.Error()
			}
			// What others make of the first failure adds nothing.
			failed = cmp.Or(failed, analyzer+": "+firstLine(e.Err))
		}
		if failed != "" {
			c.notAnalysed(pkg, failed)
		}
	}
}

// diagnostic adds one diagnostic as what it is.
func (c *converter) diagnostic(pkg, analyzer string, d vetDiagnostic) {
	message, rule := cutRule(d.Message)
	if rule == "" {
		rule = analyzer
		if d.Category != "" {
			rule += "/" + d.Category
		}
	}
	at := c.location(d.Posn, d.End)
	if c.note(pkg, rule, message, at) {
		return
	}
	if c.keep != nil && !c.keep(rule) || !c.tests && strings.HasSuffix(at.File, "_test.go") {
		return
	}
	f := report.Finding{
		Rule:     rule,
		Message:  message,
		URL:      d.URL,
		Location: at,
		Package:  pkg,
		Function: c.sources.Function(at.File, at.Start),
	}
	if f.URL == "" && c.url != nil {
		f.URL = c.url(rule)
	}
	for _, rel := range d.Related {
		if resource, ok := strings.CutPrefix(rel.Message, resourceMark); ok {
			f.Resource = resource
			continue
		}
		f.Path = append(f.Path, report.Step{Message: rel.Message, Location: c.location(rel.Posn, rel.End)})
	}
	for _, fix := range d.SuggestedFixes {
		f.Fixes = append(f.Fixes, c.fix(fix))
	}
	c.report.Findings = append(c.report.Findings, f)
}

// cutRule cuts the rule off the end of a message: "text [pass/category]". It is
// what counts: a pass may speak for another, as about ignore comments.
func cutRule(message string) (text, rule string) {
	if m := endsWithRule.FindStringSubmatchIndex(message); m != nil {
		return message[:m[0]], message[m[2]:m[3]]
	}
	return message, ""
}

var endsWithRule = regexp.MustCompile(` \[([a-z]+(?:/[a-z]+)?)\]$`)

// note adds a diagnostic that is no finding, and reports whether it was that.
func (c *converter) note(pkg, rule, message string, at report.Location) bool {
	switch rule {
	case ruleInternal:
		where := at.String()
		if function := c.sources.Function(at.File, at.Start); function != "" {
			where = function + ", " + where
		}
		c.notAnalysed(pkg, where+": "+firstLine(message))
	case ruleBudget, ruleExplain:
		c.report.Notes = append(c.report.Notes, report.Note{
			Kind: report.NoteKind(path.Base(rule)), Message: message,
			Package: pkg, Function: c.sources.Function(at.File, at.Start), Location: at,
		})
	default:
		return false
	}
	return true
}

// fix converts a suggested fix.
func (c *converter) fix(fix vetFix) report.Fix {
	out := report.Fix{Message: fix.Message}
	for _, e := range fix.Edits {
		out.Edits = append(out.Edits, report.Edit{File: c.file(e.Filename), Start: e.Start, End: e.End, New: e.New})
	}
	return out
}

func (c *converter) notAnalysed(pkg, reason string) {
	c.report.NotAnalysed = append(c.report.NotAnalysed, report.NotAnalysed{Package: pkg, Reason: reason})
}

// location converts a range; the end may be missing.
func (c *converter) location(start, end string) report.Location {
	file, from := parsePosn(start)
	endFile, to := parsePosn(end)
	if endFile != file {
		to = from
	}
	return report.Location{File: c.file(file), Start: from, End: to}
}

// file returns the name by which the report calls a file.
func (c *converter) file(name string) string {
	if !filepath.IsAbs(name) {
		return filepath.ToSlash(name) // by a //line directive, or "-"
	}
	return c.sources.Rel(c.overlay.original(filepath.Clean(name))) // the compiler's names have slashes
}

// parsePosn takes file:line:column apart. The file may contain colons.
func parsePosn(posn string) (file string, at report.Point) {
	file, column := cutNumber(posn)
	if column == 0 {
		return file, report.Point{}
	}
	file2, line := cutNumber(file)
	if line == 0 { // file:line
		return file, report.Point{Line: column}
	}
	return file2, report.Point{Line: line, Column: column}
}

// cutNumber cuts a trailing ":number" off.
func cutNumber(s string) (string, int) {
	i := strings.LastIndexByte(s, ':')
	if i < 0 {
		return s, 0
	}
	n, err := strconv.Atoi(s[i+1:])
	if err != nil || n <= 0 {
		return s, 0
	}
	return s[:i], n
}

// firstLine returns the first line of s.
func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}
