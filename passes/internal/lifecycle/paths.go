package lifecycle

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/summary"
)

// A typedPath is a path below a parameter, with the type of what is there.
type typedPath struct {
	path string
	typ  types.Type
}

// maxPaths bounds the paths followed for one parameter.
const maxPaths = 16

// candidatePaths lists what fn could release or keep of what the caller owns
// and passes as param.
func (p *pkgInfo) candidatePaths(fn *ssa.Function, param *ssa.Parameter) []typedPath {
	t := param.Type()
	if isError(t) || isContext(t) {
		return nil
	}
	var out []typedPath
	_, modelled := p.models.Resource(t)
	if p.capable(t, fn, param) && (modelled || !p.onlyLooks(param, 0)) {
		out = append(out, typedPath{"", t})
	}
	if modelled {
		return out
	}
	mentioned := p.mentionedPaths(fn, param)
	p.fieldPaths(t, "", 0, func(path string, ft types.Type) {
		if len(out) < maxPaths && mentioned(path) {
			out = append(out, typedPath{path, ft})
		}
	})
	return p.assertedPaths(fn, param, out)
}

// assertedPaths adds the fields that fn reaches through a type assertion of
// what is kept in an interface: no type of a field leads there.
func (p *pkgInfo) assertedPaths(fn *ssa.Function, param *ssa.Parameter, out []typedPath) []typedPath {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			fa, ok := instr.(*ssa.FieldAddr)
			if !ok {
				continue
			}
			typ, _ := underPointer(fa.Type())
			if _, asserted := fa.X.(*ssa.TypeAssert); !asserted || !p.keepable(typ) {
				continue
			}
			i, path, ok := origin(fn, fa, 0)
			if ok && fn.Params[i] == param && len(out) < maxPaths && !slices.Contains(out, typedPath{path, typ}) {
				out = append(out, typedPath{path, typ})
			}
		}
	}
	return out
}

func isContext(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Name() == "Context" && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "context"
}

// capable reports whether a parameter itself can be, or hold, a resource.
func (p *pkgInfo) capable(t types.Type, fn *ssa.Function, param *ssa.Parameter) bool {
	if _, ok := p.models.Resource(t); ok {
		return true
	}
	if p.lender(t) && p.configures(param) {
		return true
	}
	switch u := types.Unalias(t).(type) {
	case *types.TypeParam:
		return true
	case *types.Signature:
		return true
	case *types.Named:
		_ = u
	}
	switch u := t.Underlying().(type) {
	case *types.Interface:
		return u.NumMethods() > 0 || usedBeyondLooks(param)
	case *types.Signature:
		return true
	case *types.Pointer:
		_, isStruct := u.Elem().Underlying().(*types.Struct)
		return isStruct && p.holder(u.Elem())
	case *types.Struct:
		return p.holder(t)
	}
	return false
}

// mayHold reports whether values of a concrete type can be, or hold, a
// resource.
func (p *pkgInfo) mayHold(t types.Type) bool {
	if _, ok := p.models.Resource(t); ok || isTypeParam(t) || p.lender(t) {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return false
	case *types.Slice:
		return p.mayHold(u.Elem()) || types.IsInterface(u.Elem())
	case *types.Map:
		return p.mayHold(u.Elem()) || types.IsInterface(u.Elem())
	case *types.Struct:
		return p.holder(t) || p.methodEnds(t)
	case *types.Pointer:
		return p.mayHold(u.Elem()) || p.methodEnds(t)
	}
	return true
}

// methodEnds reports whether a type has a method that may release it.
func (p *pkgInfo) methodEnds(t types.Type) bool {
	set := types.NewMethodSet(t)
	for i := range set.Len() {
		if m, ok := set.At(i).Obj().(*types.Func); ok && releaseName(m.Name()) && mayEnd(m) {
			return true
		}
	}
	return false
}

// usedBeyondLooks reports whether an empty-interface parameter is asserted
// to something or stored.
func usedBeyondLooks(param *ssa.Parameter) bool {
	for _, r := range *param.Referrers() {
		switch r.(type) {
		case *ssa.TypeAssert, *ssa.Store, *ssa.MapUpdate:
			return true
		}
	}
	return false
}

// holder reports whether a struct type can own a resource.
func (p *pkgInfo) holder(t types.Type) bool {
	found := false
	p.fieldPaths(t, "", 0, func(string, types.Type) { found = true })
	return found
}

// fieldPaths calls f for each path below t at which a resource, or a function
// that releases one, can be kept.
func (p *pkgInfo) fieldPaths(t types.Type, prefix string, depth int, f func(path string, t types.Type)) {
	if depth > 3 {
		return
	}
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		if _, isStruct := u.Elem().Underlying().(*types.Struct); isStruct {
			p.structPaths(u.Elem(), prefix, depth, f)
		} else if prefix == "" && p.keepable(u.Elem()) {
			f("*", u.Elem())
		}
	case *types.Struct:
		p.structPaths(t, prefix, depth, f)
	case *types.Slice:
		p.elemPaths(u.Elem(), prefix, f)
	case *types.Array:
		p.elemPaths(u.Elem(), prefix, f)
	case *types.Map:
		p.elemPaths(u.Elem(), prefix, f)
	}
}

func (p *pkgInfo) elemPaths(elem types.Type, prefix string, f func(string, types.Type)) {
	if p.keepable(elem) {
		f(prefix+"[]", elem)
	}
}

func (p *pkgInfo) structPaths(t types.Type, prefix string, depth int, f func(string, types.Type)) {
	s, ok := t.Underlying().(*types.Struct)
	if !ok || !p.ownStruct(t) {
		return
	}
	for i := range s.NumFields() {
		field := s.Field(i)
		path := prefix + "." + field.Name()
		if p.keepable(field.Type()) {
			f(path, field.Type())
			continue
		}
		if !types.Identical(field.Type(), t) {
			p.fieldPaths(field.Type(), path, depth+1, f)
		}
	}
}

// ownStruct reports whether the struct type is declared where resources are
// known: in this package, or one with a fact about them.
func (p *pkgInfo) ownStruct(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil {
		return true
	}
	if n.Obj().Pkg() == p.pass.Pkg {
		return true
	}
	fact := p.importFact(n.Obj().Pkg())
	return fact != nil && fact.Resource
}

// keepable reports whether a field of the type can hold a resource by
// itself: a modelled type, an interface that releases, or a function.
func (p *pkgInfo) keepable(t types.Type) bool {
	if _, ok := p.models.Resource(t); ok {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Interface:
		for i := range u.NumMethods() {
			if m := u.Method(i); releaseName(m.Name()) && mayEnd(m) {
				return true
			}
		}
	case *types.Signature:
		// A function that releases returns nothing, or how it went.
		res := u.Results()
		return u.Params().Len() == 0 && (res.Len() == 0 || res.Len() == 1 && isError(res.At(0).Type()))
	}
	return false
}

// onlyLooks reports whether a parameter that may hold a resource is plainly
// borrowed: its fields are read, methods that do not release are called on it,
// and it is passed to functions that do no more. Most are, and need no run.
func (p *pkgInfo) onlyLooks(v ssa.Value, depth int) bool {
	if depth > 3 || v.Referrers() == nil {
		return false
	}
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.FieldAddr, *ssa.Field, *ssa.BinOp, *ssa.DebugRef:
		case *ssa.ChangeInterface:
			if !p.onlyLooks(r, depth+1) {
				return false
			}
		case *ssa.Call:
			if !p.callLooks(&r.Call, v) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// callLooks reports whether a call does nothing with v but look at it.
func (p *pkgInfo) callLooks(c *ssa.CallCommon, v ssa.Value) bool {
	if c.IsInvoke() {
		return c.Value == v && !releaseName(c.Method.Name()) && c.Method.Name() != "Next" && !p.isSetter(c.Method) && !slices.Contains(c.Args, v)
	}
	obj, fn := staticTarget(c)
	if obj == nil || p.models.Func(obj) != nil || p.directive(obj) != nil {
		return false
	}
	s, known := p.summaryOf(target{obj: obj, fn: fn})
	if !known {
		return false
	}
	return s == nil || !s.Unknown && len(s.Aliases) == 0 && len(s.Views) == 0 && !slices.ContainsFunc(s.Params, func(e summary.ParamEffect) bool {
		return e.Param < len(c.Args) && c.Args[e.Param] == v
	})
}

// mentionedPaths returns a filter for the paths below param that fn can
// touch: the first field is named in it, or the parameter is passed on to
// something that touches it.
func (p *pkgInfo) mentionedPaths(fn *ssa.Function, param *ssa.Parameter) func(string) bool {
	fields := make(map[string]bool)
	var passed []string
	all := false
	var scan func(f *ssa.Function)
	scan = func(f *ssa.Function) {
		for _, b := range f.Blocks {
			for _, instr := range b.Instrs {
				switch v := instr.(type) {
				case *ssa.FieldAddr:
					fields[fieldElem(v.X.Type(), v.Field)] = true
				case *ssa.Field:
					fields[fieldElem(v.X.Type(), v.Field)] = true
				case *ssa.IndexAddr, *ssa.Range, *ssa.Lookup, *ssa.Index:
					fields["[]"] = true
				case *ssa.UnOp:
					if v.Op == token.MUL && v.X == param {
						fields["*"] = true
					}
				case ssa.CallInstruction:
					passed = append(passed, p.passedPaths(v)...)
				}
			}
		}
		for _, a := range f.AnonFuncs {
			scan(a)
		}
	}
	scan(fn)
	return func(path string) bool {
		if all || fields[splitPath(path)[0]] {
			return true
		}
		return slices.ContainsFunc(passed, func(q string) bool { return strings.HasPrefix(q, path) || strings.HasPrefix(path, q) })
	}
}

// passedPaths lists the paths that a callee's summary mentions.
func (p *pkgInfo) passedPaths(call ssa.CallInstruction) []string {
	obj, fn := staticTarget(call.Common())
	if obj == nil || call.Common().IsInvoke() {
		return nil
	}
	s, known := p.summaryOf(target{obj: obj, fn: fn})
	if !known || s == nil {
		return nil
	}
	var out []string
	for _, e := range s.Params {
		if e.Path != "" {
			out = append(out, e.Path)
		}
	}
	for _, c := range s.Calls {
		if c.Path != "" {
			out = append(out, c.Path)
		}
	}
	for _, v := range s.Views {
		out = append(out, v.Path)
	}
	return out
}

// origin traces v back to a parameter of fn and a path of fields below it.
func origin(fn *ssa.Function, v ssa.Value, depth int) (param int, path string, ok bool) {
	if depth > 8 {
		return 0, "", false
	}
	switch v := v.(type) {
	case *ssa.Parameter:
		if v.Parent() == fn {
			return paramIndex(fn, v), "", true
		}
	case *ssa.UnOp:
		if v.Op != token.MUL {
			return 0, "", false
		}
		if a, isAlloc := v.X.(*ssa.Alloc); isAlloc {
			if s := soleStore(a); s != nil {
				return origin(fn, s, depth+1)
			}
			return 0, "", false
		}
		return origin(fn, v.X, depth+1)
	case *ssa.FieldAddr:
		i, p, ok := origin(fn, v.X, depth+1)
		return i, p + fieldElem(v.X.Type(), v.Field), ok
	case *ssa.Field:
		i, p, ok := origin(fn, v.X, depth+1)
		return i, p + fieldElem(v.X.Type(), v.Field), ok
	case *ssa.IndexAddr:
		i, p, ok := origin(fn, v.X, depth+1)
		return i, p + "[]", ok
	case *ssa.FreeVar:
		if b := bindingOf(v); b != nil {
			return origin(fn, b, depth+1)
		}
	case *ssa.Alloc:
		if s := soleStore(v); s != nil {
			return origin(fn, s, depth+1)
		}
	case *ssa.ChangeType:
		return origin(fn, v.X, depth+1)
	case *ssa.TypeAssert:
		if !v.CommaOk {
			return origin(fn, v.X, depth+1)
		}
	}
	return 0, "", false
}

// soleStore returns the only value ever stored to a variable.
func soleStore(a *ssa.Alloc) ssa.Value {
	var val ssa.Value
	for _, r := range *a.Referrers() {
		if s, ok := r.(*ssa.Store); ok && s.Addr == a {
			if val != nil {
				return nil
			}
			val = s.Val
		}
	}
	return val
}

// bindingOf returns what a captured variable is bound to, if the literal is
// made in one place.
func bindingOf(fv *ssa.FreeVar) ssa.Value {
	fn := fv.Parent()
	if fn.Parent() == nil {
		return nil
	}
	i := slices.Index(fn.FreeVars, fv)
	var found ssa.Value
	for _, b := range fn.Parent().Blocks {
		for _, instr := range b.Instrs {
			if mc, ok := instr.(*ssa.MakeClosure); ok && mc.Fn == fn {
				if found != nil {
					return nil
				}
				found = mc.Bindings[i]
			}
		}
	}
	return found
}
