package connleak_test

import (
	"flag"
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/connvet/connvet/passes/connleak"
)

var topic = flag.String("topic", "...", "fixtures to check: a package pattern below testdata/src/connleak")

// Test checks connleak against the fixtures, a directory of testdata/src/connleak
// for each topic. They are loaded at once, because most of the time goes into
// the standard library below them; -topic=errcheck/... picks one.
func Test(t *testing.T) {
	testdata, err := filepath.Abs(filepath.Join("..", "..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	analysistest.Run(t, testdata, connleak.Analyzer, "connleak/"+*topic)
}
