package pools

import (
	"go/types"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/lifecycle"
	"github.com/connvet/connvet/passes/internal/summary"
)

// reachability finds out which declared pools a function may come to. Calls
// through interfaces and function values are not followed; instead, whatever a
// function mentions counts as called, and so do all methods of a type that it
// makes an interface value of.
type reachability struct {
	o       *openings
	own     map[string][]string // pool IDs, by function of this package
	sets    map[*ssa.Function]map[string]bool
	callers map[*ssa.Function][]*ssa.Function // who mentions a function
	methods map[types.Type][]*types.Func      // of types that are turned into interface values
}

// reach fills the part of the fact that tells of declared pools, and returns
// those that the package's main function comes to.
func (o *openings) reach(f *Fact, declared []Declared) (main []string) {
	r := &reachability{
		o:       o,
		own:     make(map[string][]string),
		sets:    make(map[*ssa.Function]map[string]bool),
		callers: make(map[*ssa.Function][]*ssa.Function),
		methods: make(map[types.Type][]*types.Func),
	}
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
	r.solve()
	for _, fn := range o.res.SSA.Funcs {
		ids := r.sets[fn]
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

// solve finds out what each function of the package comes to: what it mentions
// outside of the package, and whatever those that it mentions come to.
func (r *reachability) solve() {
	var work []*ssa.Function
	for _, fn := range r.o.res.SSA.Funcs {
		set := make(map[string]bool)
		for _, id := range r.own[r.o.res.FuncName(fn)] {
			set[id] = true
		}
		r.mentions(fn, func(obj *types.Func, g *ssa.Function) {
			if g != nil && len(g.Blocks) > 0 && g.Pkg == r.o.res.SSA.SSA {
				r.callers[g] = append(r.callers[g], fn)
			} else if obj != nil && obj.Pkg() != nil && obj.Pkg() != r.o.pass.Pkg {
				if fact := r.o.imported(obj.Pkg()); fact != nil {
					for _, id := range fact.reach(summary.Name(obj.Origin())) {
						set[id] = true
					}
				}
			}
		})
		if len(set) > 0 {
			work = append(work, fn)
		}
		r.sets[fn] = set
	}
	for len(work) > 0 {
		fn := work[len(work)-1]
		work = work[:len(work)-1]
		for _, caller := range r.callers[fn] {
			before := len(r.sets[caller])
			maps.Copy(r.sets[caller], r.sets[fn])
			if len(r.sets[caller]) > before {
				work = append(work, caller)
			}
		}
	}
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
				for _, m := range r.methodsOf(mi.X.Type()) {
					add(m, fn.Prog.FuncValue(m.Origin()))
				}
			}
		}
	}
	for _, lit := range fn.AnonFuncs {
		r.mentions(lit, add)
	}
}

// methodsOf lists the methods of a type that may come to a pool.
func (r *reachability) methodsOf(t types.Type) []*types.Func {
	if list, ok := r.methods[t]; ok {
		return list
	}
	var list []*types.Func
	if n := lifecycle.NamedOf(t); n != nil && n.Obj().Pkg() != nil && r.matters(n.Obj().Pkg()) {
		set := types.NewMethodSet(t)
		for i := range set.Len() {
			if m, ok := set.At(i).Obj().(*types.Func); ok {
				list = append(list, m)
			}
		}
	}
	r.methods[t] = list
	return list
}

// matters reports whether a package has functions that come to pools.
func (r *reachability) matters(pkg *types.Package) bool {
	return pkg == r.o.pass.Pkg || r.o.imported(pkg) != nil
}
