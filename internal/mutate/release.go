package mutate

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// A release is a call that releases a site's resource.
type release struct {
	cur      inspector.Cursor // the CallExpr
	rollback bool             // of a transaction, by name
	proxy    bool             // by calling a closure that holds another of the releases
}

// call returns the call itself.
func (r release) call() *ast.CallExpr { return r.cur.Node().(*ast.CallExpr) }

// releases returns the calls that release the site's resource, in the
// declaration that holds the site.
func (s *Site) releases() []release {
	if s.obj == nil {
		return s.chained()
	}
	var all []release
	add := func(cur inspector.Cursor) {
		for _, r := range all {
			if r.cur == cur {
				return
			}
		}
		rollback := s.Kind == Tx && strings.Contains(strings.ToLower(calleeName(cur)), "rollback")
		all = append(all, release{cur: cur, rollback: rollback})
	}
	names := s.view.names(s.decl, s.obj)
	s.view.uses(s.decl, names, func(cur inspector.Cursor) {
		e := s.view.use(cur, s.Kind)
		if call, ok := enclosingCall(cur); ok && (e == releases || e == partly && helperName.MatchString(calleeName(call))) {
			add(call)
		}
	})
	for _, f := range append(s.view.proxies(s.decl, names, s.Kind), s.view.cleanups(s.call)...) {
		if f.effect != releases {
			continue
		}
		s.view.uses(s.decl, []types.Object{f.obj}, func(cur inspector.Cursor) {
			if cur.ParentEdgeKind() == edge.CallExpr_Fun {
				add(cur.Parent())
				all[len(all)-1].proxy = f.lit != nil
			}
		})
	}
	return all
}

// calleeName returns the name of the function that is called.
func calleeName(call inspector.Cursor) string {
	switch fun := call.Node().(*ast.CallExpr).Fun.(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return fun.Sel.Name
	}
	return ""
}

// chained returns the call of a release method on the result of the site's
// call: QueryRow(...).Scan(...).
func (s *Site) chained() []release {
	if s.call.ParentEdgeKind() != edge.SelectorExpr_X {
		return nil
	}
	sel := s.call.Parent()
	if sel.ParentEdgeKind() != edge.CallExpr_Fun || !s.Kind.releases(sel.Node().(*ast.SelectorExpr).Sel.Name) {
		return nil
	}
	return []release{{cur: sel.Parent()}}
}

// enclosingCall returns the call in whose function or arguments an expression
// is.
func enclosingCall(cur inspector.Cursor) (inspector.Cursor, bool) {
	for c := range cur.Enclosing() {
		switch c.Node().(type) {
		case *ast.CallExpr:
			return c, true
		case ast.Stmt, *ast.FuncLit:
			return c, false
		}
	}
	return cur, false
}

// A proxy is a local variable that holds a function that does something to a
// resource: cleanup := func() { tx.Rollback() }.
type proxy struct {
	obj    types.Object
	lit    *ast.FuncLit // nil if it is not known
	effect effect
}

// proxies returns the proxies of a resource in a declaration, given its names.
func (v view) proxies(decl inspector.Cursor, names []types.Object, kind Kind) []*proxy {
	var all []*proxy
	v.uses(decl, names, func(cur inspector.Cursor) {
		for lit := range cur.Enclosing((*ast.FuncLit)(nil)) {
			if !decl.Contains(lit) || names[0].Pos() >= lit.Node().Pos() && names[0].Pos() < lit.Node().End() {
				break // the resource is the function's own
			}
			f := v.boundTo(lit)
			if f == nil {
				continue
			}
			i := slices.IndexFunc(all, func(p *proxy) bool { return p.obj == f })
			if i < 0 {
				i = len(all)
				all = append(all, &proxy{obj: f, lit: lit.Node().(*ast.FuncLit)})
			} else if all[i].lit != lit.Node() {
				all[i].lit = nil // one of several
			}
			all[i].effect = max(all[i].effect, v.use(cur, kind))
		}
	})
	return all
}

// cleanups returns the variables that an acquisition sets besides the resource
// to functions that release it: conn, release, err := acquire().
func (v view) cleanups(call inspector.Cursor) []*proxy {
	assign, ok := call.Parent().Node().(*ast.AssignStmt)
	if !ok || len(assign.Rhs) != 1 {
		return nil
	}
	var all []*proxy
	for _, e := range assign.Lhs {
		obj := v.object(e)
		if obj == nil {
			continue
		}
		if sig, ok := obj.Type().Underlying().(*types.Signature); ok && sig.Params().Len() == 0 {
			all = append(all, &proxy{obj: obj, effect: releases})
		}
	}
	return all
}

// boundTo returns the variable that a function literal is assigned to, or nil.
func (v view) boundTo(lit inspector.Cursor) types.Object {
	switch k, i := lit.ParentEdge(); k {
	case edge.AssignStmt_Rhs:
		if assign := lit.Parent().Node().(*ast.AssignStmt); len(assign.Lhs) == len(assign.Rhs) {
			return v.object(assign.Lhs[i])
		}
	case edge.ValueSpec_Values:
		return v.object(lit.Parent().Node().(*ast.ValueSpec).Names[i])
	}
	return nil
}
