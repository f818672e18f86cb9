package mutate

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
)

// compile type-checks a package with other versions of some of its files. It
// returns those files by name.
func (p *Program) compile(pkg *Package, versions map[string]*version) (view, map[string]*ast.File, error) {
	var all []*ast.File
	changed := make(map[string]*ast.File)
	for _, f := range pkg.Files {
		name := p.position(f.FileStart).Filename
		if v := versions[name]; v != nil {
			var err error
			if f, err = parser.ParseFile(p.fset, name, v.text, parser.SkipObjectResolution); err != nil {
				return view{}, nil, err
			}
			changed[name] = f
		}
		all = append(all, f)
	}
	info := &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue), Defs: make(map[*ast.Ident]types.Object),
		Uses: make(map[*ast.Ident]types.Object), Selections: make(map[*ast.SelectorExpr]*types.Selection),
	}
	conf := types.Config{Importer: importsOf(pkg.Types)}
	if _, err := conf.Check(pkg.Types.Path(), p.fset, all, info); err != nil {
		return view{}, nil, err
	}
	return view{prog: p, info: info, root: inspector.New(all).Root()}, changed, nil
}

// An imports is an importer of what a package imports already.
type imports map[string]*types.Package

func importsOf(pkg *types.Package) imports {
	all := make(imports)
	for _, p := range pkg.Imports() {
		all[p.Path()] = p
	}
	return all
}

func (m imports) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if p := m[path]; p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("no types of %s", path)
}
