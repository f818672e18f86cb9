package lifecycle

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/resource"
	"github.com/connvet/connvet/passes/internal/ssaload"
	"github.com/connvet/connvet/passes/internal/summary"
)

// pkgInfo is what the engine knows of the package under analysis.
type pkgInfo struct {
	pass   *analysis.Pass
	models *resource.Set
	strict bool
	ssa    *ssaload.Package

	sums     map[*ssa.Function]*summary.Func // computed; nil for a trivial one
	names    map[string]*ssa.Function        // by summary name
	imports  map[string]*summary.Package     // facts by import path
	byMethod map[string][]*types.Func
	directed map[string]*summary.Func // by summary name: what directives say
	problems []Problem
	explains bool // keep fates

	ownersKnown bool // all summaries are made, and owners inferred

	fates    []*Fate
	assigned map[*ssa.Global]bool          // globals that are set after initialization
	initial  map[*ssa.Global]*ssa.Function // functions that globals are declared with

	opened map[*ssa.Function][]*ssa.Call // the openers in it
	pools  []*Pool
	values map[ssa.Value]bool // functions that are used as values

	callers map[*ssa.Function][]ssa.CallInstruction // see callsOf

	tooLarge []*ssa.Function
	panicked []panicNote
}

type panicNote struct {
	fn    *ssa.Function
	cause string
}

// summaryOf returns the summary of a target, nil for one that borrows its
// arguments and creates nothing. It is not known for functions that are
// called through an interface or that live in packages without facts.
func (p *pkgInfo) summaryOf(t target) (s *summary.Func, known bool) {
	if t.obj == nil && t.fn == nil {
		return nil, false
	}
	if d := p.directive(t.obj); d != nil {
		return d, true
	}
	if t.invoke {
		return p.joinImplementations(t.obj)
	}
	if t.fn != nil {
		if s, ok := p.sums[t.fn]; ok {
			return s, true
		}
	}
	if t.obj == nil || t.obj.Pkg() == nil {
		return nil, false
	}
	if t.obj.Pkg() == p.pass.Pkg {
		fn := p.names[summary.Name(t.obj)]
		s, ok := p.sums[fn]
		return s, ok
	}
	fact := p.importFact(t.obj.Pkg())
	if fact == nil {
		return nil, false
	}
	s = fact.Lookup(summary.Name(t.obj))
	return s, fact.Resource
}

// borrowsAll reports whether the tables say that a function without a row of
// its own only borrows. They describe what a package exports; its own
// helpers are analysed.
func (p *pkgInfo) borrowsAll(obj *types.Func) bool {
	if obj == nil || obj.Pkg() == nil || !p.models.BorrowsAll(obj.Pkg().Path()) {
		return false
	}
	return obj.Exported() || obj.Pkg() != p.pass.Pkg
}

// importFact returns the summaries of another package, nil if there are none.
func (p *pkgInfo) importFact(pkg *types.Package) *summary.Package {
	f, ok := p.imports[pkg.Path()]
	if !ok {
		var got summary.Package
		if p.pass.ImportPackageFact(pkg, &got) {
			f = &got
		}
		p.imports[pkg.Path()] = f
	}
	return f
}

// quiet returns what an irrelevant package says of a function: when it does
// not return, which results are never nil.
func (p *pkgInfo) quiet(t target) *summary.Func {
	if t.obj == nil || t.obj.Pkg() == nil || t.invoke || t.obj.Pkg() == p.pass.Pkg {
		return nil
	}
	if fact := p.importFact(t.obj.Pkg()); fact != nil && !fact.Resource {
		return fact.Lookup(summary.Name(t.obj))
	}
	return nil
}

// joinImplementations returns the summary that holds whichever type of this
// package stands behind an interface that no other package can implement.
func (p *pkgInfo) joinImplementations(m *types.Func) (*summary.Func, bool) {
	if m.Pkg() != p.pass.Pkg {
		return nil, false
	}
	recv := m.Signature().Recv()
	if recv == nil {
		return nil, false
	}
	named, ok := types.Unalias(recv.Type()).(*types.Named)
	if !ok || named.Obj().Exported() || named.TypeParams().Len() > 0 {
		return nil, false
	}
	iface, ok := named.Underlying().(*types.Interface)
	if !ok {
		return nil, false
	}
	var joined *summary.Func
	found := false
	scope := p.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		tn, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || types.IsInterface(tn.Type()) {
			continue
		}
		if n, ok := tn.Type().(*types.Named); !ok || n.TypeParams().Len() > 0 {
			continue
		}
		if !types.Implements(tn.Type(), iface) && !types.Implements(types.NewPointer(tn.Type()), iface) {
			continue
		}
		obj, _, _ := types.LookupFieldOrMethod(tn.Type(), true, m.Pkg(), m.Name())
		impl, ok := obj.(*types.Func)
		if !ok {
			return nil, false
		}
		s, known := p.summaryOf(target{obj: impl, fn: p.ssa.SSA.Prog.FuncValue(impl)})
		if !known {
			return nil, false
		}
		joined, found = joinSummaries(joined, s, found), true
	}
	return joined, found
}

// joinSummaries keeps what may happen to the arguments in either; of paths
// below the receiver nothing can be said together.
func joinSummaries(a, b *summary.Func, both bool) *summary.Func {
	if !both {
		return argumentsOnly(b)
	}
	b = argumentsOnly(b)
	if a == nil {
		return b
	}
	if b == nil {
		return a
	}
	out := &summary.Func{Name: a.Name, Unknown: a.Unknown || b.Unknown}
	out.Params = append(append(out.Params, a.Params...), b.Params...)
	return out
}

func argumentsOnly(s *summary.Func) *summary.Func {
	if s == nil {
		return nil
	}
	out := &summary.Func{Name: s.Name, Unknown: s.Unknown}
	for _, e := range s.Params {
		if e.Param > 0 {
			out.Params = append(out.Params, e)
		}
	}
	if len(out.Params) == 0 && !out.Unknown {
		return nil
	}
	return out
}

// typeNamed finds a named type by "path.Name" ("*path.Name" for a pointer)
// among the packages that this one can see.
func (p *pkgInfo) typeNamed(s string) types.Type {
	star := strings.HasPrefix(s, "*")
	s = strings.TrimPrefix(s, "*")
	dot := strings.LastIndex(s, ".")
	if dot < 0 {
		return nil
	}
	pkg := p.visible(s[:dot])
	if pkg == nil {
		return nil
	}
	tn, ok := pkg.Scope().Lookup(s[dot+1:]).(*types.TypeName)
	if !ok {
		return nil
	}
	if star {
		return types.NewPointer(tn.Type())
	}
	return tn.Type()
}

func (p *pkgInfo) visible(path string) *types.Package { return Visible(p.pass.Pkg, path) }

// Visible finds a package among pkg and what it imports, a few levels deep;
// nil if it is not there.
func Visible(pkg *types.Package, path string) *types.Package {
	if pkg.Path() == path {
		return pkg
	}
	seen := map[*types.Package]bool{}
	var find func(pkgs []*types.Package, depth int) *types.Package
	find = func(pkgs []*types.Package, depth int) *types.Package {
		for _, q := range pkgs {
			if q.Path() == path {
				return q
			}
		}
		if depth == 0 {
			return nil
		}
		for _, q := range pkgs {
			if !seen[q] {
				seen[q] = true
				if r := find(q.Imports(), depth-1); r != nil {
					return r
				}
			}
		}
		return nil
	}
	return find(pkg.Imports(), 3)
}
