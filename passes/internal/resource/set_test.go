package resource

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

func TestModelled(t *testing.T) {
	set, err := Parse(Builtin(), "f", strings.NewReader(`
package example.com/res
resource T tx
package example.com/acq
func F -> 0:db
package example.com/log # -> 0:db
func Fatal noreturn # resource
package example.com/dbx
forks dbx
func Open -> 0:db
`))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		path          string
		builtin, user bool
	}{
		{"database/sql", true, true},
		{"database/sql [database/sql.test]", true, true},
		{"x/vendor/github.com/jackc/pgx/v5", true, true},
		{"vendor/github.com/jackc/pgx/v5", true, true},
		{"myvendor/github.com/jackc/pgx/v5", false, false},
		{"example.com/fork/sqlx", true, true},
		{"example.com/fork/sqlx/v2", true, true},
		{"example.com/fork/sqlx/types", false, false},
		{"database/sql/driver", false, false},
		{"fmt", false, false},
		{"log", false, false},
		{"testing", false, false},
		{"github.com/stretchr/testify/require", false, false},
		{"example.com/res", false, true},
		{"example.com/acq", false, true},
		{"example.com/log", false, false},
		{"example.com/fork/dbx", false, true},
		{"", false, false},
	} {
		if got := Builtin().Modelled(test.path); got != test.builtin {
			t.Errorf("built in: Modelled(%q) = %v", test.path, got)
		}
		if got := set.Modelled(test.path); got != test.user {
			t.Errorf("with a file: Modelled(%q) = %v", test.path, got)
		}
	}
	want := append(Builtin().Packages(), "example.com/acq", "example.com/dbx", "example.com/res")
	slices.Sort(want)
	if got := set.Packages(); !slices.Equal(got, want) {
		t.Errorf("Packages() = %v", got)
	}
}

func TestBorrowsAll(t *testing.T) {
	set, err := Parse(Builtin(), "f", strings.NewReader("package example.com/x\nborrow *\npackage os\nfunc Getpid borrow"))
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{
		"fmt":              true,
		"database/sql":     true,
		"a/vendor/fmt":     true,
		"example.com/x":    true,
		"os":               false,
		"context":          false,
		"gorm.io/gorm":     false,
		"example.com/fork": false,
	} {
		if got := set.BorrowsAll(path); got != want {
			t.Errorf("BorrowsAll(%q) = %v", path, got)
		}
	}
}

// TestLayers checks that a row of a file replaces the built-in one and leaves
// the others of its package alone.
func TestLayers(t *testing.T) {
	set, err := Parse(Builtin(), "f", strings.NewReader("package database/sql\nfunc Open borrow\nresource *Row rows"))
	if err != nil {
		t.Fatal(err)
	}
	sql := world{}.load(t, "database/sql")
	open := find(sql, member{"", "Open"})
	checkRow(t, set.Func(open), "func F borrow")
	checkRow(t, Builtin().Func(open), "func F -> 0:db err=1; opens result0 driver=arg0 dsn=arg1")
	checkRow(t, set.Func(find(sql, member{"Rows", "Close"})), "method T.M release receiver")
	if r, _ := set.Resource(sql.Scope().Lookup("Row").Type()); r.Kind != Rows {
		t.Errorf("Row is %v", r)
	}
	if r, _ := set.Resource(sql.Scope().Lookup("Tx").Type()); r.Kind != Tx {
		t.Errorf("Tx is %v", r)
	}
}

func TestParseReadError(t *testing.T) {
	broken := errors.New("broken")
	if _, err := Parse(nil, "f", iotest.ErrReader(broken)); err != broken {
		t.Errorf("error is %v", err)
	}
}

func TestErrorText(t *testing.T) {
	_, err := Parse(nil, "dir/my.models", strings.NewReader("\npackage p\nfoo"))
	const want = `dir/my.models:3: unknown statement "foo": want package, forks, resource, func, method, chain, noreturn or borrow`
	if err == nil || err.Error() != want {
		t.Errorf("error is %v", err)
	}
}

func TestFullNames(t *testing.T) {
	for name, want := range map[string]fullName{
		"log.Fatal":                  {"log", member{"", "Fatal"}},
		"example.com/a.v1/b.Die":     {"example.com/a.v1/b", member{"", "Die"}},
		"gopkg.in/log.v1.Fatal":      {"gopkg.in/log.v1", member{"", "Fatal"}},
		"(testing.TB).Fatal":         {"testing", member{"TB", "Fatal"}},
		"(*gopkg.in/log.v1.L).Fatal": {"gopkg.in/log.v1", member{"L", "Fatal"}},
	} {
		set, err := Parse(nil, "f", strings.NewReader("noreturn "+name+" # why"))
		if err != nil {
			t.Error(err)
			continue
		}
		b := set.index().blocks[want.path]
		if b == nil || b.load().funcs[want.member] == nil || !b.load().funcs[want.member].NoReturn {
			t.Errorf("%s is not taken for %v", name, want)
		}
	}
}
