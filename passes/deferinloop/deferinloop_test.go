package deferinloop_test

import (
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/connvet/connvet/passes/deferinloop"
)

// Test checks deferinloop against the fixtures in testdata/src/deferinloop.
func Test(t *testing.T) {
	testdata, err := filepath.Abs(filepath.Join("..", "..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	analysistest.Run(t, testdata, deferinloop.Analyzer, "deferinloop/...")
}
