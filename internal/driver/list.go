package driver

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/connvet/connvet/internal/slash"
)

// A Package is a package as "go list" describes it.
type Package struct {
	ImportPath string
	Dir        string
	ForTest    string // the package whose tests this entry belongs to
	Standard   bool
	Module     *Module
	Match      []string // the patterns that it matches

	GoFiles, CgoFiles         []string
	TestGoFiles, XTestGoFiles []string

	Imports []string // of graph entries only

	Error      *PackageError
	DepsErrors []*PackageError
}

// A Module is the module of a package.
type Module struct {
	Path string
	Main bool
}

// A PackageError is something that keeps a package from being loaded.
type PackageError struct {
	ImportStack []string
	Pos         string
	Err         string
}

// listFields are the fields of Package that a listing asks for.
const listFields = "-json=ImportPath,Dir,ForTest,Standard,Module,Match,GoFiles,CgoFiles,TestGoFiles,XTestGoFiles,Error,DepsErrors"

// listing is the answer to one question to go list: the packages that the
// patterns name, and what else it knows of their tests.
type listing struct {
	packages []*Package
	tests    map[string][]*Package // variants by the package that they test
}

// list asks for the packages that the patterns name and their tests.
func (g *goCmd) list(ctx context.Context, patterns []string) (*listing, error) {
	l := &listing{tests: make(map[string][]*Package)}
	seen := make(map[string]bool) // what two batches name
	for _, batch := range inBatches(patterns) {
		var out bytes.Buffer
		if _, err := g.build(ctx, &out, "list", []string{"-e", "-test", listFields}, batch); err != nil {
			return nil, err
		}
		all, err := decodePackages(&out)
		if err != nil {
			return nil, err
		}
		for _, p := range all {
			if !seen[p.ImportPath] {
				seen[p.ImportPath] = true
				l.add(p)
			}
		}
	}
	return l, nil
}

// add adds a package, or what is made of one for its tests.
func (l *listing) add(p *Package) {
	if of := p.testOf(); of != "" {
		l.tests[of] = append(l.tests[of], p)
	} else {
		l.packages = append(l.packages, p)
	}
}

// testOf returns the package whose tests p is made from: a test variant, an
// external test package, or a test main. It returns "" for other packages.
func (p *Package) testOf() string {
	if p.ForTest != "" {
		return p.ForTest
	}
	// A test main has no source files of its own. A package that is called
	// a.test and is no test main has.
	if of, ok := strings.CutSuffix(p.ImportPath, ".test"); ok && len(p.Match) == 0 {
		return of
	}
	return ""
}

// decodePackages reads a stream of JSON objects.
func decodePackages(r io.Reader) ([]*Package, error) {
	var all []*Package
	dec := json.NewDecoder(r)
	for dec.More() {
		p := new(Package)
		if err := dec.Decode(p); err != nil {
			return nil, fmt.Errorf("cannot read the output of go list: %v", err)
		}
		all = append(all, p)
	}
	return all, nil
}

// loads reports whether the package and its dependencies can be found.
func (p *Package) loads() bool {
	return p.Error == nil && len(p.DepsErrors) == 0
}

// hasTests reports whether the package has test files.
func (p *Package) hasTests() bool {
	return len(p.TestGoFiles)+len(p.XTestGoFiles) > 0
}

// onlyTests reports whether the package has nothing but test files.
func (p *Package) onlyTests() bool {
	return len(p.GoFiles)+len(p.CgoFiles) == 0
}

// testFiles returns the absolute paths of the package's test files.
func (p *Package) testFiles() []string {
	var files []string
	for _, list := range [][]string{p.TestGoFiles, p.XTestGoFiles} {
		for _, name := range list {
			files = append(files, filepath.Join(p.Dir, name))
		}
	}
	return files
}

// whyNot says in one line why the package cannot be loaded. The go command
// lists errors in no particular order; what counts is what the package itself
// has wrong, and then what comes first. listed tells of which other packages the
// report says what is wrong with them.
func (p *Package) whyNot(listed func(pkg string) bool) string {
	var own, others []string
	for _, e := range append([]*PackageError{p.Error}, p.DepsErrors...) {
		if e == nil {
			continue
		}
		culprit := e.culprit()
		if e != p.Error && culprit != "" && culprit != p.ImportPath && !isTestOf(culprit, p.ForTest) {
			others = append(others, importsBroken(culprit, e.describe(), listed))
		} else {
			own = append(own, e.describe())
		}
	}
	if len(own) > 0 {
		return slices.Min(own)
	}
	return slices.Min(others) // not empty: this is asked only of what does not load
}

// importsBroken says that a package depends on another that is broken, and why if
// nobody else does.
func importsBroken(pkg, reason string, listed func(pkg string) bool) string {
	text := "imports broken " + pkg
	if listed(pkg) {
		return text
	}
	return text + ": " + reason
}

// lists reports whether the patterns name a package.
func (l *listing) lists(pkg string) bool {
	return slices.ContainsFunc(l.packages, func(p *Package) bool { return p.ImportPath == pkg })
}

// isTestOf reports whether a name in an import stack stands for a test of pkg.
func isTestOf(name, pkg string) bool {
	return pkg != "" && (name == pkg || name == pkg+" (test)" || name == pkg+"_test")
}

// culprit returns the package in which the error occurred.
func (e *PackageError) culprit() string {
	if n := len(e.ImportStack); n > 0 {
		return e.ImportStack[n-1]
	}
	return ""
}

// describe returns the error's position and its first line.
func (e *PackageError) describe() string {
	text, _, _ := strings.Cut(strings.TrimSpace(e.Err), "\n")
	text = slash.Local.Text(strings.TrimSuffix(strings.TrimSuffix(text, "; to add it:"), ":"))
	if e.Pos == "" {
		return text
	}
	return filepath.ToSlash(e.Pos) + ": " + text
}
