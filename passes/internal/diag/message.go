package diag

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/connvet/connvet/passes/internal/lifecycle"
	"github.com/connvet/connvet/passes/internal/resource"
)

// category is the last part of the finding's rule.
func category(f *lifecycle.Finding) string {
	if f.Wrapper != nil {
		return "wrapper"
	}
	return string(f.Kind)
}

// words are the phrases for a finding.
func (r *Reporter) words(f *lifecycle.Finding) phrases {
	if f.Kind == resource.Conn && r.isPooled(f.Type) {
		return pooled
	}
	return table[f.Kind]
}

// isPooled reports whether connections of type t come from a pool: its package
// has a type for one.
func (r *Reporter) isPooled(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return false
	}
	scope := named.Obj().Pkg().Scope()
	return slices.ContainsFunc(scope.Names(), func(name string) bool {
		obj, ok := scope.Lookup(name).(*types.TypeName)
		if !ok {
			return false
		}
		res, ok := r.models.Resource(obj.Type())
		return ok && res.Kind == resource.DB
	})
}

// leakMessage is the sentence about an obligation that is not met.
func (r *Reporter) leakMessage(f *lifecycle.Finding, s *site) string {
	w := r.words(f)
	bound := boundOf(f)
	if s.blank {
		text := fmt.Sprintf(w.dropped, s.callee()) + bound
		if name := r.execName(f, s); name != "" {
			text += fmt.Sprintf(useExec, name)
		}
		return text
	}
	subject := r.subject(f, s)
	if f.Wrapper != nil && f.Kind == resource.Tx {
		// What the methods of an owner are called is not known here.
		w.never, w.always, w.again = isNever, isAlways, isAgain
	}
	if onlyLost(f) {
		pos, _ := s.span()
		state := r.fill(w.again, f, s, r.pass.Fset.Position(pos).Line)
		return fmt.Sprintf("%s %s, which %s %s%s", subject, state, w.leaves.one, w.effect, bound)
	}
	state := r.fill(w.never, f, s)
	if f.Moved || f.Released || r.releasedSomewhere(f, s) {
		state = r.fill(w.always, f, s)
	}
	exits, hangs, plural := exitsOf(r.pass.Fset, f.Exits)
	if exits == "" {
		return fmt.Sprintf("%s %s: "+hangsOnly, subject, state, hangs)
	}
	text := fmt.Sprintf("%s %s: %s %s %s%s", subject, state, exits, w.leaves.of(plural), w.effect, bound)
	if hangs != "" {
		text += fmt.Sprintf(hangsToo, hangs)
	}
	return text
}

// fill puts the participle, if the phrase wants one, and the other arguments
// into a phrase.
func (r *Reporter) fill(phrase string, f *lifecycle.Finding, s *site, args ...any) string {
	if strings.Contains(phrase, "%s") {
		done := notCalled
		if !s.closer {
			done = participle(r.releaseMethod(f))
		}
		args = append([]any{done}, args...)
	}
	return fmt.Sprintf(phrase, args...)
}

// subject names what is owed.
func (r *Reporter) subject(f *lifecycle.Finding, s *site) string {
	switch {
	case f.Wrapper == nil:
		return s.name()
	case s.closer:
		return fmt.Sprintf(closes, s.name(), r.heldType(f))
	}
	return fmt.Sprintf(holds, s.name(), types.TypeString(f.Wrapper, r.qualify), r.heldType(f))
}

// heldType names the type of the resource itself.
func (r *Reporter) heldType(f *lifecycle.Finding) string {
	switch {
	case f.Type != nil:
		return types.TypeString(f.Type, r.qualify)
	case f.Fresh != nil && f.Fresh.Type != "":
		return f.Fresh.Type
	}
	return string(f.Kind)
}

// qualify names packages as the source does.
func (r *Reporter) qualify(p *types.Package) string {
	if p == r.pass.Pkg {
		return ""
	}
	return p.Name()
}

// onlyLost reports whether the next acquisition is the only exit.
func onlyLost(f *lifecycle.Finding) bool {
	for _, x := range f.Exits {
		if !x.Lost {
			return false
		}
	}
	return len(f.Exits) > 0
}

// releasedSomewhere reports whether the function has a way to release what the
// site acquires: a mention of it that is more than a use.
func (r *Reporter) releasedSomewhere(f *lifecycle.Finding, s *site) bool {
	id := rootIdent(s.target)
	if id == nil {
		return false
	}
	obj := s.info.ObjectOf(id)
	body := outermostBody(s.path)
	if obj == nil || body == nil {
		return false
	}
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			x := rootIdent(n.X)
			if x != nil && s.info.Uses[x] == obj && r.releases(f, n.Sel.Name) {
				found = true
			}
		case *ast.CallExpr:
			for _, a := range n.Args {
				if a, ok := ast.Unparen(a).(*ast.Ident); ok && n != s.call && s.info.Uses[a] == obj {
					found = true
				}
			}
		}
		return !found
	})
	return found
}

// releases reports whether a method of that name may release the finding's
// resource.
func (r *Reporter) releases(f *lifecycle.Finding, method string) bool {
	switch method {
	case r.releaseMethod(f), "Close", "Commit", "Rollback", "Release", "Stop":
		return true
	case "Next":
		return f.Kind == resource.Rows
	}
	return false
}

// rootIdent returns the identifier at the root of a name, nil if there is
// none.
func rootIdent(e ast.Expr) *ast.Ident {
	switch e := e.(type) {
	case *ast.Ident:
		return e
	case *ast.SelectorExpr:
		return rootIdent(e.X)
	case *ast.StarExpr:
		return rootIdent(e.X)
	case *ast.IndexExpr:
		return rootIdent(e.X)
	case *ast.ParenExpr:
		return rootIdent(e.X)
	}
	return nil
}

// outermostBody returns the body of the declared function on the path.
func outermostBody(path []ast.Node) *ast.BlockStmt {
	for _, n := range path {
		if d, ok := n.(*ast.FuncDecl); ok {
			return d.Body
		}
	}
	return nil
}

// strictMessage is the sentence about a release that a panic would skip.
func (r *Reporter) strictMessage(f *lifecycle.Finding, s *site) string {
	effect := r.words(f).effect
	if f.Kind == resource.Stmt {
		effect = "it on the server"
	}
	if pos := r.firstRelease(f, s); pos.IsValid() {
		return fmt.Sprintf(notDeferred, s.name(), r.pass.Fset.Position(pos).Line, effect)
	}
	return fmt.Sprintf(notDeferredAt, s.name(), effect)
}

// firstRelease finds the first call behind the acquisition that releases by
// name.
func (r *Reporter) firstRelease(f *lifecycle.Finding, s *site) token.Pos {
	id, body := rootIdent(s.target), outermostBody(s.path)
	if id == nil || body == nil {
		return token.NoPos
	}
	obj, first := s.info.ObjectOf(id), token.NoPos
	ast.Inspect(body, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if ok && !first.IsValid() && sel.Pos() > s.call.End() {
			if x := rootIdent(sel.X); x != nil && s.info.Uses[x] == obj && r.releases(f, sel.Sel.Name) && sel.Sel.Name != "Next" {
				first = sel.Pos()
			}
		}
		return !first.IsValid()
	})
	return first
}
