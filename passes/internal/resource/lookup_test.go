package resource

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"reflect"
	"strings"
	"testing"
)

// world is a small universe of packages given as source, by import path.
type world map[string]string

// fakeSQL stands for database/sql: what counts are path and names.
const fakeSQL = `package sql
import "context"
type DB struct{}
type Conn struct{}
type Tx struct{}
type Stmt struct{}
type Rows struct{}
type Row struct{}
type TxOptions struct{}
func Open(driver, dsn string) (*DB, error) { return nil, nil }
func (*DB) QueryContext(ctx context.Context, q string, args ...any) (*Rows, error) { return nil, nil }
func (*Rows) Close() error { return nil }
func (*Tx) Commit() error { return nil }
`

const fakeSQLX = `package sqlx
import "database/sql"
type DB struct{ *sql.DB }
type Tx struct{ *sql.Tx }
type Stmt struct{ *sql.Stmt }
type Rows struct{ *sql.Rows }
func Open(driver, dsn string) (*DB, error) { return nil, nil }
func (*DB) Queryx(q string, args ...any) (*Rows, error) { return nil, nil }
`

// load type-checks a package of the world and what it imports.
func (w world) load(t *testing.T, path string) *types.Package {
	t.Helper()
	fset := token.NewFileSet()
	done := make(map[string]*types.Package)
	var imp importerFunc
	imp = func(path string) (*types.Package, error) {
		if pkg := done[path]; pkg != nil {
			return pkg, nil
		}
		src, ok := w[path]
		switch {
		case ok:
		case path == "database/sql":
			src = fakeSQL
		case path == "context":
			src = "package context\ntype Context interface{}"
		default:
			return nil, fmt.Errorf("no package %s", path)
		}
		file, err := parser.ParseFile(fset, "", src, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		conf := types.Config{Importer: imp}
		pkg, err := conf.Check(path, fset, []*ast.File{file}, nil)
		done[path] = pkg
		return pkg, err
	}
	pkg, err := imp(path)
	if err != nil {
		t.Fatal(err)
	}
	return pkg
}

type importerFunc func(path string) (*types.Package, error)

func (f importerFunc) Import(path string) (*types.Package, error) { return f(path) }

func TestResource(t *testing.T) {
	w := world{
		"a": `package a
import ("database/sql"; vendored "x/vendor/database/sql"; other "example.com/sql"; "example.com/gen")
type Alias = *sql.Rows
type AliasOf = Alias
type Param[T any] = *sql.Rows
type Named sql.Rows
type Embeds struct{ *sql.Rows }
type Types struct {
	Rows *sql.Rows
	Value sql.Tx
	Alias Alias
	AliasOf AliasOf
	GenericAlias Param[int]
	Vendored *vendored.Conn
	Generic *gen.Cursor[int]
	Double **sql.Rows
	Named *Named
	Embeds Embeds
	Options *sql.TxOptions
	Other *other.Rows
	Err error
	Any any
	Int int
}`,
		"x/vendor/database/sql": fakeSQL,
		"example.com/sql":       fakeSQL,
		"example.com/gen":       "package gen\ntype Cursor[T any] struct{ v T }",
	}
	set, err := Parse(Builtin(), "f", strings.NewReader("package example.com/gen\nresource *Cursor rows release=Stop"))
	if err != nil {
		t.Fatal(err)
	}
	rows := Resource{Rows, "database/sql", "Rows", "*sql.Rows", "Close", true}
	want := map[string]Resource{
		"Rows":         rows,
		"Value":        {Tx, "database/sql", "Tx", "*sql.Tx", "Rollback", true},
		"Alias":        rows,
		"AliasOf":      rows,
		"GenericAlias": rows,
		"Vendored":     {Conn, "database/sql", "Conn", "*sql.Conn", "Close", false},
		"Generic":      {Rows, "example.com/gen", "Cursor", "*gen.Cursor", "Stop", false},
	}
	st := w.load(t, "a").Scope().Lookup("Types").Type().Underlying().(*types.Struct)
	for f := range st.Fields() {
		got, ok := set.Resource(f.Type())
		if got != want[f.Name()] || ok != (want[f.Name()] != Resource{}) {
			t.Errorf("%s: Resource(%v) = %+v, %v", f.Name(), f.Type(), got, ok)
		}
	}
	if _, ok := set.Resource(nil); ok {
		t.Error("nil is a resource")
	}
}

func TestFunc(t *testing.T) {
	w := world{
		"a": `package a
import "database/sql"
type Embeds struct{ *sql.Rows }
type Querier interface { Query() *sql.Rows }
var anonymous interface{ Close() error }
var g = Gen[int]{}
type Gen[T any] struct{ v T }
func (Gen[T]) Make() *sql.Rows { return nil }
func (Gen[T]) With(T) Gen[T] { panic(0) }
func (Gen[T]) Other() int { return 0 }
func Open() *sql.DB { return nil }
`,
		"x/vendor/database/sql": fakeSQL,
	}
	set, err := Parse(Builtin(), "f", strings.NewReader(`
package a
chain Gen
func Open -> 0:db
method Querier.Query -> 0:rows
method Gen.Make -> 0:rows owner=receiver
`))
	if err != nil {
		t.Fatal(err)
	}
	a := w.load(t, "a")
	sql := a.Imports()[0]
	vendored := w.load(t, "x/vendor/database/sql")
	fn := func(pkg *types.Package, key member) *types.Func {
		t.Helper()
		f := find(pkg, key)
		if f == nil {
			t.Fatalf("no %v in %s", key, pkg.Path())
		}
		return f
	}
	instance := a.Scope().Lookup("g").Type()
	instanceMethod := func(name string) *types.Func {
		m, _, _ := types.LookupFieldOrMethod(instance, true, a, name)
		return m.(*types.Func)
	}
	anonymous := a.Scope().Lookup("anonymous").Type().Underlying().(*types.Interface).Method(0)

	for _, test := range []struct {
		name string
		fn   *types.Func
		want string // the row that is the same
	}{
		{"function", fn(sql, member{"", "Open"}), "func F -> 0:db err=1; opens result0 driver=arg0 dsn=arg1"},
		{"method", fn(sql, member{"DB", "QueryContext"}), "method T.M -> 0:rows err=1 ctx=0"},
		{"promoted", fn(a, member{"Embeds", "Close"}), "method T.M release receiver"},
		{"vendored", fn(vendored, member{"Rows", "Close"}), "method T.M release receiver"},
		{"interface", fn(a, member{"Querier", "Query"}), "method T.M -> 0:rows"},
		{"generic", instanceMethod("Make"), "method T.M -> 0:rows owner=receiver"},
		{"chain", instanceMethod("With"), "method T.M alias result0=receiver"},
		{"not of the chain", instanceMethod("Other"), ""},
		{"same name elsewhere", fn(a, member{"", "Open"}), "func F -> 0:db"},
		{"anonymous interface", anonymous, ""},
		{"error.Error", types.Universe.Lookup("error").Type().Underlying().(*types.Interface).Method(0), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			checkRow(t, set.Func(test.fn), test.want)
		})
	}
}

// checkRow compares a row with the text of one, "" for none.
func checkRow(t *testing.T, got *Func, text string) {
	t.Helper()
	var want *Func
	if text != "" {
		_, want = parseRow(t, text)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestForks(t *testing.T) {
	w := world{
		"example.com/fork/sqlx":       fakeSQLX,
		"example.com/fork/sqlx/v2":    fakeSQLX,
		"example.com/fork/other":      fakeSQLX, // another directory
		"example.com/renamed/sqlx":    strings.Replace(fakeSQLX, "package sqlx", "package dbx", 1),
		"example.com/layout/sqlx":     strings.Replace(fakeSQLX, "Stmt struct{ *sql.Stmt }", "Stmt struct{ s *sql.Stmt }", 1),
		"example.com/missing/sqlx":    strings.Replace(fakeSQLX, "type Stmt struct{ *sql.Stmt }", "", 1),
		"x/vendor/example.com/f/sqlx": fakeSQLX,
	}
	for path := range w {
		want := path == "example.com/fork/sqlx" || path == "example.com/fork/sqlx/v2" || path == "x/vendor/example.com/f/sqlx"
		pkg := w.load(t, path)
		r, ok := Builtin().Resource(pkg.Scope().Lookup("Rows").Type())
		if ok != want || ok && (r.Kind != Rows || r.Pkg != cleanPath(path)) {
			t.Errorf("%s: Rows is %+v, %v; want %v", path, r, ok, want)
		}
		f := Builtin().Func(find(pkg, member{"DB", "Queryx"}))
		if (f != nil) != want {
			t.Errorf("%s: Queryx is %+v, want %v", path, f, want)
		}
		if Builtin().Func(find(pkg, member{"", "Open"})) != nil != want {
			t.Errorf("%s: Open, want %v", path, want)
		}
	}
}
