package resource

import (
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Set is an immutable collection of models. It is safe for concurrent use:
// what is parsed late is parsed once.
type Set struct {
	base  *Set          // consulted after index; nil for the built-in tables
	index func() *index // this layer's own tables
}

// index finds the blocks of one layer of tables.
type index struct {
	blocks map[string]*block // by import path
	forks  []*block          // those that also speak for packages of the same layout
}

// block is what one layer of tables says about one import path.
type block struct {
	path     string
	modelled bool   // holds a resource or an acquisition
	fork     string // package name of the forks it also speaks for, or ""
	chunks   []chunk

	once sync.Once
	m    *model
}

// model is a parsed block.
type model struct {
	resources map[string]resourceRow
	funcs     map[member]*Func
	shapes    map[string][]shape // by method name, for InterfaceMethod
	chain     map[string]bool    // types whose methods return another view of the receiver
	borrowAll bool
}

// member names a function ("" as recv) or method within its package.
type member struct {
	recv, name string
}

// load parses the block at its first use. Blocks of user files were parsed
// when they were read, and the built-in ones are tested, so an error here is
// a broken build.
func (b *block) load() *model {
	b.once.Do(func() {
		m, err := parseBlock(b)
		if err != nil {
			panic("resource: built-in table: " + err.Error())
		}
		b.m = m
	})
	return b.m
}

// Builtin is the set of models that connvet brings along.
//
// Its tables are read when the first question arrives that Modelled's list
// cannot answer, and then only to find where each package's rows begin; the
// rows of a package are parsed with the first question about it. Most
// processes of a go vet run ask nothing but Modelled.
func Builtin() *Set { return builtin }

var builtin = &Set{index: sync.OnceValue(func() *index {
	ix := newIndex()
	for _, t := range tables() {
		if err := ix.read(t.name, t.text); err != nil {
			panic("resource: built-in table: " + err.Error())
		}
	}
	return ix
})}

// Parse extends base by the tables read from r, which are called name in
// error messages. A row of r replaces the row of base for the same function
// or type. The error for malformed text is an *Error, the first of the file.
func Parse(base *Set, name string, r io.Reader) (*Set, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	ix := newIndex()
	first := ix.read(name, string(text))
	for _, b := range ix.blocks {
		m, err := parseBlock(b)
		if err != nil && (first == nil || err.Line < first.Line) {
			first = err
		}
		b.once.Do(func() { b.m = m })
	}
	if first != nil {
		return nil, first
	}
	return &Set{base: base, index: func() *index { return ix }}, nil
}

// Modelled tells whether importing the path makes a package worth a look:
// whether the tables know a resource or an acquisition there. It reads no
// rows. Without types a fork can only be suspected, by its path.
func (s *Set) Modelled(importPath string) bool {
	path := cleanPath(importPath)
	for l := s; l != nil; l = l.base {
		if l == builtin {
			return slices.Contains(modelledPaths, path) || slices.Contains(modelledForks, forkName(path))
		}
		ix := l.index()
		if b := ix.blocks[path]; b != nil && b.modelled {
			return true
		}
		for _, b := range ix.forks {
			if b.modelled && forkName(path) == b.fork {
				return true
			}
		}
	}
	return false
}

// Packages lists the modelled import paths in order.
func (s *Set) Packages() []string {
	paths := make(map[string]bool)
	for l := s; l != nil; l = l.base {
		for path, b := range l.index().blocks {
			if b.modelled {
				paths[path] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(paths))
}

// BorrowsAll tells whether functions of the package that have no row of their
// own keep nothing of what they are given.
func (s *Set) BorrowsAll(pkgPath string) bool {
	path := cleanPath(pkgPath)
	for l := s; l != nil; l = l.base {
		if b := l.index().blocks[path]; b != nil && b.load().borrowAll {
			return true
		}
	}
	return false
}

// cleanPath strips what the go command adds to an import path: the prefix of
// a vendor directory and the mark of a test variant ("p [p.test]").
func cleanPath(path string) string {
	if i := strings.IndexByte(path, ' '); i >= 0 {
		path = path[:i]
	}
	const vendor = "vendor/"
	if i := strings.LastIndex(path, vendor); i == 0 || i > 0 && path[i-1] == '/' {
		path = path[i+len(vendor):]
	}
	return path
}
