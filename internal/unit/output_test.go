package unit_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// shaky is a package that is relevant because of a directive, and declares
// what the analyzer shaky looks for.
func shaky(name string) string {
	return "\n-- s/s.go --\npackage s\n\n//toy:directive\nfunc " + name + "() {}\n"
}

func TestJSON(t *testing.T) {
	p := newProject(t, chain)
	r := p.vet("-json", "./b", "./other")
	const want = `# example.com/m/b
{
	"example.com/m/b": {
		"open": [
			{
				"category": "opens",
				"posn": "DIR/b/b.go:9:32",
				"end": "DIR/b/b.go:9:45",
				"message": "example.com/m/hidden.Open opens [open/opens]",
				"suggested_fixes": [
					{
						"message": "call local open instead",
						"edits": [
							{
								"filename": "DIR/b/b.go",
								"start": 85,
								"end": 96,
								"new": "open"
							}
						]
					},
					{
						"message": "second best",
						"edits": [
							{
								"filename": "DIR/b/b.go",
								"start": 85,
								"end": 96,
								"new": "wrong"
							}
						]
					}
				],
				"related": [
					{
						"posn": "DIR/hidden/hidden.go:16:1",
						"end": "DIR/hidden/hidden.go:16:1",
						"message": "declared here"
					}
				]
			}
		]
	}
}
`
	if got := r.stdout; r.code != 0 || got != strings.TrimPrefix(want, "# example.com/m/b\n") {
		t.Errorf("exit code %d, stderr %s, stdout:\n%s", r.code, r.stderr, got)
	}
}

// A failing analyzer is an error of its own; the others' results remain.
func TestFailure(t *testing.T) {
	for name, want := range map[string]string{
		"ShakyPanic":      "internal error: shaken (toy_test.go:",
		"ShakyError":      "not stirred",
		"ShakyObjectFact": "shaky exports an object fact (*unit_test.toyFact), but this driver carries package facts only",
	} {
		p := newProject(t, shaky(name)+"\nfunc ReportFacts() {}\n"+`
-- user/user.go --
package user

import (
	_ "database/sql"

	"example.com/m/s"
)

func F() { s.`+name+`() }
`)
		r := p.vet("-json", "./s", "./user")
		results := findings(t, r.stdout)["example.com/m/s"].(map[string]any)
		failure, _ := results["shaky"].(map[string]any)
		if msg, _ := failure["error"].(string); !strings.Contains(msg, want) {
			t.Errorf("%s: shaky: %v", name, results["shaky"])
		}
		if list, _ := results["facts"].([]any); len(list) != 1 {
			t.Errorf("%s: facts: %v", name, results["facts"])
		}
		if r.code != 0 || !strings.Contains(r.stderr, "toy: shaky: ") || strings.Contains(r.stderr, "user") {
			t.Errorf("%s: exit code %d\n%s", name, r.code, r.stderr)
		}
		// As a dependency, the package has no need of shaky.
		if r := p.vet("./user"); strings.Contains(r.stderr, "shaky: ") {
			t.Errorf("%s as a dependency: %+v", name, r)
		}
		if r := p.vet("./s"); r.code != 1 || !strings.Contains(r.stderr, want) {
			t.Errorf("%s: without -json: %+v", name, r)
		}
	}
}

// direct runs the tool without cmd/go on a package without imports.
func direct(t *testing.T, source string, flags ...string) result {
	t.Helper()
	p := newProject(t, "-- s/s.go --\n"+source)
	cfg, err := json.Marshal(map[string]any{
		"ID":         "example.com/m/s",
		"ImportPath": "example.com/m/s",
		"GoFiles":    []string{filepath.Join(p.dir, "s", "s.go")},
		"VetxOutput": filepath.Join(p.dir, "vetx"),
	})
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(p.dir, "unit.cfg")
	if err := os.WriteFile(name, cfg, 0666); err != nil {
		t.Fatal(err)
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var stdout, stderr strings.Builder
	cmd := exec.Command(exe, append(flags, name)...)
	cmd.Env = append(os.Environ(), envTool+"=direct")
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.Run()
	clean := func(s string) string { return strings.ReplaceAll(s, filepath.Join(p.dir, "s", "s.go"), "s.go") }
	return result{clean(stdout.String()), clean(stderr.String()), cmd.ProcessState.ExitCode()}
}

func TestText(t *testing.T) {
	const source = "package s\n\n//toy:directive\nfunc ReportFacts() {}\n\nfunc ShakyRename() {}\n"
	const (
		line4 = "s.go:4:6: facts: \n"
		line6 = "s.go:6:6: rename\n"
		other = "s.go:6:6: rename otherwise\n"
	)
	for _, test := range []struct {
		flags string
		want  result
	}{
		{"", result{"", line4 + line6 + other, 1}},
		{"-facts", result{"", line4, 1}},
		{"-open", result{}},
		{"-c=0 -facts", result{"", line4 + "4\tfunc ReportFacts() {}\n", 1}},
		{"-c=1 -facts", result{"", line4 + "3\t//toy:directive\n4\tfunc ReportFacts() {}\n5\t\n", 1}},
		{"-json -open", result{}},
	} {
		if got := direct(t, source, strings.Fields(test.flags)...); got != test.want {
			t.Errorf("%q: got %+v, want %+v", test.flags, got, test.want)
		}
	}
	if got := direct(t, "package s\n\n//toy:directive\nfunc ShakyError() {}\n"); got != (result{"", "toy: shaky: not stirred\n", 1}) {
		t.Errorf("error: %+v", got)
	}
	if got := direct(t, "package s\n\n//toy:directive\nfunc \n"); got != (result{"", "toy: s.go:4:7: expected 'IDENT', found 'EOF'\n", 1}) {
		t.Errorf("syntax error: %+v", got)
	}
	const related = "package s\n\n//toy:directive\nfunc ShakyRelated() {}\n\nfunc First() {}\n\nfunc Second() {}\n"
	// The order of related messages is the analyzer's.
	if got := direct(t, related); got != (result{"", "s.go:4:6: see\ns.go:8:6: \tsecond\ns.go:6:6: \tfirst\n", 1}) {
		t.Errorf("related: %+v", got)
	}
	const badFix = "toy: analyzer \"shaky\" suggests invalid fix (fix): TextEdit.End"
	if got := direct(t, "package s\n\n//toy:directive\nfunc ShakyFix() {}\n"); !strings.HasPrefix(got.stderr, badFix) || !strings.HasSuffix(got.stderr, "s.go:4:6: bad fix\n") {
		t.Errorf("bad fix: %+v", got)
	}
}

func TestUsage(t *testing.T) {
	exe, _ := os.Executable()
	for _, args := range []string{"-flags=false", "-nonsense x.cfg", "-V=short", "missing.cfg", "x.go"} {
		cmd := exec.Command(exe, strings.Fields(args)...)
		cmd.Env = append(os.Environ(), envTool+"=usage")
		if out, err := cmd.CombinedOutput(); err == nil || len(out) == 0 || strings.Contains(string(out), "goroutine") {
			t.Errorf("%s: %v\n%s", args, err, out)
		}
	}
}

// What the driver leaves behind depends on sources only.
func TestReproducible(t *testing.T) {
	seen := make(map[string]string)
	for i, flags := range []string{"", "", "-trimpath", "-trimpath", "blank", "blank"} {
		p := newProject(t, chain+shaky("ShakyRename")+"\n-- leaf/leaf.go --\npackage leaf\n\ntype T struct{ X, Y int }\n")
		if flags == "blank" {
			flags = ""
			p.env = append(p.env, envBlank+"=1")
		}
		dir := t.TempDir()
		p.env = append(p.env, envVetx+"="+dir)
		if r := p.vet(append(strings.Fields(flags), "./...")...); r.code != 1 {
			t.Fatalf("%+v", r)
		}
		got := archiveDir(t, dir)
		if strings.Contains(got, filepath.Base(filepath.Dir(p.dir))) {
			t.Errorf("run %d: vetx files name a directory", i)
		}
		key := "compiler"
		if i >= 4 {
			key = "blank"
		}
		if seen[key] == "" {
			seen[key] = got
		}
		if seen[key] != got {
			t.Errorf("run %d differs", i)
		}
	}
	if n := strings.Count(seen["compiler"], "-- "); n != 7 {
		t.Errorf("%d vetx files", n)
	}
}

// archiveDir returns the files of a directory as one text.
func archiveDir(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	archive := new(txtar.Archive)
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		archive.Files = append(archive.Files, txtar.File{Name: e.Name(), Data: data})
	}
	return string(txtar.Format(archive))
}

func TestCgo(t *testing.T) {
	p := newProject(t, `
-- p/p.go --
package p

// int one(void) { return 1; }
import "C"

import "database/sql"

func F() int {
	sql.Open("d", "n")
	return int(C.one())
}

type T struct{}
-- q/q.go --
package q

import "example.com/m/p"

func G() {
	var _ p.T
	p.F()
}
`)
	if r := p.run("build", "./..."); r.code != 0 {
		t.Skipf("no cgo: %s", r.stderr)
	}
	want := []string{
		"p/p.go:9:2: database/sql.Open opens [open/opens]",
		"q/q.go:7:2: example.com/m/p.F opens [open/opens]",
	}
	// Readers of export data that the compiler wrote get lines of cgo's output.
	wantLines(t, "stderr", p.vet("./...").stderr, append(want, "p/p.go:11:1: \tdeclared here")...)
	p.env = append(p.env, envBlank+"=1")
	p.id += "blank"
	wantLines(t, "stderr without export data", p.vet("./...").stderr, append(want, "p/p.go:8:1: \tdeclared here")...)
}
