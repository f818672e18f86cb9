package mutate

import (
	"bufio"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"io"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// A Site is a call whose result is a resource.
type Site struct {
	Kind Kind
	Func string         // the declaration that holds it
	At   token.Position // of the line of the call

	prog   *Program
	pkg    *Package
	view   view
	call   inspector.Cursor
	decl   inspector.Cursor
	result int          // the index of the resource among the call's results
	obj    types.Object // the variable that holds the resource; nil if it is used where it stands
}

// A Label is what is known of a call by hand.
type Label struct {
	Repo, File, Kind, Verdict string
	Line                      int
	Test                      bool
}

// ReadLabels reads the labels of a repository, one JSON object a line.
func ReadLabels(r io.Reader, repo string) ([]Label, error) {
	var labels []Label
	in := bufio.NewScanner(r)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		var l Label
		if err := json.Unmarshal(in.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("reading labels: %v", err)
		}
		if l.Repo == repo || strings.HasSuffix(l.Repo, "/"+repo) {
			labels = append(labels, l)
		}
	}
	return labels, in.Err()
}

// Labelled returns the sites that labels call clean, in production code. Labels
// name files relative to dir. A label without a call of its kind on its line
// has no site: the value comes from elsewhere, such as a getter.
func (p *Program) Labelled(dir string, labels []Label) []*Site {
	type place struct {
		file string
		line int
		kind Kind
	}
	at := make(map[place]bool)
	for _, l := range labels {
		if l.Verdict == "clean" && !l.Test {
			at[place{filepath.Join(dir, filepath.FromSlash(l.File)), l.Line, Kind(l.Kind)}] = true
		}
	}
	return p.sites(func(call *ast.CallExpr, result types.Type) Kind {
		pos := p.position(callPos(call))
		for _, kind := range Kinds {
			if at[place{pos.Filename, pos.Line, kind}] && kind.fits(result) {
				return kind
			}
		}
		return ""
	})
}

// Discovered returns the calls in production code whose results have a
// library's resource type and are released within sight of the call.
func (p *Program) Discovered() []*Site {
	all := p.sites(func(_ *ast.CallExpr, result types.Type) Kind { return kindOf(result) })
	var sites []*Site
	for _, s := range all {
		if len(s.releases()) > 0 {
			sites = append(sites, s)
		}
	}
	return sites
}

// callPos returns the position that a call is known by: that of its final
// selector.
func callPos(call *ast.CallExpr) token.Pos {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		return sel.Sel.Pos()
	}
	return call.Pos()
}

// sites returns the calls for which kind returns one.
func (p *Program) sites(kind func(call *ast.CallExpr, result types.Type) Kind) []*Site {
	var sites []*Site
	for _, pkg := range p.packages {
		v := pkg.view
		for cur := range v.root.Preorder((*ast.CallExpr)(nil)) {
			call := cur.Node().(*ast.CallExpr)
			if strings.HasSuffix(p.position(call.Pos()).Filename, "_test.go") {
				continue
			}
			i, result := v.resource(call, func(t types.Type) bool { return kind(call, t) != "" })
			if i < 0 {
				continue
			}
			fn, decl := innermostFunc(cur)
			if !fn.Valid() {
				continue // a package-level variable
			}
			site := &Site{
				Kind: kind(call, result), Func: declName(decl.Node()), At: p.position(callPos(call)),
				prog: p, pkg: pkg, view: v, call: cur, decl: decl, result: i,
			}
			site.obj = v.destination(cur, i)
			sites = append(sites, site)
		}
	}
	return sites
}

// resource returns the first result of a call that is wanted, or -1.
func (v view) resource(call *ast.CallExpr, want func(types.Type) bool) (int, types.Type) {
	tv, ok := v.info.Types[call]
	if !ok || !tv.IsValue() {
		return -1, nil
	}
	tuple, ok := tv.Type.(*types.Tuple)
	if !ok {
		tuple = types.NewTuple(types.NewParam(token.NoPos, nil, "", tv.Type))
	}
	for i := range tuple.Len() {
		if t := tuple.At(i).Type(); want(t) {
			return i, t
		}
	}
	return -1, nil
}

// destination returns the local variable that the i'th result of a call is
// assigned to, or nil.
func (v view) destination(call inspector.Cursor, i int) types.Object {
	var obj types.Object
	switch k, n := call.ParentEdge(); k {
	case edge.AssignStmt_Rhs:
		obj = v.object(call.Parent().Node().(*ast.AssignStmt).Lhs[n+i])
	case edge.ValueSpec_Values:
		obj = v.object(call.Parent().Node().(*ast.ValueSpec).Names[n+i])
	}
	if obj == nil || obj.Pkg() == nil || obj.Parent() == obj.Pkg().Scope() {
		return nil // a global lives as long as the program
	}
	return obj
}

// declName returns the name of a declaration.
func declName(decl ast.Node) string {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		if decl.Recv != nil && len(decl.Recv.List) == 1 {
			return "(" + types.ExprString(decl.Recv.List[0].Type) + ")." + decl.Name.Name
		}
		return decl.Name.Name
	case *ast.GenDecl:
		if spec, ok := decl.Specs[0].(*ast.ValueSpec); ok {
			return spec.Names[0].Name
		}
	}
	return "?"
}
