package driver

import (
	"path/filepath"

	"github.com/connvet/connvet/internal/slash"
)

// WhyNotFix says why a file of the report must not be changed, or "": only
// files of the main module, or of no module, that are written by hand and
// compiled as they are.
func (r *Result) WhyNotFix(file string) string {
	sources := r.Report.Sources
	path := sources.Abs(file)
	for _, p := range r.packages {
		switch {
		case p.has(path, p.CgoFiles):
			return "a cgo file"
		case !p.has(path, p.GoFiles) && !p.has(path, p.TestGoFiles) && !p.has(path, p.XTestGoFiles):
			continue
		case p.Standard:
			return "in the standard library"
		case p.Module != nil && !p.Module.Main:
			return "not in the main module"
		case sources.Replaced(file):
			return "replaced by an overlay"
		case sources.IsGenerated(file):
			return "generated"
		}
		return ""
	}
	return "not a source file of the analysed packages"
}

// has reports whether a path is one of the package's files in a list.
func (p *Package) has(path string, names []string) bool {
	for _, name := range names {
		if slash.Local.Same(slash.Local.From(path), slash.Local.From(filepath.Join(p.Dir, name))) {
			return true
		}
	}
	return false
}
