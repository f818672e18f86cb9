package resource

import (
	"go/types"
	"strings"
)

// shape is the signature of an acquiring method, so that a project's own
// interface over it can be recognized without the type that has the method
// being loaded: it may be far away in the import graph.
type shape struct {
	sig string // as sigString writes it
	f   *Func
}

// InterfaceMethod models a method of an interface that has no row of its own
// (sqlc's DBTX): it is the row of an acquiring method with the same name,
// parameters and results in the package whose resource it returns. In an
// interface with a Commit or Rollback method it is that of the transaction.
func (s *Set) InterfaceMethod(fn *types.Func) *Func {
	recv := fn.Signature().Recv()
	if recv == nil {
		return nil
	}
	return s.InterfaceMethodOf(recv.Type(), fn)
}

// InterfaceMethodOf is InterfaceMethod for a call through iface, which may
// embed the interface that declares the method and be a transaction by a
// method that the latter lacks.
func (s *Set) InterfaceMethodOf(iface types.Type, fn *types.Func) *Func {
	it, ok := iface.Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	pkg := s.resultPackage(fn.Signature())
	if pkg == nil {
		return s.begins(fn)
	}
	path := cleanPath(pkg.Path())
	for l := s; l != nil; l = l.base {
		if b := l.index().blocks[path]; b != nil {
			if f := b.load().match(fn, pkg, it); f != nil {
				return f
			}
		}
	}
	if b := s.forked(pkg, path); b != nil {
		return b.load().match(fn, pkg, it)
	}
	return nil
}

// resultPackage is the package of the first result that is a resource.
func (s *Set) resultPackage(sig *types.Signature) *types.Package {
	for v := range sig.Results().Variables() {
		if _, ok := s.Resource(v.Type()); !ok {
			continue
		}
		return namedOf(v.Type()).Obj().Pkg()
	}
	return nil
}

// IsTxInterface reports whether t is an interface over a transaction: one with a
// Commit or Rollback method.
func IsTxInterface(t types.Type) bool {
	iface, ok := t.Underlying().(*types.Interface)
	return ok && isTx(iface)
}

func isTx(iface *types.Interface) bool {
	return hasMethod(iface, "Commit") || hasMethod(iface, "Rollback")
}

// match finds the row of the shape that fn has. home is the package whose
// rows are asked: a fork's own types stand where the tables name the original.
func (m *model) match(fn *types.Func, home *types.Package, iface *types.Interface) *Func {
	shapes := m.shapes[fn.Name()]
	if shapes == nil {
		return nil
	}
	sig := sigString(fn.Signature(), home)
	tx := isTx(iface)
	var found *Func
	for _, sh := range shapes {
		if sh.sig != sig {
			continue
		}
		if sh.f.Acquires[0].Owned == tx {
			return sh.f
		}
		if found == nil {
			found = sh.f // no row of the wanted sort: a transaction in a transaction, say
		}
	}
	return found
}

func hasMethod(it *types.Interface, name string) bool {
	for m := range it.Methods() {
		if m.Name() == name {
			return true
		}
	}
	return false
}

// sigString writes a signature for comparison: without names, spaces and
// vendor prefixes, aliases resolved, types of the package home unqualified.
func sigString(sig *types.Signature, home *types.Package) string {
	w := sigWriter{home: home}
	w.tuple(sig.Params(), sig.Variadic())
	w.tuple(sig.Results(), false)
	return w.String()
}

type sigWriter struct {
	strings.Builder
	home *types.Package
}

func (w *sigWriter) tuple(t *types.Tuple, variadic bool) {
	w.WriteByte('(')
	for i := range t.Len() {
		if i > 0 {
			w.WriteByte(',')
		}
		typ := t.At(i).Type()
		if s, ok := typ.(*types.Slice); ok && variadic && i == t.Len()-1 {
			w.WriteString("...")
			typ = s.Elem()
		}
		w.typ(typ)
	}
	w.WriteByte(')')
}

// typ writes the types that occur in database APIs. What else there is gets
// the form go/types gives it, and equals no row.
func (w *sigWriter) typ(t types.Type) {
	switch t := types.Unalias(t).(type) {
	case *types.Pointer:
		w.WriteByte('*')
		w.typ(t.Elem())
	case *types.Slice:
		w.WriteString("[]")
		w.typ(t.Elem())
	case *types.Map:
		w.WriteString("map[")
		w.typ(t.Key())
		w.WriteByte(']')
		w.typ(t.Elem())
	case *types.Signature:
		w.WriteString("func")
		w.tuple(t.Params(), t.Variadic())
		w.tuple(t.Results(), false)
	case *types.Named:
		if pkg := t.Obj().Pkg(); pkg != nil && pkg != w.home {
			w.WriteString(cleanPath(pkg.Path()))
			w.WriteByte('.')
		}
		w.WriteString(t.Obj().Name())
	case *types.Interface:
		if t.Empty() {
			w.WriteString("any")
			return
		}
		w.WriteString(t.String())
	default:
		w.WriteString(t.String())
	}
}

// signature cuts the signature from a row behind the function's name, if
// there is one, and writes it as sigString does.
func (p *blockParser) signature(s string) (sig, rest, msg string) {
	if !strings.HasPrefix(s, "(") {
		return "", s, ""
	}
	const bad = "unbalanced parentheses in the signature"
	params, rest, ok := cutGroup(s)
	if !ok {
		return "", "", bad
	}
	rest = strings.TrimSpace(rest)
	var results string
	if strings.HasPrefix(rest, "(") {
		if results, rest, ok = cutGroup(rest); !ok {
			return "", "", bad
		}
	} else {
		results, rest = cutWord(rest)
		if results == "" || results == "->" {
			return "", "", "the signature of an acquisition has a result"
		}
		results = "(" + results + ")"
	}
	sig = strings.NewReplacer(" ", "", "\t", "", "interface{}", "any").Replace(params + results)
	return sig, strings.TrimSpace(rest), ""
}

// cutGroup splits s after the parenthesis that closes its first one.
func cutGroup(s string) (group, rest string, ok bool) {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return s[:i+1], s[i+1:], true
			}
		}
	}
	return "", "", false
}

// cutNames splits a row after the names of its functions, which a signature
// may follow without a space.
func cutNames(s string) (names, rest string) {
	i := strings.IndexAny(s, " \t(")
	if i < 0 {
		return s, ""
	}
	return s[:i], strings.TrimSpace(s[i:])
}
