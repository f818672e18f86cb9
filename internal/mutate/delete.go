package mutate

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// mutants returns the mutants of a site, not yet judged.
func (s *Site) mutants() []*Mutant {
	var all []*Mutant
	var rollbacks, alternatives []Edit
	list := s.releases()
	ends := 0 // Commits and the like
	for _, r := range list {
		if !r.rollback {
			ends++
		}
	}
	for _, r := range list {
		m := s.deletion(r)
		if m == nil {
			continue
		}
		all = append(all, m)
		if r.rollback && !r.proxy {
			rollbacks = append(rollbacks, m.Edits...)
			if m.alternative != nil {
				alternatives = append(alternatives, m.alternative...)
			} else {
				alternatives = append(alternatives, m.Edits...)
			}
		}
	}
	switch {
	case ends == 0:
	case len(rollbacks) == 1: // its deletion is that of all
		for _, m := range all {
			if m.Edits[0] == rollbacks[0] {
				m.Op = OpRollback
			}
		}
	case len(rollbacks) > 1:
		all = append(all, &Mutant{Op: OpRollback, Edits: rollbacks, alternative: alternatives})
	}
	for _, r := range list {
		if m := s.late(r); m != nil {
			all = append(all, m)
		}
	}
	return append(all, s.exits(list)...)
}

// deletion returns the mutant without one release, or nil.
func (s *Site) deletion(r release) *Mutant {
	if m := s.unscan(r); m != nil {
		return m
	}
	if s.obj == nil {
		return nil
	}
	parent := r.cur.Parent()
	op := OpExplicit
	if fn, _ := innermostFunc(r.cur); s.isInner(fn) {
		op = OpClosure
	}
	switch r.cur.ParentEdgeKind() {
	case edge.ExprStmt_X, edge.GoStmt_Call:
		return &Mutant{Op: op, Edits: []Edit{s.replace(parent.Node(), s.keep(r.call()))}}
	case edge.DeferStmt_Call:
		if op == OpExplicit {
			op = OpDefer
		}
		return &Mutant{Op: op, Edits: []Edit{s.replace(parent.Node(), s.keep(r.call()))}}
	case edge.ReturnStmt_Results:
		if op == OpExplicit {
			op = OpReturn
		}
	case edge.AssignStmt_Rhs:
		if n, ok := parent.Parent().Node().(*ast.IfStmt); ok && parent.ParentEdgeKind() == edge.IfStmt_Init && n.Else == nil {
			if _, chained := parent.Parent().Parent().Node().(*ast.IfStmt); !chained {
				return &Mutant{
					Op: op, Edits: []Edit{s.replace(n, s.keep(r.call()))},
					alternative: []Edit{s.replace(r.call(), "error(nil)")},
				}
			}
		}
	}
	value := s.insteadOf(r.call())
	if value == "" {
		return nil
	}
	m := &Mutant{Op: op, Edits: []Edit{s.replace(r.call(), value)}}
	if stmt, ok := s.deferOf(r); ok {
		m.alternative = []Edit{s.replace(stmt.Node(), s.keep(r.call()))}
	}
	return m
}

// unscan returns the mutant that asks a Row for its error instead of scanning
// it, or nil.
func (s *Site) unscan(r release) *Mutant {
	sel, ok := r.call().Fun.(*ast.SelectorExpr)
	if !ok || s.Kind != Row || !s.Kind.releases(sel.Sel.Name) {
		return nil
	}
	if t := s.view.info.TypeOf(sel.X); t == nil || !hasMethod(t, "Err") {
		return nil
	}
	e := s.replace(r.call(), "Err()")
	e.Start = s.prog.offset(sel.Sel.Pos())
	return &Mutant{Op: OpScan, Edits: []Edit{e}}
}

// isInner reports whether a function is a closure inside the one that acquires.
func (s *Site) isInner(fn inspector.Cursor) bool {
	owner, _ := innermostFunc(s.call)
	return fn != owner && owner.Contains(fn)
}

// replace returns the edit that puts text in the place of a node.
func (s *Site) replace(n ast.Node, text string) Edit {
	return Edit{s.prog.offset(n.Pos()), s.prog.offset(n.End()), text}
}

// keep returns a statement that uses what a deleted call used, so that no
// variable or import becomes unused.
func (s *Site) keep(call *ast.CallExpr) string {
	used := []string{s.obj.Name()}
	for _, arg := range call.Args {
		switch arg := ast.Unparen(arg).(type) {
		case *ast.BasicLit, *ast.FuncLit:
		case *ast.Ident:
			if arg.Name != s.obj.Name() && arg.Name != "nil" {
				used = append(used, arg.Name)
			}
		default:
			used = append(used, s.prog.sourceOf(arg))
		}
	}
	if id, ok := call.Fun.(*ast.Ident); ok && s.view.info.Uses[id] != nil {
		if _, ok := s.view.info.Uses[id].(*types.Var); ok { // cleanup()
			used[0] = id.Name
		}
	}
	return strings.Repeat("_, ", len(used)-1) + "_ = " + strings.Join(used, ", ")
}

// insteadOf returns an expression to put in the place of a release whose error
// is used: of a helper that is given an error and returns one the former, else
// nil. It returns "" if the result is no error.
func (s *Site) insteadOf(call *ast.CallExpr) string {
	t := s.view.info.TypeOf(call)
	if t == nil || !isError(t) {
		return ""
	}
	for _, arg := range call.Args {
		if at := s.view.info.TypeOf(arg); at != nil && isError(at) {
			return s.prog.sourceOf(arg)
		}
	}
	return "error(nil)"
}
