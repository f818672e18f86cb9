package lifecycle

import (
	"fmt"
	"go/types"
	"reflect"
	"slices"
	"sort"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/config"
	"github.com/connvet/connvet/passes/internal/ssaload"
	"github.com/connvet/connvet/passes/internal/summary"
)

// Analyzer is the engine: it summarizes the functions of every relevant
// package, exports the summaries as facts, and follows each obligation to
// the exits of its function. It reports nothing; passes read its Result.
var Analyzer = &analysis.Analyzer{
	Name:       "connvetengine",
	Doc:        "follow database connections through the program\n\nThe engine that connvet's passes share. It reports nothing by itself.",
	URL:        "https://github.com/connvet/connvet",
	Run:        run,
	Requires:   []*analysis.Analyzer{config.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{new(summary.Package)},
}

// Result is what the engine found in one package.
type Result struct {
	Findings []*Finding // in source order
	Fates    []*Fate    // of all acquisitions, if something is to be explained
	Problems []Problem  // directives that cannot be followed
	TooLarge []*ssa.Function
	Panics   []Panic
	SSA      *ssaload.Package // nil for a package that holds no resource
	Pools    []*Pool          // opened here, or got from a callee, in source order

	pkg *pkgInfo // nil, too, for a package that holds no resource
}

// Panic is a function on which the engine itself failed.
type Panic struct {
	Func  *ssa.Function
	Cause string
}

func run(pass *analysis.Pass) (any, error) {
	settings := pass.ResultOf[config.Analyzer].(*config.Settings)
	models, err := config.Models()
	if err != nil {
		return nil, err
	}
	p := &pkgInfo{
		pass:     pass,
		models:   models,
		strict:   settings.Strict,
		explains: settings.Explain != "",
		sums:     make(map[*ssa.Function]*summary.Func),
		names:    make(map[string]*ssa.Function),
		imports:  make(map[string]*summary.Package),
		opened:   make(map[*ssa.Function][]*ssa.Call),
	}
	if len(pass.Files) == 0 {
		return &Result{}, nil
	}
	if !p.relevant() {
		if fact := Skim(pass.Pkg.Path(), pass.Fset, pass.Files, p.importedByPath); fact != nil {
			pass.ExportPackageFact(fact)
		}
		return &Result{}, nil
	}
	p.ssa = ssaload.Build(pass)
	p.collectDirectives()
	p.summarizeAll()
	p.inferOwners()
	p.ownersKnown = true
	p.exportFact()
	res := &Result{Findings: p.findAll(), SSA: p.ssa, Pools: p.pools, pkg: p}
	res.Fates = p.fates
	res.TooLarge, res.Problems = p.tooLarge, p.problems
	for _, n := range p.panicked {
		res.Panics = append(res.Panics, Panic{n.fn, n.cause})
	}
	return res, nil
}

// relevant reports whether the package can hold a resource: it imports a
// modelled package, or one whose facts speak of resources.
func (p *pkgInfo) relevant() bool {
	for _, imp := range p.pass.Pkg.Imports() {
		if p.models.Modelled(imp.Path()) {
			return true
		}
		if f := p.importFact(imp); f != nil && f.Relevant() {
			return true
		}
	}
	return p.models.Modelled(p.pass.Pkg.Path()) || p.holdsDirective()
}

// holdsDirective reports whether a file has a comment for the engine.
func (p *pkgInfo) holdsDirective() bool {
	for _, f := range p.pass.Files {
		for _, g := range f.Comments {
			for _, c := range g.List {
				if strings.HasPrefix(c.Text, directivePrefix) {
					return true
				}
			}
		}
	}
	return false
}

func (p *pkgInfo) importedByPath(path string) analysis.Fact {
	for _, imp := range p.pass.Pkg.Imports() {
		if imp.Path() == path {
			if f := p.importFact(imp); f != nil {
				return f
			}
		}
	}
	return nil
}

// guard runs f and turns a panic into a note, so that one odd function does
// not cost the results of all others.
func (p *pkgInfo) guard(fn *ssa.Function, f func()) {
	defer func() {
		if r := recover(); r != nil {
			if debugPanics {
				panic(r)
			}
			p.panicked = append(p.panicked, panicNote{fn, fmt.Sprint(r)})
		}
	}()
	f()
}

// debugPanics lets the tests see where a panic came from.
var debugPanics = false

// summarizeAll computes the summaries bottom-up, cycles to a fixed point.
func (p *pkgInfo) summarizeAll() {
	for _, fn := range p.ssa.Funcs {
		if obj, ok := fn.Object().(*types.Func); ok {
			p.names[summary.Name(obj)] = fn
		}
	}
	for _, scc := range p.components() {
		if len(scc) == 1 && !p.callsItself(scc[0]) {
			p.summarizeOne(scc[0])
			continue
		}
		p.summarizeCycle(scc)
	}
}

func (p *pkgInfo) summarizeOne(fn *ssa.Function) {
	p.guard(fn, func() {
		s := p.summarize(fn)
		p.sums[fn] = s
		if s != nil && s.Unknown {
			p.tooLarge = append(p.tooLarge, fn)
		}
	})
	if _, ok := p.sums[fn]; !ok {
		p.sums[fn] = &summary.Func{Unknown: true}
	}
}

// summarizeCycle starts from "never returns" and repeats, for each function
// whose callees have changed, until nothing changes; a cycle that does not
// settle is given up.
func (p *pkgInfo) summarizeCycle(scc []*ssa.Function) {
	callers := make(map[*ssa.Function][]*ssa.Function)
	due := make(map[*ssa.Function]bool)
	for _, fn := range scc {
		p.sums[fn] = &summary.Func{NoReturn: true}
		due[fn] = true
		for _, callee := range p.callees(fn) {
			callers[callee] = append(callers[callee], fn)
		}
	}
	const rounds = 8
	for range rounds {
		for _, fn := range scc {
			if !due[fn] {
				continue
			}
			delete(due, fn)
			before := describe(p.sums[fn])
			p.guard(fn, func() { p.sums[fn] = p.summarize(fn) })
			if describe(p.sums[fn]) != before {
				for _, caller := range callers[fn] {
					due[caller] = true
				}
			}
		}
		if len(due) == 0 {
			return
		}
	}
	for _, fn := range scc {
		p.sums[fn] = &summary.Func{Unknown: true}
	}
}

func describe(s *summary.Func) string {
	if s == nil {
		return ""
	}
	return s.String()
}

// exportFact publishes the summaries that importers can ask for.
func (p *pkgInfo) exportFact() {
	fact := new(summary.Package)
	add := func(name string, s *summary.Func) {
		if s == nil || s.Trivial() {
			return
		}
		c := *s
		c.Name = name
		c.Fresh = slices.DeleteFunc(slices.Clone(c.Fresh), func(f summary.Fresh) bool { return !p.owed(&f) && len(f.Pools) == 0 })
		fact.Funcs = append(fact.Funcs, c)
		fact.Resource = fact.Resource || c.Matters()
		fact.Directives = fact.Directives || c.Directed
	}
	for name, fn := range p.names {
		add(name, p.sums[fn])
	}
	for name, d := range p.directed {
		if p.names[name] == nil {
			add(name, d)
		}
	}
	sort.Slice(fact.Funcs, func(i, j int) bool { return fact.Funcs[i].Name < fact.Funcs[j].Name })
	fact.Resource = fact.Resource || p.exposes()
	fact.Opens = p.opensPools()
	if fact.Resource || fact.Opens || len(fact.Funcs) > 0 {
		p.pass.ExportPackageFact(fact)
	}
}

// opensPools reports whether the package, or one that it imports, opens a
// pool.
func (p *pkgInfo) opensPools() bool {
	for _, imp := range p.pass.Pkg.Imports() {
		if f := p.importFact(imp); f != nil && f.Opens {
			return true
		}
	}
	return slices.ContainsFunc(p.ssa.Funcs, func(fn *ssa.Function) bool { return len(p.openers(fn)) > 0 })
}

// exposes reports whether the exported API reaches a modelled type, so that
// importers can acquire something through it.
func (p *pkgInfo) exposes() bool {
	scope := p.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		obj := scope.Lookup(name)
		if !obj.Exported() {
			continue
		}
		if p.typeExposes(obj.Type(), 0) {
			return true
		}
	}
	return false
}

func (p *pkgInfo) typeExposes(t types.Type, depth int) bool {
	if t == nil || depth > 4 {
		return false
	}
	if _, ok := p.models.Resource(t); ok {
		return true
	}
	switch t := types.Unalias(t).(type) {
	case *types.Pointer:
		return p.typeExposes(t.Elem(), depth)
	case *types.Slice:
		return p.typeExposes(t.Elem(), depth+1)
	case *types.Map:
		return p.typeExposes(t.Elem(), depth+1)
	case *types.Signature:
		return p.tupleExposes(t.Params(), depth) || p.tupleExposes(t.Results(), depth)
	case *types.Struct:
		for i := range t.NumFields() {
			if t.Field(i).Exported() && p.typeExposes(t.Field(i).Type(), depth+1) {
				return true
			}
		}
	case *types.Interface:
		for i := range t.NumMethods() {
			if p.typeExposes(t.Method(i).Type(), depth+1) {
				return true
			}
		}
	case *types.Named:
		if t.Obj().Pkg() != p.pass.Pkg {
			return false
		}
		for i := range t.NumMethods() {
			if m := t.Method(i); m.Exported() && p.typeExposes(m.Type(), depth+1) {
				return true
			}
		}
		return p.typeExposes(t.Underlying(), depth+1)
	}
	return false
}

func (p *pkgInfo) tupleExposes(tuple *types.Tuple, depth int) bool {
	for i := range tuple.Len() {
		if p.typeExposes(tuple.At(i).Type(), depth+1) {
			return true
		}
	}
	return false
}
