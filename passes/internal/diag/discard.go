package diag

import (
	"go/ast"
	"go/token"
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
func (r *Reporter) execFix(f *lifecycle.Finding, s *site) (fix analysis.SuggestedFix, ok bool) {
	name := r.execName(f, s)
	if name == "" || !s.blank {
		return fix, false
	}
	sel := s.selector()
	edits := []analysis.TextEdit{{Pos: sel.Sel.Pos(), End: sel.Sel.End(), NewText: []byte(name)}}
	if f.Kind == resource.Row {
		switch n := s.assign.(type) {
		case nil:
		case *ast.AssignStmt:
			if len(n.Lhs) != 1 || len(n.Rhs) != 1 {
				return fix, false
			}
			// Exec has two results.
			edits = append([]analysis.TextEdit{{Pos: n.Lhs[0].End(), End: n.Lhs[0].End(), NewText: []byte(", _")}}, edits...)
		default:
			return fix, false
		}
	}
	return analysis.SuggestedFix{Message: "use " + name, TextEdits: edits}, true
}

// nameFix gives the dropped result a name, to release it by.
func (x *fixer) nameFix() (fix analysis.SuggestedFix, ok bool) {
	assign, ok := x.s.assign.(*ast.AssignStmt)
	result, isParam := x.s.resultOf(x.f)
	if !ok || x.s.lhs == nil || isParam || x.f.Wrapper != nil || result >= len(x.s.lhs) || !x.declares(assign) {
		return fix, false
	}
	name, ok := newNames[x.f.Kind]
	if !ok || x.isUsed(name) {
		return fix, false
	}
	x.name, x.typ = name, x.f.Type
	if fix, ok = x.deferFix(); ok {
		blank := x.s.lhs[result]
		fix.TextEdits = append([]analysis.TextEdit{
			{Pos: blank.Pos(), End: blank.End(), NewText: []byte(name)},
			{Pos: assign.TokPos, End: assign.TokPos + token.Pos(len(assign.Tok.String())), NewText: []byte(":=")},
		}, fix.TextEdits...)
		fix.Message = "name it " + name + " and " + fix.Message
	}
	return fix, ok
}

// newNames are what people call such things.
var newNames = map[resource.Kind]string{
	resource.Rows:  "rows",
	resource.Stmt:  "stmt",
	resource.Tx:    "tx",
	resource.Conn:  "conn",
	resource.DB:    "db",
	resource.Batch: "results",
}

// declares reports whether the assignment is, or can be made, one that declares
// a variable, without making new ones of the others on its left side.
func (x *fixer) declares(assign *ast.AssignStmt) bool {
	if assign.Tok == token.DEFINE {
		return true
	}
	scope := x.r.pass.Pkg.Scope().Innermost(assign.Pos())
	for _, e := range assign.Lhs {
		id, ok := e.(*ast.Ident)
		if !ok || id.Name != "_" && (scope == nil || x.info.Uses[id] == nil || x.info.Uses[id].Parent() != scope) {
			return false
		}
	}
	return assign.Tok == token.ASSIGN
}

// isUsed reports whether the function mentions the name.
func (x *fixer) isUsed(name string) bool {
	used := false
	ast.Inspect(bodyOf(x.fn), func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Name == name {
			used = true
		}
		return !used
	})
	return used
}
