package resource

import (
	"go/types"
	"strings"
)

// begun is the row of a method that begins a transaction behind interfaces of a
// project's own.
var begun = &Func{Acquires: []Acquire{{Kind: Tx, Err: 1, Ctx: NoResult, From: Receiver}}}

// begins models a Begin method whose result is no type that is known, but an
// interface: it is a transaction of a database if it can be committed and rolled
// back, and its other methods speak of database/sql.
func (s *Set) begins(fn *types.Func) *Func {
	res := fn.Signature().Results()
	if !strings.HasPrefix(fn.Name(), "Begin") || res.Len() != 2 || res.At(1).Type().String() != "error" {
		return nil
	}
	iface, ok := res.At(0).Type().Underlying().(*types.Interface)
	if !ok || !hasMethod(iface, "Commit") || !hasMethod(iface, "Rollback") {
		return nil
	}
	for m := range iface.Methods() {
		if s.speaksOfSQL(m.Signature().Params()) || s.speaksOfSQL(m.Signature().Results()) {
			return begun
		}
	}
	return nil
}

// speaksOfSQL reports whether a type among variables is a resource or comes from
// database/sql.
func (s *Set) speaksOfSQL(vars *types.Tuple) bool {
	for v := range vars.Variables() {
		if _, ok := s.Resource(v.Type()); ok {
			return true
		}
		if n := namedOf(v.Type()); n != nil && n.Obj().Pkg() != nil && cleanPath(n.Obj().Pkg().Path()) == "database/sql" {
			return true
		}
	}
	return false
}
