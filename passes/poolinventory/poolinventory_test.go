package poolinventory_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/connvet/connvet/passes/poolinventory"
)

var update = flag.Bool("update", false, "write the golden file")

func testdata(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", "..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func set(t *testing.T, name string) {
	t.Helper()
	if err := poolinventory.Analyzer.Flags.Set(name, "true"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { poolinventory.Analyzer.Flags.Set(name, "false") })
}

// quiet ignores the fixtures' expectations.
type quiet struct{}

func (quiet) Errorf(string, ...any) {}

// TestEmit compares the records of the fixtures with the golden file.
func TestEmit(t *testing.T) {
	set(t, "emit")
	var lines []string
	for _, r := range analysistest.Run(quiet{}, testdata(t), poolinventory.Analyzer, "poolinventory/decl", "poolinventory/store", "poolinventory/cmd/app") {
		for _, d := range r.Diagnostics {
			if d.Category == "pool" {
				lines = append(lines, d.Message)
			}
		}
	}
	slices.Sort(lines)
	got := strings.Join(lines, "\n") + "\n"
	if strings.Contains(got, "hunter") || strings.Contains(got, "secret") {
		t.Errorf("a credential is in the records:\n%s", got)
	}
	golden := filepath.Join("testdata", "records.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got other records than %s has; -update writes them:\n%s", golden, got)
	}
}

// TestSilent: without a flag, nothing is said.
func TestSilent(t *testing.T) {
	for _, r := range analysistest.Run(quiet{}, testdata(t), poolinventory.Analyzer, "poolinventory/...") {
		for _, d := range r.Diagnostics {
			t.Errorf("%s: %s", r.Pass.Fset.Position(d.Pos), d.Message)
		}
	}
}

func TestSecret(t *testing.T) {
	set(t, "dsnsecret")
	analysistest.Run(t, testdata(t), poolinventory.Analyzer, "poolinventory/secret")
}
