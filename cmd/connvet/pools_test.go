package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/connvet/connvet/internal/manifest"
	"github.com/connvet/connvet/internal/report"
)

// location returns a line of a file.
func location(file string, line int) report.Location {
	at := report.Point{Line: line, Column: 5}
	return report.Location{File: file, Start: at, End: at}
}

func TestPoolRecords(t *testing.T) {
	const pool = `{"package":"example.com/m/db","reaches":["x#1"]}`
	r := &report.Report{
		Findings: []report.Finding{
			{Rule: "connleak/rows", Message: "rows", Package: "example.com/m/db", Location: location("db/db.go", 3)},
			{Rule: "poolinventory/pool", Message: pool, Package: "example.com/m/db", Location: location("db/db.go", 5)},
			{Rule: "poolinventory/pool", Message: `{"package":7}`, Package: "example.com/m/db", Location: location("db/db.go", 7)},
		},
		Notes: []report.Note{
			{Kind: report.NoteBudget, Package: "example.com/m", Function: "(*T).Huge", Location: location("main.go", 9), Message: "it is too large"},
			{Kind: report.NoteExplain, Package: "example.com/m", Location: location("main.go", 11)},
		},
	}
	want := []manifest.Record{
		{Package: "example.com/m/db", Reaches: []string{"x#1"}},
		{Package: "example.com/m/db", Unresolved: &manifest.Unresolved{
			Pos: "db.go:7", Why: "internal error: the record is not valid: package: want a string, found a number"}},
		{Package: "example.com/m", Unresolved: &manifest.Unresolved{
			Pos: "main.go:9", Why: "(*T).Huge is too large to be analysed completely"}},
	}
	if got := poolRecords(r); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// What could not be analysed is in the manifest, but not why.
func TestWritePoolsMissing(t *testing.T) {
	r := &report.Report{NotAnalysed: []report.NotAnalysed{
		{Package: "example.com/m/bad", Reason: "in /home/me/m/bad"},
		{Package: "example.com/m/bad", Reason: "in more than one way"},
		{Package: "example.com/m/bad", Tests: true, Reason: "in /home/me/m/bad"},
	}}
	var stdout, stderr bytes.Buffer
	e := &env{stdout: &stdout, stderr: &stderr}
	if err := writePools(&settings{json: true}, e, manifest.Merge(nil, nil, false), r); err != nil {
		t.Fatal(err)
	}
	m, err := manifest.Read(&stdout)
	if err != nil {
		t.Fatal(err)
	}
	want := []manifest.Unresolved{
		{Pos: "example.com/m/bad", Why: "the package was not analysed"},
		{Pos: "example.com/m/bad", Why: "the tests of the package were not analysed"},
	}
	if m.Complete || !reflect.DeepEqual(m.Unresolved, want) {
		t.Errorf("complete %t, unresolved %q", m.Complete, m.Unresolved)
	}
	if got, want := stderr.String(), "connvet: not analysed: example.com/m/bad (in /home/me/m/bad) and 2 more\n"; got != want {
		t.Errorf("standard error is %q, want %q", got, want)
	}
	stdout.Reset()
	if err := writePools(new(settings), e, manifest.Merge(nil, nil, false), r); err != nil {
		t.Fatal(err)
	}
	if got := stdout.String(); !strings.Contains(got, "not analysed: example.com/m/bad (in more than one way)\n") {
		t.Errorf("got:\n%s", got)
	}
}

// Even a pass that tells too much gets no user name or password past the
// command.
func TestPoolsNoSecrets(t *testing.T) {
	const record = `{"package":"example.com/m","pool":{"id":"m#1","file":"m.go","line":1,"opener":"database/sql.Open",
		"driver":{"kind":"const","value":"mysql"},"dsn":{"kind":"const","network":null,"address":null,"db":null,"params":{}},
		"max_open":{"kind":"expr","text":"n"},"max_idle":{"kind":"unset"},"max_lifetime_ms":{"kind":"unset"},"max_idle_time_ms":{"kind":"unset"},
		"scope":"process","multiplicity":{"kind":"const","value":1},"mains":[],"role":"unknown"}}`
	if _, err := manifest.DecodeRecord(record); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"dbadmin:hunter2@tcp(db:3306)/orders", "postgres://dbadmin:hunter2@db/orders", "user=dbadmin password=hunter2"} {
		quoted, err := json.Marshal(secret)
		if err != nil {
			t.Fatal(err)
		}
		for old, format := range map[string]string{
			`"value":"mysql"`: `"value":%s`,
			`"network":null`:  `"network":%s`,
			`"address":null`:  `"address":%s`,
			`"db":null`:       `"db":%s`,
			`"params":{}`:     `"params":{"timeout":%s}`,
			`"params":{`:      `"params":{%s:"1"`,
			`"text":"n"`:      `"text":%s`,
			`"db":`:           `"user":"dbadmin","password":%s,"db":`,
			`"role":`:         `"dsn_text":%s,"role":`,
			`{"package":`:     `%s{"package":`,
			`"unknown"`:       `%s`,
		} {
			spoiled := strings.Replace(record, old, fmt.Sprintf(format, quoted), 1)
			if spoiled == record {
				t.Fatalf("the record has no %s", old)
			}
			r := &report.Report{Findings: []report.Finding{
				{Rule: rulePool, Message: spoiled, Package: "example.com/m", Location: location("m.go", 1)},
			}}
			for _, asJSON := range []bool{false, true} {
				var out bytes.Buffer
				e := &env{stdout: &out, stderr: &out}
				m := manifest.Merge(poolRecords(r), func(string) string { return "." }, true)
				if err := writePools(&settings{json: asJSON}, e, m, r); err != nil {
					t.Fatal(err)
				}
				if text := out.String(); strings.Contains(text, "dbadmin") || strings.Contains(text, "hunter2") || !strings.Contains(text, "m.go") {
					t.Errorf("with %s the output is:\n%s", fmt.Sprintf(format, quoted), text)
				}
			}
		}
	}
}
