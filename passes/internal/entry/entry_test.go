package entry_test

import (
	"flag"
	"fmt"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/entry"
	"github.com/connvet/connvet/passes/internal/ssaload"
)

// With -modules the fixtures are checked against the real libraries instead of
// the stubs beside them:
//
//	go test -run Fixtures -modules ~/scratch ./passes/internal/entry
//
// where the directory holds a copy of testdata/src/entry as the module entry,
// which requires the libraries. Packages may be left out of the copy.
var modules = flag.String("modules", "", "directory of a module that is a copy of the fixtures")

// TestFixtures compares what the package says of the functions, calls and
// blocks of the fixtures with the comments there:
//
//	// entry: CATEGORY WHAT RUNS          the function or literal is an entry
//	// given: CATEGORY WHAT RUNS          it is one, but not exactly of the shape
//	// registers: CATEGORY WHAT RUNS -> FUNCTION    the call makes the function one
//	// loop: CATEGORY WHAT RUNS           the call stands in a message loop
//	// once                               the call runs its argument once
//
// What has no comment is to be none of these. Whether it stands in a loop is
// asked of the calls of a function called work or once.
func TestFixtures(t *testing.T) {
	pkgs := load(t)
	if len(pkgs) < 10 {
		t.Fatalf("only %d packages of fixtures", len(pkgs))
	}
	for _, pkg := range pkgs {
		t.Run(pkg.PkgPath, func(t *testing.T) { checkPackage(t, pkg) })
	}
}

func load(t *testing.T) []*packages.Package {
	cfg := &packages.Config{Mode: packages.LoadSyntax, Dir: *modules}
	if *modules == "" {
		gopath, err := filepath.Abs(filepath.Join("..", "..", "..", "testdata"))
		if err != nil {
			t.Fatal(err)
		}
		cfg.Dir = gopath
		cfg.Env = append(os.Environ(), "GOPATH="+gopath, "GO111MODULE=off", "GOPROXY=off", "GOWORK=off", "GOFLAGS=")
	}
	pkgs, err := packages.Load(cfg, "entry/...")
	if err != nil {
		t.Fatal(err)
	}
	return pkgs
}

func checkPackage(t *testing.T, pkg *packages.Package) {
	for _, err := range pkg.Errors {
		t.Fatal(err)
	}
	o := observer{fset: pkg.Fset, got: make(map[string][]string)}
	built := ssaload.Build(&analysis.Pass{Fset: pkg.Fset, Files: pkg.Syntax, Pkg: pkg.Types, TypesInfo: pkg.TypesInfo})
	for _, fn := range built.Funcs {
		o.function(fn)
	}
	want := comments(pkg)
	for _, line := range slices.Sorted(maps.Keys(want)) {
		if !slices.Contains(o.got[line], want[line]) {
			t.Errorf("%s: got %q, want %q", line, o.got[line], want[line])
		}
	}
	for _, line := range slices.Sorted(maps.Keys(o.got)) {
		for _, got := range o.got[line] {
			if got != want[line] {
				t.Errorf("%s: unexpected %q", line, got)
			}
		}
	}
	t.Logf("%d expectations, %d functions, %d wrappers, %d calls", len(want), o.functions, o.wrapped, o.calls)
}

// comments are the expectations by line.
func comments(pkg *packages.Package) map[string]string {
	want := make(map[string]string)
	for _, f := range pkg.Syntax {
		for _, g := range f.Comments {
			for _, c := range g.List {
				word, _, _ := strings.Cut(c.Text, ":")
				switch word {
				case "// entry", "// given", "// registers", "// loop", "// once":
					want[position(pkg.Fset, c.Pos())] = strings.TrimPrefix(c.Text, "// ")
				}
			}
		}
	}
	return want
}

func position(fset *token.FileSet, pos token.Pos) string {
	p := fset.Position(pos)
	return fmt.Sprintf("%s:%d", filepath.Base(p.Filename), p.Line)
}

// observer notes what the package says, by line.
type observer struct {
	fset             *token.FileSet
	got              map[string][]string
	functions, calls int
	wrapped          int
}

func (o *observer) note(pos token.Pos, format string, args ...any) {
	line := position(o.fset, pos)
	if s := fmt.Sprintf(format, args...); !slices.Contains(o.got[line], s) {
		o.got[line] = append(o.got[line], s)
	}
}

func describe(e entry.Entry) string { return e.Category + " " + e.What + " " + e.Runs }

func (o *observer) function(fn *ssa.Function) {
	o.functions++
	if e, ok := entry.Of(fn); ok {
		word := "given"
		if e.Exact {
			word = "entry"
		}
		o.note(fn.Pos(), "%s: %s", word, describe(e))
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			o.wrappers(instr)
			if call, ok := instr.(ssa.CallInstruction); ok {
				o.call(call)
			}
		}
	}
	for _, lit := range fn.AnonFuncs {
		o.function(lit)
	}
}

// wrappers wants the functions that package ssa made for method values and
// method expressions to be no entries: the methods are.
func (o *observer) wrappers(instr ssa.Instruction) {
	for _, op := range instr.Operands(nil) {
		fn, ok := (*op).(*ssa.Function)
		if !ok || !strings.HasPrefix(fn.Synthetic, "bound ") && !strings.HasPrefix(fn.Synthetic, "thunk ") {
			continue
		}
		o.wrapped++
		if _, ok := entry.Of(fn); ok {
			o.note(instr.Pos(), "%s is an entry", fn.Synthetic)
		}
	}
}

func (o *observer) call(call ssa.CallInstruction) {
	o.calls++
	common, pos := call.Common(), call.Pos()
	if entry.Once(common) {
		o.note(pos, "once")
	}
	if arg, e, ok := entry.Registers(common); ok {
		name := "?"
		if fn, same, ok := entry.Registered(common); ok {
			name = fn.Name()
			e = same
		}
		if common.Args[arg] == nil || !e.Exact {
			o.note(pos, "bad argument %d", arg)
		}
		o.note(pos, "registers: %s -> %s", describe(e), name)
	}
	if fn := common.StaticCallee(); fn != nil && (fn.Name() == "work" || fn.Name() == "once") {
		if e, ok := entry.MessageLoop(call.Block()); ok {
			o.note(pos, "loop: %s", describe(e))
		}
	}
}

// TestEveryRowHasFixture wants an expectation in the fixtures for whatever the
// table can say. TestResolve checks the names in the rows.
func TestEveryRowHasFixture(t *testing.T) {
	if *modules != "" {
		t.Skip("the scratch module may lack some libraries")
	}
	seen := make(map[string]bool)
	for _, pkg := range load(t) {
		for _, text := range comments(pkg) {
			_, text, _ = strings.Cut(text, ": ")
			text, _, _ = strings.Cut(text, " -> ")
			seen[text] = true
		}
	}
	for _, e := range entry.Entries() {
		if !seen[describe(e)] {
			t.Errorf("no fixture expects %q", describe(e))
		}
	}
}
