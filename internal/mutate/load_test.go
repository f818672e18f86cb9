package mutate_test

import (
	"context"
	"encoding/json"
	"fmt"
	"go/token"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/connvet/connvet/internal/driver"
	"github.com/connvet/connvet/internal/mutate"
)

// env is the environment of the go command. A repository that needs a C
// compiler is mutated with CGO_ENABLED=1 in the environment of the test.
func env() []string {
	list := append(os.Environ(), "GOFLAGS=-buildvcs=false")
	if os.Getenv("CGO_ENABLED") == "" {
		list = append(list, "CGO_ENABLED=0")
	}
	return list
}

// load loads the production code of packages. Those that are broken are left
// out, and named by the second result.
func load(dir string, patterns []string) (*mutate.Program, []string, error) {
	fset := token.NewFileSet()
	list, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo |
			packages.NeedImports | packages.NeedExportFile,
		Dir: dir, Env: env(), Fset: fset,
	}, patterns...)
	if err != nil {
		return nil, nil, err
	}
	var all []*mutate.Package
	var broken []string
	for _, p := range list {
		if len(p.Errors) > 0 {
			broken = append(broken, fmt.Sprintf("%s: %v", p.PkgPath, p.Errors[0]))
			continue
		}
		all = append(all, &mutate.Package{Files: p.Syntax, Types: p.Types, Info: p.TypesInfo})
	}
	if len(all) == 0 {
		return nil, nil, fmt.Errorf("nothing to mutate: %s", strings.Join(broken, "; "))
	}
	return mutate.NewProgram(fset, all), broken, nil
}

// vet returns a function that runs a vettool over packages.
func vet(tool, dir, tmp string, patterns []string) mutate.Vet {
	broken := make(map[string]bool) // without any mutant
	return func(replace map[string]string) ([]mutate.Finding, error) {
		overlay := filepath.Join(tmp, "overlay.json")
		data, err := json.Marshal(map[string]any{"Replace": replace})
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(overlay, data, 0o666); err != nil {
			return nil, err
		}
		result, err := driver.Run(context.Background(), driver.Options{
			Dir: dir, Env: env(), Tool: tool, BuildFlags: []string{"-overlay=" + overlay}, Patterns: patterns,
			Keep: func(rule string) bool {
				pass, _, _ := strings.Cut(rule, "/")
				return pass == "connleak" || pass == "deferinloop"
			},
		})
		if err != nil {
			return nil, err
		}
		for _, n := range result.Report.NotAnalysed {
			if !n.Tests && replace == nil {
				broken[n.Package] = true
			} else if !n.Tests && !broken[n.Package] {
				return nil, fmt.Errorf("a mutant breaks %s: %s", n.Package, n.Reason)
			}
		}
		var found []mutate.Finding
		for _, f := range result.Report.Findings {
			found = append(found, mutate.Finding{
				File: result.Report.Sources.Abs(f.Location.File),
				Line: f.Location.Start.Line, Column: f.Location.Start.Column,
				Rule: f.Rule, Message: f.Message,
			})
		}
		return found, nil
	}
}
