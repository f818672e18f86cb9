package unit

import (
	"errors"
	"fmt"
	"go/types"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// An action is one analyzer applied to the unit's package.
type action struct {
	analyzer    *analysis.Analyzer
	result      any
	err         error
	diagnostics []analysis.Diagnostic
}

// analyse runs the analyzers on a relevant package and returns the exit code.
func (t *tool) analyse(u unit, carry bool) int {
	sources, err := u.readSources()
	if err != nil {
		return t.fail(err)
	}
	c, err := u.check(sources)
	if err != nil {
		return t.typeError(u, err)
	}
	r := &runner{
		tool:    t,
		unit:    u,
		checked: c,
		facts:   newFactStore(t, u),
		actions: make(map[*analysis.Analyzer]*action),
	}
	// cmd/go keeps one result of a package, whether it was a dependency or
	// named by the user. Whoever wants to know everything about the latter must
	// have the former tell it, too, and drop what was not asked for.
	reports := !u.VetxOnly || t.deps
	var roots []*action
	for _, a := range t.analyzers {
		if reports {
			roots = append(roots, r.exec(a))
			continue
		}
		r.execFacts(a)
	}
	out := new(vetx)
	if err := t.guard(func() error { return r.facts.addTo(out, c.mentionedPackages()) }); err != nil {
		return t.fail(err)
	}
	if carry {
		if out.types, err = u.encodeTypes(c.fset, c.files, c.pkg); err != nil {
			return t.fail(err)
		}
	}
	if err := out.write(u.VetxOutput); err != nil {
		return t.fail(fmt.Errorf("cannot write facts: %v", err))
	}
	if !reports {
		return r.logErrors()
	}
	return t.report(u, c, sources, roots)
}

// A runner applies analyzers to one package.
type runner struct {
	*checked
	tool    *tool
	unit    unit
	facts   *factStore
	actions map[*analysis.Analyzer]*action
	done    []*action // actions in the order in which they ended
}

// execFacts runs what a mere dependency needs: the analyzers that export facts.
func (r *runner) execFacts(a *analysis.Analyzer) {
	if len(a.FactTypes) > 0 {
		r.exec(a)
	}
	for _, req := range a.Requires {
		r.execFacts(req)
	}
}

// exec runs an analyzer after those that it requires.
func (r *runner) exec(a *analysis.Analyzer) *action {
	if act, ok := r.actions[a]; ok {
		return act
	}
	act := &action{analyzer: a}
	r.actions[a] = act
	defer func() { r.done = append(r.done, act) }()
	inputs := make(map[*analysis.Analyzer]any)
	var failed []string
	for _, req := range a.Requires {
		if in := r.exec(req); in.err != nil {
			failed = append(failed, req.String())
		} else {
			inputs[req] = in.result
		}
	}
	if failed != nil {
		slices.Sort(failed)
		act.err = fmt.Errorf("failed prerequisites: %s", strings.Join(failed, ", "))
		return act
	}
	act.err = r.tool.guard(func() (err error) {
		act.result, err = a.Run(r.pass(act, inputs))
		return err
	})
	return act
}

// pass returns what an analyzer sees of the package.
func (r *runner) pass(act *action, inputs map[*analysis.Analyzer]any) *analysis.Pass {
	a := act.analyzer
	return &analysis.Pass{
		Analyzer:     a,
		Fset:         r.fset,
		Files:        r.files,
		OtherFiles:   r.unit.NonGoFiles,
		IgnoredFiles: r.unit.IgnoredFiles,
		Pkg:          r.pkg,
		TypesInfo:    r.info,
		TypesSizes:   r.sizes,
		ResultOf:     inputs,
		Module:       r.unit.module(),
		ReadFile:     r.readFile,
		Report: func(d analysis.Diagnostic) {
			act.diagnostics = append(act.diagnostics, r.vetted(a, d))
		},
		ImportPackageFact: r.facts.importInto,
		ExportPackageFact: r.facts.export,
		AllPackageFacts:   func() []analysis.PackageFact { return r.facts.all(a, r.checked) },

		// Object facts would need types at the point where facts are read.
		ImportObjectFact: func(types.Object, analysis.Fact) bool { return false },
		AllObjectFacts:   func() []analysis.ObjectFact { return nil },
		ExportObjectFact: func(_ types.Object, fact analysis.Fact) {
			panic(fmt.Sprintf("%s exports an object fact (%T), but this driver carries package facts only", a, fact))
		},
	}
}

// vetted returns the diagnostic with its URL resolved and without fixes that
// are malformed, which is a mistake of the analyzer.
func (r *runner) vetted(a *analysis.Analyzer, d analysis.Diagnostic) analysis.Diagnostic {
	if err := validateFixes(r.fset, a, d.SuggestedFixes); err != nil {
		r.tool.fail(err)
		d.SuggestedFixes = nil
	}
	if d.URL == "" && d.Category != "" {
		d.URL = "#" + d.Category
	}
	base, err1 := url.Parse(a.URL)
	ref, err2 := url.Parse(d.URL)
	if err := errors.Join(err1, err2); err != nil {
		panic(fmt.Errorf("invalid URL: %w", err))
	}
	d.URL = base.ResolveReference(ref).String()
	return d
}

// readFile implements analysis.Pass.ReadFile, which admits only the files of
// the package.
func (r *runner) readFile(name string) ([]byte, error) {
	u := r.unit
	if slices.Contains(u.GoFiles, name) || slices.Contains(u.NonGoFiles, name) || slices.Contains(u.IgnoredFiles, name) {
		return os.ReadFile(name)
	}
	return nil, fmt.Errorf("Pass.ReadFile: %s is not a file of package %s", name, u.ImportPath)
}

// logErrors prints the errors of analyzers that ran for facts only. The facts
// of the others are good, so the run has not failed.
func (r *runner) logErrors() int {
	for _, act := range r.done {
		if act.err != nil {
			r.tool.fail(fmt.Errorf("%s: %s: %v", r.unit.ID, act.analyzer.Name, act.err))
		}
	}
	return 0
}

// guard calls f and turns a panic into an error.
func (t *tool) guard(f func() error) (err error) {
	defer func() {
		if x := recover(); x != nil {
			t.fail(fmt.Errorf("panic: %v\n%s", x, debug.Stack()))
			err = fmt.Errorf("internal error: %v (%s)", x, panicSite())
		}
	}()
	return f()
}

// panicSite returns the place of the panic that is being recovered, as a base
// name and line: what goes into results must not vary.
func panicSite() string {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	panicking := false
	for {
		frame, more := frames.Next()
		if strings.HasPrefix(frame.Function, "runtime.") {
			panicking = true
		} else if panicking || !more {
			return fmt.Sprintf("%s:%d", filepath.Base(frame.File), frame.Line)
		}
	}
}
