package diag

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/config"
	"github.com/connvet/connvet/passes/internal/lifecycle"
	"github.com/connvet/connvet/passes/internal/resource"
)

// A Reporter reports for one pass over one package.
type Reporter struct {
	pass     *analysis.Pass
	settings *config.Settings
	models   *resource.Set
	sources  []*source
	ignores  []*ignore
	dirs     map[string]string // of other packages, by import path
}

// New returns the reporter of a pass, which must require the config analyzer.
func New(pass *analysis.Pass) (*Reporter, error) {
	models, err := config.Models()
	if err != nil {
		return nil, err
	}
	r := &Reporter{
		pass:     pass,
		settings: pass.ResultOf[config.Analyzer].(*config.Settings),
		models:   models,
		sources:  sources(pass),
	}
	for _, s := range r.sources {
		r.ignores = append(r.ignores, ignoresIn(s)...)
	}
	return r, nil
}

// sourceOf returns the file of pos, nil if it is none of the package's.
func (r *Reporter) sourceOf(pos token.Pos) *source {
	if !pos.IsValid() {
		return nil
	}
	for _, s := range r.sources {
		if s.contains(pos) {
			return s
		}
	}
	return nil
}

// Leak reports an obligation that is open at an exit or, in the strict mode,
// met by a call that a panic skips.
func (r *Reporter) Leak(f *lifecycle.Finding) {
	src, s := r.locate(f)
	if s == nil {
		return
	}
	rule := r.pass.Analyzer.Name + "/" + category(f)
	pos, end := s.span()
	if r.suppressed(src, pos, rule) {
		return
	}
	d := analysis.Diagnostic{Pos: pos, End: end, Category: category(f), URL: PageOf(rule)}
	if len(f.Exits) > 0 {
		d.Message = r.leakMessage(f, s)
	} else {
		d.Message = r.strictMessage(f, s)
	}
	d.Message += " [" + rule + "]"
	d.Related = append(r.resourceMark(f), r.witness(f, s)...)
	d.SuggestedFixes = r.fixes(f, s)
	r.pass.Report(d)
}

// DeferInLoop reports a release that is deferred inside a loop.
func (r *Reporter) DeferInLoop(f *lifecycle.Finding, d *ssa.Defer) {
	_, s := r.locate(f)
	src := r.sourceOf(d.Pos())
	if s == nil || src == nil || !r.settings.Generated && src.generated() {
		return
	}
	path := src.pathAt(d.Pos())
	loop := loopAround(path)
	if loop == nil && !jumpsBack(r.pass.TypesInfo, bodyOf(funcAround(path))) {
		return // one call for what a container collects
	}
	rule := r.pass.Analyzer.Name
	if r.suppressed(src, d.Pos(), rule) {
		return
	}
	pos, end := s.span()
	diag := analysis.Diagnostic{
		Pos:     d.Pos(),
		Message: fmt.Sprintf(deferredLoop, s.name(), r.words(f).more) + " [" + rule + "]",
		URL:     PageOf(rule),
		Related: append(r.resourceMark(f), analysis.RelatedInformation{
			Pos: pos, End: end,
			Message: fmt.Sprintf(stepDeferred, r.shortName(s), r.funcName(f.Callee)),
		}),
	}
	if stmt, ok := innermostStmt(path).(*ast.DeferStmt); ok && src.line(stmt.End()) == src.line(stmt.Pos()) {
		diag.End = stmt.End()
	}
	if loop != nil {
		diag.Related = append(diag.Related, analysis.RelatedInformation{Pos: loop.Pos(), Message: stepLoop})
	}
	diag.SuggestedFixes = r.loopFixes(f, s, d.Pos())
	r.pass.Report(diag)
}

// locate finds the acquisition of a finding that is to be reported, nil if it
// is not.
func (r *Reporter) locate(f *lifecycle.Finding) (*source, *site) {
	src := r.sourceOf(f.Call.Pos())
	if src == nil || !r.settings.Generated && src.generated() {
		return nil, nil
	}
	return src, siteOf(r.pass, src, f)
}

// loopAround returns the innermost loop of the function that a path leads out
// of, nil if there is none.
func loopAround(path []ast.Node) ast.Node {
	for i, n := range path {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			return nil
		case *ast.ForStmt:
			if i > 0 && path[i-1] != ast.Node(n.Init) {
				return n
			}
		case *ast.RangeStmt:
			if i > 0 && path[i-1] != ast.Node(n.X) {
				return n
			}
		}
	}
	return nil
}

// resourceMark tells, with the notes, the command the type of the resource:
// the JSON of go vet has no place for it.
func (r *Reporter) resourceMark(f *lifecycle.Finding) []analysis.RelatedInformation {
	if !r.settings.Notes {
		return nil
	}
	name := string(f.Kind)
	switch {
	case f.Wrapper != nil:
		name = types.TypeString(f.Wrapper, nil)
	case f.Type != nil:
		name = types.TypeString(f.Type, nil)
	}
	return []analysis.RelatedInformation{{Pos: f.Call.Pos(), Message: "connvet:resource=" + name}}
}

// releaseMethod is the method that a message or a fix names, "" if it is not
// known.
func (r *Reporter) releaseMethod(f *lifecycle.Finding) string {
	if f.Wrapper != nil {
		return r.ownerMethod(f.Wrapper)
	}
	if f.Type != nil {
		if res, ok := r.models.Resource(f.Type); ok {
			return res.Release
		}
		return r.ownerMethod(f.Type)
	}
	return f.Kind.Release()
}

var ownerMethods = []string{
	"Close", "Release", "Rollback", "Stop", "Cancel", "Shutdown", "Done", "Free",
	"close", "release", "rollback", "stop", "cancel", "shutdown", "done", "free",
}

// ownerMethod finds the method by which an owner is released. Of several, the
// one with the plainest name is meant for it.
func (r *Reporter) ownerMethod(t types.Type) string {
	for _, name := range ownerMethods {
		obj, _, _ := types.LookupFieldOrMethod(t, true, r.pass.Pkg, name)
		if m, ok := obj.(*types.Func); ok && m.Signature().Params().Len() <= 1 {
			return name
		}
	}
	return ""
}
