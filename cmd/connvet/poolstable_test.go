package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/connvet/connvet/internal/manifest"
)

// tableManifest returns a manifest with something in each column that needs
// care.
func tableManifest() *manifest.Manifest {
	const module = "example.com/orders"
	return manifest.Merge([]manifest.Record{
		{Package: module + "/internal/db", Pool: &manifest.Pool{
			ID: module + "/internal/db.Open#1 via " + module + "/cmd/api.(*Server).start#2", File: "db.go", Line: 42, Opener: "database/sql.Open",
			Driver:  manifest.String("mysql"),
			DSN:     manifest.DSN{Kind: manifest.KindConst, Network: "tcp", Address: "db.example.com:3306", DB: "orders_with_a_long_name"},
			MaxOpen: manifest.Env("DB_MAX_OPEN").Or(manifest.Int(20)), MaxLifetimeMS: manifest.Duration(3 * time.Minute),
			MaxIdleTimeMS: manifest.Const(0), Scope: manifest.ScopeProcess, Multiplicity: manifest.Const(1),
			Mains: []string{module + "/cmd/api", module, "example.org/other"},
		}},
		{Package: module + "/a/rather/long/path/to/a/package/of/pools", Pool: &manifest.Pool{
			ID: "x#1", File: "pools.go", Line: 7, Opener: "github.com/jackc/pgx/v5/pgxpool.NewWithConfig",
			Driver: manifest.String("pgx"), DSN: manifest.DSN{Kind: manifest.KindFlag, Name: "dsn"},
			MaxOpen: manifest.Expr("max(4, runtime.NumCPU()\x1b[31m, runtime.GOMAXPROCS(0))"), MaxIdle: manifest.Const(0),
			MaxLifetimeMS: manifest.Range(manifest.Int(1000), manifest.Int(60_000)).OrUnlimited(),
			Scope:         manifest.ScopeProcess, Multiplicity: manifest.Range(manifest.Int(1), manifest.Int(3)),
		}},
		{Package: module, Pool: &manifest.Pool{
			ID: "x#2", File: "z.go", Line: 1, Opener: "github.com/go-gorm/gorm/v2.Open", MaxOpen: manifest.Const(1), Scope: manifest.ScopeHandler,
		}},
		{Package: module, Unresolved: &manifest.Unresolved{Pos: "z.go:9", Why: "*sql.DB passed to an\ninterface"}},
	}, func(pkg string) string {
		if pkg == module {
			return "."
		}
		return strings.TrimPrefix(pkg, module+"/")
	}, true)
}

func TestPoolsTable(t *testing.T) {
	m := tableManifest()
	m.Module = "example.com/orders"
	var out bytes.Buffer
	if err := writeTable(&out, m); err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for line := range strings.Lines(out.String()) {
		got.WriteString("|" + strings.TrimRight(line, "\n") + "|\n")
	}
	compareFile(t, "testdata/pools-table.txt", got.String())
}

func TestPoolsTableEmpty(t *testing.T) {
	for complete, want := range map[bool]string{
		true:  "no database pools are opened in these packages\n",
		false: "no database pools are opened in what was analysed\n",
	} {
		var out bytes.Buffer
		if err := writeTable(&out, manifest.Merge(nil, nil, complete)); err != nil {
			t.Fatal(err)
		}
		if out.String() != want {
			t.Errorf("complete %t: %q, want %q", complete, &out, want)
		}
	}
}

func TestShortName(t *testing.T) {
	for name, want := range map[string]string{
		"database/sql.Open":                          "sql.Open",
		"main.main":                                  "main.main",
		"github.com/jackc/pgx/v5.Connect":            "pgx.Connect",
		"github.com/jackc/pgx/v5/pgxpool.New":        "pgxpool.New",
		"gopkg.in/x.v1.Open":                         "x.v1.Open",
		"(*github.com/jackc/pgx/v5.Conn).Begin":      "(*pgx.Conn).Begin",
		"(example.com/m/store.Store).Open":           "(store.Store).Open",
		"example.com/m/store.(*Store).Open":          "store.(*Store).Open",
		"example.com/m/v2/store.(*Store).Open":       "store.(*Store).Open",
		"example.com/m/v2.(*Store).Open":             "m.(*Store).Open",
		"(*example.com/m/v2/internal/db.Store).Open": "(*db.Store).Open",
	} {
		if got := shortName(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
