package unit_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
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
		output = strings.NewReplacer(dir, "DIR", filepath.ToSlash(dir), "DIR", `\\`, "/", `\`, "/").Replace(output)
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

// write writes a file of the project.
func (p *project) write(name, text string) {
	p.t.Helper()
	if err := os.WriteFile(filepath.Join(p.dir, name), []byte(text), 0666); err != nil {
		p.t.Fatal(err)
	}
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
