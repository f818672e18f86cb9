package diag

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/passes/internal/lifecycle"
	"github.com/connvet/connvet/passes/internal/resource"
)

// execName is the method that runs the statement of discarded rows without
// making any, "" if there is none.
func (r *Reporter) execName(f *lifecycle.Finding, s *site) string {
	sel := s.selector()
	if sel == nil || f.Model == nil || f.Kind != resource.Rows && f.Kind != resource.Row {
		return ""
	}
	name := execOf(sel.Sel.Name)
	old, ok := r.pass.TypesInfo.Uses[sel.Sel].(*types.Func)
	if name == "" || !ok {
		return ""
	}
	obj, _, _ := types.LookupFieldOrMethod(r.pass.TypesInfo.TypeOf(sel.X), true, r.pass.Pkg, name)
	exec, ok := obj.(*types.Func)
	if !ok || !sameParams(old.Signature(), exec.Signature()) || exec.Signature().Results().Len() != 2 {
		return ""
	}
	return name
}

// execOf derives the name: Query, QueryRow, Queryx and QueryRowx become Exec,
// with what stands around them.
func execOf(name string) string {
	for _, query := range []string{"QueryRowx", "QueryRow", "Queryx", "Query"} {
		if before, after, ok := strings.Cut(name, query); ok && (after == "" || after == "Context") {
			return before + "Exec" + after
		}
	}
	return ""
}

func sameParams(a, b *types.Signature) bool {
	return a.Variadic() == b.Variadic() && types.Identical(a.Params(), b.Params())
}

// execFix runs the statement instead of asking for rows that nobody reads.
func (r *Reporter) execFix(f *lifecycle.Finding, s *site) []analysis.SuggestedFix {
	name := r.execName(f, s)
	if name == "" {
		return nil
	}
	sel := s.selector()
	edits := []analysis.TextEdit{{Pos: sel.Sel.Pos(), End: sel.Sel.End(), NewText: []byte(name)}}
	if f.Kind == resource.Row {
		switch n := s.assign.(type) {
		case nil:
		case *ast.AssignStmt:
			if len(n.Lhs) != 1 || len(n.Rhs) != 1 {
				return nil
			}
			// Exec has two results.
			edits = append([]analysis.TextEdit{{Pos: n.Lhs[0].End(), End: n.Lhs[0].End(), NewText: []byte(", _")}}, edits...)
		default:
			return nil
		}
	}
	return []analysis.SuggestedFix{{Message: "use " + name, TextEdits: edits}}
}
