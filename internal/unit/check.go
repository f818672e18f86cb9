package unit

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/tools/go/gcexportdata"
)

// checked is a package that has been parsed and type-checked.
type checked struct {
	fset    *token.FileSet
	files   []*ast.File
	pkg     *types.Package
	info    *types.Info
	sizes   types.Sizes
	imports map[string]*types.Package // all that were created while reading types of imports
}

// check parses and type-checks the package.
func (u unit) check(sources []source) (*checked, error) {
	relaxGC()
	c := &checked{
		fset:    token.NewFileSet(),
		sizes:   u.sizes(),
		imports: make(map[string]*types.Package),
		info: &types.Info{
			Types:        make(map[ast.Expr]types.TypeAndValue),
			Defs:         make(map[*ast.Ident]types.Object),
			Uses:         make(map[*ast.Ident]types.Object),
			Implicits:    make(map[ast.Node]types.Object),
			Instances:    make(map[*ast.Ident]types.Instance),
			Scopes:       make(map[ast.Node]*types.Scope),
			Selections:   make(map[*ast.SelectorExpr]*types.Selection),
			FileVersions: make(map[*ast.File]string),
		},
	}
	for _, src := range sources {
		file, err := parser.ParseFile(c.fset, src.name, src.data, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		c.files = append(c.files, file)
	}
	config := &types.Config{
		Importer:  &importer{u, c.fset, c.imports},
		Sizes:     c.sizes,
		GoVersion: u.GoVersion,
	}
	var err error
	c.pkg, err = config.Check(u.ImportPath, c.fset, c.files, c.info)
	return c, err
}

// sizes returns the sizes of the target, which cmd/go names in the environment.
func (u unit) sizes() types.Sizes {
	return types.SizesFor("gc", cmp.Or(os.Getenv("GOARCH"), runtime.GOARCH))
}

// mentionedPackages returns the packages that the types of the direct imports
// mention, those imports included.
func (c *checked) mentionedPackages() []*types.Package {
	var list []*types.Package
	for _, path := range sortedKeys(c.imports) {
		if pkg := c.imports[path]; pkg != c.pkg && path != c.pkg.Path() {
			list = append(list, pkg)
		}
	}
	return list
}

// An importer reads types of imports from export data, or where cmd/go
// supplies none, from vetx files.
type importer struct {
	u        unit
	fset     *token.FileSet
	packages map[string]*types.Package
}

// Import implements types.Importer.
func (im *importer) Import(importPath string) (*types.Package, error) {
	if importPath == "unsafe" {
		return types.Unsafe, nil
	}
	path, ok := im.u.ImportMap[importPath]
	if !ok {
		return nil, fmt.Errorf("can't resolve import %q", importPath)
	}
	if pkg := im.packages[path]; pkg != nil && pkg.Complete() {
		return pkg, nil
	}
	if file := im.u.PackageFile[path]; file != "" {
		return im.readExportData(path, file)
	}
	return im.readVetx(path)
}

// readExportData reads what the compiler wrote.
func (im *importer) readExportData(path, filename string) (*types.Package, error) {
	file, err := os.Open(filename)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	r, err := gcexportdata.NewReader(file)
	if err != nil {
		return nil, err
	}
	return gcexportdata.Read(r, im.fset, im.packages, path)
}

// readVetx reads what an earlier run of this tool wrote.
func (im *importer) readVetx(path string) (*types.Package, error) {
	filename, ok := im.u.PackageVetx[path]
	if !ok {
		return nil, fmt.Errorf("no types for %q: it was not analysed", path)
	}
	v, err := readVetx(filename)
	if err != nil {
		return nil, err
	}
	if len(v.types) == 0 {
		return nil, fmt.Errorf("no types for %q: does it type-check?", path)
	}
	base := im.fset.Base()
	pkg, err := gcexportdata.Read(bytes.NewReader(v.types), im.fset, im.packages, path)
	if err == nil {
		im.locate(base)
	}
	return pkg, err
}

// locate gives files that were added to the file set since base, and have
// portable names, the names that they have on this machine, if it can be told.
func (im *importer) locate(base int) {
	im.fset.Iterate(func(file *token.File) bool {
		dir, name := path.Split(file.Name())
		if file.Base() >= base {
			if dir, ok := im.u.DirOf(strings.TrimSuffix(dir, "/")); ok {
				file.AddLineColumnInfo(0, filepath.Join(dir, name), 1, 1)
			}
		}
		return true
	})
}

// typesOf returns the encoded types of a package that need not be analysed.
func (u unit) typesOf() ([]byte, error) {
	relaxGC()
	sources, err := u.readSources()
	if err != nil {
		return nil, err
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, src := range sources {
		file, err := parser.ParseFile(fset, src.name, src.data, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	config := &types.Config{
		Importer:         &importer{u, fset, make(map[string]*types.Package)},
		Sizes:            u.sizes(),
		GoVersion:        u.GoVersion,
		IgnoreFuncBodies: true,
	}
	pkg, err := config.Check(u.ImportPath, fset, files, nil)
	if err != nil {
		return nil, err
	}
	return u.encodeTypes(fset, files, pkg)
}

// encodeTypes encodes a package's types. They name its files as -trimpath would:
// equal bytes for equal sources, wherever they are.
func (u unit) encodeTypes(fset *token.FileSet, files []*ast.File, pkg *types.Package) ([]byte, error) {
	if len(files) == 0 {
		return nil, nil
	}
	dir := u.PortableDir() + "/"
	portable := token.NewFileSet()
	own := make(map[*token.File]*ast.File)
	for _, f := range files {
		own[fset.File(f.FileStart)] = f
	}
	fset.Iterate(func(file *token.File) bool {
		name := file.Name()
		f := own[file]
		if f != nil {
			name = dir + filepath.Base(name)
		}
		twin := portable.AddFile(name, file.Base(), file.Size())
		twin.SetLines(file.Lines())
		if f != nil && fset.Position(f.Package).Filename != file.Name() {
			// The file was generated, by cgo for one, and says from what.
			origin := fset.Position(f.Package)
			twin.AddLineColumnInfo(file.Offset(f.Package), dir+filepath.Base(origin.Filename), origin.Line, origin.Column)
		}
		return true
	})
	var buf bytes.Buffer
	if err := gcexportdata.Write(&buf, portable, pkg); err != nil {
		return nil, fmt.Errorf("cannot encode types of %q: %v", u.ImportPath, err)
	}
	return buf.Bytes(), nil
}
