package manifest

import (
	"bytes"
	"flag"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

var update = flag.Bool("update", false, "rewrite golden files in testdata")

const goldenFile = "testdata/orders.json"

// sample returns a manifest with one of everything, in no order.
func sample() *Manifest {
	return &Manifest{
		Module: "example.com/orders", Go: "1.26", Commit: "0123abc", Complete: true,
		Pools: []Pool{
			{
				ID: "example.com/orders/report.Open#1", File: "report/open.go", Line: 7, Opener: "github.com/jmoiron/sqlx.Connect",
				Driver:  Env("DB_DRIVER").Or(Text("mysql")),
				DSN:     DSN{Kind: KindConfig, Name: "Config.DSN"},
				MaxOpen: Config("Config.Pool.MaxOpen", `envconfig:"MAX_OPEN"`), MaxIdle: Config("Config.MaxIdle", ""),
				MaxLifetimeMS: Flag("lifetime").Or(Int(60_000)),
				Scope:         ScopeHandler, Mains: nil, Role: RoleReader,
			},
			{
				ID: "example.com/orders/internal/db.Open#2", File: "internal/db/db.go", Line: 42, Opener: "database/sql.Open",
				Driver: Unknown(), DSN: DSN{Kind: KindExpr, Address: "db:3306", DB: "orders"},
				MaxOpen: Range(Int(5), Scalar{}), MaxIdle: Range(Scalar{}, Int(20)), MaxLifetimeMS: Range(Scalar{}, Scalar{}).OrUnlimited(),
				MaxIdleTimeMS: Expr("1000 * max(a, b) << 2 & c"),
				Scope:         ScopeProcess, Multiplicity: Range(Int(1), Int(3)),
			},
			{
				ID: "example.com/orders/internal/db.Open#1", File: "internal/db/db.go", Line: 42, Opener: "database/sql.Open",
				Driver: String("mysql"),
				DSN: DSN{
					Kind: KindConst, Network: "tcp", Address: "[::1]:3306", DB: "orders",
					Params: map[string]string{"timeout": "5s", "checkConnLiveness": "false"},
				},
				MaxOpen: Env("DB_MAX_OPEN").Or(Int(20)), MaxIdle: Unset(), MaxLifetimeMS: Const(180_000), MaxIdleTimeMS: Unset(),
				Scope: ScopeProcess, Multiplicity: Const(1),
				Mains: []string{"example.com/orders/cmd/worker", "example.com/orders/cmd/api", "example.com/orders/cmd/worker"}, Role: RoleWriter,
			},
			{
				ID: "example.com/orders.main#1", File: "main.go", Line: 130, Opener: "database/sql.OpenDB",
				MaxOpen: Const(-1), DSN: DSN{Kind: KindEnv, Name: "DATABASE_URL"},
			},
		},
		Held: []Held{
			{Pool: "example.com/orders.main#1", Pos: "main.go:150", N: 2, What: "a transaction, and QueryRow on its pool"},
		},
		Unresolved: []Unresolved{
			{Pos: "main.go:99", Why: "*sql.DB passed to an interface"},
			{Pos: "main.go:100", Why: "*sql.DB passed to an interface"},
			{Pos: "example.com/orders/broken", Why: "the package was not analysed"},
		},
	}
}

// written returns what Write writes.
func written(t *testing.T, m *Manifest) string {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// golden returns the text of the golden manifest.
func golden(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(data), "\r\n", "\n")
}

func TestWrite(t *testing.T) {
	got := written(t, sample())
	if *update {
		if err := os.WriteFile(goldenFile, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if want := golden(t); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// The order in which parts were found does not show.
func TestWriteOrder(t *testing.T) {
	want := written(t, sample())
	for range 20 {
		m := sample()
		rand.Shuffle(len(m.Pools), func(i, j int) { m.Pools[i], m.Pools[j] = m.Pools[j], m.Pools[i] })
		rand.Shuffle(len(m.Unresolved), func(i, j int) { m.Unresolved[i], m.Unresolved[j] = m.Unresolved[j], m.Unresolved[i] })
		before := slices.Clone(m.Pools)
		if got := written(t, m); got != want {
			t.Fatalf("got:\n%s\nwant:\n%s", got, want)
		}
		if !reflect.DeepEqual(before, m.Pools) {
			t.Fatal("Write changed the manifest")
		}
	}
}

// Empty lists are lists, and held is always there.
func TestWriteEmpty(t *testing.T) {
	got := written(t, &Manifest{})
	want := `{
  "schema": "dbpools/v1",
  "module": "",
  "go": "",
  "commit": "",
  "complete": false,
  "pools": [],
  "held": [],
  "held_complete": false,
  "unresolved": []
}
`
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// What cannot be read is not written.
func TestWriteInvalid(t *testing.T) {
	m := sample()
	m.Pools[2].MaxOpen = Env("") // the first in order of files
	var out bytes.Buffer
	err := Write(&out, m)
	if err == nil || err.Error() != "the manifest is not valid: pools[0].max_open: has no name" || out.Len() > 0 {
		t.Errorf("error %v, output %q", err, &out)
	}
}

func TestRead(t *testing.T) {
	text := golden(t)
	m, err := Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	want := sample().canonical()
	for i := range want.Pools {
		if want.Pools[i].DSN.Params == nil {
			want.Pools[i].DSN.Params = map[string]string{}
		}
	}
	if !reflect.DeepEqual(m, want) {
		t.Errorf("got:\n%+v\nwant:\n%+v", m, want)
	}
	if got := written(t, m); got != text {
		t.Errorf("written again it is:\n%s\nwant:\n%s", got, text)
	}
}

// What PowerShell redirects to a file is UTF-16, with other line ends.
func TestReadWindows(t *testing.T) {
	text := golden(t)
	dos := strings.ReplaceAll(text, "\n", "\r\n")
	wide := []byte{0xFF, 0xFE}
	for _, unit := range utf16.Encode([]rune(dos)) {
		wide = append(wide, byte(unit), byte(unit>>8))
	}
	for _, file := range []string{dos, "\uFEFF" + dos, string(wide)} {
		m, err := Read(strings.NewReader(file))
		if err != nil {
			t.Errorf("%.20q: %v", file, err)
		} else if got := written(t, m); got != text {
			t.Errorf("%.20q: written again it is:\n%s", file, got)
		}
	}
}

// A reader does not mind fields of a later version, except where their absence
// from the kind means something.
func TestReadUnknownFields(t *testing.T) {
	text := strings.Replace(golden(t), `"module":`, `"later": {"a": [1]}, "module":`, 1)
	text = strings.ReplaceAll(text, `"id":`, `"later": null, "id":`)
	if m, err := Read(strings.NewReader(text)); err != nil || len(m.Pools) != 4 {
		t.Errorf("got %+v, error %v", m, err)
	}
}

func TestReadErrors(t *testing.T) {
	tests := []struct{ old, new, want string }{
		{`"dbpools/v1"`, `"dbpools/v2"`, `schema: want "dbpools/v1", found "dbpools/v2"`},
		{`"schema": "dbpools/v1",`, ``, `has no schema`},
		{`"complete": true`, `"complete": "yes"`, `complete: want true or false, found a string`},
		{`"held": [`, `"held": null, "x": [`, `held: want an array, found null`},
		{`"line": 42`, `"line": "42"`, `pools[0].line: want a whole number, found a string`},
		{`"line": 42`, `"line": 4.5`, `pools[0].line: want a whole number, found 4.5`},
		{`"line": 42`, `"line": 0`, `pools[0].line: want at least 1, found 0`},
		{`"line": 130`, ``, `not JSON: line 96: invalid character ',' looking for beginning of object key string`},
		{`"kind": "range"`, `"kind": "ranges"`, `pools[1].max_open.kind: unknown kind "ranges": want one of config, const, env, expr, flag, range, unknown, unset`},
		{`"kind": "expr",`, `"kind": "unset",`, `pools[1].dsn.kind: unknown kind "unset": want one of config, const, env, expr, flag, unknown`},
		{`"name": "DB_MAX_OPEN"`, `"nam": "DB_MAX_OPEN"`, `pools[0].max_open: has no name`},
		{`"default": 20`, `"defualt": 20`, `pools[0].max_open: unknown field "defualt"`},
		{`"default": 20`, `"default": null`, `pools[0].max_open.default: want a whole number, found null`},
		{`"role": "writer"`, `"role": "both"`, `pools[0].role: unknown role "both"`},
		{`"example.com/orders/cmd/worker"`, `7`, `pools[0].mains[1]: want a string, found a number`},
		{`"timeout": "5s"`, `"user": "root"`, `pools[0].dsn.params: unknown parameter "user": a manifest keeps checkConnLiveness, connectionAttributes, maxAllowedPacket, readTimeout, timeout, wait_timeout, writeTimeout only`},
		{`"n": 2`, `"n": 0`, `held[0].n: want at least 1, found 0`},
		{`"why": "*sql.DB passed to an interface"`, `"why": ""`, `unresolved[1].why: is empty`},
	}
	for _, test := range tests {
		text := strings.Replace(golden(t), test.old, test.new, 1)
		if text == golden(t) {
			t.Errorf("%s: not in the golden manifest", test.old)
		}
		_, err := Read(strings.NewReader(text))
		if err == nil || err.Error() != test.want {
			t.Errorf("%s instead of %s: error %v, want %s", test.new, test.old, err, test.want)
		}
	}
	for text, want := range map[string]string{
		"":                 "not JSON: it is empty",
		"[]":               "want an object, found an array",
		"{":                "not JSON: unexpected EOF",
		golden(t) + "null": "there is more after the JSON object",
	} {
		if _, err := Read(strings.NewReader(text)); err == nil || err.Error() != want {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}
