package lifecycle

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/connvet/connvet/passes/internal/resource"
	"github.com/connvet/connvet/passes/internal/summary"
)

const directivePrefix = "//connvet:"

// A Problem is a directive that cannot be followed.
type Problem struct {
	Pos     token.Pos
	Message string
}

// collectDirectives reads the directives in the doc comments of functions,
// methods, interface methods and types. What they say replaces what the
// engine would infer. Those of a method replace those of its type, so they
// come first.
func (p *pkgInfo) collectDirectives() {
	p.directed = make(map[string]*summary.Func)
	for _, f := range p.pass.Files {
		for _, d := range f.Decls {
			if d, ok := d.(*ast.FuncDecl); ok {
				p.directFunc(d)
			}
		}
	}
	for _, f := range p.pass.Files {
		for _, d := range f.Decls {
			if d, ok := d.(*ast.GenDecl); ok {
				for _, spec := range d.Specs {
					if t, ok := spec.(*ast.TypeSpec); ok {
						p.directType(d, t)
					}
				}
			}
		}
	}
}

func (p *pkgInfo) directFunc(d *ast.FuncDecl) {
	obj, ok := p.pass.TypesInfo.Defs[d.Name].(*types.Func)
	if !ok {
		return
	}
	p.direct(obj, directives(d.Doc))
}

// directType applies directives of an interface's methods, and those of a
// type to all methods.
func (p *pkgInfo) directType(d *ast.GenDecl, t *ast.TypeSpec) {
	doc := t.Doc
	if doc == nil && len(d.Specs) == 1 {
		doc = d.Doc
	}
	all := directives(doc)
	tn, ok := p.pass.TypesInfo.Defs[t.Name].(*types.TypeName)
	if !ok {
		return
	}
	own := make(map[string][]directive)
	if it, ok := t.Type.(*ast.InterfaceType); ok {
		for _, m := range it.Methods.List {
			for _, name := range m.Names {
				own[name.Name] = directives(m.Doc)
			}
		}
	}
	var methods []*types.Func
	if iface, ok := tn.Type().Underlying().(*types.Interface); ok {
		methods = slices.Collect(iface.ExplicitMethods())
	} else if named, ok := tn.Type().(*types.Named); ok {
		methods = slices.Collect(named.Methods())
	}
	all = slices.DeleteFunc(all, func(d directive) bool {
		switch {
		case !d.known():
			p.unknown(d)
		case !slices.ContainsFunc(methods, d.fits):
			p.problem(d.pos, "//connvet:%s: no method of %s has %q", d.verb, tn.Name(), d.subject())
		default:
			return false
		}
		return true
	})
	for _, m := range methods {
		if ds := own[m.Name()]; len(ds) > 0 {
			p.direct(m, ds)
		} else if p.directed[summary.Name(m)] == nil {
			p.direct(m, slices.DeleteFunc(slices.Clone(all), func(d directive) bool { return !d.fits(m) }))
		}
	}
}

// A directive is `//connvet:VERB ARG`.
type directive struct {
	pos       token.Pos
	verb, arg string
}

// known reports whether there is such a directive.
func (d directive) known() bool {
	return d.verb == "owns" || d.verb == "borrows" || d.verb == "closes"
}

// subject is what the directive speaks of, "" if it does not say.
func (d directive) subject() string {
	if d.arg == "" && d.verb == "owns" {
		return "result"
	}
	return d.arg
}

// fits reports whether a directive can speak of a function.
func (d directive) fits(fn *types.Func) bool {
	results := fn.Signature().Results()
	switch {
	case d.verb == "owns":
		return ownedResult(fn, d.subject()) >= 0
	case d.verb == "borrows" && d.arg == "result":
		return results.Len() > 0
	}
	return paramNamed(fn, d.arg) >= 0
}

func directives(doc *ast.CommentGroup) []directive {
	if doc == nil {
		return nil
	}
	var out []directive
	for _, c := range doc.List {
		rest, ok := strings.CutPrefix(c.Text, directivePrefix)
		if !ok {
			continue
		}
		fields := strings.Fields(rest)
		if len(fields) == 0 || fields[0] == "ignore" {
			continue
		}
		d := directive{pos: c.Pos(), verb: fields[0]}
		if len(fields) > 1 {
			d.arg = fields[1]
		}
		out = append(out, d)
	}
	return out
}

// direct records what ds say of fn.
func (p *pkgInfo) direct(fn *types.Func, ds []directive) {
	if len(ds) == 0 {
		return
	}
	name := summary.Name(fn)
	s := p.directed[name]
	if s == nil {
		s = &summary.Func{Name: name, Directed: true}
	}
	said := make(map[string]string)
	for _, d := range ds {
		if !d.known() {
			p.unknown(d)
			continue
		}
		subject := d.subject()
		if old, ok := said[subject]; ok && old != d.verb {
			p.problem(d.pos, "//connvet:%s contradicts //connvet:%s of the same %s", d.verb, old, subject)
			continue
		}
		said[subject] = d.verb
		p.follow(fn, s, d, subject)
	}
	p.directed[name] = s
}

func (p *pkgInfo) problem(pos token.Pos, format string, args ...any) {
	p.problems = append(p.problems, Problem{pos, fmt.Sprintf(format, args...)})
}

func (p *pkgInfo) unknown(d directive) {
	p.problem(d.pos, "unknown directive //connvet:%s: there are owns, borrows, closes and ignore", d.verb)
}

func (p *pkgInfo) follow(fn *types.Func, s *summary.Func, d directive, subject string) {
	param := paramNamed(fn, subject)
	switch d.verb {
	case "owns":
		if r := ownedResult(fn, subject); r >= 0 {
			s.Fresh = append(s.Fresh, p.directedFresh(fn, r))
			s.Says = append(s.Says, summary.Result)
			return
		}
	case "borrows":
		if subject == "result" && fn.Signature().Results().Len() > 0 {
			s.Says = append(s.Says, summary.Result)
			return
		}
		if param >= 0 {
			s.Lends = append(s.Lends, param)
			return
		}
	case "closes":
		if param >= 0 {
			s.Lends = append(s.Lends, param)
			s.Params = append(s.Params, summary.ParamEffect{Param: param, Cases: []summary.Case{{Outcome: summary.Released}}})
			return
		}
	}
	p.problem(d.pos, "//connvet:%s: %s has no %q", d.verb, fn.Name(), subject)
}

// paramNamed returns the index of a parameter, counted from the receiver.
func paramNamed(fn *types.Func, name string) int {
	sig := fn.Signature()
	off := 0
	if recv := sig.Recv(); recv != nil {
		if name == "receiver" || name != "" && name == recv.Name() {
			return 0
		}
		off = 1
	}
	for i := range sig.Params().Len() {
		if name != "" && sig.Params().At(i).Name() == name {
			return i + off
		}
	}
	return -1
}

// ownedResult returns the result that `owns` speaks of: the one of that name,
// or the first that is no error.
func ownedResult(fn *types.Func, name string) int {
	res := fn.Signature().Results()
	for i := range res.Len() {
		if name == "result" && !isError(res.At(i).Type()) || res.At(i).Name() == name {
			return i
		}
	}
	return -1
}

func (p *pkgInfo) directedFresh(fn *types.Func, r int) summary.Fresh {
	t := fn.Signature().Results().At(r).Type()
	kind := resource.Kind("wrapper")
	if m, ok := p.models.Resource(t); ok {
		kind = m.Kind
	}
	c := summary.Case{Outcome: summary.Moved, Handles: []summary.Handle{{Index: r}}}
	if i := errorResult(fn.Signature()); i >= 0 {
		c.Guards = []summary.Cond{{Subject: summary.Result, Index: i, Is: summary.Nil}}
	}
	pos := p.pass.Fset.Position(fn.Pos())
	return summary.Fresh{
		Kind:  string(kind),
		Type:  types.TypeString(t, (*types.Package).Name),
		Open:  funcName(fn),
		At:    summary.Pos{File: baseName(pos.Filename), Line: pos.Line},
		Cases: []summary.Case{c},
	}
}

// applyDirectives lets the directives of a function replace what was
// inferred about the same subjects.
func (p *pkgInfo) applyDirectives(s *summary.Func) *summary.Func {
	d := p.directed[s.Name]
	if d == nil {
		return s
	}
	out := *s
	out.Directed, out.Unknown = true, false
	out.Lends, out.Says = d.Lends, d.Says
	out.Params = slices.DeleteFunc(slices.Clone(s.Params), func(e summary.ParamEffect) bool { return slices.Contains(d.Lends, e.Param) })
	out.Params = append(out.Params, d.Params...)
	if slices.Contains(d.Says, summary.Result) {
		out.Fresh = d.Fresh
	}
	return &out
}

// directive returns the summary that directives give a function, nil if
// there are none.
func (p *pkgInfo) directive(obj *types.Func) *summary.Func {
	if obj == nil || obj.Pkg() == nil {
		return nil
	}
	if obj.Pkg() == p.pass.Pkg {
		d := p.directed[summary.Name(obj)]
		if d == nil {
			return nil
		}
		if fn := p.names[d.Name]; fn != nil && p.sums[fn] != nil {
			return p.sums[fn]
		}
		return d
	}
	if fact := p.importFact(obj.Pkg()); fact != nil && fact.Directives {
		if s := fact.Lookup(summary.Name(obj)); s != nil && s.Directed {
			return s
		}
	}
	return nil
}
