package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestDeterministic analyses packages in two places and, in each, their files in
// several orders. Findings and facts must be equal to the byte: cmd/go compares
// facts, people compare findings.
func TestDeterministic(t *testing.T) {
	tool := buildTool(t)
	for _, test := range []struct {
		name, dir string
		env       func(dir string) []string
		patterns  []string
		orders    int
		packages  int // at least
	}{
		{
			"service", serviceDir,
			func(string) []string { return []string{"GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off"} },
			[]string{"./..."}, 4, 4,
		},
		{
			"fixtures", "../../testdata",
			func(dir string) []string { return []string{"GO111MODULE=off", "GOFLAGS=", "GOPATH=" + dir} },
			[]string{"connleak/...", "deferinloop/...", "strict/..."}, 2, 50,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			outcomes := make(map[string]outcome) // by package
			findings := 0
			for _, name := range []string{"a", "another/place"} {
				tmp, err := filepath.EvalSymlinks(t.TempDir())
				if err != nil {
					t.Fatal(err)
				}
				dir := filepath.Join(tmp, filepath.FromSlash(name))
				if err := os.CopyFS(dir, os.DirFS(test.dir)); err != nil {
					t.Fatal(err)
				}
				for _, u := range vetUnits(t, tool, dir, test.env(dir), test.patterns) {
					for i := range test.orders {
						got := u.run(t, tool, dir, i)
						if want, ok := outcomes[u.id]; ok {
							got.compare(t, u.id+" in "+name, want)
							continue
						}
						outcomes[u.id] = got
						findings += strings.Count(got.stdout, `"posn"`)
					}
				}
			}
			if len(outcomes) < test.packages || findings == 0 {
				t.Errorf("%d packages, %d findings", len(outcomes), findings)
			}
		})
	}
}

// A vetUnit is what cmd/go tells the tool of a package.
type vetUnit struct {
	id  string
	cfg map[string]any
}

// An outcome is what the tool makes of a package.
type outcome struct {
	files        []string
	stdout, vetx string
}

// compare reports how an outcome differs from another of the same package.
func (o outcome) compare(t *testing.T, what string, want outcome) {
	t.Helper()
	if o.stdout != want.stdout {
		t.Errorf("%s: files %v: findings:\n%s\nwith %v:\n%s", what, o.files, o.stdout, want.files, want.stdout)
	}
	if o.vetx != want.vetx {
		t.Errorf("%s: files %v: facts:\n%q\nwith %v:\n%q", what, o.files, o.vetx, want.files, want.vetx)
	}
}

// vetUnits has cmd/go analyse packages, whose sources are below dir, and leave its
// work behind.
func vetUnits(t *testing.T, tool, dir string, env, patterns []string) []vetUnit {
	t.Helper()
	work := t.TempDir()
	args := append([]string{"vet", "-work", "-vettool=" + tool, "-json", "-deps", "-connvet.notes"}, patterns...)
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir = dir
	cmd.Env = append(append(os.Environ(), "GOTMPDIR="+work), env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go vet: %v\n%s", err, out)
	}
	names, err := filepath.Glob(filepath.Join(work, "*", "*", "vet.cfg"))
	if err != nil {
		t.Fatal(err)
	}
	var units []vetUnit
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		u := vetUnit{cfg: make(map[string]any)}
		if err := json.Unmarshal(data, &u.cfg); err != nil {
			t.Fatal(err)
		}
		u.id = u.cfg["ID"].(string)
		if strings.HasPrefix(u.cfg["Dir"].(string), dir) { // not the standard library
			units = append(units, u)
		}
	}
	return units
}

// run runs the tool as cmd/go does, but with the files in another order: as they
// are, backwards, or shuffled.
func (u vetUnit) run(t *testing.T, tool, dir string, order int) outcome {
	t.Helper()
	tmp := t.TempDir()
	files := slices.Clone(u.cfg["GoFiles"].([]any))
	switch {
	case order == 1:
		slices.Reverse(files)
	case order > 1:
		rand.New(rand.NewPCG(uint64(order), 0)).Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
	}
	changed := maps.Clone(u.cfg)
	changed["GoFiles"] = files
	changed["VetxOutput"] = filepath.Join(tmp, "vetx")
	changed["Stdout"] = filepath.Join(tmp, "stdout")
	data, err := json.Marshal(changed)
	if err != nil {
		t.Fatal(err)
	}
	cfg := filepath.Join(tmp, "vet.cfg")
	if err := os.WriteFile(cfg, data, 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), tool, "-json", "-deps", "-connvet.notes", cfg)
	cmd.Dir = u.cfg["Dir"].(string)
	if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
		t.Fatalf("%s: %v\n%s", u.id, err, out)
	}
	var o outcome
	for _, f := range files {
		o.files = append(o.files, filepath.Base(fmt.Sprint(f)))
	}
	vetx, err := os.ReadFile(filepath.Join(tmp, "vetx"))
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := os.ReadFile(filepath.Join(tmp, "stdout"))
	if err != nil && !os.IsNotExist(err) { // nothing to say
		t.Fatal(err)
	}
	quoted, _ := json.Marshal(dir)
	o.stdout = string(bytes.ReplaceAll(stdout, bytes.Trim(quoted, `"`), []byte("DIR")))
	o.vetx = string(vetx)
	return o
}
