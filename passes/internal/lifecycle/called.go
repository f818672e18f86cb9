package lifecycle

import (
	"go/types"
	"slices"
	"strings"

	"github.com/connvet/connvet/passes/internal/resource"
	"github.com/connvet/connvet/passes/internal/summary"
)

// typeMarks reports whether a case that the callee's type switch made can be
// that of t.
func (e *engine) typeMarks(st *state, called []string, t sym) bool {
	for _, name := range called {
		is, isMark := strings.CutPrefix(name, "is ")
		not, notMark := strings.CutPrefix(name, "not ")
		if !isMark && !notMark {
			continue
		}
		typ := e.typeOf(st, t)
		if typ == nil || types.IsInterface(typ) {
			if t == symR && e.abstract() {
				noteCalled(st, name)
			}
			continue
		}
		own := types.TypeString(typ, nil)
		if isMark && own != is || notMark && own == not {
			return false
		}
	}
	return true
}

// applyCalled interprets the methods that the callee has called on a
// parameter of interface type, by the type of the actual resource.
func (e *engine) applyCalled(st *state, c *callSite, called []string, t sym) {
	for _, name := range called {
		if strings.Contains(name, " ") {
			continue // a mark of a type switch
		}
		if t == symR && e.abstract() {
			noteCalled(st, name)
			continue
		}
		if e.methodSets(st, name, t) {
			continue
		}
		if e.methodReleases(st, name, t) {
			e.release(st)
			return
		}
	}
}

// isSetter reports whether an interface's method is, by its name and
// parameters, one that sets something of a pool.
func (p *pkgInfo) isSetter(m *types.Func) bool {
	params := m.Signature().Params()
	if params.Len() != 1 {
		return false
	}
	b, ok := params.At(0).Type().Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0 && strings.HasPrefix(m.Name(), "Set")
}

// hasSetter reports whether an interface has such a method.
func (p *pkgInfo) hasSetter(t *types.Interface) bool {
	for i := range t.NumMethods() {
		if p.isSetter(t.Method(i)) {
			return true
		}
	}
	return false
}

// methodSets applies a setting, if calling the method on t makes one. Which
// value it got is not known.
func (e *engine) methodSets(st *state, name string, t sym) bool {
	typ := e.typeOf(st, t)
	if typ == nil || !e.isPool() {
		return false
	}
	obj, _, _ := types.LookupFieldOrMethod(typ, true, nil, name)
	m, ok := obj.(*types.Func)
	if !ok {
		return false
	}
	row := e.pkg.models.Func(m.Origin())
	if row == nil || len(row.Sets) == 0 {
		return false
	}
	for _, s := range row.Sets {
		var set summary.Settings
		set[s.Setting] = unknownAmount()
		st.set = st.set.Then(set)
	}
	return true
}

// methodReleases reports whether calling the method ("Next=false": with that
// result) on t releases the resource.
func (e *engine) methodReleases(st *state, name string, t sym) bool {
	name, drained := strings.CutSuffix(name, "=false")
	typ := e.typeOf(st, t)
	if typ == nil {
		return releaseName(name)
	}
	obj, _, _ := types.LookupFieldOrMethod(typ, true, nil, name)
	m, ok := obj.(*types.Func)
	if !ok {
		return false
	}
	if row := e.pkg.models.Func(m.Origin()); row != nil {
		return slices.ContainsFunc(row.Effects, func(x resource.Effect) bool {
			if x.Param != resource.Receiver {
				return false
			}
			return x.Cond.Always() || drained && x.Cond.Subject == resource.Result && x.Cond.Is == resource.False
		})
	}
	if e.pkg.borrowsAll(m) {
		return false
	}
	if types.IsInterface(typ) {
		return releaseName(name)
	}
	s, known := e.pkg.summaryOf(target{obj: m.Origin(), fn: e.pkg.ssa.SSA.Prog.FuncValue(m.Origin())})
	if !known {
		return releaseName(name)
	}
	return s != nil && e.summaryReleases(st, s, t)
}

// mayEnd reports whether a method can be one that releases its receiver, by its
// parameters: none, a context, or the destinations of a Scan.
func mayEnd(m *types.Func) bool {
	params := m.Signature().Params()
	switch {
	case params.Len() == 0:
		return true
	case m.Name() == "Scan":
		return m.Signature().Variadic() && params.Len() == 1
	}
	return params.Len() == 1 && isContext(params.At(0).Type())
}

// releaseName tells by its name whether a method of an interface releases:
// only where neither types nor directives say more.
func releaseName(name string) bool {
	switch name {
	case "Close", "Commit", "Rollback", "Release", "Stop", "Scan", "Next=false":
		return true
	}
	return false
}

// summaryReleases reports whether a method with summary s releases the
// resource that its receiver t holds, on some path.
func (e *engine) summaryReleases(st *state, s *summary.Func, t sym) bool {
	for _, p := range s.Params {
		if p.Param == 0 && e.content(st, t, p.Path) == symR &&
			slices.ContainsFunc(p.Cases, func(c summary.Case) bool { return c.Outcome != summary.Open || len(c.Called) > 0 }) {
			return true
		}
	}
	for _, call := range s.Calls {
		if call.Param == 0 && call.Path != "" {
			f := e.content(st, t, call.Path)
			if f != noSym && (st.heap[e.tab.address(f, "()")] == symR || e.hands(st, f)) {
				return true
			}
		}
	}
	return false
}
