package entry_test

import (
	"go/types"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/connvet/connvet/passes/internal/entry"
)

// TestResolve looks each type, function and field that the table names up in
// the libraries that the module of -modules requires; without it, only in the
// standard library.
func TestResolve(t *testing.T) {
	names := entry.Names()
	pkgs := loadNamed(t, names)
	found, missing := 0, make(map[string]bool)
	for _, n := range names {
		versions := pkgs[n.Path]
		if len(versions) == 0 {
			missing[n.Path] = true
			continue
		}
		if !slices.ContainsFunc(versions, func(p *types.Package) bool { return declares(p, n) }) {
			t.Errorf("%s declares no %s", n.Path, strings.Join(n.Idents, "."))
			continue
		}
		found++
	}
	if found == 0 {
		t.Error("no name was looked up")
	}
	t.Logf("%d of %d names found, %d packages not at hand", found, len(names), len(missing))
	for path := range missing {
		t.Log("not checked:", path)
	}
}

// declares tells whether the package has the type, its method or field, or
// the function.
func declares(pkg *types.Package, n entry.Name) bool {
	obj := pkg.Scope().Lookup(n.Idents[0])
	if end, ok := strings.CutPrefix(n.Idents[0], "*"); ok {
		return slices.ContainsFunc(pkg.Scope().Names(), func(s string) bool { return strings.HasSuffix(s, end) })
	}
	if obj == nil || len(n.Idents) == 1 {
		_, isType := obj.(*types.TypeName)
		return obj != nil && isType == n.Type
	}
	member, index, _ := types.LookupFieldOrMethod(obj.Type(), true, pkg, n.Idents[1])
	_, isInterface := obj.Type().Underlying().(*types.Interface)
	return member != nil && (len(index) == 1 || isInterface)
}

// loadNamed loads all major versions at hand of the packages that the table
// names, by path without version.
func loadNamed(t *testing.T, names []entry.Name) map[string][]*types.Package {
	modulePaths := []string{""}
	if *modules != "" {
		cmd := exec.Command("go", "list", "-m", "all")
		cmd.Dir = *modules
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(out)) {
			modulePaths = append(modulePaths, strings.Fields(line)[0])
		}
	}
	want := make(map[string]string) // path without version, by path
	for _, n := range names {
		for _, m := range modulePaths {
			rest, ok := strings.CutPrefix(n.Path, entry.Unversioned(m))
			if ok && (rest == "" || rest[0] == '/') {
				want[m+rest] = n.Path
			}
			if first, _, _ := strings.Cut(n.Path, "/"); !strings.Contains(first, ".") {
				want[n.Path] = n.Path
			}
		}
	}
	var paths []string
	for path := range want {
		paths = append(paths, path)
	}
	cfg := &packages.Config{Mode: packages.NeedName | packages.NeedTypes | packages.NeedExportFile, Dir: *modules}
	loaded, err := packages.Load(cfg, paths...)
	if err != nil {
		t.Fatal(err)
	}
	pkgs := make(map[string][]*types.Package)
	for _, p := range loaded {
		if len(p.Errors) == 0 && p.Types != nil {
			pkgs[want[p.PkgPath]] = append(pkgs[want[p.PkgPath]], p.Types)
		}
	}
	return pkgs
}
