// Package passes is the door to the engine for code that is no pass: the
// vettool's unit driver asks here what to look at before it type-checks
// anything, the registry which rules there are.
package passes

import (
	"bytes"
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/passes/internal/config"
	"github.com/connvet/connvet/passes/internal/diag"
	"github.com/connvet/connvet/passes/internal/lifecycle"
	"github.com/connvet/connvet/passes/internal/resource"
)

// Gate decides which packages are worth analysing.
type Gate struct{}

// Modelled reports whether a package that imports path can hold a resource.
func (Gate) Modelled(path string) bool {
	models, _ := config.Models() // CheckSettings has seen the error
	return models.Modelled(path)
}

// MaySkim reports whether a source file can contribute to Skim.
func (Gate) MaySkim(src []byte) bool { return lifecycle.MaySkim(src) }

// Skim tells without types what an irrelevant package must still say: which
// of its functions do not return. It returns nil if there is nothing.
func (Gate) Skim(path string, fset *token.FileSet, files []*ast.File, imported func(path string) analysis.Fact) analysis.Fact {
	return lifecycle.Skim(path, fset, files, imported)
}

// CheckSettings reports values of the passes' flags that cannot be used.
func CheckSettings() error {
	_, err := config.Models()
	return err
}

// Rules returns the ids of the rules that the engine knows of, in the order in
// which lists show them. Not all of their passes need exist.
func Rules() []string { return diag.Rules() }

// RulePage returns the address of a rule's page.
func RulePage(rule string) string { return diag.PageOf(rule) }

// CheckModels reports what is wrong with a file of user-defined resources; name
// is what the error calls it.
func CheckModels(name string, data []byte) error {
	_, err := resource.Parse(resource.Builtin(), name, bytes.NewReader(data))
	return err
}
