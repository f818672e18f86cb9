package unit

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// A source is a Go file that has been read.
type source struct {
	name string
	data []byte
}

// runUnit analyses a package and returns the exit code.
func (t *tool) runUnit(u unit) int {
	missing := u.MissesExportData()
	carry := missing || u.IsLeaf()
	relevant, skimmed, err := false, []source(nil), error(nil)
	if !(u.VetxOnly && u.InStandardLibrary()) {
		if relevant, skimmed, err = t.relevant(u); err != nil {
			return t.fail(err)
		}
	}
	if relevant {
		return t.analyse(u, carry)
	}
	out := new(vetx)
	if err := t.skim(u, skimmed, out); err != nil {
		return t.fail(err)
	}
	if carry {
		out.types, err = u.typesOf()
		if err != nil && missing {
			return t.typeError(u, err)
		}
		// Types that are probably not needed are no reason to fail.
	}
	return t.finish(u, out)
}

// relevant decides whether the package is worth analysing. If it is not, the
// result holds those of its files that can contribute to skimming it.
func (t *tool) relevant(u unit) (bool, []source, error) {
	if t.Gate == nil {
		return true, nil, nil
	}
	if relevant, err := t.relevantImports(u); relevant || err != nil {
		return relevant, nil, err
	}
	if path, _, _ := strings.Cut(u.ImportPath, " "); t.Gate.Modelled(path) {
		return true, nil, nil // database/sql itself, which imports nothing of the kind
	}
	directive := []byte("//" + t.Name + ":")
	var skimmed []source
	var buf bytes.Buffer // for one file after the other
	for _, name := range u.GoFiles {
		buf.Reset()
		if err := readInto(&buf, name); err != nil {
			return false, nil, err
		}
		if bytes.Contains(buf.Bytes(), directive) {
			return true, nil, nil
		}
		if t.Gate.MaySkim(buf.Bytes()) {
			skimmed = append(skimmed, source{name, bytes.Clone(buf.Bytes())})
		}
	}
	return false, skimmed, nil
}

// readInto appends a file to buf.
func readInto(buf *bytes.Buffer, name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = buf.ReadFrom(file)
	return err
}

// readSources reads the package's Go files.
func (u unit) readSources() ([]source, error) {
	sources := make([]source, len(u.GoFiles))
	for i, name := range u.GoFiles {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		sources[i] = source{name, data}
	}
	return sources, nil
}

// relevantImports reports whether a direct import makes the package relevant.
func (t *tool) relevantImports(u unit) (bool, error) {
	for _, path := range u.ImportMap {
		if t.Gate.Modelled(path) {
			return true, nil
		}
	}
	for path, file := range u.PackageVetx {
		if u.Standard[path] {
			continue // saves opening a file that says nothing
		}
		relevant, err := relevantHeader(file)
		if relevant || err != nil {
			return relevant, err
		}
	}
	return false, nil
}

// skim puts into out what an irrelevant package still has to tell.
func (t *tool) skim(u unit, sources []source, out *vetx) error {
	fset := token.NewFileSet()
	var files []*ast.File
	for _, src := range sources {
		file, err := parser.ParseFile(fset, src.name, src.data, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil // the compiler will report it
		}
		files = append(files, file)
	}
	if len(files) == 0 {
		return nil
	}
	facts := newFactStore(t, u)
	return t.guard(func() error {
		fact := t.Gate.Skim(u.ImportPath, fset, files, func(path string) analysis.Fact {
			return facts.anyOf(u.Resolve(path))
		})
		if fact == nil {
			return nil
		}
		facts.export(fact)
		return facts.addTo(out, nil)
	})
}

// finish writes the vetx file of a package without diagnostics.
func (t *tool) finish(u unit, out *vetx) int {
	if t.fix && u.FixArchive != "" {
		// cmd/go caches the result only if there is an archive.
		if err := writeArchive(u, nil); err != nil {
			return t.fail(err)
		}
	}
	if err := out.write(u.VetxOutput); err != nil {
		return t.fail(fmt.Errorf("cannot write facts: %v", err))
	}
	return 0
}

// typeError returns the exit code for a package that does not parse or type-check.
func (t *tool) typeError(u unit, err error) int {
	if u.SucceedOnTypecheckFailure {
		return 0 // the compiler will report it
	}
	return t.fail(err)
}

// sortedKeys returns the keys of m in order.
func sortedKeys[V any](m map[string]V) []string {
	return slices.Sorted(maps.Keys(m))
}
