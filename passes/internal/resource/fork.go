package resource

import (
	"go/types"
	"strings"
)

// layout names the types that a fork must share with the package it was
// copied from. Each embeds the type of that name in database/sql, which is
// what makes it a fork in substance and not just in name.
var layout = []string{"DB", "Tx", "Stmt", "Rows"}

// forked finds the block that speaks for a package as a fork of the one it
// was written for. A package with a block of its own may still be one.
func (s *Set) forked(pkg *types.Package, path string) *block {
	for l := s; l != nil; l = l.base {
		for _, b := range l.index().forks {
			if b.fork == pkg.Name() && b.path != path && forkName(path) == b.fork && hasLayout(pkg) {
				return b
			}
		}
	}
	return nil
}

// forkName is the last element of an import path as packages are called: without
// a major version (x/v2, x-v2, x.v2), and without "go-".
func forkName(path string) string {
	dir, last := cutLast(path)
	if isVersion(last) {
		_, last = cutLast(dir)
	}
	if i := strings.LastIndexAny(last, "-."); i > 0 && isVersion(last[i+1:]) {
		last = last[:i]
	}
	return strings.TrimPrefix(last, "go-")
}

func isVersion(s string) bool {
	return len(s) > 1 && s[0] == 'v' && strings.Trim(s[1:], "0123456789") == ""
}

func cutLast(path string) (dir, last string) {
	i := strings.LastIndexByte(path, '/')
	if i < 0 {
		return "", path
	}
	return path[:i], path[i+1:]
}

// hasLayout tells whether each type of the layout is there and embeds its
// counterpart of database/sql. Of a package that is imported only indirectly,
// export data may hold but a part: then what is there must agree.
func hasLayout(pkg *types.Package) bool {
	found := 0
	for _, name := range layout {
		obj := pkg.Scope().Lookup(name)
		if obj == nil && !pkg.Complete() {
			continue
		}
		if tn, ok := obj.(*types.TypeName); !ok || !embedsSQL(tn.Type(), name) {
			return false
		}
		found++
	}
	return found > 0
}

func embedsSQL(t types.Type, name string) bool {
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for f := range st.Fields() {
		if !f.Embedded() || f.Name() != name {
			continue
		}
		named := namedOf(f.Type())
		return named != nil && named.Obj().Pkg() != nil && cleanPath(named.Obj().Pkg().Path()) == "database/sql" &&
			named.Obj().Name() == name
	}
	return false
}
