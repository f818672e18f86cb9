package connleak_test

import (
	"flag"
	"fmt"
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/connvet/connvet/passes/connleak"
	"github.com/connvet/connvet/passes/deferinloop"
)

var dump = flag.Bool("dump", false, "")
var full = flag.Bool("full", false, "")

type quiet struct{}

func (quiet) Errorf(string, ...any) {}

func TestDump(t *testing.T) {
	if !*dump {
		t.Skip()
	}
	testdata, _ := filepath.Abs(filepath.Join("..", "..", "testdata"))
	for _, a := range []struct{ n int }{{0}, {1}} {
		an := connleak.Analyzer
		pat := "connleak/" + *topic
		if a.n == 1 {
			an = deferinloop.Analyzer
			pat = "deferinloop/..."
			
		}
		for _, r := range analysistest.Run(quiet{}, testdata, an, pat) {
			for _, d := range r.Action.Diagnostics {
				fset := r.Action.Package.Fset
				p := fset.Position(d.Pos)
				fmt.Printf("%s/%s:%d:%d-%d: %s\n", filepath.Base(filepath.Dir(p.Filename)), filepath.Base(p.Filename), p.Line, p.Column, fset.Position(d.End).Column, d.Message)
				if *full {
					for _, x := range d.Related {
						fmt.Printf("\t%d: %s\n", fset.Position(x.Pos).Line, x.Message)
					}
				}
				for _, x := range d.SuggestedFixes {
					fmt.Printf("\tFIX %s\n", x.Message)
					for _, e := range x.TextEdits {
						fmt.Printf("\t\t%d %q\n", fset.Position(e.Pos).Line, e.NewText)
					}
				}
			}
		}
	}
}
