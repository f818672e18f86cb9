package unit_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/tools/txtar"
)

// A project is a module on which go vet is run with the toy tool.
type project struct {
	t   *testing.T
	dir string
	env []string
	id  string // of the tool
}

var projects atomic.Int64

// newProject writes the files of a txtar archive below a new directory.
func newProject(t *testing.T, archive string) *project {
	t.Helper()
	p := &project{t: t, dir: t.TempDir(), id: fmt.Sprintf("%d.%d", time.Now().UnixNano(), projects.Add(1))}
	for _, f := range txtar.Parse([]byte("-- go.mod --\nmodule example.com/m\n\ngo 1.24\n" + archive)).Files {
		name := filepath.Join(p.dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0666); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// result is what a command printed and its exit code.
type result struct {
	stdout, stderr string
	code           int
}

// run runs a go command in the project.
func (p *project) run(args ...string) result {
	p.t.Helper()
	exe, err := os.Executable()
	if err != nil {
		p.t.Fatal(err)
	}
	for i := range args {
		args[i] = strings.ReplaceAll(args[i], "TOOL", exe)
	}
	cmd := exec.Command("go", args...)
	cmd.Dir = p.dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOPROXY=off", "GOFLAGS=", envTool+"="+p.id)
	cmd.Env = append(cmd.Env, p.env...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	r := result{}
	if err := cmd.Run(); err != nil {
		exit := new(exec.ExitError)
		if !errors.As(err, &exit) {
			p.t.Fatal(err)
		}
		r.code = exit.ExitCode()
	}
	r.stdout, r.stderr = portable(stdout.String(), p.dir), portable(stderr.String(), p.dir)
	return r
}

// portable replaces dir by DIR and makes file names look as they do on Unix.
func portable(output, dir string) string {
	if filepath.Separator != '/' {
		json, _ := json.Marshal(dir)
		output = strings.ReplaceAll(output, strings.Trim(string(json), `"`), "DIR")
		output = strings.NewReplacer(dir, "DIR", `\\`, "/", `\`, "/").Replace(output)
	}
	return strings.ReplaceAll(output, dir, "DIR")
}

// vet runs go vet with the toy tool.
func (p *project) vet(args ...string) result {
	p.t.Helper()
	return p.run(append([]string{"vet", "-vettool=TOOL"}, args...)...)
}

// log makes the toy tool keep a log and returns a function that reads it.
func (p *project) log() func() string {
	name := filepath.Join(p.t.TempDir(), "log")
	p.env = append(p.env, envLog+"="+name)
	return func() string {
		data, _ := os.ReadFile(name)
		return string(data)
	}
}

// read returns a file of the project.
func (p *project) read(name string) string {
	p.t.Helper()
	data, err := os.ReadFile(filepath.Join(p.dir, name))
	if err != nil {
		p.t.Fatal(err)
	}
	return string(data)
}

// wantLines checks that output consists of certain lines, in any order, after
// lines that begin with '#' are removed.
func wantLines(t *testing.T, what, output string, want ...string) {
	t.Helper()
	seen := make(map[string]int)
	for line := range strings.Lines(output) {
		if line = strings.TrimRight(line, "\n"); line != "" && line[0] != '#' {
			seen[line]++
		}
	}
	for _, line := range want {
		if seen[line] == 0 {
			t.Errorf("%s lacks %q", what, line)
		}
		seen[line]--
	}
	for line, n := range seen {
		if n > 0 {
			t.Errorf("%s has unexpected %q", what, line)
		}
	}
	if t.Failed() {
		t.Logf("%s:\n%s", what, output)
	}
}

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

// findings merges the trees that go vet -json prints.
func findings(t *testing.T, stdout string) map[string]any {
	t.Helper()
	all := make(map[string]any)
	dec := json.NewDecoder(strings.NewReader(stdout))
	for dec.More() {
		var tree map[string]any
		if err := dec.Decode(&tree); err != nil {
			t.Fatalf("%v in\n%s", err, stdout)
		}
		for id, v := range tree {
			all[id] = v
		}
	}
	if len(all) == 0 {
		t.Fatal("no findings")
	}
	return all
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

func TestIdentity(t *testing.T) {
	p := newProject(t, "")
	p.id = "hash"
	exe, _ := os.Executable()
	cmd := exec.Command(exe, "-V=full")
	cmd.Env = append(os.Environ(), envTool+"=hash")
	out, err := cmd.Output()
	fields := strings.Fields(string(out))
	if err != nil || len(fields) != 5 || fields[0] != "toy" || len(fields[4]) != len("buildID=")+64 {
		t.Errorf("-V=full: %q, %v", out, err)
	}
	if r := p.vet("unicode/utf8"); r != (result{}) {
		t.Errorf("cmd/go does not accept the identity: %+v", r)
	}
}

// Each process pays for what packages do at start.
func TestNoInit(t *testing.T) {
	exe, _ := os.Executable()
	cmd := exec.Command(exe, "-flags")
	cmd.Env = append(os.Environ(), envTool+"=init", "GODEBUG=inittrace=1")
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "init runtime @") {
		t.Fatalf("%v\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		if strings.HasPrefix(line, "init github.com/connvet/connvet/") && !strings.HasPrefix(line, "init github.com/connvet/connvet/internal/unit_test ") {
			t.Error(line)
		}
		if strings.HasPrefix(line, "init encoding/gob ") {
			t.Error("gob is linked in again")
		}
	}
}

func TestSelection(t *testing.T) {
	p := newProject(t, chain)
	all := strconv.Itoa(strings.Count(p.vet("./...").stderr, "opens"))
	for _, test := range []struct{ flags, want string }{
		{"-open", all},
		{"-open=true -shaky", all},
		{"-shaky", "0"},
		{"-open=false", "0"},
		{"-shaky=false", all},
	} {
		r := p.vet(append(strings.Fields(test.flags), "./...")...)
		if got := strconv.Itoa(strings.Count(r.stderr, "opens")); got != test.want {
			t.Errorf("%s: %s findings, want %s\n%s", test.flags, got, test.want, r.stderr)
		}
	}
	if r := p.vet("-open.verbose", "./..."); !strings.Contains(r.stderr, "verbosely: ") {
		t.Errorf("-open.verbose: %s", r.stderr)
	}
}
