package pools

import (
	"go/types"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/summary"
)

// reachability finds out which declared pools a function may come to. Calls
// through interfaces and function values are not followed; instead, whatever a
// function mentions counts as called, and so do all methods of a type that it
// makes an interface value of.
type reachability struct {
	o    *openings
	own  map[string][]string // pool IDs, by function of this package
	sets map[*ssa.Function]map[string]bool
}

// reach fills the part of the fact that tells of declared pools, and returns
// those that the package's main function comes to.
func (o *openings) reach(f *Fact, declared []Declared) (main []string) {
	r := &reachability{o: o, own: make(map[string][]string), sets: make(map[*ssa.Function]map[string]bool)}
	for _, d := range declared {
		r.own[d.Func] = append(r.own[d.Func], d.Record.Pool.ID)
	}
	initial := make(map[string]bool)
	for _, imp := range o.pass.Pkg.Imports() {
		if fact := o.imported(imp); fact != nil {
			for _, id := range fact.Init {
				initial[id] = true
			}
		}
	}
	for _, fn := range o.res.SSA.Funcs {
		ids := r.of(fn)
		if len(ids) == 0 {
			continue
		}
		name := o.res.FuncName(fn)
		switch {
		case name == "init" || strings.HasPrefix(name, "init#"):
			maps.Copy(initial, ids)
		case name == "main" && o.pass.Pkg.Name() == "main":
			main = append(main, sorted(ids)...)
		default:
			f.Reach = append(f.Reach, Reach{Name: name, IDs: sorted(ids)})
		}
	}
	f.Init = sorted(initial)
	slices.SortFunc(f.Reach, func(a, b Reach) int { return strings.Compare(a.Name, b.Name) })
	if o.pass.Pkg.Name() == "main" {
		main = append(main, f.Init...)
		slices.Sort(main)
		return slices.Compact(main)
	}
	return nil
}

func sorted(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }

// of returns the pools that fn comes to.
func (r *reachability) of(fn *ssa.Function) map[string]bool {
	if set, ok := r.sets[fn]; ok {
		return set
	}
	// Everything that fn reaches within the package, then what that reaches
	// outside: a depth-first walk, so that recursion needs no fixed point.
	set := make(map[string]bool)
	seen := map[*ssa.Function]bool{fn: true}
	work := []*ssa.Function{fn}
	for len(work) > 0 {
		f := work[len(work)-1]
		work = work[:len(work)-1]
		for _, id := range r.own[r.o.res.FuncName(f)] {
			set[id] = true
		}
		r.mentions(f, func(obj *types.Func, g *ssa.Function) {
			if g != nil && len(g.Blocks) > 0 && g.Pkg == r.o.res.SSA.SSA {
				if !seen[g] {
					seen[g] = true
					work = append(work, g)
				}
			} else if obj != nil && obj.Pkg() != nil && obj.Pkg() != r.o.pass.Pkg {
				if fact := r.o.imported(obj.Pkg()); fact != nil {
					for _, id := range fact.reach(summary.Name(obj.Origin())) {
						set[id] = true
					}
				}
			}
		})
	}
	r.sets[fn] = set
	return set
}

// mentions calls add for each function that fn, or a literal within, calls or
// names, and for the methods of what it turns into interface values.
func (r *reachability) mentions(fn *ssa.Function, add func(*types.Func, *ssa.Function)) {
	var ops []*ssa.Value
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			for _, op := range instr.Operands(ops[:0]) {
				if f, ok := (*op).(*ssa.Function); ok {
					if origin := f.Origin(); origin != nil {
						f = origin
					}
					obj, _ := f.Object().(*types.Func)
					if obj != nil && len(f.Blocks) > 0 && f.Pkg == nil { // a wrapper around a method
						f = f.Prog.FuncValue(obj.Origin())
					}
					add(obj, f)
				}
			}
			if mi, ok := instr.(*ssa.MakeInterface); ok {
				r.methods(mi.X.Type(), fn, add)
			}
		}
	}
	for _, lit := range fn.AnonFuncs {
		r.mentions(lit, add)
	}
}

func (r *reachability) methods(t types.Type, fn *ssa.Function, add func(*types.Func, *ssa.Function)) {
	if n := named(t); n == nil || n.Obj().Pkg() == nil || !r.matters(n.Obj().Pkg()) {
		return
	}
	set := types.NewMethodSet(t)
	for i := range set.Len() {
		if m, ok := set.At(i).Obj().(*types.Func); ok {
			add(m, fn.Prog.FuncValue(m.Origin()))
		}
	}
}

func named(t types.Type) *types.Named {
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	n, _ := types.Unalias(t).(*types.Named)
	return n
}

// matters reports whether a package has functions that come to pools.
func (r *reachability) matters(pkg *types.Package) bool {
	return pkg == r.o.pass.Pkg || r.o.imported(pkg) != nil
}
