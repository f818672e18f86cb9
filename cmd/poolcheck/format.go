package main

import (
	"encoding/json"
	"io"
	"strings"

	"github.com/connvet/connvet/internal/report"
	"github.com/connvet/connvet/poolcheck"
)

// options are what a format may want to know besides the reports.
type options struct {
	color   bool
	version string
	sources sources
}

// A format is a way to write reports.
type format struct {
	name, summary string
	write         func(w io.Writer, reports []*poolcheck.Report, o options) error
}

// formats are the known formats. The first is the default.
var formats = []format{
	{"text", "for people", writeText},
	{"json", "the schema " + poolcheck.Schema, writeJSON},
	{"sarif", "SARIF 2.1.0, for code scanning", writeShared("sarif")},
	{"rdjsonl", "the Diagnostic Format of reviewdog, a line for each", writeShared("rdjsonl")},
	{"github", "annotations of GitHub Actions", writeShared("github")},
	{"gitlab", "a Code Quality report of GitLab", writeShared("gitlab")},
	{"markdown", "for comments on pull requests and for job summaries", writeShared("markdown")},
}

// lookupFormat returns the format of a name.
func lookupFormat(name string) (format, error) {
	var names []string
	for _, f := range formats {
		if f.name == name {
			return f, nil
		}
		names = append(names, f.name)
	}
	return format{}, usagef("-format: want one of %s", strings.Join(names, ", "))
}

// writeJSON writes reports in the schema poolcheck/v1.
func writeJSON(w io.Writer, reports []*poolcheck.Report, o options) error {
	out := struct {
		Schema string `json:"schema"`
		Tool   struct {
			Name    string `json:"name"`
			Version string `json:"version"`
		} `json:"tool"`
		Servers []*poolcheck.Report `json:"servers"`
	}{Schema: poolcheck.Schema, Servers: reports}
	out.Tool.Name, out.Tool.Version = "poolcheck", o.version
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// writeShared returns the writer of a format that connvet has, too.
func writeShared(name string) func(io.Writer, []*poolcheck.Report, options) error {
	return func(w io.Writer, reports []*poolcheck.Report, o options) error {
		f, _ := report.LookupFormat(name)
		r := findings(reports)
		r.Sources = o.sources.files()
		return f.Write(w, r, report.Options{Tool: "poolcheck", Version: o.version, Root: o.sources.repository})
	}
}

// findings returns what is not a pass as findings. They stand where the pool is
// declared, if they are about one.
func findings(reports []*poolcheck.Report) *report.Report {
	out := new(report.Report)
	var headlines []string
	for _, r := range reports {
		headlines = append(headlines, prefix(r)+r.Summary)
		if r.Fault != "" {
			out.Failures = append(out.Failures, prefix(r)+r.Fault)
		}
		for _, v := range r.Verdicts {
			if v.Status != poolcheck.Pass && v.Needs == "" {
				out.Findings = append(out.Findings, finding(r, &v))
			}
		}
	}
	out.Headline = strings.Join(headlines, "; ")
	for _, d := range poolcheck.Rules() {
		out.Rules = append(out.Rules, report.Rule{ID: ruleID(d.ID, d.Name), Title: d.Title, Help: d.Help})
	}
	return out
}

// ruleID is the name of a rule among those of all tools.
func ruleID(id, name string) string { return "poolcheck/" + id + "-" + name }

// levels are the levels of statuses.
var levels = map[poolcheck.Status]report.Level{
	poolcheck.Error:   report.LevelError,
	poolcheck.Warn:    report.LevelWarning,
	poolcheck.Unknown: report.LevelNote,
	poolcheck.Info:    report.LevelNote,
}

// finding returns a verdict as a finding.
func finding(r *poolcheck.Report, v *poolcheck.Verdict) report.Finding {
	f := report.Finding{
		Rule: ruleID(v.Rule, v.Name), Level: levels[v.Status], Message: prefix(r) + v.Message,
		Advice: v.Advice, Resource: v.Service + v.Account,
		Location: report.Location{File: v.File, Start: report.Point{Line: v.Line}, End: report.Point{Line: v.Line}},
	}
	if v.Status == poolcheck.Unknown {
		f.Message = "not known: " + f.Message
	}
	if v.Arithmetic != "" {
		f.Message += " (" + v.Arithmetic + ")"
	}
	if v.Paste != "" {
		f.Advice = strings.TrimPrefix(f.Advice+": "+v.Paste, ": ")
	}
	return f
}
