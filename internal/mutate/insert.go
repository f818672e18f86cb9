package mutate

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// late returns the mutant that defers a release only after the next statement
// that may return, or nil if there is none.
func (s *Site) late(r release) *Mutant {
	stmt, ok := s.deferOf(r)
	if !ok {
		return nil
	}
	for next, ok := stmt.NextSibling(); ok; next, ok = next.NextSibling() {
		if _, last := next.Node().(*ast.ReturnStmt); last || !returns(next.Node()) {
			continue
		}
		text := s.prog.sourceOf(stmt.Node())
		end := s.prog.offset(next.Node().End())
		return &Mutant{Op: OpLate, Edits: []Edit{s.replace(stmt.Node(), ""), {end, end, "\n" + text}}}
	}
	return nil
}

// deferOf returns the defer statement in the acquiring function that a release
// is part of.
func (s *Site) deferOf(r release) (inspector.Cursor, bool) {
	owner, _ := innermostFunc(s.call)
	for stmt := range r.cur.Enclosing((*ast.DeferStmt)(nil)) {
		if fn, _ := innermostFunc(stmt); fn == owner && s.obj != nil {
			return stmt, true
		}
	}
	return r.cur, false
}

// returns reports whether a return statement of the same function is part of a
// statement.
func returns(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			found = true
		}
		return !found
	})
	return found
}

// exitVariable is the name of the variables whose value decides at run time
// whether an inserted exit is taken.
const exitVariable = "MutateExit"

// exits returns the mutants with a return inserted before an explicit release
// or in a loop that drains rows, where no release is deferred.
func (s *Site) exits(list []release) []*Mutant {
	if s.obj == nil || slices.ContainsFunc(list, func(r release) bool { _, ok := s.deferOf(r); return ok }) {
		return nil
	}
	owner, _ := innermostFunc(s.call)
	zero, ok := s.zeroResults(owner.Node())
	if !ok {
		return nil
	}
	var at []int
	for _, r := range list {
		if stmt, ok := s.statementOf(r.cur); ok && r.cur.ParentEdgeKind() != edge.ReturnStmt_Results {
			at = append(at, s.prog.offset(stmt.Pos()))
		}
	}
	for loop := range owner.Preorder((*ast.ForStmt)(nil)) {
		if n := loop.Node().(*ast.ForStmt); s.drainedBy(n) {
			at = append(at, s.prog.offset(n.Body.Lbrace)+1)
		}
	}
	text, err := s.prog.source(s.At.Filename)
	if err != nil {
		return nil
	}
	var all []*Mutant
	for _, offset := range at {
		name := fmt.Sprintf("%s%d", exitVariable, offset)
		all = append(all, &Mutant{Op: OpExit, Edits: []Edit{
			{offset, offset, fmt.Sprintf("\nif %s { return %s }\n", name, zero)},
			{len(text), len(text), fmt.Sprintf("\nvar %s bool\n", name)},
		}})
	}
	return all
}

// drainedBy reports whether a loop reads the site's rows to their end.
func (s *Site) drainedBy(loop *ast.ForStmt) bool {
	call, ok := loop.Cond.(*ast.CallExpr)
	if !ok || s.Kind != Rows {
		return false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "Next" && s.view.object(sel.X) == s.obj
}

// statementOf returns the statement of a statement list that a node is part of,
// if it is one of the function that acquires.
func (s *Site) statementOf(cur inspector.Cursor) (ast.Node, bool) {
	owner, _ := innermostFunc(s.call)
	if fn, _ := innermostFunc(cur); fn != owner {
		return nil, false
	}
	for c := range cur.Enclosing() {
		switch c.ParentEdgeKind() {
		case edge.BlockStmt_List, edge.CaseClause_Body, edge.CommClause_Body:
			return c.Node(), true
		}
	}
	return nil, false
}

// zeroResults returns the operands of a return statement with zero values.
func (s *Site) zeroResults(fn ast.Node) (string, bool) {
	typ, _ := funcParts(fn)
	if typ == nil {
		return "", false
	}
	var list []string
	if typ.Results != nil {
		for _, field := range typ.Results.List {
			for range max(1, len(field.Names)) {
				list = append(list, s.zero(field.Type))
			}
		}
	}
	return strings.Join(list, ", "), true
}

// zero returns the zero value of a type.
func (s *Site) zero(typ ast.Expr) string {
	t := s.view.info.TypeOf(typ)
	if _, ok := t.(*types.TypeParam); !ok {
		switch u := t.Underlying().(type) {
		case *types.Pointer, *types.Interface, *types.Slice, *types.Map, *types.Chan, *types.Signature:
			return "nil"
		case *types.Basic:
			switch {
			case u.Info()&types.IsNumeric != 0:
				return "0"
			case u.Info()&types.IsString != 0:
				return `""`
			case u.Info()&types.IsBoolean != 0:
				return "false"
			}
		}
	}
	return "*new(" + s.prog.sourceOf(typ) + ")"
}
