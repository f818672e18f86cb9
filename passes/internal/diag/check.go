package diag

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/connvet/connvet/passes/internal/lifecycle"
	"github.com/connvet/connvet/passes/internal/summary"
)

// A spot is the beginning of the code that has the resource: behind the check
// of the error that came with it.
type spot struct {
	place
	block ast.Node // the block (or clause) to whose end that code goes
	maybe bool     // whether there is a resource is not certain
}

// covers reports whether the resource is certain to be there at pos.
func (sp spot) covers(pos token.Pos) bool {
	return sp.block != nil && !sp.maybe && sp.pos <= pos && pos < sp.block.End()
}

// spotOf finds the spot of an acquisition.
func (x *fixer) spotOf() (spot, bool) {
	for i, n := range x.s.path {
		st, ok := n.(ast.Stmt)
		if !ok || i+1 >= len(x.s.path) {
			continue
		}
		parent := x.s.path[i+1]
		if list, ok := listOf(parent); ok {
			for j := range list {
				if list[j] == st {
					return x.inList(list, j, parent)
				}
			}
			return spot{}, false
		}
		if cond, ok := parent.(*ast.IfStmt); ok && cond.Init == st {
			return x.inIf(cond, x.s.path[i+2:])
		}
		return spot{}, false
	}
	return spot{}, false
}

// inList looks for the check behind the i-th statement of a list.
func (x *fixer) inList(list []ast.Stmt, i int, block ast.Node) (spot, bool) {
	err, certain := x.errorVar()
	if err == nil {
		return x.behind(list[i], block, !certain)
	}
	const reach = 4 // statements between the acquisition and the check
	for j := i + 1; j < len(list) && j <= i+reach; j++ {
		st := list[j]
		if !mentions(x.info, st, err) {
			if simple(st) && !mentions(x.info, st, x.obj) {
				continue
			}
			break
		}
		switch st := st.(type) {
		case *ast.IfStmt:
			if st.Init == nil {
				if sp, ok := x.atIf(st, err, block); ok {
					return sp, true
				}
			}
		case *ast.SwitchStmt:
			if st.Init == nil && x.settles(st, err) {
				return x.behind(st, block, false)
			}
		case *ast.ExprStmt:
			if call, ok := st.X.(*ast.CallExpr); ok && x.r.endsIfFailed(call, err) {
				return x.behind(st, block, false)
			}
		}
		break
	}
	return x.behind(list[i], block, true)
}

// atIf finds the spot at an if statement that may test the error.
func (x *fixer) atIf(st *ast.IfStmt, err types.Object, block ast.Node) (spot, bool) {
	switch testOf(x.info, st.Cond, err) {
	case isFailed, orFailed:
		if alt, ok := st.Else.(*ast.BlockStmt); ok {
			return x.into(alt)
		}
		if st.Else == nil && x.r.terminates(st.Body.List) {
			return x.behind(st, block, false)
		}
	case isDone:
		return x.into(st.Body)
	}
	return spot{}, false
}

// settles reports whether what follows a switch is reached only if the
// error is nil: some case is about every other error, and no case about one
// comes out at the end.
func (x *fixer) settles(st *ast.SwitchStmt, err types.Object) bool {
	tag, _ := ast.Unparen(st.Tag).(*ast.Ident)
	if st.Tag != nil && (tag == nil || x.info.Uses[tag] != err) {
		return false
	}
	all := false
	for _, c := range st.Body.List {
		c := c.(*ast.CaseClause)
		done, failed := x.caseOf(c, tag != nil, err)
		all = all || failed
		switch {
		case done, x.r.terminates(c.Body) && !breaks(c):
		case c.List == nil && tag == nil:
			// The default is about no error if a case is about all.
		default:
			return false
		}
	}
	return all
}

// caseOf tells what a case means for the error: that it is nil, or that it is
// any error at all.
func (x *fixer) caseOf(c *ast.CaseClause, tagged bool, err types.Object) (done, failed bool) {
	if len(c.List) != 1 {
		return false, tagged && c.List == nil
	}
	if tagged {
		return isNil(x.info, ast.Unparen(c.List[0])), false
	}
	t := testOf(x.info, c.List[0], err)
	return t == isDone || t == andDone, t == isFailed || t == orFailed
}

// inIf finds the spot of an acquisition in the head of an if statement.
func (x *fixer) inIf(st *ast.IfStmt, around []ast.Node) (spot, bool) {
	err, _ := x.errorVar()
	if err == nil {
		return spot{}, false
	}
	switch testOf(x.info, st.Cond, err) {
	case isDone:
		return x.into(st.Body)
	case isFailed, orFailed:
		if alt, ok := st.Else.(*ast.BlockStmt); ok {
			return x.into(alt)
		}
		if st.Else != nil || len(around) == 0 || x.obj == nil || inside(x.obj.Pos(), st) {
			return spot{}, false
		}
		if _, ok := listOf(around[0]); ok && x.r.terminates(st.Body.List) {
			return x.behind(st, around[0], false)
		}
	}
	return spot{}, false
}

// behind is the spot after a statement.
func (x *fixer) behind(st ast.Stmt, block ast.Node, maybe bool) (spot, bool) {
	p, ok := x.s.src.behind(st)
	return spot{place: p, block: block, maybe: maybe}, ok && (!maybe || nilable(x.typ))
}

// into is the spot at the top of a block.
func (x *fixer) into(b *ast.BlockStmt) (spot, bool) {
	p, ok := x.s.src.top(b)
	return spot{place: p, block: b}, ok
}

// errorVar returns the variable that holds the error of the acquisition. If
// there is none, certain tells whether the resource is there all the same.
func (x *fixer) errorVar() (err types.Object, certain bool) {
	i := x.errorResult()
	if i >= 0 && !x.paired(i) {
		return nil, unconditional(x.f)
	}
	if i < 0 || x.s.lhs == nil {
		// What must() gives back is there.
		return nil, i >= 0 && x.s.lhs == nil || unconditional(x.f)
	}
	if i < len(x.s.lhs) {
		if id, ok := ast.Unparen(x.s.lhs[i]).(*ast.Ident); ok && id.Name != "_" {
			return x.info.ObjectOf(id), false
		}
	}
	return nil, false
}

// errorResult is the number of the result that is the acquisition's error, -1
// if there is none.
func (x *fixer) errorResult() int {
	if x.f.Model != nil && x.f.Inner == nil {
		return x.f.Model.Err
	}
	if tuple, ok := x.info.TypeOf(x.s.call).(*types.Tuple); ok && tuple.Len() > 0 {
		last := tuple.Len() - 1
		if isError(tuple.At(last).Type()) {
			return last
		}
	}
	return -1
}

// paired reports whether an error in the i-th result means that there is no
// resource: some helpers return both.
func (x *fixer) paired(i int) bool {
	if x.f.Fresh == nil || x.f.Inner != nil {
		return true
	}
	for _, c := range x.f.Fresh.Cases {
		if !slices.Contains(c.Guards, summary.Cond{Subject: summary.Result, Index: i, Is: summary.Nil}) {
			return false
		}
	}
	return true
}

// unconditional reports whether the resource is there whatever the results are.
func unconditional(f *lifecycle.Finding) bool {
	if f.Inner != nil {
		return false
	}
	if f.Fresh == nil {
		return f.Model == nil || f.Model.Err < 0
	}
	for _, c := range f.Fresh.Cases {
		for _, g := range c.Guards {
			if g.Subject == summary.Result {
				return false
			}
		}
	}
	return true
}

// simple reports whether a statement just runs, so that what follows it is
// reached whenever it is.
func simple(st ast.Stmt) bool {
	switch st.(type) {
	case *ast.ExprStmt, *ast.AssignStmt, *ast.IncDecStmt, *ast.DeclStmt, *ast.DeferStmt:
		return true
	}
	return false
}
