package driver

import (
	"bytes"
	"context"
	"slices"
	"strings"
)

// A graph tells what imports what. It is asked for only when something fails.
type graph struct {
	imports map[string][]string // by name as go list prints it, variants included
	tests   map[string][]string // variants by the package that they test
	reached map[string]map[string]bool
}

// graph loads the import graph below packages and their tests.
func (g *goCmd) graph(ctx context.Context, flags []string, batches [][]string) (*graph, error) {
	deps := &graph{
		imports: make(map[string][]string),
		tests:   make(map[string][]string),
		reached: make(map[string]map[string]bool),
	}
	for _, patterns := range batches {
		var out bytes.Buffer
		all := append([]string{"-e", "-test", "-deps", "-json=ImportPath,ForTest,Imports,Match"}, flags...)
		if _, err := g.build(ctx, &out, "list", all, patterns); err != nil {
			return nil, err
		}
		packages, err := decodePackages(&out)
		if err != nil {
			return nil, err
		}
		for _, p := range packages {
			deps.imports[p.ImportPath] = p.Imports
			if slices.Contains(p.Imports, "C") {
				// So does what cgo makes of the package.
				deps.imports[p.ImportPath] = append(p.Imports, "runtime/cgo")
			}
			if of := p.testOf(); of != "" {
				deps.tests[of] = append(deps.tests[of], p.ImportPath)
			}
		}
	}
	return deps, nil
}

// blame finds failures among lines without a header. This is how the go command
// tells what keeps it from compiling a package, such as that all its files need
// cgo, or a flag that cgo does not allow: "import/path: reason".
func (g *graph) blame(lines []string) []*failure {
	var failures []*failure
	for _, line := range lines {
		pkg, reason, _ := strings.Cut(line, ": ")
		if _, ok := g.imports[pkg]; ok && reason != "" {
			failures = append(failures, &failure{pkg: pkg, lines: []string{reason}, unbuilt: true})
		}
	}
	return failures
}

// reaches reports whether a package imports another, directly or not.
func (g *graph) reaches(from, to string) bool {
	return from != to && g.closure(from)[to]
}

// testsReach reports whether the tests of a package import another.
func (g *graph) testsReach(pkg, to string) bool {
	for _, t := range g.tests[pkg] {
		if g.closure(t)[to] {
			return true
		}
	}
	return false
}

// closure returns the packages that a package imports, directly or not. Test
// variants go by the name of the package that they are a variant of.
func (g *graph) closure(from string) map[string]bool {
	if c, ok := g.reached[from]; ok {
		return c
	}
	closure := make(map[string]bool)
	seen := make(map[string]bool)
	var visit func(string)
	visit = func(name string) {
		for _, imp := range g.imports[name] {
			if !seen[imp] {
				seen[imp] = true
				plain, _, _ := strings.Cut(imp, " ")
				closure[plain] = true
				visit(imp)
			}
		}
	}
	visit(from)
	g.reached[from] = closure
	return closure
}
