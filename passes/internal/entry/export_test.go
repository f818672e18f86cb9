package entry

import (
	"slices"
	"strings"
)

// Entries lists what the rows of the table say.
func Entries() []Entry {
	var list []Entry
	t := rows()
	for _, s := range t.shapes {
		list = append(list, s.entry)
	}
	for _, a := range t.args {
		list = append(list, a.entry)
	}
	for _, e := range t.each {
		list = append(list, e)
	}
	for _, c := range t.chans {
		list = append(list, c.entry)
	}
	return list
}

// Name is something of a package that the table names: a type (alone), a
// function, or a member of a type.
type Name struct {
	Path   string
	Idents []string
	Type   bool
}

// Names lists the names in the table.
func Names() []Name {
	var list []Name
	add := func(n Name) {
		if !slices.ContainsFunc(list, func(m Name) bool {
			return m.Path == n.Path && m.Type == n.Type && slices.Equal(m.Idents, n.Idents)
		}) {
			list = append(list, n)
		}
	}
	patterns(func(p *pattern) { add(Name{Path: p.path, Idents: []string{p.name}, Type: true}) })
	t := rows()
	for key := range t.once {
		add(keyName(key))
	}
	for key := range t.args {
		add(keyName(key))
	}
	for key := range t.each {
		add(keyName(key))
	}
	return list
}

// patterns visits the named types of the table.
func patterns(visit func(*pattern)) {
	var walk func(p *pattern)
	walk = func(p *pattern) {
		switch {
		case p == nil:
		case p.kind == named:
			visit(p)
		default:
			walk(p.elem)
		}
	}
	t := rows()
	for _, s := range t.shapes {
		for _, p := range slices.Concat(s.params, s.results) {
			walk(p)
		}
		walk(s.typ)
	}
	for _, c := range t.chans {
		walk(c.typ)
	}
	for _, p := range t.clients {
		walk(p)
	}
	walk(metadata)
}

// keyName splits PATH.NAME or PATH.TYPE.NAME. A type is exported, and what
// stands before the last dot of a path is not.
func keyName(key string) Name {
	path, name := splitName(key)
	if p, typ := splitName(path); p != "" && !strings.Contains(typ, "/") && strings.ToLower(typ[:1]) != typ[:1] {
		return Name{Path: p, Idents: []string{typ, name}}
	}
	return Name{Path: path, Idents: []string{name}}
}

// Unversioned drops the major versions from a path.
func Unversioned(path string) string { return unversioned(path) }

// CleanPath cleans a path.
func CleanPath(path string) string { return cleanPath(path) }

// Parse parses a table and tells what is wrong with it.
func Parse(text string) error {
	_, err := parse(text)
	return err
}
