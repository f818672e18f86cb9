package diag

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/lifecycle"
	"github.com/connvet/connvet/passes/internal/summary"
)

// maxBranches limits the branches of a witness path. The last ones, nearest to
// the exit, tell most.
const maxBranches = 8

// witness lists the way from the acquisition to the first exit, which stands
// last.
func (r *Reporter) witness(f *lifecycle.Finding, s *site) []analysis.RelatedInformation {
	out := []analysis.RelatedInformation{r.acquired(f, s)}
	if len(f.Exits) == 0 {
		return out
	}
	x := firstExit(f.Exits)
	out = append(out, r.branches(x.Path)...)
	return append(out, r.exitStep(s, x))
}

// exitStep is the last step: the exit itself.
func (r *Reporter) exitStep(s *site, x lifecycle.Exit) analysis.RelatedInformation {
	last := analysis.RelatedInformation{Pos: x.Pos}
	name := r.shortName(s)
	switch {
	case x.Hang:
		last.Message = fmt.Sprintf(stepHang, name)
	case x.Lost:
		last.Pos, last.End = s.span()
		last.Message = stepAgain
	case x.Go:
		last.Message = fmt.Sprintf(stepGo, name)
	case x.End:
		last.Message = fmt.Sprintf(stepEnd, name)
	default:
		last.Message = fmt.Sprintf(stepReturn, name)
	}
	return last
}

// firstExit prefers what leaves the function to what does not.
func firstExit(exits []lifecycle.Exit) lifecycle.Exit {
	for _, x := range exits {
		if !x.Lost && !x.Hang {
			return x
		}
	}
	return exits[0]
}

// shortName is the name, or "it" for what has none.
func (r *Reporter) shortName(s *site) string {
	if s.target == nil {
		return "it"
	}
	return s.name()
}

func (r *Reporter) acquired(f *lifecycle.Finding, s *site) analysis.RelatedInformation {
	pos, end := s.span()
	name := r.shortName(s)
	if s.target == nil {
		name = string(f.Kind)
	}
	text := fmt.Sprintf(stepAcquired, name, r.funcName(f.Callee))
	if f.Fresh != nil && f.Fresh.Open != "" && f.Fresh.At != (summary.Pos{}) {
		text = fmt.Sprintf(stepOpened, name, r.funcName(f.Callee), f.Fresh.Open, f.Fresh.At)
	}
	return analysis.RelatedInformation{Pos: pos, End: end, Message: text}
}

// funcName is "sql.Open", "(*sql.DB).Query" or, in this package, "load".
func (r *Reporter) funcName(fn *types.Func) string {
	if recv := fn.Signature().Recv(); recv != nil {
		return "(" + types.TypeString(recv.Type(), r.qualify) + ")." + fn.Name()
	}
	if fn.Pkg() == nil || fn.Pkg() == r.pass.Pkg {
		return fn.Name()
	}
	return fn.Pkg().Name() + "." + fn.Name()
}

// branches renders the branches that have a place in the source.
func (r *Reporter) branches(path []lifecycle.Step) []analysis.RelatedInformation {
	var out []analysis.RelatedInformation
	for _, step := range path {
		if rel, ok := r.branch(step.If, step.Taken); ok {
			if n := len(out); n > 0 && out[n-1] == rel {
				continue
			}
			out = append(out, rel)
		}
	}
	if len(out) > maxBranches {
		out = out[len(out)-maxBranches:]
	}
	return out
}

// branch renders one branch by the text of its condition.
func (r *Reporter) branch(br *ssa.If, taken bool) (rel analysis.RelatedInformation, ok bool) {
	pos := br.Cond.Pos()
	if !within(br.Cond) {
		return r.branchOf(br, taken)
	}
	src := r.sourceOf(pos)
	if src == nil {
		return rel, false
	}
	path := src.pathAt(pos)
	for i, n := range path {
		e, isExpr := n.(ast.Expr)
		if !isExpr {
			break
		}
		if !isBool(r.pass.TypesInfo.TypeOf(e)) || !atPos(e, pos) {
			if i+1 < len(path) && isCase(path[i+1]) {
				if !taken {
					return related(e, fmt.Sprintf(stepNoCase, oneLine(e))), true
				}
				return related(e, fmt.Sprintf(stepCase, oneLine(e))), true
			}
			continue
		}
		return related(e, fmt.Sprintf(stepBranch, oneLine(e), taken)), true
	}
	return rel, false
}

// branchOf renders a branch whose condition has no place of its own, as that of
// a variable: it is the if statement that the code behind it stands in.
func (r *Reporter) branchOf(br *ssa.If, taken bool) (rel analysis.RelatedInformation, ok bool) {
	for i, next := range br.Block().Succs {
		if next.Comment != "if.then" || len(next.Preds) != 1 {
			continue
		}
		for _, instr := range next.Instrs {
			src := r.sourceOf(instr.Pos())
			if src == nil {
				continue
			}
			if st := ifAround(src.pathAt(instr.Pos())); st != nil {
				return related(st.Cond, fmt.Sprintf(stepBranch, oneLine(st.Cond), taken == (i == 0))), true
			}
			break
		}
	}
	return rel, false
}

// ifAround returns the innermost if statement whose body a path comes from.
func ifAround(path []ast.Node) *ast.IfStmt {
	for i := 1; i < len(path); i++ {
		if st, ok := path[i].(*ast.IfStmt); ok && path[i-1] == ast.Node(st.Body) {
			return st
		}
	}
	return nil
}

func related(e ast.Expr, text string) analysis.RelatedInformation {
	return analysis.RelatedInformation{Pos: e.Pos(), End: e.End(), Message: text}
}

// within reports whether a condition's position is where it is evaluated, and
// not where a variable is declared.
func within(cond ssa.Value) bool {
	switch cond := cond.(type) {
	case *ssa.Parameter, *ssa.FreeVar, *ssa.Alloc, *ssa.Phi, *ssa.Const:
		return false
	case *ssa.UnOp:
		_, global := cond.X.(*ssa.Global)
		return !global && cond.Pos().IsValid()
	}
	return cond.Pos().IsValid()
}

// atPos reports whether the SSA value of e has the position pos.
func atPos(e ast.Expr, pos token.Pos) bool {
	switch e := e.(type) {
	case *ast.BinaryExpr:
		return e.OpPos == pos
	case *ast.CallExpr:
		return e.Lparen == pos
	case *ast.SelectorExpr:
		return e.Sel.Pos() == pos
	case *ast.TypeAssertExpr:
		return e.Lparen == pos
	case *ast.IndexExpr:
		return e.Lbrack == pos
	}
	return e.Pos() == pos
}

func isCase(n ast.Node) bool {
	_, ok := n.(*ast.CaseClause)
	return ok
}

func isBool(t types.Type) bool {
	if t == nil {
		return false
	}
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

// oneLine renders an expression, cut to what fits into a step.
func oneLine(e ast.Expr) string {
	const limit = 60
	text := strings.Join(strings.Fields(types.ExprString(e)), " ")
	if runes := []rune(text); len(runes) > limit {
		text = string(runes[:limit-3]) + "..."
	}
	return text
}
