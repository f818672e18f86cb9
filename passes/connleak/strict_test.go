package connleak_test

import (
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/connvet/connvet/passes/connleak"
)

// setting sets a shared flag for the duration of the test.
func setting(t *testing.T, name, value string) {
	t.Helper()
	var config *analysis.Analyzer
	for _, a := range connleak.Analyzer.Requires {
		if a.Name == "connvet" {
			config = a
		}
	}
	f := config.Flags.Lookup(name)
	old := f.Value.String()
	if err := f.Value.Set(value); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Value.Set(old) })
}

// With -strict a release must be deferred, and what a transaction ends must
// be closed all the same.
func TestStrict(t *testing.T) {
	setting(t, "strict", "true")
	testdata, err := filepath.Abs(filepath.Join("..", "..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	analysistest.Run(t, testdata, connleak.Analyzer, "strict/...")
}
