package resource

import (
	"go/types"
	"testing"
)

func TestInterfaceMethod(t *testing.T) {
	w := world{
		"a": `package a
import (
	"context"
	"database/sql"
	vsql "x/vendor/database/sql"
	"example.com/fork/sqlx"
)
type (
	DBTX interface {
		QueryContext(context.Context, string, ...interface{}) (*sql.Rows, error)
		QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
		PrepareContext(context.Context, string) (*sql.Stmt, error)
		ExecContext(context.Context, string, ...any) error
	}
	TX interface {
		DBTX
		Commit() error
	}
	Beginner interface {
		Begin() (*sql.Tx, error)
		BeginTx(ctx context.Context, opts *sql.TxOptions) (*sql.Tx, error)
		Rollback() error
	}
	Alias = *sql.Rows
	Aliased interface { QueryContext(context.Context, string, ...any) (Alias, error) }
	Vendored interface { QueryContext(context.Context, string, ...any) (*vsql.Rows, error) }
	Forked interface { Queryx(string, ...any) (*sqlx.Rows, error) }
	Wrong interface {
		Query(string, any) (*sql.Rows, error)                             // not variadic
		QueryContext(context.Context, []byte, ...any) (*sql.Rows, error)
		QueryRow(string, ...any) (*sql.Row, error)
		Queryx(string, ...any) (*sql.Rows, error)                         // another name
		Prepare(string) *sql.Stmt
	}
	Generic[T any] interface { QueryContext(context.Context, string, ...any) (*sql.Rows, error); Get(T) T }
	Instance = Generic[int]
)
type Concrete struct{ *sql.DB }
func Func() (*sql.Rows, error) { return nil, nil }
`,
		"x/vendor/database/sql": fakeSQL,
		"example.com/fork/sqlx": fakeSQLX,
	}
	const (
		rows   = "method T.M -> 0:rows err=1 ctx=0"
		txRows = rows + " owner=receiver"
	)
	pkg := w.load(t, "a")
	for _, test := range []struct {
		iface, method string
		want          string
	}{
		{"DBTX", "QueryContext", rows},
		{"DBTX", "QueryRowContext", "method T.M -> 0:row ctx=0"},
		{"DBTX", "PrepareContext", "method T.M -> 0:stmt err=1 ends=receiver"},
		{"DBTX", "ExecContext", ""},
		{"TX", "QueryContext", txRows},
		{"TX", "Commit", ""},
		{"Beginner", "Begin", "method T.M -> 0:tx err=1"},
		{"Beginner", "BeginTx", "method T.M -> 0:tx err=1 ctx=0"},
		{"Aliased", "QueryContext", rows},
		{"Vendored", "QueryContext", rows},
		{"Forked", "Queryx", "method T.M -> 0:rows err=1"},
		{"Instance", "QueryContext", rows},
		{"Wrong", "Query", ""},
		{"Wrong", "QueryContext", ""},
		{"Wrong", "QueryRow", ""},
		{"Wrong", "Queryx", ""},
		{"Wrong", "Prepare", ""},
		{"Concrete", "QueryContext", ""},
	} {
		t.Run(test.iface+"."+test.method, func(t *testing.T) {
			typ := pkg.Scope().Lookup(test.iface).Type()
			m, _, _ := types.LookupFieldOrMethod(typ, true, pkg, test.method)
			checkRow(t, Builtin().InterfaceMethodOf(typ, m.(*types.Func)), test.want)
		})
	}

	// Through the interface that declares it, a method of TX is DBTX's.
	typ := pkg.Scope().Lookup("TX").Type()
	m, _, _ := types.LookupFieldOrMethod(typ, true, pkg, "QueryContext")
	checkRow(t, Builtin().InterfaceMethod(m.(*types.Func)), rows)
	checkRow(t, Builtin().InterfaceMethod(pkg.Scope().Lookup("Func").(*types.Func)), "")
}
