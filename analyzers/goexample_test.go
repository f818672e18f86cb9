package analyzers

import (
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// The Go code of the pages is compiled and analysed, so that it cannot become
// wrong unnoticed. A page shows declarations: the package clause and the imports
// are added here, and what a fix does not repeat of the page's first example it
// has from there.

// imported are the packages that examples may use, by name.
var imported = map[string]string{
	"context": "context",
	"events":  "github.com/aws/aws-lambda-go/events",
	"fmt":     "fmt",
	"http":    "net/http",
	"kafka":   "github.com/segmentio/kafka-go",
	"lambda":  "github.com/aws/aws-lambda-go/lambda",
	"log":     "log",
	"os":      "os",
	"pb":      "entry/pb",
	"pgx":     "github.com/jackc/pgx/v5",
	"pgxpool": "github.com/jackc/pgx/v5/pgxpool",
	"sql":     "database/sql",
	"sync":    "sync",
	"time":    "time",
}

// An example is Go code of a page.
type example struct {
	name string // the page and the line
	rule Rule   // whose page it is
	code string // the declarations
	fix  bool
}

// examplesOf returns the Go examples of a rule's page.
func examplesOf(t *testing.T, r Rule) []example {
	t.Helper()
	leaks, fixes := blocksOf(r.Doc, sectionLeak), blocksOf(r.Doc, sectionFix)
	if len(leaks) == 0 || len(fixes) == 0 {
		t.Fatalf("%s: %d examples and %d fixes, want both", r.ID, len(leaks), len(fixes))
	}
	var list []example
	for _, b := range slices.Concat(leaks, fixes) {
		e := example{name: fmt.Sprintf("%s:%d", pageName(r), b.line), rule: r, fix: b.section == sectionFix}
		e.code = gofmted(t, e.name, b.text)
		if e.fix {
			e.code = complete(t, e.code, tabbed(leaks[0].text))
		}
		list = append(list, e)
	}
	return list
}

func pageName(r Rule) string { return strings.ReplaceAll(r.ID, "/", "-") + ".md" }

// gofmted returns the code of a block, and complains if gofmt would change it.
func gofmted(t *testing.T, name, text string) string {
	t.Helper()
	code := tabbed(text)
	if got, err := format.Source([]byte(code)); err != nil {
		t.Errorf("%s: %v", name, err)
	} else if string(got) != code {
		t.Errorf("%s: gofmt wants\n%s\ninstead of\n%s", name, got, code)
	}
	return code
}

// tabbed returns code with a tab for each four blanks that a line begins with.
func tabbed(text string) string {
	return regexp.MustCompile(`(?m)^( {4})+`).ReplaceAllStringFunc(text, func(blanks string) string {
		return strings.Repeat("\t", len(blanks)/4)
	})
}

// clause makes declarations a file without imports.
const clause = "package p;"

// parse parses declarations. It fails the test if they cannot be.
func parse(t *testing.T, code string) *ast.File {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "", clause+code, parser.ParseComments)
	if err != nil {
		t.Fatalf("%v in\n%s", err, code)
	}
	return f
}

// missing returns what declarations use and do not declare: the names of
// packages, of the universe, and of what is elsewhere on the page.
func missing(f *ast.File) map[string]bool {
	names := make(map[string]bool)
	for _, id := range f.Unresolved {
		names[id.Name] = true
	}
	return names
}

// complete adds those declarations to a fix that it needs of the example.
func complete(t *testing.T, fix, from string) string {
	t.Helper()
	source := parse(t, from)
	for {
		f := parse(t, fix)
		added := ""
		for _, d := range source.Decls {
			if needs(f, d) {
				pos, end := d.Pos(), d.End()
				if fn, ok := d.(*ast.FuncDecl); ok && fn.Doc != nil {
					pos = fn.Doc.Pos()
				}
				offset := int(source.FileStart) + len(clause)
				added += "\n" + from[int(pos)-offset:int(end)-offset] + "\n"
			}
		}
		if added == "" {
			return fix
		}
		fix += added
	}
}

// needs reports whether a file lacks a declaration: something that it uses, or a
// method of one of its types.
func needs(f *ast.File, d ast.Decl) bool {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			return missing(f)[d.Name.Name]
		}
		has := slices.ContainsFunc(f.Decls, func(other ast.Decl) bool {
			fn, ok := other.(*ast.FuncDecl)
			return ok && fn.Name.Name == d.Name.Name && receiver(fn) == receiver(d)
		})
		return !has && f.Scope.Lookup(receiver(d)) != nil
	case *ast.GenDecl:
		return slices.ContainsFunc(d.Specs, func(s ast.Spec) bool {
			switch s := s.(type) {
			case *ast.TypeSpec:
				return missing(f)[s.Name.Name]
			case *ast.ValueSpec:
				return slices.ContainsFunc(s.Names, func(id *ast.Ident) bool { return missing(f)[id.Name] })
			}
			return false
		})
	}
	return false
}

// receiver returns the name of a method's receiver type, "" for a function.
func receiver(fn *ast.FuncDecl) string {
	if fn.Recv == nil {
		return ""
	}
	typ := fn.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	return fmt.Sprint(typ)
}

// file returns an example as a Go file. The declarations begin a line.
func file(t *testing.T, code string) string {
	t.Helper()
	f := parse(t, code)
	head := clause
	if f.Scope.Lookup("main") != nil {
		head = "package main;"
	}
	used := missing(f)
	for _, name := range slices.Sorted(maps.Keys(imported)) {
		if used[name] {
			head += fmt.Sprintf(" import %q;", imported[name])
		}
	}
	return head + "\n" + code
}

// load loads examples, each a package, with the stand-ins for libraries that the
// passes are tested with. It returns them by their names.
func load(t *testing.T, examples []example) map[string]*packages.Package {
	t.Helper()
	dir := t.TempDir()
	names := make(map[string]string) // by directory
	for i, e := range examples {
		path := fmt.Sprintf("pages/%d", i)
		names[path] = e.name
		write(t, filepath.Join(dir, "src", path, "p.go"), file(t, e.code))
	}
	testdata, err := filepath.Abs(filepath.Join("..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	list, err := packages.Load(&packages.Config{
		Mode: packages.LoadAllSyntax | packages.NeedModule,
		Dir:  dir,
		Env: append(os.Environ(), "GO111MODULE=off", "GOPROXY=off", "GOWORK=off",
			"GOPATH="+dir+string(filepath.ListSeparator)+testdata),
	}, "pages/...")
	if err != nil {
		t.Fatal(err)
	}
	loaded := make(map[string]*packages.Package)
	for _, p := range list {
		name := names[p.PkgPath]
		for _, err := range p.Errors {
			t.Errorf("%s: %v", name, err)
		}
		if len(p.Errors) == 0 {
			loaded[name] = p
		}
	}
	if len(loaded) != len(examples) {
		t.Fatalf("%d of %d examples can be compiled", len(loaded), len(examples))
	}
	return loaded
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
