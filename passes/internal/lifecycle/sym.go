package lifecycle

import (
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// A sym names a value during one run of the path engine. Equal syms are the
// same value; different syms may be equal too.
//
// Memory is described by the syms of addresses: an allocation or pointer is
// the address of the cell it points to, and address(p, ".f") is the address of
// a field of what p points to. Structs that are values, slices, maps, tuples
// and closures are treated as if they were pointers to their parts.
type sym int32

const (
	noSym sym = iota // nothing is known
	symR             // the tracked resource
	symNil
	symNonNil // some value that is not nil
	symTrue
	symFalse
	numConstSyms
)

type symInfo struct {
	val   ssa.Value // the value that defines it, or nil
	base  sym       // of an address: what the path starts from
	path  string
	other sym         // that a question is about, too, see question.go
	asks  token.Token // of a question that compares base with other, or else num: LSS or EQL
	isInt bool
	num   int64
	typ   types.Type // the type of a symbol without value, if known
}

type addrKey struct {
	base sym
	path string
}

// symtab interns syms. Numbering follows execution order, which is
// deterministic.
type symtab struct {
	infos  []symInfo
	byVal  map[ssa.Value]sym
	byAddr map[addrKey]sym
	byInt  map[int64]sym
	texts  map[string]int64
}

func newSymtab() *symtab {
	return &symtab{
		infos:  make([]symInfo, numConstSyms, 64),
		byVal:  make(map[ssa.Value]sym),
		byAddr: make(map[addrKey]sym),
	}
}

func (t *symtab) add(info symInfo) sym {
	t.infos = append(t.infos, info)
	return sym(len(t.infos) - 1)
}

// own returns the sym that v denotes when nothing better is known.
func (t *symtab) own(v ssa.Value) sym {
	if s, ok := t.byVal[v]; ok {
		return s
	}
	s := t.add(symInfo{val: v})
	t.byVal[v] = s
	return s
}

// address returns the address of the part of base that elem names.
func (t *symtab) address(base sym, elem string) sym {
	if in := t.infos[base]; in.base != noSym && strings.HasPrefix(elem, ".") {
		base, elem = in.base, in.path+elem
	}
	k := addrKey{base, elem}
	if s, ok := t.byAddr[k]; ok {
		return s
	}
	s := t.add(symInfo{base: base, path: elem})
	t.byAddr[k] = s
	return s
}

func (t *symtab) integer(n int64) sym {
	if s, ok := t.byInt[n]; ok {
		return s
	}
	if t.byInt == nil {
		t.byInt = make(map[int64]sym)
	}
	s := t.add(symInfo{isInt: true, num: n})
	t.byInt[n] = s
	return s
}

// text interns a string constant beside the integers: all that matters is
// whether two are equal. The empty one counts as zero.
func (t *symtab) text(s string) sym {
	if s == "" {
		return t.integer(0)
	}
	if t.texts == nil {
		t.texts = make(map[string]int64)
	}
	n, ok := t.texts[s]
	if !ok {
		n = 1<<40 + int64(len(t.texts))
		t.texts[s] = n
	}
	return t.integer(n)
}

// root returns the object that s is a part of, s itself if it is no address.
func (t *symtab) root(s sym) sym {
	for t.infos[s].base != noSym {
		s = t.infos[s].base
	}
	return s
}

// under reports whether address s lies below base, and its path from there.
func (t *symtab) under(s, base sym) (path string, ok bool) {
	in := t.infos[s]
	if in.base == noSym {
		return "", false
	}
	if in.base == base {
		return in.path, true
	}
	if bi := t.infos[base]; bi.base == in.base && len(in.path) > len(bi.path) && strings.HasPrefix(in.path, bi.path) && in.path[len(bi.path)] == '.' {
		return in.path[len(bi.path):], true
	}
	return "", false
}

// constSym returns the sym of a constant.
func (t *symtab) constSym(c *ssa.Const) sym {
	if c.Value == nil {
		if _, isStruct := c.Type().Underlying().(*types.Struct); isStruct {
			return t.own(c)
		}
		return symNil // also the zero value of a type parameter
	}
	switch c.Value.Kind() {
	case constant.Bool:
		if constant.BoolVal(c.Value) {
			return symTrue
		}
		return symFalse
	case constant.Int:
		if n, ok := constant.Int64Val(c.Value); ok {
			return t.integer(n)
		}
	case constant.String:
		return t.text(constant.StringVal(c.Value))
	}
	return symNonNil
}

// zeroSym returns the sym of t's zero value, noSym if it has none of use.
func (t *symtab) zeroSym(typ types.Type) sym {
	switch u := typ.Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Signature, *types.Map, *types.Chan, *types.Slice:
		return symNil
	case *types.Basic:
		switch {
		case u.Info()&types.IsBoolean != 0:
			return symFalse
		case u.Info()&types.IsInteger != 0:
			return t.integer(0)
		}
	}
	return noSym
}
