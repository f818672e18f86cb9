package connleak_test

import (
	"bytes"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/connvet/connvet/passes/connleak"
	"github.com/connvet/connvet/passes/deferinloop"
)

func load(t *testing.T, overlay map[string][]byte, patterns ...string) *checker.Graph {
	testdata, _ := filepath.Abs(filepath.Join("..", "..", "testdata"))
	cfg := &packages.Config{
		Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: testdata, Tests: true, Overlay: overlay,
		Env: append(os.Environ(), "GOPATH="+testdata, "GO111MODULE=off", "GOPROXY=off", "GOWORK=off"),
	}
	pkgs, err := packages.Load(cfg, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pkgs {
		for _, e := range p.Errors {
			t.Errorf("%v", e)
		}
	}
	g, err := checker.Analyze([]*analysis.Analyzer{connleak.Analyzer, deferinloop.Analyzer}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

type edit struct {
	from, to int
	text     string
}

func TestSettle(t *testing.T) {
	if !*dump {
		t.Skip()
	}
	g := load(t, nil, "connleak/"+*topic, "deferinloop/...")
	edits := map[string][]edit{}
	nofix := map[string]int{}
	total, with := 0, 0
	cats := map[string][2]int{}
	seen := map[string]bool{}
	for _, a := range g.Roots {
		if a.Err != nil {
			t.Error(a.Err)
		}
		fset := a.Package.Fset
		for _, d := range a.Diagnostics {
			p := fset.Position(d.Pos)
			if d.Category == "ignore" || seen[fmt.Sprint(p, d.Message)] {
				continue
			}
			seen[fmt.Sprint(p, d.Message)] = true
			c := cats[a.Analyzer.Name+d.Category]
			c[0]++
			total++
			if len(d.SuggestedFixes) == 0 {
				nofix[p.Filename]++
				fmt.Println("NOFIX", p, d.Message)
			} else {
				with++
				c[1]++
				for _, e := range d.SuggestedFixes[0].TextEdits {
					edits[p.Filename] = append(edits[p.Filename], edit{fset.Position(e.Pos).Offset, fset.Position(e.End).Offset, string(e.NewText)})
				}
			}
			cats[a.Analyzer.Name+d.Category] = c
		}
	}
	fmt.Println(with, total, cats)
	overlay := map[string][]byte{}
	for name, es := range edits {
		src, _ := os.ReadFile(name)
		slices.SortStableFunc(es, func(a, b edit) int { return b.from - a.from })
		out := bytes.Clone(src)
		for i, e := range es {
			if i > 0 && e == es[i-1] {
				continue
			}
			out = slices.Concat(out[:e.from], []byte(e.text), out[e.to:])
		}
		overlay[name] = out
		if f, err := format.Source(out); err != nil {
			t.Errorf("%s: %v", name, err)
		} else if !bytes.Equal(f, out) {
			t.Errorf("%s: not formatted", name)
		}
		to := filepath.Join("/tmp/dump/out", strings.TrimPrefix(name, "/work/main/testdata/src/"))
		os.MkdirAll(filepath.Dir(to), 0o777)
		os.WriteFile(to, out, 0o666)
	}
	g = load(t, overlay, "connleak/"+*topic, "deferinloop/...")
	left := map[string][]string{}
	clear(seen)
	for _, a := range g.Roots {
		fset := a.Package.Fset
		for _, d := range a.Diagnostics {
			p := fset.Position(d.Pos)
			if d.Category == "ignore" || seen[fmt.Sprint(p, d.Message)] {
				continue
			}
			seen[fmt.Sprint(p, d.Message)] = true
			left[p.Filename] = append(left[p.Filename], fmt.Sprint(p, " ", d.Message))
		}
	}
	for name, msgs := range left {
		if len(msgs) != nofix[name] {
			t.Errorf("%s: %d left, %d had no fix\n%s", name, len(msgs), nofix[name], strings.Join(msgs, "\n"))
		}
	}
	for name, n := range nofix {
		if len(left[name]) < n {
			t.Errorf("%s: less left %d than %d", name, len(left[name]), n)
		}
	}
}
