package poollimit_test

import (
	"flag"
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/connvet/connvet/passes/poollimit"
)

var topic = flag.String("topic", "...", "fixtures to check: a package pattern below testdata/src/poollimit")

// Test checks poollimit against the fixtures, a directory of
// testdata/src/poollimit for each topic; -topic=guards picks one.
func Test(t *testing.T) {
	analysistest.Run(t, testdata(t), poollimit.Analyzer, "poollimit/"+*topic)
}

// TestFlag checks the categories that are off by default, each with its flag,
// and that their fixtures have no findings without it.
func TestFlag(t *testing.T) {
	for _, name := range []string{"idle", "lifetime"} {
		t.Run(name, func(t *testing.T) {
			f := poollimit.Analyzer.Flags.Lookup(name)
			if f == nil || f.DefValue != "false" {
				t.Fatalf("-poollimit.%s is %v, want a flag that is off by default", name, f)
			}
			for _, res := range analysistest.Run(ignored{}, testdata(t), poollimit.Analyzer, "poollimitflags/"+name) {
				for _, d := range res.Action.Diagnostics {
					t.Errorf("without -poollimit.%s: %s", name, d.Message)
				}
			}
			if err := f.Value.Set("true"); err != nil {
				t.Fatal(err)
			}
			defer f.Value.Set("false")
			analysistest.Run(t, testdata(t), poollimit.Analyzer, "poollimitflags/"+name)
		})
	}
}

// ignored is a test that does not care for want comments.
type ignored struct{}

func (ignored) Errorf(string, ...any) {}

func testdata(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", "..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}
