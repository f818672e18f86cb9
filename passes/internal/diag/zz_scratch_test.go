package diag_test

import (
	"bytes"
	"flag"
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
	"github.com/connvet/connvet/passes/internal/oracle"
)

var scratch = flag.String("scratch", "", "")
var from = flag.Int64("from", 0, "")
var num = flag.Int("num", 300, "")
var gopath = flag.String("gopath", "", "")
var patterns = flag.String("patterns", "./...", "")
var verbose = flag.Bool("full", false, "")

type edit struct {
	from, to int
	text     string
}

func run(t *testing.T, dir string, report func(a *analysis.Analyzer, p *packages.Package, d analysis.Diagnostic)) bool {
	cfg := &packages.Config{Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: dir, Tests: true}
	if *gopath != "" {
		cfg.Env = append(os.Environ(), "GOPATH="+dir, "GO111MODULE=off", "GOPROXY=off", "GOWORK=off")
	}
	pkgs, err := packages.Load(cfg, strings.Split(*patterns, ",")...)
	if err != nil {
		t.Fatal(err)
	}
	ok := true
	for _, p := range pkgs {
		for _, e := range p.Errors {
			t.Errorf("%v", e)
			ok = false
		}
	}
	g, err := checker.Analyze([]*analysis.Analyzer{connleak.Analyzer, deferinloop.Analyzer}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, a := range g.Roots {
		if a.Err != nil {
			t.Fatal(a.Err)
		}
		for _, d := range a.Diagnostics {
			k := fmt.Sprint(a.Package.Fset.Position(d.Pos), d.Message)
			if seen[k] || d.Category == "ignore" {
				continue
			}
			seen[k] = true
			report(a.Analyzer, a.Package, d)
		}
	}
	return ok
}

func TestScratch(t *testing.T) {
	if *scratch == "" {
		t.Skip()
	}
	dir := *scratch
	if *gopath != "" {
		os.RemoveAll(dir)
		if err := os.CopyFS(filepath.Join(dir, "src"), os.DirFS(*gopath)); err != nil {
			t.Fatal(err)
		}
	} else {
		generate(t, dir)
	}
	edits := map[string][]edit{}
	nofix := map[string][]string{}
	cats := map[string][2]int{}
	run(t, dir, func(a *analysis.Analyzer, pk *packages.Package, d analysis.Diagnostic) {
		fset := pk.Fset
		p := fset.Position(d.Pos)
		if *verbose {
			fmt.Println(strings.TrimPrefix(p.String(), dir), d.Message)
			for _, x := range d.Related {
				fmt.Printf("\t%d: %s\n", fset.Position(x.Pos).Line, x.Message)
			}
		}
		c := cats[a.Name+d.Category]
		c[0]++
		if len(d.SuggestedFixes) == 0 {
			nofix[p.Filename] = append(nofix[p.Filename], fmt.Sprint(p, " ", d.Message))
			if !*verbose {
				fmt.Println("NOFIX", strings.TrimPrefix(p.String(), dir), d.Message)
			}
		} else {
			c[1]++
			for _, e := range d.SuggestedFixes[0].TextEdits {
				edits[p.Filename] = append(edits[p.Filename], edit{fset.Position(e.Pos).Offset, fset.Position(e.End).Offset, string(e.NewText)})
			}
		}
		cats[a.Name+d.Category] = c
	})
	fmt.Println(cats)
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
		if f, err := format.Source(out); err != nil {
			t.Errorf("%s: %v", name, err)
		} else if g, _ := format.Source(src); bytes.Equal(g, src) && !bytes.Equal(f, out) {
			t.Errorf("%s: not formatted", name)
		}
		os.WriteFile(name+".orig", src, 0o666)
		os.WriteFile(name, out, 0o666)
	}
	left := map[string][]string{}
	run(t, dir, func(a *analysis.Analyzer, pk *packages.Package, d analysis.Diagnostic) {
		p := pk.Fset.Position(d.Pos)
		left[p.Filename] = append(left[p.Filename], fmt.Sprint(p, " ", d.Message))
	})
	for name, msgs := range left {
		if len(msgs) != len(nofix[name]) {
			t.Errorf("%s: %d left, %d had no fix\n%s\nbefore\n%s", name, len(msgs), len(nofix[name]), strings.Join(msgs, "\n"), strings.Join(nofix[name], "\n"))
		}
	}
	for name, n := range nofix {
		if len(left[name]) < len(n) {
			t.Logf("%s: less left %d than %d", name, len(left[name]), len(n))
		}
	}
}

func generate(t *testing.T, dir string) {
	o, err := oracle.New(t.TempDir(), connleak.Analyzer, deferinloop.Analyzer)
	if err != nil {
		t.Fatal(err)
	}
	ps, err := o.Programs(*from, *num)
	if err != nil {
		t.Fatal(err)
	}
	os.RemoveAll(dir)
	os.MkdirAll(dir, 0o777)
	os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module gen\n\ngo 1.25\n"), 0o666)
	os.WriteFile(filepath.Join(dir, "preamble.go"), []byte(preamble), 0o666)
	for i, p := range ps {
		os.WriteFile(filepath.Join(dir, fmt.Sprintf("p%d.go", i)), []byte(p.Source(i)), 0o666)
	}
}

const preamble = `package gen

import (
	"database/sql/driver"
	"errors"
)

type BusyError struct{}

func (*BusyError) Error() string { return "busy" }

var ErrBusy error = &BusyError{}
var ErrFailed = errors.New("failed")

type In struct {
	bits []bool
	err  error
	conn driver.Connector
}

func (in *In) Bit() bool {
	b := in.bits[0]
	in.bits = in.bits[1:]
	return b
}

func (in *In) N() int { return len(in.bits) }
func (in *In) Fail() error { return in.err }
func (in *In) Items() []int { return make([]int, len(in.bits)) }
func (in *In) Connector() driver.Connector { return in.conn }
`
