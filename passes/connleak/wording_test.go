package connleak_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/packages"

	"github.com/connvet/connvet/passes/connleak"
)

// TestWording compares the sentences and witness paths of the findings in
// testdata/src/connleak/wording with testdata/wording.txt.
func TestWording(t *testing.T) {
	compare(t, "wording.txt", render(t, "connleak/wording"))
}

// TestStrictWording does the same under -connvet.strict, which also wants a
// defer.
func TestStrictWording(t *testing.T) {
	setting(t, "strict", "true")
	compare(t, "strict.txt", render(t, "strict/wording"))
}

// TestGenerated wants findings in generated files under -connvet.generated, and
// no fix for them. Without the flag Test wants none.
func TestGenerated(t *testing.T) {
	setting(t, "generated", "true")
	found := 0
	for _, f := range analyse(t, testdata(t), "connleak/fixes") {
		if filepath.Base(f.file) == "generated.go" {
			found++
			if len(f.fixes) > 0 {
				t.Errorf("a generated file would be edited: %v", f)
			}
		}
	}
	if found != 1 {
		t.Errorf("%d findings in generated files, want 1", found)
	}
}

// render writes the findings of a package as text.
func render(t *testing.T, pattern string) string {
	t.Helper()
	var b strings.Builder
	for _, res := range analysistest.Run(ignored{}, testdata(t), connleak.Analyzer, pattern) {
		for _, d := range res.Action.Diagnostics {
			renderOne(&b, res.Action.Package, d)
		}
	}
	return b.String()
}

// ignored is a test that does not care for want comments.
type ignored struct{}

func (ignored) Errorf(string, ...any) {}

func renderOne(b *strings.Builder, pkg *packages.Package, d analysis.Diagnostic) {
	from, to := pkg.Fset.Position(d.Pos), pkg.Fset.Position(d.End)
	fmt.Fprintf(b, "%d:%d-%d: %s\n", from.Line, from.Column, to.Column, d.Message)
	if from.Line != to.Line {
		fmt.Fprintf(b, "\tends on line %d\n", to.Line)
	}
	for _, rel := range d.Related {
		fmt.Fprintf(b, "\t%d: %s\n", pkg.Fset.Position(rel.Pos).Line, rel.Message)
	}
}

func compare(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got other words than %s has; -update writes them:\n%s", file, got)
	}
}
