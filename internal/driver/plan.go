package driver

import (
	"path"

	"github.com/connvet/connvet/internal/report"
)

// A plan says what go vet is to analyse, and what it is not.
type plan struct {
	patterns []string // as the user gave them
	targets  []*Package
	complete bool // the targets are all that the patterns name

	listed func(pkg string) bool // whether the patterns name a package

	noTests map[*Package]string // targets without their tests, and why
	broken  map[*Package]string // packages left out, and why
}

// newPlan leaves out what go list says is broken.
func newPlan(patterns []string, l *listing) *plan {
	p := &plan{
		patterns: patterns,
		complete: true,
		listed:   l.lists,
		noTests:  make(map[*Package]string),
		broken:   make(map[*Package]string),
	}
	for _, pkg := range l.packages {
		if !pkg.loads() {
			p.broken[pkg] = pkg.whyNot(l.lists)
			p.complete = false
			continue
		}
		p.targets = append(p.targets, pkg)
		if why := l.whyNoTests(pkg); why != "" {
			p.dropTests(pkg, why)
		}
	}
	return p
}

// whyNoTests says why the tests of a package cannot be loaded, or "".
func (l *listing) whyNoTests(pkg *Package) string {
	if !pkg.hasTests() {
		return ""
	}
	for _, t := range l.tests[pkg.ImportPath] {
		if !t.loads() {
			variant := *t
			variant.ForTest = pkg.ImportPath // which a test main does not say
			return variant.whyNot(l.lists)
		}
	}
	return ""
}

// dropTests keeps a target but not its tests. If nothing would be left, the
// package leaves the plan.
func (p *plan) dropTests(pkg *Package, why string) {
	if pkg.onlyTests() || p.namesFiles() {
		p.drop(pkg, why)
		return
	}
	p.noTests[pkg] = why
}

// drop removes a target.
func (p *plan) drop(pkg *Package, why string) {
	for i, t := range p.targets {
		if t == pkg {
			p.targets = append(p.targets[:i:i], p.targets[i+1:]...)
			p.broken[pkg] = why
			p.complete = false
			delete(p.noTests, pkg)
			return
		}
	}
}

// namesFiles reports whether the patterns are Go files, which make up one
// package that has no import path to call it by.
func (p *plan) namesFiles() bool { return areFiles(p.patterns) }

func areFiles(patterns []string) bool { return len(patterns) > 0 && path.Ext(patterns[0]) == ".go" }

// hidden returns the files that the overlay is to hide.
func (p *plan) hidden() []string {
	var files []string
	for _, pkg := range p.targets {
		if _, ok := p.noTests[pkg]; ok {
			files = append(files, pkg.testFiles()...)
		}
	}
	return files
}

// maxArgs bounds the bytes of package arguments of one command; Windows allows
// 32767 characters for all of it.
const maxArgs = 20000

// batches returns the package arguments of the go vet commands to run. As long
// as nothing is left out these are the user's own.
func (p *plan) batches() [][]string {
	if len(p.targets) == 0 {
		return nil
	}
	if p.complete {
		return inBatches(p.patterns)
	}
	var names []string
	for _, pkg := range p.targets {
		names = append(names, pkg.ImportPath)
	}
	return inBatches(names)
}

// inBatches splits patterns into as many as fit on a command line. Files cannot
// be split: they are one package.
func inBatches(patterns []string) [][]string {
	if areFiles(patterns) {
		return [][]string{patterns}
	}
	var all [][]string
	var batch []string
	size := 0
	for _, p := range patterns {
		if size+len(p) > maxArgs && len(batch) > 0 {
			all, batch, size = append(all, batch), nil, 0
		}
		batch = append(batch, p)
		size += len(p) + 1
	}
	return append(all, batch)
}

// ids returns what go vet calls the targets and their external tests.
func (p *plan) ids() map[string]bool {
	ids := make(map[string]bool)
	for _, pkg := range p.targets {
		ids[pkg.ImportPath] = true
		if len(pkg.XTestGoFiles) > 0 {
			ids[pkg.ImportPath+"_test"] = true
		}
	}
	return ids
}

// apply takes the consequences of failures and reports whether there were any.
// deps tells what imports what.
func (p *plan) apply(failures []*failure, deps *graph) bool {
	changed := false
	for _, f := range failures {
		for _, pkg := range append([]*Package(nil), p.targets...) {
			whole, tests := p.affects(f, pkg, deps)
			switch {
			case whole != "":
				p.drop(pkg, whole)
			case tests != "" && p.noTests[pkg] == "":
				p.dropTests(pkg, tests)
			default:
				continue
			}
			changed = true
		}
	}
	return changed
}

// affects says why a failure keeps a target, or only its tests, from being
// analysed.
func (p *plan) affects(f *failure, pkg *Package, deps *graph) (whole, tests string) {
	self := f.pkg == pkg.ImportPath
	switch {
	case self && f.variant == "" && !f.inTest():
		return f.reason(), ""
	case self, // a test file of the package
		f.variant == pkg.ImportPath, // something compiled for its tests
		f.pkg == pkg.ImportPath+"_test" && len(pkg.XTestGoFiles) > 0:
		return "", f.reason()
	case f.variant != "" || f.inTest():
		return "", "" // only the tests of another package
	case deps.reaches(pkg.ImportPath, f.pkg):
		return importsBroken(f.pkg, f.reason(), p.listed), ""
	case deps.testsReach(pkg.ImportPath, f.pkg):
		return "", importsBroken(f.pkg, f.reason(), p.listed)
	}
	return "", ""
}

// notAnalysed returns what the plan leaves out.
func (p *plan) notAnalysed(tests bool) []report.NotAnalysed {
	var list []report.NotAnalysed
	for pkg, why := range p.broken {
		list = append(list, report.NotAnalysed{Package: pkg.ImportPath, Reason: why})
	}
	if !tests {
		return list // nobody asked for them
	}
	for pkg, why := range p.noTests {
		list = append(list, report.NotAnalysed{Package: pkg.ImportPath, Tests: true, Reason: why})
	}
	return list
}
