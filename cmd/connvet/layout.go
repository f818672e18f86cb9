package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/connvet/connvet/internal/report"
	"github.com/connvet/connvet/internal/slash"
)

// A layout is where the packages of a program are.
type layout struct {
	module   listedModule // the main module, whose directory is the root; zero outside of modules
	packages map[string]*listedPackage
}

// A listedPackage is a package as "go list" describes it.
type listedPackage struct {
	ImportPath string
	Dir        string
	DepOnly    bool // not one of those asked for, but imported by one
	Module     *listedModule
}

// A listedModule is a module as "go list" describes it.
type listedModule struct {
	Path      string
	Version   string
	Dir       string
	GoVersion string
	Main      bool
	Replace   *listedModule
}

// listLayout asks the go command for the packages that the settings name and
// all that they import.
func listLayout(ctx context.Context, s *settings, e *env) (*layout, error) {
	args := append([]string{"list"}, s.buildFlags...)
	args = append(args, "-e", "-deps", "-json=ImportPath,Dir,DepOnly,Module", "--")
	out, err := output(ctx, e, s.dir, "go", append(args, s.patterns()...)...)
	if err != nil {
		return nil, err
	}
	l := &layout{packages: make(map[string]*listedPackage)}
	var mains []*listedModule
	for dec := json.NewDecoder(bytes.NewReader(out)); dec.More(); {
		p := new(listedPackage)
		if err := dec.Decode(p); err != nil {
			return nil, fmt.Errorf("cannot read the output of go list: %v", err)
		}
		l.packages[p.ImportPath] = p
		if p.Module != nil && p.Module.Main && !p.DepOnly {
			mains = append(mains, p.Module)
		}
	}
	l.module = mainModule(mains, s.dir)
	return l, nil
}

// mainModule returns one of the modules that the packages asked for are in. A
// workspace has several: then it is the innermost that the directory is in, or
// else the first in the order of paths.
func mainModule(modules []*listedModule, dir string) listedModule {
	var first, around listedModule
	for _, m := range modules {
		if first.Path == "" || m.Path < first.Path {
			first = *m
		}
		if _, inside := relative(resolved(m.Dir), resolved(dir)); inside && len(m.Dir) > len(around.Dir) {
			around = *m
		}
	}
	if around.Path != "" {
		return around
	}
	return first
}

// resolved returns where a path leads. The go command may name a directory otherwise
// than the user, to whom a symbolic link leads there.
func resolved(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return path
}

// targets adds to patterns what they import from the main module: a pool is
// often opened in another package than the one whose program it serves.
func (l *layout) targets(patterns []string) []string {
	if len(patterns) > 0 && path.Ext(patterns[0]) == ".go" {
		return patterns // which cannot be mixed with packages
	}
	var imported []string
	for name, p := range l.packages {
		if p.DepOnly && p.Module != nil && p.Module.Main {
			imported = append(imported, name)
		}
	}
	if imported == nil {
		return patterns
	}
	slices.Sort(imported)
	return append(slices.Clone(patterns), imported...)
}

// narrow leaves out of a report what it says of the tests of packages that
// targets added.
func (l *layout) narrow(r *report.Report) *report.Report {
	added := func(pkg string) bool {
		p := l.find(pkg)
		return p != nil && p.DepOnly
	}
	out := *r
	out.Findings = slices.DeleteFunc(slices.Clone(r.Findings), func(f report.Finding) bool {
		return isTestFile(f.Location.File) && added(f.Package)
	})
	out.NotAnalysed = slices.DeleteFunc(slices.Clone(r.NotAnalysed), func(n report.NotAnalysed) bool {
		return n.Tests && added(n.Package)
	})
	return &out
}

// find returns a package, also for the name of its external tests.
func (l *layout) find(importPath string) *listedPackage {
	if p, ok := l.packages[importPath]; ok {
		return p
	}
	return l.packages[strings.TrimSuffix(importPath, "_test")]
}

// dir returns a package's directory relative to the root, or that which stands
// for it on every machine: "example.com/lib@v1.2.3/db". It returns "" if there is
// none.
func (l *layout) dir(importPath string) string {
	p := l.find(importPath)
	if p == nil || p.Dir == "" {
		return ""
	}
	m := p.Module
	rel, inside := relative(l.module.Dir, p.Dir)
	switch {
	case inside:
		return rel
	case m == nil: // of the standard library
		return ""
	case m.Main || m.Replace != nil && m.Replace.Version == "": // somewhere beside the root
		return rel
	}
	below, inside := relative(m.Dir, p.Dir)
	if !inside {
		return ""
	}
	return path.Join(m.Path+"@"+m.Version, below)
}

// relative returns the slash-separated path of a directory relative to another,
// and whether it is inside. It returns "" if there is no such path.
func relative(base, dir string) (rel string, inside bool) {
	names := slash.Local
	rel, ok := names.Rel(names.From(base), names.From(dir))
	return rel, ok && names.IsLocal(rel)
}
