package lifecycle

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/resource"
	"github.com/connvet/connvet/passes/internal/summary"
)

// inferOwners decides, once all methods have summaries, which fresh results
// come wrapped in a type that can release them.
func (p *pkgInfo) inferOwners() {
	for _, fn := range p.ssa.Funcs {
		s := p.sums[fn]
		if s == nil {
			continue
		}
		for i := range s.Fresh {
			s.Fresh[i].Owner = p.owner(fn, &s.Fresh[i])
		}
	}
}

// owner reports whether, in every case, some wrapped handle belongs to a type
// with a method that releases what the handle names.
func (p *pkgInfo) owner(fn *ssa.Function, f *summary.Fresh) bool {
	for _, c := range f.Cases {
		if !slices.ContainsFunc(c.Handles, func(h summary.Handle) bool { return p.handleReleases(fn, h) }) {
			return false
		}
	}
	return len(f.Cases) > 0
}

// handleReleases reports whether the caller can release through the handle.
func (p *pkgInfo) handleReleases(fn *ssa.Function, h summary.Handle) bool {
	if h.Param || h.Path == "" || h.Path == "()" || h.Path == "(?)" {
		return false // no owner: the caller has the resource itself
	}
	t := fn.Signature.Results().At(h.Index).Type()
	if h.Dyn != "" {
		if dyn := p.typeNamed(h.Dyn); dyn != nil {
			t = dyn
		}
	}
	return p.typeReleases(t, h.Path)
}

// typeReleases reports whether t has a method that releases what stands at
// path below its receiver.
func (p *pkgInfo) typeReleases(t types.Type, path string) bool {
	if iface, ok := t.Underlying().(*types.Interface); ok {
		for i := range iface.NumMethods() {
			if releaseName(iface.Method(i).Name()) {
				return true
			}
		}
		return false
	}
	if !types.IsInterface(t) {
		if _, isPtr := t.Underlying().(*types.Pointer); !isPtr {
			t = types.NewPointer(t)
		}
	}
	set := types.NewMethodSet(t)
	for i := range set.Len() {
		sel := set.At(i)
		m, ok := sel.Obj().(*types.Func)
		if ok && p.methodReleasesPath(m.Origin(), fieldsTo(t, sel.Index()), path) {
			return true
		}
	}
	return false
}

// fieldsTo is the path of embedded fields that a promoted method goes through.
func fieldsTo(t types.Type, index []int) string {
	var b strings.Builder
	for _, i := range index[:len(index)-1] {
		if p, ok := underPointer(t); ok {
			t = p
		}
		s, ok := t.Underlying().(*types.Struct)
		if !ok {
			break
		}
		b.WriteString("." + s.Field(i).Name())
		t = s.Field(i).Type()
	}
	return b.String()
}

// methodReleasesPath reports whether method m, promoted through the embedded
// fields at prefix, releases what stands at path.
func (p *pkgInfo) methodReleasesPath(m *types.Func, prefix, path string) bool {
	if !strings.HasPrefix(path, prefix) {
		return false
	}
	rest := path[len(prefix):]
	if row := p.models.Func(m); row != nil {
		return rest == "" && slices.ContainsFunc(row.Effects, func(e resource.Effect) bool {
			return e.Param == resource.Receiver && e.Cond.Always()
		})
	}
	if types.IsInterface(m.Signature().Recv().Type()) {
		return rest == "" && releaseName(m.Name())
	}
	s, _ := p.summaryOf(target{obj: m})
	if s == nil {
		return false
	}
	for _, e := range s.Params {
		if e.Param == 0 && (e.Path == rest || e.Path != "" && strings.HasPrefix(rest, e.Path+".")) && slices.ContainsFunc(e.Cases, func(c summary.Case) bool {
			return c.Outcome == summary.Released || len(c.Called) > 0
		}) {
			return true
		}
	}
	return slices.ContainsFunc(s.Calls, func(c summary.Callee) bool { return c.Param == 0 && c.Path+"()" == rest })
}

// owed reports whether the receiver of a fresh obligation can meet it: it
// gets the resource itself, a function that releases it, or an owner with a
// method that does. What nobody can release is the owner's own affair.
func (p *pkgInfo) owed(f *summary.Fresh) bool {
	if f.Lent {
		return false
	}
	if f.Guess {
		return f.Owner
	}
	for _, c := range f.Cases {
		for _, h := range c.Handles {
			if h.Path == "" || h.Path == "()" || h.Path == "(?)" {
				return true
			}
		}
	}
	return f.Owner
}

// wrapperType returns the type whose method the caller owes, if the resource
// comes wrapped.
func (p *pkgInfo) wrapperType(b *birth) types.Type {
	res := b.instr.Call.Signature().Results()
	var first types.Type
	for _, c := range b.fresh.Cases {
		for _, h := range c.Handles {
			if h.Path == "" || h.Param || h.Index >= res.Len() {
				return nil
			}
			if first == nil {
				first = res.At(h.Index).Type()
			}
		}
	}
	return first
}
