package integration

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/connvet/connvet/analyzers"
)

// Checker returns what the checker of x/tools finds in the corpus, in this process.
// Multicheckers consist of it, and others may call it as this does.
func (c Corpus) Checker(t *testing.T) []Finding {
	t.Helper()
	config := &packages.Config{Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: c.Dir, Env: c.Env, Tests: true}
	pkgs, err := packages.Load(config, c.Patterns...)
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze(analyzers.All(), pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Fatalf("%v: %v", act, act.Err)
		}
		for _, d := range act.Diagnostics {
			fmt.Fprintf(&text, "%v: %s\n", act.Package.Fset.Position(d.Pos), d.Message)
		}
	}
	return c.Parse(text.String())
}
