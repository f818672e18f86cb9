package report

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/connvet/connvet/internal/schematest"
)

func TestGitLab(t *testing.T) {
	golden(t, "report.gitlab.json", write(t, "gitlab", richSample(t), Options{}))
	if got := string(write(t, "gitlab", &Report{}, Options{})); got != "[]\n" {
		t.Errorf("an empty report is %s", got)
	}
}

// decodeGitLab returns the issues of a report.
func decodeGitLab(t *testing.T, r *Report, o Options) []gitlabIssue {
	t.Helper()
	var all []gitlabIssue
	if err := json.Unmarshal(write(t, "gitlab", r, o), &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// gitlabSchema is what GitLab documents of an issue. What it checks itself is
// less.
const gitlabSchema = `{
	"type": "object",
	"required": ["description", "check_name", "fingerprint", "severity", "location"],
	"properties": {
		"description": {"type": "string", "minLength": 1},
		"check_name": {"type": "string", "minLength": 1},
		"fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
		"severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
		"location": {
			"type": "object",
			"required": ["path", "lines"],
			"properties": {
				"path": {"type": "string", "minLength": 1, "not": {"pattern": "^[.]/"}},
				"lines": {
					"type": "object",
					"required": ["begin"],
					"properties": {"begin": {"type": "integer", "minimum": 1}, "end": {"type": "integer", "minimum": 1}}
				}
			}
		}
	}
}`

// GitLab ends at the first issue that it does not like, and shows only one of
// those that have the same fingerprint.
func TestGitLabSchema(t *testing.T) {
	s := schematest.Compile(t, []byte(gitlabSchema))
	for name, r := range map[string]*Report{"sample": richSample(t), "hostile": hostileReport()} {
		var issues []json.RawMessage
		if err := json.Unmarshal(write(t, "gitlab", r, Options{}), &issues); err != nil {
			t.Fatal(err)
		}
		for _, issue := range issues {
			if err := schematest.Validate(s, issue); err != nil {
				t.Errorf("%s: %v in:\n%s", name, err, issue)
			}
		}
		all := decodeGitLab(t, r, Options{})
		if want := len(withIncomplete(r, "").Findings); len(all) != want {
			t.Errorf("%s: %d issues of %d", name, len(all), want)
		}
		prints := make(map[string]bool)
		for _, issue := range all {
			if issue.Location.Lines.End < issue.Location.Lines.Begin {
				t.Errorf("%s: %+v", name, issue)
			}
			if prints[issue.Fingerprint] {
				t.Errorf("%s: %+v has the fingerprint of another", name, issue)
			}
			prints[issue.Fingerprint] = true
		}
	}
}

func TestGitLabIssue(t *testing.T) {
	tests := []struct {
		finding Finding
		want    gitlabIssue
	}{
		{Finding{Message: "m"}, gitlabIssue{"m", "connvet", "", "major", gitlabLocation{"no-file", gitlabLines{1, 1}}}},
		{Finding{Rule: "r", Level: LevelError, Message: "m.", Advice: "do"}, gitlabIssue{"m. do", "r", "", "critical", gitlabLocation{"no-file", gitlabLines{1, 1}}}},
		{Finding{Rule: "r", Level: LevelNote, Location: Location{"./a/b.go", Point{3, 1}, Point{5, 1}}}, gitlabIssue{"r", "r", "", "info", gitlabLocation{"a/b.go", gitlabLines{3, 5}}}},
		{Finding{Rule: "r", Location: Location{File: "a.go", Start: Point{Line: 3}}}, gitlabIssue{"r", "r", "", "major", gitlabLocation{"a.go", gitlabLines{3, 3}}}},
	}
	for _, test := range tests {
		r := &Report{Findings: []Finding{test.finding}}
		got := decodeGitLab(t, r, Options{})
		test.want.Fingerprint = r.Fingerprints()[0]
		if len(got) != 1 || got[0] != test.want {
			t.Errorf("%+v, want %+v", got, test.want)
		}
	}
}

// What was not analysed does not make issues of others look new.
func TestGitLabFingerprints(t *testing.T) {
	r := richSample(t)
	want := r.Fingerprints()
	r.NotAnalysed = append(r.NotAnalysed, NotAnalysed{Package: "p", Reason: "a.go:1:2: undefined: x"})
	all := decodeGitLab(t, r, Options{})
	var got []string
	for _, issue := range all[len(all)-len(r.Findings):] {
		got = append(got, issue.Fingerprint)
	}
	if !slices.Equal(got, want) {
		t.Errorf("fingerprints %q, want %q", got, want)
	}
	one := &Report{NotAnalysed: []NotAnalysed{{Package: "p", Reason: "a.go:7:2: undefined: x"}}}
	if a, b := decodeGitLab(t, one, Options{})[0], all[len(all)-len(r.Findings)-2]; a.Fingerprint != b.Fingerprint {
		t.Errorf("%+v has another fingerprint than %+v", a, b)
	}
}
