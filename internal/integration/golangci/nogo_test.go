package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/connvet/connvet/internal/integration"
)

// TestNogo runs the program that Bazel's rules for Go make of the passes, on one
// package after the other, as Bazel does: with no facts of the standard library, and
// with the facts of imports in files.
func TestNogo(t *testing.T) {
	exe, connvet := buildNogo(t, "{}"), integration.Connvet(t, root(t))
	for _, c := range integration.Corpora(t, root(t)) {
		t.Run(c.Name, func(t *testing.T) {
			integration.Equal(t, runNogo(t, exe, c), c.Vet(t, connvet))
		})
	}
	t.Run("flags", func(t *testing.T) {
		c := archive(t, "settings")
		if got := marks(t, c, runNogo(t, exe, c)); got != "leak" {
			t.Errorf("found %s without flags", got)
		}
		exe := buildNogo(t, `{
			"connvet": {"analyzer_flags": {"strict": "true"}},
			"poollimit": {"analyzer_flags": {"idle": "true"}}
		}`)
		if got := marks(t, c, runNogo(t, exe, c)); got != "idle leak strict" {
			t.Errorf("found %s with flags", got)
		}
	})
}

// nogoSources are the files of rules_go that nogo consists of, see nogo_srcs in its
// BUILD.bazel. What is missing is generated.
var nogoSources = []string{
	"constants.go", "env.go", "flags.go", "nogo_fix.go", "nogo_goversions_go118.go", "nogo_goversions_go121.go",
	"nogo_goversions_go122.go", "nogo_main.go", "nogo_version.go", "nolint.go",
}

// buildNogo does what the rule nogo does with a configuration, and returns the
// program.
func buildNogo(t *testing.T, config string) string {
	t.Helper()
	_, rules := moduleOf(t, "github.com/bazelbuild/rules_go")
	builders := filepath.Join(rules, "go", "tools", "builders")
	dir := t.TempDir()
	for _, name := range nogoSources {
		write(t, filepath.Join(dir, name), read(t, filepath.Join(builders, name)))
	}
	for _, name := range []string{"flags.go", "generate_nogo_main.go"} {
		write(t, filepath.Join(dir, "generate", name), read(t, filepath.Join(builders, name)))
	}
	write(t, filepath.Join(dir, "generate", "main.go"), `
package main

import (
	"log"
	"os"
)

func main() {
	if err := genNogoMain(os.Args[1:]); err != nil {
		log.Fatal(err)
	}
}
`)
	// nogo imports an internal package of x/tools, so it has to be below it. The
	// modules are those of this one.
	mod := filepath.Join(dir, "go.mod")
	write(t, mod, read(t, "go.mod"))
	edit(t, mod, `(?m)^module .*`, "module golang.org/x/tools/nogo")
	edit(t, mod, `=> \.\./\.\./\.\.`, "=> "+root(t))
	write(t, filepath.Join(dir, "go.sum"), read(t, "go.sum"))

	env := []string{"GOFLAGS=-mod=mod", "GOWORK=off"}
	write(t, filepath.Join(dir, "nogo.json"), config)
	args := []string{"run", "./generate", "-output", "analyzers.go", "-config", "nogo.json"}
	for _, path := range readmePasses(t) {
		args = append(args, "-analyzer_importpath", path)
	}
	command(t, dir, env, "go", args...)
	exe := filepath.Join(t.TempDir(), "nogo")
	command(t, dir, env, "go", "build", "-o", exe, ".")
	return exe
}

// readmePasses returns the import paths of the passes that the README gives to nogo.
func readmePasses(t *testing.T) []string {
	t.Helper()
	var paths []string
	dep := regexp.MustCompile(`"@com_github_connvet_connvet//(passes/[a-z]+)"`)
	for _, m := range dep.FindAllStringSubmatch(read(t, filepath.Join(root(t), "README.md")), -1) {
		paths = append(paths, "github.com/connvet/connvet/"+m[1])
	}
	if len(paths) == 0 {
		t.Fatal("README.md has no passes for nogo")
	}
	return paths
}

// A unit is a package as go list shows it.
type unit struct {
	ImportPath      string
	Dir             string
	Export          string
	Standard        bool
	CompiledGoFiles []string
	Imports         []string
	ImportMap       map[string]string
}

// plain returns the unit's import path without the mark of a test's variants, and
// that mark. Bazel has none: what a test is linked with has one variant of each.
func (u unit) plain() (path, variant string) {
	path, variant, _ = strings.Cut(u.ImportPath, " ")
	return path, variant
}

// runNogo analyses the packages that a corpus consists of, those first that others
// import. It returns the findings in the packages to report on.
func runNogo(t *testing.T, exe string, c integration.Corpus) []integration.Finding {
	t.Helper()
	units := listUnits(t, c)
	work := t.TempDir()
	facts := make(map[string]string) // files, by import path with variant
	var out strings.Builder
	for i, u := range units {
		if u.Standard || strings.HasSuffix(u.ImportPath, ".test") {
			continue
		}
		cfg, file := filepath.Join(work, fmt.Sprint(i, ".importcfg")), filepath.Join(work, fmt.Sprint(i, ".facts"))
		write(t, cfg, importcfg(units, u))
		path, _ := u.plain()
		args := []string{"-p", path, "-importcfg", cfg, "-x", file}
		for _, imp := range u.Imports {
			if facts[imp] != "" {
				path, _ := unit{ImportPath: imp}.plain()
				args = append(args, "-fact", path+"="+facts[imp])
			}
		}
		facts[u.ImportPath] = file
		for _, name := range u.CompiledGoFiles {
			if !filepath.IsAbs(name) {
				name = filepath.Join(u.Dir, name)
			}
			args = append(args, name)
		}
		out.WriteString(nogo(t, c, exe, args))
	}
	return slices.DeleteFunc(c.Parse(out.String()), func(f integration.Finding) bool { return !reported(c, f.File) })
}

// importcfg tells where the types of packages are: those of its own variant, if
// there are any.
func importcfg(units []unit, u unit) string {
	_, own := u.plain()
	files := make(map[string]string)
	for _, other := range units {
		path, variant := other.plain()
		if other.Export != "" && (variant == own && own != "" || variant == "" && files[path] == "") {
			files[path] = other.Export
		}
	}
	var text strings.Builder
	for path, file := range files {
		fmt.Fprintf(&text, "packagefile %s=%s\n", path, file)
	}
	for from, to := range u.ImportMap {
		if to, _ := (unit{ImportPath: to}).plain(); to != from { // vendored
			fmt.Fprintf(&text, "importmap %s=%s\n", from, to)
		}
	}
	return text.String()
}

// nogo runs the program for one package and returns what it reports.
func nogo(t *testing.T, c integration.Corpus, exe string, args []string) string {
	t.Helper()
	const violation = 3
	code := 0
	cmd := c.Command(t, []string{"GOARCH=" + runtime.GOARCH}, exe, args...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		code = cmd.ProcessState.ExitCode()
	}
	if code != 0 && code != violation {
		t.Fatalf("%q: %v\n%s", args, err, out)
	}
	return string(out)
}

// listUnits lists the packages of a corpus, their tests and all that they import.
func listUnits(t *testing.T, c integration.Corpus) []unit {
	t.Helper()
	args := []string{"list", "-deps", "-test", "-export", "-compiled",
		"-json=ImportPath,Dir,Export,Standard,CompiledGoFiles,Imports,ImportMap"}
	stdout, _ := c.Run(t, nil, 0, "go", append(args, c.Patterns...)...)
	var units []unit
	for dec := json.NewDecoder(strings.NewReader(stdout)); ; {
		var u unit
		if err := dec.Decode(&u); err == io.EOF {
			return units
		} else if err != nil {
			t.Fatal(err)
		}
		units = append(units, u)
	}
}

// reported tells whether a file is in a package that a corpus asks for.
func reported(c integration.Corpus, file string) bool {
	return slices.ContainsFunc(c.Patterns, func(p string) bool {
		return strings.HasPrefix("./"+file, strings.TrimSuffix(p, "..."))
	})
}
