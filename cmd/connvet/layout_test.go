package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/connvet/connvet/internal/driver/drivertest"
	"github.com/connvet/connvet/internal/report"
)

// A module with a local replacement beside it.
const layoutModule = `
-- m/go.mod --
module example.com/m

go 1.24

require example.com/lib v1.2.3

replace example.com/lib => ../lib
-- m/main.go --
package main

import (
	_ "example.com/m/internal/db"
	_ "fmt"
)

func main() {}
-- m/internal/db/db.go --
package db

import _ "example.com/lib/pool"
-- m/internal/db/db_test.go --
package db_test
-- m/other/other.go --
package other
-- lib/go.mod --
module example.com/lib

go 1.23
-- lib/pool/pool.go --
package pool
`

// layoutOf returns the layout of patterns in a directory.
func layoutOf(t *testing.T, dir string, environ []string, patterns ...string) *layout {
	t.Helper()
	e := &env{environ: append(os.Environ(), append([]string{"GOFLAGS=-mod=mod", "GOPROXY=off"}, environ...)...)}
	l, err := listLayout(t.Context(), &settings{dir: dir, args: patterns}, e)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestLayout(t *testing.T) {
	root := drivertest.Module(t, layoutModule)
	l := layoutOf(t, filepath.Join(root, "m"), []string{"GOWORK=off"}, ".")
	if l.module.Path != "example.com/m" || l.module.GoVersion != "1.24" {
		t.Errorf("module %+v", l.module)
	}
	for pkg, want := range map[string]string{
		"example.com/m":                  ".",
		"example.com/m/internal/db":      "internal/db",
		"example.com/m/internal/db_test": "internal/db",
		"example.com/lib/pool":           "../lib/pool",
		"example.com/m/other":            "", // is not imported
		"fmt":                            "",
	} {
		if got := l.dir(pkg); got != want {
			t.Errorf("%s is in %q, want %q", pkg, got, want)
		}
	}
	if got, want := l.targets([]string{"."}), []string{".", "example.com/m/internal/db"}; !slices.Equal(got, want) {
		t.Errorf("targets %q, want %q", got, want)
	}
	if got, want := l.targets([]string{"main.go"}), []string{"main.go"}; !slices.Equal(got, want) {
		t.Errorf("targets %q, want %q", got, want)
	}
	all := layoutOf(t, filepath.Join(root, "m"), []string{"GOWORK=off"})
	if got, want := all.targets([]string{"./..."}), []string{"./..."}; !slices.Equal(got, want) {
		t.Errorf("targets %q, want %q", got, want)
	}
}

// Of packages that were not asked for the tests are of no interest.
func TestLayoutNarrow(t *testing.T) {
	root := drivertest.Module(t, layoutModule)
	l := layoutOf(t, filepath.Join(root, "m"), []string{"GOWORK=off"}, ".")
	finding := func(pkg, file string) report.Finding {
		return report.Finding{Package: pkg, Location: report.Location{File: file}}
	}
	r := &report.Report{
		Findings: []report.Finding{
			finding("example.com/m", "main.go"),
			finding("example.com/m", "main_test.go"),
			finding("example.com/m/internal/db", "internal/db/db.go"),
			finding("example.com/m/internal/db_test", "internal/db/db_test.go"),
		},
		NotAnalysed: []report.NotAnalysed{
			{Package: "example.com/m", Tests: true},
			{Package: "example.com/m/internal/db"},
			{Package: "example.com/m/internal/db", Tests: true},
		},
	}
	out := l.narrow(r)
	var files []string
	for _, f := range out.Findings {
		files = append(files, f.Location.File)
	}
	if want := []string{"main.go", "main_test.go", "internal/db/db.go"}; !slices.Equal(files, want) {
		t.Errorf("findings in %q, want %q", files, want)
	}
	if !slices.Equal(out.NotAnalysed, r.NotAnalysed[:2]) || len(r.NotAnalysed) != 3 || len(r.Findings) != 4 {
		t.Errorf("not analysed: %v", out.NotAnalysed)
	}
}

// In a workspace the main module is the one around the working directory.
func TestLayoutWorkspace(t *testing.T) {
	root := drivertest.Module(t, layoutModule+"-- go.work --\ngo 1.24\n\nuse (\n\t./m\n\t./lib\n)\n")
	environ := []string{"GOFLAGS=", "GOWORK=" + filepath.Join(root, "go.work")}
	patterns := []string{"example.com/m/...", "example.com/lib/..."}
	tests := []struct{ dir, module, db, pool string }{
		{"m/internal", "example.com/m", "internal/db", "../lib/pool"},
		{"lib", "example.com/lib", "../m/internal/db", "pool"},
		{".", "example.com/lib", "../m/internal/db", "pool"},
	}
	for _, test := range tests {
		l := layoutOf(t, filepath.Join(root, test.dir), environ, patterns...)
		if l.module.Path != test.module {
			t.Errorf("in %s the module is %s, want %s", test.dir, l.module.Path, test.module)
		}
		if got := l.dir("example.com/m/internal/db"); got != test.db {
			t.Errorf("in %s db is in %s, want %s", test.dir, got, test.db)
		}
		if got := l.dir("example.com/lib/pool"); got != test.pool {
			t.Errorf("in %s pool is in %s, want %s", test.dir, got, test.pool)
		}
	}
}

// The go command names the directories of a workspace by its own path, and not by
// the symbolic link that the user went through.
func TestLayoutSymlink(t *testing.T) {
	root := drivertest.Module(t, layoutModule+"-- go.work --\ngo 1.24\n\nuse (\n\t./m\n\t./lib\n)\n")
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(root, link); err != nil {
		t.Skip(err)
	}
	environ := []string{"GOFLAGS=", "GOWORK=" + filepath.Join(root, "go.work")}
	l := layoutOf(t, filepath.Join(link, "m"), environ, "example.com/m/...", "example.com/lib/...")
	if l.module.Path != "example.com/m" || l.dir("example.com/m/internal/db") != "internal/db" {
		t.Errorf("the module is %+v", l.module)
	}
}

func TestRelative(t *testing.T) {
	path := filepath.FromSlash
	for _, test := range []struct {
		base, dir, rel string
		inside         bool
	}{
		{path("/m"), path("/m/a/b"), "a/b", true},
		{path("/m/"), path("/m"), ".", true},
		{path("/m"), path("/m/..a"), "..a", true},
		{path("/m"), path("/mm/a"), "../mm/a", false},
		{path("/m"), path("/"), "..", false},
		{path("/"), path("/m"), "m", true},
		{"", path("/m"), "", false},
		{path("/m"), "", "", false},
	} {
		if filepath.Separator != '/' && test.base != "" && test.dir != "" {
			test.base, test.dir = "C:"+test.base, "c:"+test.dir
		}
		if rel, inside := relative(test.base, test.dir); rel != test.rel || inside != test.inside {
			t.Errorf("relative(%q, %q) = %q, %t, want %q, %t", test.base, test.dir, rel, inside, test.rel, test.inside)
		}
	}
}

// A dependency that was downloaded has a name that is the same everywhere.
func TestLayoutDependency(t *testing.T) {
	dir := filepath.FromSlash("/mod/example.com/lib@v1.2.3")
	l := &layout{
		module: listedModule{Path: "example.com/m", Dir: filepath.FromSlash("/src/m"), Main: true},
		packages: map[string]*listedPackage{
			"example.com/lib/pool":     {Dir: filepath.Join(dir, "pool"), Module: &listedModule{Path: "example.com/lib", Version: "v1.2.3", Dir: dir}},
			"example.com/lib":          {Dir: dir, Module: &listedModule{Path: "example.com/lib", Version: "v1.2.3", Dir: dir}},
			"example.com/vendored/sub": {Dir: filepath.FromSlash("/src/m/vendor/example.com/vendored/sub"), Module: &listedModule{Path: "example.com/vendored", Version: "v1.0.0"}},
		},
	}
	for pkg, want := range map[string]string{
		"example.com/lib":          "example.com/lib@v1.2.3",
		"example.com/lib/pool":     "example.com/lib@v1.2.3/pool",
		"example.com/vendored/sub": "vendor/example.com/vendored/sub",
	} {
		if got := l.dir(pkg); got != want {
			t.Errorf("%s is in %q, want %q", pkg, got, want)
		}
	}
}
