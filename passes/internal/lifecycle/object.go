package lifecycle

import (
	"cmp"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/summary"
)

// splitPath cuts a path into its elements: ".a.b[]" is ".a", ".b", "[]".
func splitPath(path string) []string {
	var out []string
	for path != "" {
		end := 1
		for end < len(path) && path[end] != '.' && path[end] != '[' && path[end] != '(' && path[end] != '*' {
			end++
		}
		out = append(out, path[:end])
		path = path[end:]
	}
	return out
}

// content returns what stands at a path below t, noSym if that is not known.
func (e *engine) content(st *state, t sym, path string) sym {
	_, c := e.lookUp(st, t, path)
	return c
}

// lookUp returns the address of a path below t, and what stands there.
func (e *engine) lookUp(st *state, t sym, path string) (addr, content sym) {
	cur := t
	elems := splitPath(path)
	for i, el := range elems {
		addr = cur
		if el != "*" {
			addr = e.tab.address(cur, el)
		}
		c, ok := st.heap[addr]
		switch {
		case ok && c != noSym:
			cur = c
		case i == len(elems)-1:
			return addr, noSym
		default:
			cur = addr // a struct within a struct
		}
	}
	return addr, cur
}

// place returns the address of a path below an object of type typ, making
// the objects on the way.
func (e *engine) place(st *state, t sym, typ types.Type, path string) sym {
	cur := t
	elems := splitPath(path)
	for i, el := range elems {
		if el == "*" {
			if p, ok := underPointer(typ); ok {
				typ = p
			}
		} else {
			cur = e.tab.address(cur, el)
			typ = elemType(typ, el)
		}
		if i == len(elems)-1 {
			break
		}
		if needsObject(typ) {
			inner, ok := st.heap[cur]
			if !ok || inner == noSym {
				inner = e.tab.address(cur, "@")
				e.tab.infos[inner] = symInfo{typ: typ}
				e.objects[inner] = true
				st.facts[inner] = summary.NonNil
				st.heap[cur] = inner
			}
			cur = inner
		}
	}
	return cur
}

// needsObject reports whether a field of the type refers to another object.
func needsObject(t types.Type) bool {
	if t == nil {
		return false
	}
	_, isStruct := t.Underlying().(*types.Struct)
	return !isStruct
}

func underPointer(t types.Type) (types.Type, bool) {
	if t == nil {
		return nil, false
	}
	p, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return nil, false
	}
	return p.Elem(), true
}

// elemType returns the type of an element of t, or nil.
func elemType(t types.Type, el string) types.Type {
	if t == nil {
		return nil
	}
	if p, ok := underPointer(t); ok {
		t = p
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for i := range u.NumFields() {
			if "."+u.Field(i).Name() == el {
				return u.Field(i).Type()
			}
		}
	case *types.Slice:
		return u.Elem()
	case *types.Array:
		return u.Elem()
	case *types.Map:
		return u.Elem()
	}
	return nil
}

// bindHandles lets the caller reach t through the handles of a call.
func (e *engine) bindHandles(st *state, c *callSite, handles []summary.Handle, t sym) {
	for _, h := range handles {
		if h.Param {
			if h.Index < len(c.args) {
				e.store(st, e.place(st, c.args[h.Index], nil, h.Path), t, types.Typ[types.UnsafePointer])
			}
			continue
		}
		if h.Path == "" {
			e.setResult(st, c, h.Index, t)
			continue
		}
		if c.value == nil {
			continue
		}
		obj := e.resultObject(st, c, h)
		typ := e.typeOf(st, obj)
		if typ == nil {
			typ = c.common.Signature().Results().At(h.Index).Type()
		}
		e.learn(st, obj, summary.NonNil)
		at := e.place(st, obj, typ, h.Path)
		if strings.HasSuffix(h.Path, "*") && t != symR {
			e.copyParts(st, t, at) // a copy of the struct
		} else {
			st.heap[at] = t
		}
	}
}

// resultObject returns the object that a result is, with its dynamic type.
func (e *engine) resultObject(st *state, c *callSite, h summary.Handle) sym {
	obj := e.resultSym(st, c, h.Index)
	e.objects[e.tab.root(obj)] = true
	if h.Dyn != "" && e.dyn[obj] == nil {
		if t := e.pkg.typeNamed(h.Dyn); t != nil {
			e.dyn[obj] = t
		}
	}
	if e.typeOf(st, obj) == nil {
		e.dyn[obj] = c.common.Signature().Results().At(h.Index).Type()
	}
	return obj
}

// handlesOf lists the places below t from which the resource is reached, as
// far as giving t away gives the resource away.
func (e *engine) handlesOf(st *state, t sym) []summary.Handle {
	var out []summary.Handle
	e.collectHandles(st, t, "", 0, &out)
	slices.SortFunc(out, func(a, b summary.Handle) int { return cmp.Compare(a.Path, b.Path) })
	return slices.Compact(out)
}

func (e *engine) collectHandles(st *state, t sym, path string, depth int, out *[]summary.Handle) {
	if t == symR {
		*out = append(*out, summary.Handle{Path: path})
		return
	}
	if t < numConstSyms || depth > 4 || e.tab.infos[t].base == symR {
		return
	}
	if fn := e.literal(t); fn != nil {
		if e.reaches(st, t) {
			switch releases, passes, keeps := e.tryClosure(st, t, fn); {
			case releases && keeps && takesFunc(fn):
				*out = append(*out, summary.Handle{Path: path + "(?)"})
				if e.drains(st, t, fn) {
					*out = append(*out, summary.Handle{Path: path + "(!)"})
				}
			case releases:
				*out = append(*out, summary.Handle{Path: path + "()"})
			case passes:
				*out = append(*out, summary.Handle{Path: path + carrier})
			}
		}
		return
	}
	type part struct {
		path string
		t    sym
	}
	var parts []part
	for a, c := range st.heap {
		if c == noSym || c != symR && c < numConstSyms {
			continue
		}
		if a == t {
			parts = append(parts, part{"*", c})
		} else if p, ok := e.tab.under(a, t); ok {
			parts = append(parts, part{p, c})
		}
	}
	for _, p := range parts {
		e.collectHandles(st, p.t, path+p.path, depth+1, out)
	}
}

// dynamicType names the concrete type of t, for the result of a function
// whose declared result is an interface.
func (e *engine) dynamicType(st *state, t sym, declared types.Type) string {
	if !types.IsInterface(declared) {
		return ""
	}
	typ := e.typeOf(st, t)
	if typ == nil || types.IsInterface(typ) {
		return ""
	}
	star := ""
	if p, ok := types.Unalias(typ).(*types.Pointer); ok {
		star, typ = "*", p.Elem()
	}
	n, ok := types.Unalias(typ).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || types.IsInterface(n) {
		return ""
	}
	return star + n.Obj().Pkg().Path() + "." + n.Obj().Name()
}

// variadic lists the values given for the variadic parameter at index arg.
func variadic(c *callSite, arg int) []ssa.Value {
	v, ok := c.argValue(arg).(*ssa.Slice)
	if !ok {
		return nil
	}
	array, ok := v.X.(*ssa.Alloc)
	if !ok || array.Comment != "varargs" {
		return nil
	}
	var out []ssa.Value
	for _, r := range *array.Referrers() {
		at, ok := r.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		for _, s := range *at.Referrers() {
			if s, ok := s.(*ssa.Store); ok {
				out = append(out, s.Val)
			}
		}
	}
	return out
}
