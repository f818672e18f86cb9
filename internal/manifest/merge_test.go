package manifest

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// at returns a pool as a record has it.
func at(id string, change ...func(*Pool)) *Pool {
	p := &Pool{
		ID: id, File: "db.go", Line: 10, Opener: "database/sql.Open", Driver: String("mysql"),
		DSN: DSN{Kind: KindEnv, Name: "DSN"}, Scope: ScopeProcess, Multiplicity: Const(1),
	}
	for _, c := range change {
		c(p)
	}
	return p
}

// dirOf is the layout of the module example.com/m.
func dirOf(importPath string) string {
	if importPath == "example.com/m" {
		return "."
	}
	dir, ok := strings.CutPrefix(importPath, "example.com/m/")
	if !ok {
		return ""
	}
	return dir
}

// lines describes a manifest: a line for each pool and each unresolved place.
func lines(m *Manifest) []string {
	all := []string{}
	for _, p := range m.Pools {
		all = append(all, fmt.Sprintf("%s:%d %s %s %q", p.File, p.Line, p.ID, p.Scope, p.Mains))
	}
	for _, u := range m.Unresolved {
		all = append(all, u.Pos+" "+u.Why)
	}
	return all
}

// onLine and inTest change a pool.
func onLine(n int) func(*Pool) { return func(p *Pool) { p.Line = n } }
func inTest(p *Pool)           { p.Scope = ScopeTest }

// merges are records and what becomes of them.
var merges = []struct {
	name    string
	records []Record
	want    []string
}{
	{"none", nil, []string{}},
	{
		"places",
		[]Record{
			{Package: "example.com/m/b", Pool: at("b#1", onLine(9))},
			{Package: "example.com/m/b", Pool: at("b#2", onLine(100))},
			{Package: "example.com/m/a/sub", Pool: at("a#1")},
			{Package: "example.com/m", Pool: at("m#1")},
			{Package: "example.com/lib", Pool: at("lib#1")},
			{Package: "example.com/m/b", Unresolved: &Unresolved{"x.go:100:2", "later"}},
			{Package: "example.com/m/b", Unresolved: &Unresolved{"x.go:20:2", "earlier"}},
			{Package: "example.com/m/b", Unresolved: &Unresolved{"x.go:20:2", "earlier"}},
		},
		[]string{
			`a/sub/db.go:10 a#1 process []`,
			`b/db.go:9 b#1 process []`,
			`b/db.go:100 b#2 process []`,
			`db.go:10 m#1 process []`,
			`example.com/lib/db.go:10 lib#1 process []`,
			`b/x.go:20:2 earlier`,
			`b/x.go:100:2 later`,
		},
	},
	{
		"returned and not settled",
		[]Record{
			{Package: "example.com/m/db", Pool: at("db.Open#1"), Returned: true},
			{Package: "example.com/m/cmd", Reaches: []string{"db.Open#1", "other#1"}},
		},
		[]string{
			`db/db.go:10 db.Open#1 process ["example.com/m/cmd"]`,
			`example.com/m/cmd it may open the pool other#1, which is not in the packages that were analysed`,
		},
	},
	{
		"settled by callers",
		[]Record{
			{Package: "example.com/m/db", Pool: at("db.Open#1"), Returned: true},
			{Package: "example.com/m/db", Pool: at("db.Open#10"), Returned: true},
			{Package: "example.com/m/db", Pool: at("db.Open#1 via api.main#1"), Via: "api.main"},
			{Package: "example.com/m/db", Pool: at("db.Open#1 via worker.main#1"), Via: "worker.main"},
			{Package: "example.com/m/worker", Reaches: []string{"db.Open#1", "db.Open#1 via worker.main#1"}},
			{Package: "example.com/m/api", Reaches: []string{"db.Open#1", "db.Open#1 via api.main#1", "db.Open#10"}},
		},
		[]string{
			`db/db.go:10 db.Open#1 via api.main#1 process ["example.com/m/api"]`,
			`db/db.go:10 db.Open#1 via worker.main#1 process ["example.com/m/worker"]`,
			`db/db.go:10 db.Open#10 process ["example.com/m/api"]`,
		},
	},
	{
		"returned twice",
		[]Record{
			{Package: "example.com/m/db", Pool: at("db.Open#1"), Returned: true},
			{Package: "example.com/m/db", Pool: at("db.Open#1 via db.Must#1"), Returned: true, Via: "db.Must"},
			{Package: "example.com/m/db", Pool: at("db.Open#1 via db.Must#1 via api.main#1"), Via: "api.main"},
			{Package: "example.com/m/db", Pool: at("db.Open#1 via db.Other#1"), Returned: true, Via: "db.Other"},
		},
		[]string{
			`db/db.go:10 db.Open#1 via db.Must#1 via api.main#1 process []`,
			`db/db.go:10 db.Open#1 via db.Other#1 process []`,
		},
	},
	{
		"returned by a package that was not analysed",
		[]Record{
			{Package: "example.com/lib", Pool: at("lib.Open#1 via api.main#1"), Via: "api.main"},
			{Package: "example.com/m/api", Reaches: []string{"lib.Open#1", "lib.Open#1 via api.main#1", "lib.Other#1"}},
		},
		[]string{
			`example.com/lib/db.go:10 lib.Open#1 via api.main#1 process ["example.com/m/api"]`,
			`example.com/m/api it may open the pool lib.Other#1, which is not in the packages that were analysed`,
		},
	},
	{
		"settled by a test",
		[]Record{
			{Package: "example.com/m/db", Pool: at("db.Open#1"), Returned: true},
			{Package: "example.com/m/db", Pool: at("db.Open#1 via db.TestOpen#1", inTest), Via: "db.TestOpen"},
		},
		[]string{
			`db/db.go:10 db.Open#1 process []`,
			`db/db.go:10 db.Open#1 via db.TestOpen#1 test []`,
		},
	},
	{
		"told by a test variant too",
		[]Record{
			{Package: "example.com/m/db", Pool: at("db.Open#1"), Returned: true},
			{Package: "example.com/m/db", Pool: at("db.Open#1", inTest)},
			{Package: "example.com/m/cmd", Reaches: []string{"db.Open#1"}},
			{Package: "example.com/m/cmd", Reaches: []string{"db.Open#1"}},
		},
		[]string{`db/db.go:10 db.Open#1 process ["example.com/m/cmd"]`},
	},
}

func TestMerge(t *testing.T) {
	for _, test := range merges {
		t.Run(test.name, func(t *testing.T) {
			for range 10 {
				m := Merge(test.records, dirOf, true)
				if got := lines(m); !reflect.DeepEqual(got, test.want) {
					t.Fatalf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
				}
				written(t, m)
				rand.Shuffle(len(test.records), func(i, j int) {
					test.records[i], test.records[j] = test.records[j], test.records[i]
				})
			}
		})
	}
}

func TestMergeComplete(t *testing.T) {
	for _, complete := range []bool{true, false} {
		m := Merge([]Record{{Package: "example.com/m", Pool: at("m#1")}}, dirOf, complete)
		if m.Complete != complete || m.HeldComplete || m.Schema != Schema {
			t.Errorf("%+v, want complete %t", m, complete)
		}
	}
}

// Merging leaves the records alone.
func TestMergeCopies(t *testing.T) {
	p := at("m#1", func(p *Pool) { p.Mains = make([]string, 1, 4); p.Mains[0] = "z" })
	Merge([]Record{{Package: "example.com/m/a", Pool: p}, {Package: "y", Reaches: []string{"m#1"}}}, dirOf, true)
	if p.File != "db.go" || p.Mains[0] != "z" || p.Mains[:2][1] != "" {
		t.Errorf("the record's pool is now %+v", p)
	}
}

func TestRecords(t *testing.T) {
	records := []Record{
		{Package: "example.com/m", Pool: at("m#1"), Returned: true},
		{Package: "example.com/m", Pool: at("m#1 via x.F#2"), Via: "x.F"},
		{Package: "example.com/m/cmd", Reaches: []string{"m#1", "m#2"}},
		{Package: "example.com/m", Unresolved: &Unresolved{"db.go:7", "a <pool> & an interface"}},
	}
	for _, r := range records {
		line, err := EncodeRecord(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.ContainsAny(line, "\n") || strings.Contains(line, `\u00`) {
			t.Errorf("not one plain line: %s", line)
		}
		back, err := DecodeRecord(line)
		if err != nil {
			t.Fatal(err)
		}
		if r.Pool != nil { // what zero values stand for
			p := r.Pool.clean()
			p.DSN.Params = map[string]string{}
			r.Pool = &p
		}
		if !reflect.DeepEqual(back, r) {
			t.Errorf("%s reads\n%+v, want\n%+v", line, back, r)
		}
	}
	for text, want := range map[string]string{
		`{}`:                             "has no package",
		`{"package":"p","pool":{}}`:      "pool: has no id",
		`{"package":"p","returned":1}`:   "returned: want true or false, found a number",
		`{"package":"p","reaches":[""]}`: "reaches[0]: is empty",
		`{"package":"p"} and more`:       "there is more after the JSON object",
		`p`:                              "not JSON: line 1: invalid character 'p' looking for beginning of value",
	} {
		if _, err := DecodeRecord(text); err == nil || err.Error() != want {
			t.Errorf("%s: error %v, want %s", text, err, want)
		}
	}
}
