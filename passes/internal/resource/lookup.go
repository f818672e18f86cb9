package resource

import "go/types"

// Resource tells which resource a value of type t is. It looks through
// aliases, one pointer and the instantiation of a generic type.
func (s *Set) Resource(t types.Type) (Resource, bool) {
	named := namedOf(t)
	if named == nil {
		return Resource{}, false
	}
	obj := named.Obj() // an instance shares its origin's
	pkg := obj.Pkg()
	if pkg == nil {
		return Resource{}, false // error, comparable
	}
	path := cleanPath(pkg.Path())
	for l := s; l != nil; l = l.base {
		if b := l.index().blocks[path]; b != nil {
			if row, ok := b.load().resources[obj.Name()]; ok {
				return row.resource(path, pkg.Name()), true
			}
		}
	}
	if b := s.forked(pkg, path); b != nil {
		if row, ok := b.load().resources[obj.Name()]; ok {
			return row.resource(path, pkg.Name()), true
		}
	}
	return Resource{}, false
}

// Func is the row of a function or method, or nil. A method of an interface
// is looked up under the interface's name, a promoted one under the type that
// declares it.
func (s *Set) Func(fn *types.Func) *Func {
	pkg := fn.Pkg()
	if pkg == nil {
		return nil // error.Error
	}
	recv, ok := receiverName(fn)
	if !ok {
		return nil
	}
	path := cleanPath(pkg.Path())
	for l := s; l != nil; l = l.base {
		if b := l.index().blocks[path]; b != nil {
			if f := b.load().row(fn, recv); f != nil {
				return f
			}
		}
	}
	if b := s.forked(pkg, path); b != nil {
		return b.load().row(fn, recv)
	}
	return nil
}

func (m *model) row(fn *types.Func, recv string) *Func {
	if f := m.funcs[member{recv, fn.Name()}]; f != nil {
		return f
	}
	if m.chain[recv] && m.chained(fn) {
		return chainFunc
	}
	return nil
}

// chainFunc is the row of every method that just returns its receiver, or a
// changed copy of it.
var chainFunc = &Func{Aliases: []Alias{{Result: 0, Param: Receiver}}}

// chained tells whether fn's only result is of a type that takes part in
// chains of calls.
func (m *model) chained(fn *types.Func) bool {
	results := fn.Signature().Results()
	if results.Len() != 1 {
		return false
	}
	named := namedOf(results.At(0).Type())
	return named != nil && named.Obj().Pkg() == fn.Pkg() && m.chain[named.Obj().Name()]
}

// receiverName is the name of the type that declares the method, "" for a
// function. It fails for a method of an interface without a name.
func receiverName(fn *types.Func) (string, bool) {
	recv := fn.Signature().Recv()
	if recv == nil {
		return "", true
	}
	named := namedOf(recv.Type())
	if named == nil {
		return "", false
	}
	return named.Obj().Name(), true
}

// namedOf is the named type that t is, an alias of, or a pointer to, or nil.
func namedOf(t types.Type) *types.Named {
	if t == nil {
		return nil
	}
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	named, _ := t.(*types.Named)
	return named
}

// resourceRow is a resource as its row gives it, before the package is known.
type resourceRow struct {
	kind    Kind
	name    string
	pointer bool // used through a pointer
	release string
	ctx     bool
}

func (r resourceRow) resource(path, pkgName string) Resource {
	display := pkgName + "." + r.name
	if r.pointer {
		display = "*" + display
	}
	return Resource{
		Kind:    r.kind,
		Pkg:     path,
		Name:    r.name,
		Display: display,
		Release: r.release,
		CtxEnds: r.ctx,
	}
}
