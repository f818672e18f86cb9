package lifecycle

import (
	"bytes"
	"go/ast"
	"go/token"
	"slices"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/passes/internal/summary"
)

// MaySkim reports whether a source file can tell Skim anything: it names
// something that ends a goroutine or the process.
func MaySkim(src []byte) bool {
	for _, word := range [...]string{"Fatal", "panic(", "os.Exit", "Goexit", "log.Panic"} {
		if bytes.Contains(src, []byte(word)) {
			return true
		}
	}
	return false
}

// Skim tells, from syntax alone, what a package without resources must still
// say: which of its functions do not return, always or when an argument is an
// error. It returns nil if there are none. Methods and functions are found by
// name, so that the package need not be type-checked; imported gives the fact
// of a direct import.
func Skim(path string, _ *token.FileSet, files []*ast.File, imported func(path string) analysis.Fact) analysis.Fact {
	s := &skimmer{funcs: make(map[string]*summary.Func), imported: imported}
	// Twice, as a helper may stand behind its use or in another file.
	for range 2 {
		for _, f := range files {
			s.file(f)
		}
	}
	fact := new(summary.Package)
	for _, f := range s.funcs {
		fact.Funcs = append(fact.Funcs, *f)
	}
	if len(fact.Funcs) == 0 {
		return nil
	}
	sort.Slice(fact.Funcs, func(i, j int) bool { return fact.Funcs[i].Name < fact.Funcs[j].Name })
	return fact
}

type skimmer struct {
	funcs    map[string]*summary.Func
	imported func(path string) analysis.Fact
	imports  map[string]string // of the file at hand: name to path
}

func (s *skimmer) file(f *ast.File) {
	s.imports = make(map[string]string)
	for _, spec := range f.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		name := path[strings.LastIndex(path, "/")+1:]
		if spec.Name != nil {
			name = spec.Name.Name
		}
		s.imports[name] = path
	}
	for _, d := range f.Decls {
		if d, ok := d.(*ast.FuncDecl); ok && d.Body != nil {
			s.fn(d)
		}
	}
}

func (s *skimmer) fn(d *ast.FuncDecl) {
	name, params := d.Name.Name, map[string]int{}
	n := 0
	if d.Recv != nil && len(d.Recv.List) == 1 {
		name = recvName(d.Recv.List[0].Type) + "." + name
		n = 1
	}
	for _, field := range d.Type.Params.List {
		for _, id := range field.Names {
			params[id.Name] = n
			n++
		}
		if len(field.Names) == 0 {
			n++
		}
	}
	out := summary.Func{Name: name}
	for _, stmt := range d.Body.List {
		if s.stops(stmt) {
			out.NoReturn = true
			break
		}
		if i, ok := stmt.(*ast.IfStmt); ok && i.Init == nil && s.blockStops(i.Body) {
			if c, ok := condition(i.Cond, params); ok && !slices.Contains(out.NoReturnIf, c) {
				out.NoReturnIf = append(out.NoReturnIf, c)
			}
		}
		if leaves(stmt) {
			break
		}
	}
	if out.NoReturn || len(out.NoReturnIf) > 0 {
		if out.NoReturn {
			out.NoReturnIf = nil
		}
		s.funcs[name] = &out
	}
}

// leaves reports whether the function may return from within stmt, so that
// what follows is not reached on every path.
func leaves(stmt ast.Stmt) bool {
	found := false
	ast.Inspect(stmt, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt, *ast.BranchStmt, *ast.LabeledStmt:
			found = true
		}
		return !found
	})
	return found
}

func recvName(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return recvName(t.X)
	case *ast.IndexExpr:
		return recvName(t.X)
	case *ast.IndexListExpr:
		return recvName(t.X)
	case *ast.Ident:
		return t.Name
	}
	return "?"
}

// condition reads `err != nil`, `ok`, `!ok` over a parameter.
func condition(e ast.Expr, params map[string]int) (summary.Cond, bool) {
	is := summary.True
	switch x := e.(type) {
	case *ast.BinaryExpr:
		if y, ok := x.Y.(*ast.Ident); !ok || y.Name != "nil" {
			return summary.Cond{}, false
		}
		switch x.Op {
		case token.NEQ:
			is = summary.NonNil
		case token.EQL:
			is = summary.Nil
		default:
			return summary.Cond{}, false
		}
		e = x.X
	case *ast.UnaryExpr:
		if x.Op != token.NOT {
			return summary.Cond{}, false
		}
		is, e = summary.False, x.X
	}
	id, ok := e.(*ast.Ident)
	if !ok {
		return summary.Cond{}, false
	}
	i, ok := params[id.Name]
	return summary.Cond{Subject: summary.Param, Index: i, Is: is}, ok
}

func (s *skimmer) blockStops(b *ast.BlockStmt) bool {
	for _, stmt := range b.List {
		if s.stops(stmt) {
			return true
		}
		if leaves(stmt) {
			return false
		}
	}
	return false
}

// stops reports whether stmt is a call that does not return.
func (s *skimmer) stops(stmt ast.Stmt) bool {
	x, ok := stmt.(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := x.X.(*ast.CallExpr)
	if !ok {
		return false
	}
	switch fun := call.Fun.(type) {
	case *ast.Ident:
		return fun.Name == "panic" || s.noReturn(s.funcs[fun.Name])
	case *ast.SelectorExpr:
		id, ok := fun.X.(*ast.Ident)
		if !ok {
			return false
		}
		switch path := s.imports[id.Name]; path {
		case "":
			return false
		case "os":
			return fun.Sel.Name == "Exit"
		case "runtime":
			return fun.Sel.Name == "Goexit"
		case "log":
			return strings.HasPrefix(fun.Sel.Name, "Fatal") || strings.HasPrefix(fun.Sel.Name, "Panic")
		default:
			if f, ok := s.imported(path).(*summary.Package); ok && f != nil {
				return s.noReturn(f.Lookup(fun.Sel.Name))
			}
		}
	}
	return false
}

func (s *skimmer) noReturn(f *summary.Func) bool { return f != nil && f.NoReturn }
