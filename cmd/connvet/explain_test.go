package main

import (
	"bytes"
	"testing"

	"github.com/connvet/connvet/analyzers"
)

// "connvet explain" prints the pages as they are.
func TestExplainPages(t *testing.T) {
	pages := map[string]string{limits: analyzers.Limits()}
	for _, r := range analyzers.Rules() {
		pages[r.ID] = r.Doc
	}
	for name, want := range pages {
		var stdout, stderr bytes.Buffer
		code := run(t.Context(), []string{"explain", name}, &env{stdout: &stdout, stderr: &stderr, dir: t.TempDir()})
		if code != exitClean || stdout.String() != want || want == "" {
			t.Errorf("explain %s: exit %d, %d bytes, want %d bytes: %s", name, code, stdout.Len(), len(want), stderr.String())
		}
	}
}
