package unit_test

import (
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// chain is a module in which connections hide behind packages that do not
// mention database/sql.
const chain = `
-- hidden/hidden.go --
package hidden

import (
	"database/sql"
	"io"
)

type Store struct{ db *sql.DB }

func (s *Store) Reopen() error {
	db, err := sql.Open("d", "n")
	s.db = db
	return err
}

func Open() io.Closer {
	db, _ := sql.Open("d", "n")
	return db
}
-- b/b.go --
package b

import (
	"io"

	"example.com/m/hidden"
)

func Make() io.Closer { return hidden.Open() }

func Store() *hidden.Store { return new(hidden.Store) }
-- a/a.go --
package a

import "example.com/m/b"

func Use() {
	b.Make().Close()
	b.Store().Reopen()
}
-- other/other.go --
package other

import "fmt"

func Use() { fmt.Println() }
-- other2/other2.go --
package other2

import "example.com/m/other"

func Use() { other.Use() }
`

// chainFindings are the findings in chain as go vet prints them.
var chainFindings = []string{
	"hidden/hidden.go:11:13: database/sql.Open opens [open/opens]",
	"hidden/hidden.go:17:11: database/sql.Open opens [open/opens]",
	"b/b.go:9:32: example.com/m/hidden.Open opens [open/opens]",
	"hidden/hidden.go:16:1: \tdeclared here",
	"a/a.go:6:2: example.com/m/b.Make opens [open/opens]",
	"b/b.go:9:1: \tdeclared here",
	"a/a.go:7:2: (*example.com/m/hidden.Store).Reopen opens [open/opens]",
	"hidden/hidden.go:10:1: \tdeclared here",
}

func TestChain(t *testing.T) {
	p := newProject(t, chain)
	log := p.log()
	r := p.vet("./...")
	wantLines(t, "stderr", r.stderr, chainFindings...)
	if r.code != 1 {
		t.Errorf("exit code %d", r.code)
	}
	wantLines(t, "log", log(), "run example.com/m/hidden", "run example.com/m/b", "run example.com/m/a")

	again := p.vet("./...")
	wantLines(t, "cached stderr", again.stderr, chainFindings...)
	if strings.Count(log(), "\n") != 3 {
		t.Errorf("second run was not cached:\n%s", log())
	}
}

// Settings that cannot be used are told once for each target, and leave nothing
// behind for the time when they can.
func TestCheck(t *testing.T) {
	p := newProject(t, chain)
	log := p.log()
	p.env = append(p.env, envCheck+"="+filepath.Join(p.dir, "settings"))
	for _, args := range [][]string{{"./a"}, {"-json", "./a"}, {"-deps", "./a"}} {
		r := p.vet(args...)
		wantLines(t, "stderr", r.stderr, "toy: missing settings")
		if r.code != 1 || r.stdout != "" {
			t.Errorf("%s: %+v", args, r)
		}
	}
	if got := log(); got != "" {
		t.Errorf("the settings are broken, but there was done:\n%s", got)
	}
	p.write("settings", "")
	wantLines(t, "stderr", p.vet("./a").stderr, chainFindings[4:]...)
	if r := p.vet("-json", "./a"); r.code != 0 || !strings.Contains(r.stdout, "b.Make opens") {
		t.Errorf("-json: %+v", r)
	}
}

// Facts reach a target whose dependencies are not targets.
func TestDependenciesOnly(t *testing.T) {
	p := newProject(t, chain)
	r := p.vet("./a")
	wantLines(t, "stderr", r.stderr, chainFindings[4:]...)
}

func TestIrrelevantIsNotTypeChecked(t *testing.T) {
	p := newProject(t, `
-- a/a.go --
package a

import "fmt"

var x int = "not an int"

func F() { fmt.Println(undefined) }
-- b/b.go --
package b

import "database/sql"

var x int = "not an int"

var _ sql.DB
-- c/c.go --
package c

//toy:directive
var x int = "not an int"
-- leaf/leaf.go --
package leaf

var x int = "not an int"
`)
	// The types of a leaf are looked at, just in case, but do not matter.
	for _, pkg := range []string{"a", "leaf"} {
		if r := p.vet("./" + pkg); r != (result{}) {
			t.Errorf("irrelevant package %s: %+v", pkg, r)
		}
	}
	for _, pkg := range []string{"b", "c"} {
		r := p.vet("./" + pkg)
		if r.code != 1 || !strings.Contains(r.stderr, `"not an int" (untyped string constant) as int value`) {
			t.Errorf("package %s: %+v", pkg, r)
		}
	}
}

func TestSkim(t *testing.T) {
	p := newProject(t, `
-- base/base.go --
package base

import "os"

func Fatal() { os.Exit(1) }
-- base/rest.go --
package base

func Rest() {}
-- middle/middle.go --
package middle

import "example.com/m/base"

// Die(
func Stop() { base.Fatal() }
-- top/top.go --
package top

import (
	_ "database/sql"

	"example.com/m/middle"
)

func F() { middle.Stop() }
-- std/std.go --
package std

import "log"

func F() { log.Fatal() }
`)
	log := p.log()
	r := p.vet("./...")
	// That middle.Stop dies is known without types; that base.Fatal does is not
	// reported in middle, which is irrelevant.
	wantLines(t, "stderr", r.stderr,
		"top/top.go:9:12: example.com/m/middle.Stop dies [open/dies]",
		"middle/middle.go:6:1: \tdeclared here")
	// Package log calls os.Exit, too, but is not opened.
	wantLines(t, "log", log(), "run example.com/m/top", "skim example.com/m/base base", "skim example.com/m/middle middle")
}

func TestFactsAreReexportedIfRelevant(t *testing.T) {
	p := newProject(t, chain+`
-- quiet/quiet.go --
package quiet

import "os"

func Die() { os.Exit(1) }

type T int
-- top/top.go --
package top

import (
	"example.com/m/b"
	"example.com/m/quiet"
)

func ReportFacts() { b.Make(); quiet.Die() }

var (
	Store = b.Store()
	Quiet quiet.T
)
-- roof/roof.go --
package roof

import "example.com/m/top"

var ReportFacts = top.ReportFacts
`)
	r := p.vet("-facts", "./top", "./roof")
	wantLines(t, "stderr", r.stderr,
		"top/top.go:8:6: facts: example.com/m/b {[Make] []}; example.com/m/hidden {[Reopen Open] []};"+
			" example.com/m/quiet {[] [Die]}; example.com/m/top {[ReportFacts] [ReportFacts]}",
		// The types of top mention hidden and quiet. Of these quiet is irrelevant, so
		// top does not pass on its fact.
		"roof/roof.go:5:5: facts: example.com/m/hidden {[Reopen Open] []};"+
			" example.com/m/top {[ReportFacts] [ReportFacts]}")
}

func TestTestVariants(t *testing.T) {
	p := newProject(t, `
-- p/p.go --
package p

func F() {}
-- p/p_test.go --
package p

import (
	"database/sql"
	"testing"
)

func OpenInTest() { sql.Open("d", "n") }

func Test(t *testing.T) { OpenInTest() }
-- p/x_test.go --
package p_test

import (
	"testing"

	"example.com/m/p"
)

func TestX(t *testing.T) { p.OpenInTest() }
-- q/q.go --
package q

import "example.com/m/p"

func F() { p.F() }
`)
	log := p.log()
	want := []string{
		"p/p_test.go:8:21: database/sql.Open opens [open/opens]",
		"p/x_test.go:9:28: example.com/m/p.OpenInTest opens [open/opens]",
		"p/p_test.go:8:1: \tdeclared here",
	}
	wantLines(t, "stderr", p.vet("./...").stderr, want...)
	// q sees the p without tests, which is irrelevant.
	wantLines(t, "log", log(), "run example.com/m/p", "run example.com/m/p_test")

	p.env = append(p.env, envBlank+"=1")
	p.id += "blank"
	wantLines(t, "stderr without export data", p.vet("./...").stderr, want...)
}

func TestBlankedExportData(t *testing.T) {
	p := newProject(t, chain)
	want := p.vet("-json", "./...")
	p.env = append(p.env, envBlank+"=1")
	p.id += "blank"
	got := p.vet("-json", "./...")
	if got.code != 0 {
		t.Fatalf("%+v", got)
	}
	if g, w := findings(t, got.stdout), findings(t, want.stdout); !reflect.DeepEqual(g, w) {
		t.Errorf("got %s\nwant %s", got.stdout, want.stdout)
	}
}

func TestVetStd(t *testing.T) {
	p := newProject(t, "")
	log := p.log()
	r := p.vet("database/sql", "encoding/hex")
	if r.code > 1 || strings.Contains(r.stderr, "internal error") {
		t.Errorf("%+v", r)
	}
	// Of two packages and their tests one imports database/sql.
	if got := log(); !strings.Contains(got, "run database/sql_test\n") || strings.Contains(got, "hex") {
		t.Errorf("log:\n%s", got)
	}
	// As a target, the standard library is like any other package.
	p.vet("log")
	if got := log(); !strings.Contains(got, "skim log log") {
		t.Errorf("log:\n%s", got)
	}
}
