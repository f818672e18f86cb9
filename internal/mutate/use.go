package mutate

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"
)

// An effect is what a use of a resource does to the obligation to release it.
// Of several the greatest counts.
type effect int

const (
	borrows  effect = iota // nothing
	partly                 // it is released on some paths of a callee
	drains                 // rows are read to their end
	escapes                // it is out of sight: somebody else may release it
	releases               // it is released, or may be
)

// use tells what the use of a resource at an expression does to it. It looks at
// the expression's surroundings, and through a call into the callee.
func (v view) use(cur inspector.Cursor, kind Kind) effect {
	for {
		parent := cur.Parent()
		switch k, i := cur.ParentEdge(); k {
		case edge.ParenExpr_X:
		case edge.SelectorExpr_X:
			if e, ok := v.selection(parent, kind); ok {
				return e
			}
			// a field: it holds the resource
		case edge.CallExpr_Args:
			return v.argument(parent.Node().(*ast.CallExpr), i, kind)
		case edge.BinaryExpr_X, edge.BinaryExpr_Y, edge.AssignStmt_Lhs, edge.ExprStmt_X:
			return borrows
		case edge.AssignStmt_Rhs:
			if assign := parent.Node().(*ast.AssignStmt); i < len(assign.Lhs) && isBlank(assign.Lhs[i]) {
				return borrows
			}
			fallthrough
		default:
			if v.alias(cur) != nil {
				return borrows // what counts are the uses of that
			}
			return escapes
		}
		cur = parent
	}
}

// isBlank reports whether an expression is the blank identifier.
func isBlank(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "_"
}

// selection tells what selecting a method of a resource does to it. The result
// is not ok for a field.
func (v view) selection(cur inspector.Cursor, kind Kind) (e effect, ok bool) {
	sel := cur.Node().(*ast.SelectorExpr)
	method, ok := v.info.ObjectOf(sel.Sel).(*types.Func)
	if !ok {
		return borrows, false
	}
	called := cur.ParentEdgeKind() == edge.CallExpr_Fun
	switch name := method.Name(); {
	case kind.releases(name):
		return releases, true
	case kind == Rows && (name == "Next" || name == "NextResultSet"):
		return partly, true // outside of a condition
	case called && returnsItself(v.info.TypeOf(sel.X), method):
		return escapes, true // another name for it, for all that can be seen
	}
	return borrows, true
}

// returnsItself reports whether a method's first result has the type of its
// receiver.
func returnsItself(recv types.Type, method *types.Func) bool {
	results := method.Signature().Results()
	return results.Len() > 0 && recv != nil && types.Identical(results.At(0).Type(), recv)
}

// argument tells what a call does to its i'th argument.
func (v view) argument(call *ast.CallExpr, i int, kind Kind) effect {
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		return v.parameter(lit, i, kind)
	}
	callee, ok := typeutil.Callee(v.info, call).(*types.Func)
	if !ok {
		return escapes // a conversion, a builtin, or a func value
	}
	if pkg := callee.Pkg(); pkg != nil && lends[pkg.Path()] {
		return borrows
	}
	if body, ok := v.prog.bodies[callee.Origin().FullName()]; ok {
		return v.prog.parameterEffect(body, i, kind)
	}
	if helperName.MatchString(callee.Name()) {
		return releases
	}
	return escapes
}

// lends are packages whose functions only borrow their arguments.
var lends = map[string]bool{"database/sql": true, "fmt": true, "log": true, "errors": true}

// A parameter of a function that takes a resource of some kind.
type parameter struct {
	fn    *ast.FuncDecl
	index int
	kind  Kind
}

// parameterEffect tells what a declared function does to its i'th parameter.
func (p *Program) parameterEffect(b body, i int, kind Kind) effect {
	key := parameter{b.decl, i, kind}
	if e, ok := p.effects[key]; ok {
		return e
	}
	p.effects[key] = borrows // in a recursive call
	p.effects[key] = b.view.parameter(b.decl, i, kind)
	return p.effects[key]
}

// parameter tells what a function does to its i'th parameter: the most that one
// use of it does, if it does so on all paths.
func (v view) parameter(fn ast.Node, i int, kind Kind) effect {
	typ, body := funcParts(fn)
	obj := v.parameterObject(typ, i)
	at, ok := v.root.FindNode(fn)
	if obj == nil || !ok {
		return escapes // variadic; an unnamed one is a rare case of nothing
	}
	most := borrows
	v.uses(at, v.names(at, obj), func(cur inspector.Cursor) {
		most = max(most, v.use(cur, kind))
	})
	if most == borrows || most == escapes {
		return most
	}
	return newTruth(v, at, obj, kind).closure(body)
}

// names returns a variable and the local variables below a node that hold what
// it holds.
func (v view) names(in inspector.Cursor, obj types.Object) []types.Object {
	names := []types.Object{obj}
	for i := 0; i < len(names); i++ {
		v.uses(in, names[i:i+1], func(cur inspector.Cursor) {
			if alias := v.alias(cur); alias != nil && !slices.Contains(names, alias) &&
				alias.Pos() >= in.Node().Pos() && alias.Pos() < in.Node().End() {
				names = append(names, alias)
			}
		})
	}
	return names
}

// alias returns the local variable that an expression is assigned to, by itself
// or in a field, or nil.
func (v view) alias(cur inspector.Cursor) types.Object {
	for {
		parent := cur.Parent()
		switch k, i := cur.ParentEdge(); k {
		case edge.ParenExpr_X, edge.KeyValueExpr_Value, edge.CompositeLit_Elts:
		case edge.UnaryExpr_X:
			if parent.Node().(*ast.UnaryExpr).Op != token.AND {
				return nil
			}
		case edge.AssignStmt_Rhs:
			assign := parent.Node().(*ast.AssignStmt)
			if len(assign.Lhs) != len(assign.Rhs) {
				return nil
			}
			to := assign.Lhs[i]
			if sel, ok := to.(*ast.SelectorExpr); ok {
				to = sel.X
			}
			return v.local(to)
		case edge.ValueSpec_Values:
			return v.local(parent.Node().(*ast.ValueSpec).Names[i])
		default:
			return nil
		}
		cur = parent
	}
}

// local returns the local variable that an expression denotes, or nil. A
// parameter or result is not local in that sense: others see what it holds.
func (v view) local(e ast.Expr) types.Object {
	obj, ok := v.object(e).(*types.Var)
	if !ok || obj.Kind() != types.LocalVar {
		return nil
	}
	return obj
}

// parameterObject returns the i'th parameter, or nil if it has no name or is
// variadic.
func (v view) parameterObject(typ *ast.FuncType, i int) types.Object {
	for _, field := range typ.Params.List {
		if _, variadic := field.Type.(*ast.Ellipsis); variadic {
			return nil
		}
		for _, name := range field.Names {
			if i == 0 {
				return v.info.Defs[name]
			}
			i--
		}
	}
	return nil
}
