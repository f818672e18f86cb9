package report

import (
	_ "embed"
	"encoding/json"
	"io"
)

// Schema names the schema of the JSON output. Its version changes when a field
// is removed or changes its meaning; new fields may be added at any time.
const Schema = "connvet/v1"

// JSONSchema is the JSON Schema (draft 2020-12) of the JSON output.
//
//go:embed connvet-v1.schema.json
var JSONSchema []byte

type (
	jsonReport struct {
		Schema      string            `json:"schema"`
		Tool        jsonTool          `json:"tool"`
		Findings    []jsonFinding     `json:"findings"`
		NotAnalysed []jsonNotAnalysed `json:"not_analysed"`
		Notes       []jsonNote        `json:"notes"`
		Older       int               `json:"older,omitempty"`
	}

	jsonTool struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	}

	jsonFinding struct {
		Rule     string       `json:"rule"`
		Print    string       `json:"fingerprint"`
		Message  string       `json:"message"`
		URL      string       `json:"url,omitempty"`
		Package  string       `json:"package"`
		Function string       `json:"function,omitempty"`
		Resource string       `json:"resource,omitempty"`
		Location jsonLocation `json:"location"`
		Path     []jsonStep   `json:"path"`
		Fixes    []jsonFix    `json:"suggested_fixes"`
	}

	jsonStep struct {
		Message  string       `json:"message"`
		Location jsonLocation `json:"location"`
	}

	jsonFix struct {
		Message string     `json:"message"`
		Edits   []jsonEdit `json:"edits"`
	}

	jsonEdit struct {
		Location jsonLocation `json:"location"`
		NewText  string       `json:"new_text"`
	}

	jsonLocation struct {
		File  string    `json:"file"`
		Start jsonPoint `json:"start"`
		End   jsonPoint `json:"end"`
	}

	jsonPoint struct {
		Line   int  `json:"line"`
		Column int  `json:"column"`
		Offset *int `json:"offset,omitempty"` // of edits only
	}

	jsonNotAnalysed struct {
		Package string `json:"package"`
		Tests   bool   `json:"tests_only,omitempty"`
		Reason  string `json:"reason"`
	}

	jsonNote struct {
		Kind     string        `json:"kind"`
		Message  string        `json:"message"`
		Package  string        `json:"package"`
		Function string        `json:"function,omitempty"`
		Location *jsonLocation `json:"location,omitempty"`
	}
)

// writeJSON writes a report in the schema connvet/v1.
func writeJSON(w io.Writer, r *Report, o Options) error {
	out := jsonReport{
		Schema:      Schema,
		Tool:        jsonTool{Name: o.tool(), Version: o.Version},
		Findings:    []jsonFinding{},
		NotAnalysed: []jsonNotAnalysed{},
		Notes:       []jsonNote{},
		Older:       r.Older,
	}
	prints := r.Fingerprints()
	for i, f := range r.Findings {
		out.Findings = append(out.Findings, newJSONFinding(f, prints[i], r.Sources))
	}
	for _, n := range r.NotAnalysed {
		out.NotAnalysed = append(out.NotAnalysed, jsonNotAnalysed(n))
	}
	for _, n := range r.Notes {
		note := jsonNote{Kind: string(n.Kind), Message: n.Message, Package: n.Package, Function: n.Function}
		if n.Location.File != "" {
			l := newJSONLocation(n.Location)
			note.Location = &l
		}
		out.Notes = append(out.Notes, note)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

func newJSONFinding(f Finding, print string, sources *Sources) jsonFinding {
	out := jsonFinding{
		Rule:     f.Rule,
		Print:    print,
		Message:  f.Message,
		URL:      f.URL,
		Package:  f.Package,
		Function: f.Function,
		Resource: f.Resource,
		Location: newJSONLocation(f.Location),
		Path:     []jsonStep{},
		Fixes:    []jsonFix{},
	}
	for _, s := range f.Path {
		out.Path = append(out.Path, jsonStep{s.Message, newJSONLocation(s.Location)})
	}
	for _, fix := range f.Fixes {
		edits := []jsonEdit{}
		for _, e := range fix.Edits {
			edits = append(edits, newJSONEdit(e, sources))
		}
		out.Fixes = append(out.Fixes, jsonFix{fix.Message, edits})
	}
	return out
}

func newJSONLocation(l Location) jsonLocation {
	return jsonLocation{
		File:  l.File,
		Start: jsonPoint{Line: l.Start.Line, Column: l.Start.Column},
		End:   jsonPoint{Line: l.End.Line, Column: l.End.Column},
	}
}

func newJSONEdit(e Edit, sources *Sources) jsonEdit {
	l := newJSONLocation(Location{
		File:  e.File,
		Start: sources.Point(e.File, e.Start),
		End:   sources.Point(e.File, e.End),
	})
	l.Start.Offset, l.End.Offset = &e.Start, &e.End
	return jsonEdit{Location: l, NewText: e.New}
}
