package diag

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/passes/internal/lifecycle"
)

// A site is an acquisition as it is written.
type site struct {
	src  *source
	info *types.Info
	call *ast.CallExpr
	path []ast.Node // the call and what encloses it, innermost first

	// target is what the resource is assigned to, nil if that is nothing
	// that could be named. blank is set where the result is dropped on the
	// spot.
	target ast.Expr
	blank  bool

	// closer is set where the target is a function that releases.
	closer bool

	// assign is the statement (or the declaration) that assigns, lhs its left
	// sides where the call's results alone go there, one by one.
	assign ast.Node
	lhs    []ast.Expr
}

// siteOf finds the acquisition of a finding, nil if the call has no syntax.
func siteOf(pass *analysis.Pass, src *source, f *lifecycle.Finding) *site {
	pos := f.Call.Pos()
	path := src.pathAt(pos)
	for len(path) > 0 {
		if call, ok := path[0].(*ast.CallExpr); ok && call.Lparen == pos {
			break
		}
		path = path[1:]
	}
	if len(path) == 0 {
		return nil
	}
	s := &site{src: src, info: pass.TypesInfo, call: path[0].(*ast.CallExpr), path: path}
	s.findTarget(f)
	return s
}

// selector returns the final selector of the called expression, if any.
func (s *site) selector() *ast.SelectorExpr {
	fun := ast.Unparen(s.call.Fun)
	switch x := fun.(type) {
	case *ast.IndexExpr:
		fun = ast.Unparen(x.X)
	case *ast.IndexListExpr:
		fun = ast.Unparen(x.X)
	}
	sel, _ := fun.(*ast.SelectorExpr)
	return sel
}

// span is where the finding stands: on one line, in a chain of calls the one
// of the method that acquires.
func (s *site) span() (pos, end token.Pos) {
	pos, end = s.call.Pos(), s.call.End()
	last := s.call.Fun.End()
	if sel := s.selector(); sel != nil {
		last = sel.Sel.End()
		if s.src.line(pos) != s.src.line(sel.Sel.Pos()) {
			pos = sel.Sel.Pos()
		}
	}
	if s.src.line(end) != s.src.line(pos) {
		end = last
	}
	return pos, end
}

// stmt returns the innermost statement (or declaration) around the call.
func (s *site) stmt() ast.Node { return innermostStmt(s.path) }

// innermostStmt returns the first simple statement of a path that leads
// outwards. The head of an if, for or switch is a statement of its own where
// it is one; a condition belongs to the whole.
func innermostStmt(path []ast.Node) ast.Node {
	for _, n := range path {
		switch n := n.(type) {
		case *ast.BlockStmt:
		case ast.Stmt:
			return n
		case *ast.GenDecl:
			return n
		}
	}
	return nil
}

// findTarget finds what the resource is assigned to.
func (s *site) findTarget(f *lifecycle.Finding) {
	result, isParam := s.resultOf(f)
	if isParam {
		s.outParam(result)
		return
	}
	s.closer = f.Fresh != nil && onlyCloser(f)
	var child ast.Expr = s.call
	for _, n := range s.path[1:] {
		switch n := n.(type) {
		case *ast.ParenExpr:
			child = n
		case *ast.TypeAssertExpr:
			child = n
		case *ast.CallExpr:
			// must(db.Query()) gives back what it was given.
			if !s.passesOn(n, child, result) {
				return
			}
			child, result = n, 0
		case *ast.ExprStmt:
			s.blank = child == ast.Expr(s.call)
			return
		case *ast.AssignStmt:
			s.assigned(n, n.Lhs, n.Rhs, child, result)
			return
		case *ast.ValueSpec:
			var lhs []ast.Expr
			for _, name := range n.Names {
				lhs = append(lhs, name)
			}
			s.assigned(n, lhs, n.Values, child, result)
			return
		default:
			return
		}
	}
}

// resultLike returns the number of the call's result that is of type t, 0 if
// there is none.
func (s *site) resultLike(t types.Type) int {
	if tuple, ok := s.info.TypeOf(s.call).(*types.Tuple); ok && t != nil {
		for i := range tuple.Len() {
			if types.Identical(tuple.At(i).Type(), t) {
				return i
			}
		}
	}
	return 0
}

// resultOf returns the number of the result that holds the resource, or of the
// parameter (receiver first) through which the callee hands it out.
func (s *site) resultOf(f *lifecycle.Finding) (index int, param bool) {
	if f.Inner != nil {
		return s.resultLike(f.Type), false
	}
	if f.Model != nil && f.Model.Into > 0 {
		index = f.Model.Into - 1
		if f.Callee.Signature().Recv() != nil {
			index++
		}
		return index, true
	}
	if f.Model != nil {
		return f.Model.Result, false
	}
	if f.Fresh == nil {
		return 0, false
	}
	best, found := 0, false
	for _, c := range f.Fresh.Cases {
		for _, h := range c.Handles {
			if !h.Param && h.Path == "" {
				return h.Index, false
			}
			if !found {
				best, param, found = h.Index, h.Param, true
			}
		}
	}
	return best, param
}

// onlyCloser reports whether all that the caller gets is a function that
// releases.
func onlyCloser(f *lifecycle.Finding) bool {
	found := false
	for _, c := range f.Fresh.Cases {
		for _, h := range c.Handles {
			if h.Param || h.Path != "()" {
				return false
			}
			found = true
		}
	}
	return found
}

// outParam names what the callee fills: an argument, or the receiver.
func (s *site) outParam(index int) {
	if sel := s.selector(); sel != nil && s.info.Selections[sel] != nil {
		index--
		if index < 0 {
			s.target = ast.Unparen(sel.X)
			return
		}
	}
	if index < len(s.call.Args) {
		arg := ast.Unparen(s.call.Args[index])
		if u, ok := arg.(*ast.UnaryExpr); ok && u.Op == token.AND {
			arg = ast.Unparen(u.X)
		}
		if nameable(arg) {
			s.target = arg
		}
	}
}

// passesOn reports whether the result of an enclosing call stands for the
// resource: it is given nothing else, and has one result of the same type.
func (s *site) passesOn(outer *ast.CallExpr, arg ast.Expr, result int) bool {
	if len(outer.Args) != 1 || outer.Args[0] != arg {
		return false
	}
	in, out := s.info.TypeOf(arg), s.info.TypeOf(outer)
	if tuple, ok := in.(*types.Tuple); ok {
		if result >= tuple.Len() {
			return false
		}
		in = tuple.At(result).Type()
	}
	return in != nil && out != nil && types.Identical(in, out)
}

// assigned notes the left side that belongs to the result of rhs.
func (s *site) assigned(n ast.Node, lhs, values []ast.Expr, rhs ast.Expr, result int) {
	s.assign = n
	switch {
	case len(values) > 1:
		result = slices.Index(values, rhs)
	case rhs == ast.Expr(s.call):
		s.lhs = lhs
	}
	if result < 0 || result >= len(lhs) {
		return
	}
	target := ast.Unparen(lhs[result])
	if id, ok := target.(*ast.Ident); ok && id.Name == "_" {
		s.blank = true
		return
	}
	if nameable(target) {
		s.target = target
	}
}

// nameable reports whether the expression is short enough to serve as a name.
func nameable(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return nameable(ast.Unparen(e.X))
	case *ast.StarExpr:
		return nameable(ast.Unparen(e.X))
	case *ast.IndexExpr:
		return nameable(ast.Unparen(e.X)) && simpleIndex(ast.Unparen(e.Index))
	}
	return false
}

func simpleIndex(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BasicLit:
		return len(e.Value) < 20
	}
	return nameable(e)
}

// name is how a message calls the resource.
func (s *site) name() string {
	if s.target != nil {
		return types.ExprString(s.target)
	}
	return "the result of " + s.callee()
}

// callee is the called expression, cut down to what can be read in a message.
func (s *site) callee() string {
	text := types.ExprString(s.call.Fun)
	if sel := s.selector(); sel != nil && (len(text) > 40 || strings.ContainsAny(text, "({\n")) {
		text = sel.Sel.Name
	}
	return text
}
