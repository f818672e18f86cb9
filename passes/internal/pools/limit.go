package pools

import (
	"fmt"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/lifecycle"
	"github.com/connvet/connvet/passes/internal/resource"
	"github.com/connvet/connvet/passes/internal/summary"
)

// The categories of poollimit.
const (
	Unbounded = "unbounded"
	Partial   = "partial"
	Idle      = "idle"
	Lifetime  = "lifetime"
	Unit      = "unit"
)

// A Limit is something wrong with the settings of a pool.
type Limit struct {
	Pool     *lifecycle.Pool
	Opened   []*summary.Pool // those of them that it is about
	Category string
	At       *summary.Site // the setting that is at fault, nil if there is none
	Other    *summary.Pool // the pool that gets the setting, for Partial
	Field    string        // the field of the configuration that it comes from, for Partial
	Value    int64         // what is set: of MaxOpen; of MaxIdle for Idle
	Max      int64         // the limit, for Idle
}

// Limits judges the settings of the pools that settle in a package.
func Limits(res *lifecycle.Result) []Limit {
	configured := res.Configured()
	var out []Limit
	for _, p := range res.Pools {
		if !p.Settled || keptConfigured(p, configured) {
			continue
		}
		seen := make(map[string]int) // one report of a category for one call
		for i := range p.Pools {
			q := &p.Pools[i]
			if q.Done || Embedded(q) {
				continue
			}
			for _, l := range limitsOf(res, p, q) {
				if at, ok := seen[l.Category]; ok {
					out[at].Opened = append(out[at].Opened, q)
					continue
				}
				seen[l.Category] = len(out)
				l.Pool, l.Opened = p, []*summary.Pool{q}
				out = append(out, l)
			}
		}
	}
	return out
}

// keptConfigured reports whether a limit is set elsewhere, on the variable or
// field that the pool is kept in.
func keptConfigured(p *lifecycle.Pool, configured []lifecycle.Kept) bool {
	return slices.ContainsFunc(p.Kept, func(k lifecycle.Kept) bool { return slices.Contains(configured, k) })
}

func limitsOf(res *lifecycle.Result, p *lifecycle.Pool, q *summary.Pool) []Limit {
	var out []Limit
	if l, ok := openLimit(res, p, q); ok {
		out = append(out, l)
	}
	if l, ok := idleLimit(q); ok {
		out = append(out, l)
	}
	if isMySQL(q) && untouched(q.Set[resource.MaxLifetime]) && untouched(q.Set[resource.MaxIdleTime]) {
		out = append(out, Limit{Category: Lifetime})
	}
	return out
}

// openLimit tells whether the number of open connections has a limit on every
// path.
func openLimit(res *lifecycle.Result, p *lifecycle.Pool, q *summary.Pool) (Limit, bool) {
	slot := slices.DeleteFunc(slices.Clone(q.Set[resource.MaxOpen]), func(a summary.Amount) bool {
		return a.Kind == summary.FromConst && !a.IsText && a.N <= 0 && a.Guarded // which the guard keeps out
	})
	if q.Bound || slices.ContainsFunc(slot, func(a summary.Amount) bool { return a.Kind == summary.Unknown }) {
		return Limit{}, false
	}
	for i := range slot {
		if a := &slot[i]; a.Kind == summary.FromConst && !a.IsText && a.N <= 0 {
			return Limit{Category: Unbounded, At: &a.At, Value: a.N}, true
		}
	}
	if untouched(slot) {
		if other, field := sharedField(res, p, q); other != nil {
			return Limit{Category: Partial, Other: other, Field: field}, true
		}
		return Limit{Category: Unbounded}, true
	}
	if slices.ContainsFunc(slot, func(a summary.Amount) bool { return a.Guarded }) {
		return Limit{}, false
	}
	if i := slices.IndexFunc(slot, func(a summary.Amount) bool { return a.Kind == summary.Untouched }); i >= 0 {
		for j := range slot {
			if j != i {
				return Limit{Category: Partial, At: &slot[j].At}, true
			}
		}
	}
	return Limit{}, false
}

// untouched reports whether a setting is on no path applied.
func untouched(slot []summary.Amount) bool {
	return !slices.ContainsFunc(slot, func(a summary.Amount) bool { return a.Kind != summary.Untouched })
}

// sharedField finds another pool of the package that takes its limit from a
// configuration which the opener of this one has, too.
func sharedField(res *lifecycle.Result, p *lifecycle.Pool, q *summary.Pool) (*summary.Pool, string) {
	for _, o := range res.Pools {
		for i := range o.Pools {
			other := &o.Pools[i]
			if other.ID == q.ID {
				continue
			}
			for _, a := range other.Set[resource.MaxOpen] {
				if o.Func == p.Func && (a.Kind == summary.FromParam || a.Kind == summary.FromFlag || a.Kind == summary.FromEnv) {
					return other, a.Unbound().Text // a setting, and two pools
				}
				if name := a.Owner(); name != "" && holdsType(p.Func, name, p.Func.Pkg) {
					return other, a.Unbound().Text
				}
			}
		}
	}
	return nil, ""
}

// holdsType reports whether a parameter of fn, or a field of one, is of the
// type of the package called name.
func holdsType(fn *ssa.Function, name string, pkg *ssa.Package) bool {
	return slices.ContainsFunc(fn.Params, func(p *ssa.Parameter) bool { return hasType(p.Type(), name, pkg.Pkg, 0) })
}

func hasType(t types.Type, name string, pkg *types.Package, depth int) bool {
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() != pkg {
		return false
	}
	if n.Obj().Name() == name {
		return true
	}
	s, ok := n.Underlying().(*types.Struct)
	if !ok || depth > 2 {
		return false
	}
	for i := range s.NumFields() {
		if hasType(s.Field(i).Type(), name, pkg, depth+1) {
			return true
		}
	}
	return false
}

// defaultIdle is how many idle connections database/sql keeps if nothing is
// set.
const defaultIdle = 2

// idleLimit compares the idle connections with the open ones.
func idleLimit(q *summary.Pool) (Limit, bool) {
	open, idle := q.Set[resource.MaxOpen], q.Set[resource.MaxIdle]
	if len(open) != 1 || open[0].Kind != summary.FromConst || open[0].N <= 0 || q.Bound {
		return Limit{}, false
	}
	switch {
	case untouched(idle) && open[0].N > defaultIdle:
		return Limit{Category: Idle, Value: defaultIdle, Max: open[0].N}, true
	case len(idle) == 1 && idle[0].Kind == summary.FromConst && idle[0].N > open[0].N:
		return Limit{Category: Idle, At: &idle[0].At, Value: idle[0].N, Max: open[0].N}, true
	}
	return Limit{}, false
}

// isMySQL reports whether the driver is known to be one for MySQL.
func isMySQL(q *summary.Pool) bool {
	return slices.ContainsFunc(q.Driver, func(a summary.Amount) bool {
		return a.IsText && slices.Contains([]string{"mysql", "github.com/go-sql-driver/mysql", "gorm.io/driver/mysql", "mariadb"}, a.Text)
	})
}

// A Nanos is a duration that was written without its unit.
type Nanos struct {
	Call ssa.CallInstruction
	Arg  ssa.Value
	Name string // of the method
	N    int64
}

// Text is what the method does with it.
func (n Nanos) Text() string { return fmt.Sprintf("%s(%d)", n.Name, n.N) }

// WithoutUnit lists the durations of pools that are constants below a
// millisecond: nobody means those.
func WithoutUnit(res *lifecycle.Result) []Nanos {
	var out []Nanos
	res.EachSetter(func(call ssa.CallInstruction, name string, s resource.Setting, arg ssa.Value) {
		if s != resource.MaxLifetime && s != resource.MaxIdleTime {
			return
		}
		if k, ok := arg.(*ssa.Const); ok && k.Value != nil && k.Int64() > 0 && k.Int64() < 1e6 {
			out = append(out, Nanos{call, arg, name, k.Int64()})
		}
	})
	return out
}
