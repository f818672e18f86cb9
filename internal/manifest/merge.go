package manifest

import (
	"bytes"
	"path"
	"slices"
	"strings"
)

// Merge makes a manifest of the records of all packages, without Module, Go and
// Commit. The order of the records does not matter, nor that some come twice.
//
// dirOf returns the directory of a package relative to the module's root,
// slash-separated and "." for the root itself, or "" if it does not know; the
// package's import path then stands in for it. complete says that every package
// that was asked for has been analysed. A pool that a main package reaches, but
// of which there is no record, is unresolved.
func Merge(records []Record, dirOf func(importPath string) string, complete bool) *Manifest {
	place := func(importPath, name string) string {
		dir := dirOf(importPath)
		if dir == "" {
			dir = importPath
		}
		return path.Join(dir, name)
	}
	m := &Manifest{Complete: complete}
	pools, reaches := make(poolSet), make(reachability)
	for _, r := range records {
		if r.Pool != nil {
			p := *r.Pool
			p.File = place(r.Package, p.File)
			pools.add(p, r.Returned)
		}
		for _, id := range r.Reaches {
			reaches[id] = append(reaches[id], r.Package)
		}
		if u := r.Unresolved; u != nil {
			m.Unresolved = append(m.Unresolved, Unresolved{place(r.Package, u.Pos), u.Why})
		}
	}
	m.Unresolved = append(m.Unresolved, pools.missing(reaches)...)
	for id, p := range pools {
		if pools.superseded(id) {
			continue
		}
		p.Mains = append(slices.Clone(p.Mains), reaches[id]...)
		m.Pools = append(m.Pools, p.Pool)
	}
	m = m.canonical()
	m.Unresolved = slices.Compact(m.Unresolved)
	return m
}

// reachability maps the IDs of pools to the main packages that reach them.
type reachability map[string][]string

// A poolSet holds pools by their IDs.
type poolSet map[string]settledPool

// A settledPool is a pool, unless it is returned: then it has yet to be settled.
type settledPool struct {
	Pool
	returned bool
}

// add adds a pool. A package and its test variant both tell of it, and the
// tests may have changed what they find; then the choice must not depend on who
// comes first.
func (s poolSet) add(p Pool, returned bool) {
	if old, ok := s[p.ID]; ok {
		returned = returned || old.returned
		if bytes.Compare(encoded(old.Pool), encoded(p)) < 0 {
			p = old.Pool
		}
	}
	s[p.ID] = settledPool{p, returned}
}

// encoded returns the pool's JSON.
func encoded(p Pool) []byte {
	data, err := marshal(p)
	if err != nil {
		panic(err) // there is nothing in a pool that cannot be encoded
	}
	return data
}

// superseded reports whether the pool is settled by callers, which have pools
// of their own.
func (s poolSet) superseded(id string) bool { return s[id].returned && s.settled(id) }

// settled reports whether there are pools of callers that settle the pool. What
// a test does with it settles it for no program.
func (s poolSet) settled(id string) bool {
	for other, p := range s {
		if strings.HasPrefix(other, id+viaMark) && p.Scope != ScopeTest {
			return true
		}
	}
	return false
}

// missing lists the pools that are reached but not known, neither as they are
// opened nor as somebody settles them.
func (s poolSet) missing(reaches reachability) []Unresolved {
	var all []Unresolved
	for id, mains := range reaches {
		if _, known := s[id]; known || s.settled(id) {
			continue
		}
		for _, pkg := range mains {
			all = append(all, Unresolved{pkg, "it may open the pool " + id + ", which is not in the packages that were analysed"})
		}
	}
	return all
}
