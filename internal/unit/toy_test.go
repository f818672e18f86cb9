package unit_test

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/internal/unit"
)

// toyFact lists functions and methods of a package, by name.
type toyFact struct {
	Opens []string // those that call sql.Open, directly or not
	Dies  []string // those that end in os.Exit, directly or not
}

func (*toyFact) AFact()           {}
func (f *toyFact) Relevant() bool { return len(f.Opens) > 0 }

var _ unit.Relevant = new(toyFact)

var toyAnalyzers = []*analysis.Analyzer{openAnalyzer, shakyAnalyzer, factsAnalyzer}

// verbose is a flag of openAnalyzer.
var verbose bool

// openAnalyzer reports calls of functions that open or die.
var openAnalyzer = &analysis.Analyzer{
	Name:     "open",
	Doc:      "report calls of functions that open or die",
	URL:      "https://example.com/open",
	Run:      runOpen,
	Requires: []*analysis.Analyzer{toyEngine},
}

func init() {
	openAnalyzer.Flags.BoolVar(&verbose, "verbose", false, "say more")
}

// toyEngine finds the calls.
var toyEngine = &analysis.Analyzer{
	Name:       "engine",
	Doc:        "find calls of functions that open or die",
	FactTypes:  []analysis.Fact{new(toyFact)},
	ResultType: reflect.TypeFor[toyResult](),
	Run:        runEngine,
}

// toyResult is what toyEngine finds.
type toyResult struct {
	calls []toyCall
	facts []string // all facts that it can see
}

// A toyCall is a call of a function that opens or dies.
type toyCall struct {
	call *ast.CallExpr
	fn   *types.Func
	dies bool
}

func runEngine(pass *analysis.Pass) (any, error) {
	logf("run %s", pass.Pkg.Path())
	var result toyResult
	own := new(toyFact)
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			decl, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			opens, dies := false, false
			ast.Inspect(decl, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				fn := callee(pass.TypesInfo, call)
				if fn == nil || fn.Pkg() == nil {
					return true
				}
				fact := new(toyFact)
				pass.ImportPackageFact(fn.Pkg(), fact)
				if fn.FullName() == "database/sql.Open" || slices.Contains(fact.Opens, fn.Name()) {
					opens = true
					result.calls = append(result.calls, toyCall{call, fn, false})
				}
				if fn.FullName() == "os.Exit" || slices.Contains(fact.Dies, fn.Name()) {
					dies = true
					result.calls = append(result.calls, toyCall{call, fn, true})
				}
				return true
			})
			if opens {
				own.Opens = append(own.Opens, decl.Name.Name)
			}
			if dies {
				own.Dies = append(own.Dies, decl.Name.Name)
			}
		}
	}
	if len(own.Opens)+len(own.Dies) > 0 {
		pass.ExportPackageFact(own)
	}
	for _, f := range pass.AllPackageFacts() {
		result.facts = append(result.facts, fmt.Sprintf("%s %v", f.Package.Path(), *f.Fact.(*toyFact)))
	}
	return result, nil
}

// callee returns the function that is called, if it is known.
func callee(info *types.Info, call *ast.CallExpr) *types.Func {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		fn, _ := info.Uses[fun].(*types.Func)
		return fn
	case *ast.SelectorExpr:
		fn, _ := info.Uses[fun.Sel].(*types.Func)
		return fn
	}
	return nil
}

func runOpen(pass *analysis.Pass) (any, error) {
	for _, c := range pass.ResultOf[toyEngine].(toyResult).calls {
		what := "opens"
		if c.dies {
			what = "dies"
		}
		d := analysis.Diagnostic{
			Pos:      c.call.Pos(),
			End:      c.call.End(),
			Category: what,
			Message:  fmt.Sprintf("%s %s [open/%s]", c.fn.FullName(), what, what),
		}
		if verbose {
			d.Message = "verbosely: " + d.Message
		}
		if c.fn.Pkg().Path() != "database/sql" && c.fn.Pkg().Path() != "os" {
			d.Related = []analysis.RelatedInformation{{Pos: c.fn.Pos(), Message: "declared here"}}
		}
		if sel, ok := c.call.Fun.(*ast.SelectorExpr); ok && !c.dies {
			d.SuggestedFixes = []analysis.SuggestedFix{{
				Message: "call local open instead",
				TextEdits: []analysis.TextEdit{{
					Pos: sel.Pos(), End: sel.End(), NewText: []byte("open"),
				}},
			}, {
				Message:   "second best",
				TextEdits: []analysis.TextEdit{{Pos: sel.Pos(), End: sel.End(), NewText: []byte("wrong")}},
			}}
		}
		pass.Report(d)
	}
	return nil, nil
}

// shakyAnalyzer fails where a package asks for it.
var shakyAnalyzer = &analysis.Analyzer{
	Name: "shaky",
	Doc:  "fail in different ways",
	Run: func(pass *analysis.Pass) (any, error) {
		for _, name := range pass.Pkg.Scope().Names() {
			obj := pass.Pkg.Scope().Lookup(name)
			switch name {
			case "ShakyPanic":
				panic("shaken")
			case "ShakyError":
				return nil, errors.New("not stirred")
			case "ShakyObjectFact":
				pass.ExportObjectFact(obj, new(toyFact))
			case "ShakyFix":
				pass.Report(analysis.Diagnostic{Pos: obj.Pos(), Message: "bad fix", SuggestedFixes: []analysis.SuggestedFix{{
					Message: "fix", TextEdits: []analysis.TextEdit{{Pos: obj.Pos(), End: obj.Pos() - 1}},
				}}})
			case "ShakyRelated":
				pass.Report(analysis.Diagnostic{Pos: obj.Pos(), Message: "see", Related: []analysis.RelatedInformation{
					{Pos: obj.Parent().Lookup("Second").Pos(), Message: "second"},
					{Pos: obj.Parent().Lookup("First").Pos(), Message: "first"},
				}})
			case "ShakyRename":
				for id, used := range pass.TypesInfo.Defs {
					if used == obj {
						pass.Report(analysis.Diagnostic{Pos: id.Pos(), Message: "rename otherwise", SuggestedFixes: []analysis.SuggestedFix{{
							Message: "rename otherwise", TextEdits: []analysis.TextEdit{{Pos: id.Pos(), End: id.End(), NewText: []byte("Solid")}},
						}}})
						pass.Report(analysis.Diagnostic{Pos: id.Pos(), Message: "rename", SuggestedFixes: []analysis.SuggestedFix{{
							Message: "rename", TextEdits: []analysis.TextEdit{{Pos: id.Pos(), End: id.End(), NewText: []byte("Firm")}},
						}}})
					}
				}
			}
		}
		return nil, nil
	},
}

// factsAnalyzer reports, where a package asks for it, all facts that it can see.
var factsAnalyzer = &analysis.Analyzer{
	Name:     "facts",
	Doc:      "report facts",
	Requires: []*analysis.Analyzer{toyEngine},
	Run: func(pass *analysis.Pass) (any, error) {
		if obj := pass.Pkg.Scope().Lookup("ReportFacts"); obj != nil {
			pass.Reportf(obj.Pos(), "facts: %s", strings.Join(pass.ResultOf[toyEngine].(toyResult).facts, "; "))
		}
		return nil, nil
	},
}

// toyGate knows database/sql, and skims for functions that die.
type toyGate struct{}

func (toyGate) Modelled(path string) bool { return path == "database/sql" }

func (toyGate) MaySkim(src []byte) bool {
	return bytes.Contains(src, []byte("Exit(")) || bytes.Contains(src, []byte("Die("))
}

func (toyGate) Skim(path string, _ *token.FileSet, files []*ast.File, imported func(string) analysis.Fact) analysis.Fact {
	var names []string
	for _, file := range files {
		names = append(names, file.Name.Name)
	}
	logf("skim %s %s", path, strings.Join(names, " "))
	fact := new(toyFact)
	for _, file := range files {
		for _, decl := range file.Decls {
			if decl, ok := decl.(*ast.FuncDecl); ok && skimDies(file, decl, imported) {
				fact.Dies = append(fact.Dies, decl.Name.Name)
			}
		}
	}
	if fact.Dies == nil {
		return nil
	}
	return fact
}

// skimDies reports whether a function calls os.Exit or a function of an
// imported package that is known to die.
func skimDies(file *ast.File, decl *ast.FuncDecl, imported func(string) analysis.Fact) (dies bool) {
	ast.Inspect(decl, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		x, ok := sel.X.(*ast.Ident)
		if !ok {
			return true
		}
		for _, spec := range file.Imports {
			path := strings.Trim(spec.Path.Value, `"`)
			if path[strings.LastIndex(path, "/")+1:] != x.Name {
				continue
			}
			fact, _ := imported(path).(*toyFact)
			dies = dies || path == "os" && sel.Sel.Name == "Exit" ||
				fact != nil && slices.Contains(fact.Dies, sel.Sel.Name)
		}
		return true
	})
	return dies
}
