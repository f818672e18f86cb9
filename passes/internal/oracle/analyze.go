package oracle

import (
	"errors"
	"fmt"
	"go/types"
	"os"
	"reflect"
	"regexp"
	"strconv"

	"golang.org/x/tools/go/analysis"
)

// A Finding is one diagnostic about a generated program.
type Finding struct {
	ID       int    // of the program
	Pass     string // the analyzer's name
	Site     int    // line at which it stands
	Exit     int    // line of the exit that it names; 0: none
	Others   []int  // lines of all exits that the message lists
	Category string
	Message  string
	Fix      []Edit // the first fix that it suggests; nil: none
}

// perPackage is how many programs are analyzed as one package.
const perPackage = 20

// analyze runs the analyzers over the programs.
func (c *checker) analyze(analyzers []*analysis.Analyzer, programs []*Program, busy func(...*Program)) ([]Finding, error) {
	var found []Finding
	for from := 0; from < len(programs); from += perPackage {
		some := programs[from:min(from+perPackage, len(programs))]
		busy(some...)
		more, err := c.analyzePackage(analyzers, some)
		if err != nil {
			return nil, err
		}
		for _, f := range more {
			f.ID += from
			found = append(found, f)
		}
	}
	busy()
	return found, nil
}

// analyzePackage runs the analyzers over the programs as one package.
func (c *checker) analyzePackage(analyzers []*analysis.Analyzer, programs []*Program) ([]Finding, error) {
	var names, sources []string
	ids := map[string]int{}
	for id, p := range programs {
		names = append(names, fileName(id))
		sources = append(sources, p.Source(id))
		ids[fileName(id)] = id
	}
	pkg, errs, err := c.check(names, sources)
	if err != nil {
		return nil, err
	}
	for _, te := range errs {
		return nil, te
	}
	r := &runner{c: c, pkg: pkg, done: map[*analysis.Analyzer]any{}, facts: map[reflect.Type]analysis.Fact{}}
	for _, a := range analyzers {
		if _, err := r.run(a); err != nil {
			return nil, err
		}
	}
	var found []Finding
	for _, d := range r.found {
		id, ok := ids[c.fset.Position(d.Pos).Filename]
		if !ok {
			return nil, fmt.Errorf("oracle: finding outside the programs: %s", d.Message)
		}
		found = append(found, c.finding(d, id))
	}
	return found, nil
}

var (
	// named finds the exits in a message, for analyzers that give no path.
	named  = regexp.MustCompile(`at lines? (\d+(?:(?:, | and )\d+)*)`)
	digits = regexp.MustCompile(`\d+`)
)

func (c *checker) finding(d reported, id int) Finding {
	f := Finding{
		ID:       id,
		Pass:     d.by.Name,
		Site:     c.fset.Position(d.Pos).Line,
		Category: d.Category,
		Message:  d.Message,
	}
	if len(d.SuggestedFixes) > 0 {
		f.Fix = c.edits(d.SuggestedFixes[0], id)
	}
	for _, m := range named.FindAllStringSubmatch(d.Message, -1) {
		for _, s := range digits.FindAllString(m[1], -1) {
			line, _ := strconv.Atoi(s)
			f.Others = append(f.Others, line)
		}
	}
	if n := len(d.Related); n > 0 {
		f.Exit = c.fset.Position(d.Related[n-1].Pos).Line
	} else if len(f.Others) > 0 {
		f.Exit = f.Others[0]
	}
	return f
}

type reported struct {
	analysis.Diagnostic
	by *analysis.Analyzer
}

// A runner runs analyzers over one package whose imports have no facts: all of
// them are in the standard library.
type runner struct {
	c     *checker
	pkg   *checked
	done  map[*analysis.Analyzer]any
	facts map[reflect.Type]analysis.Fact
	found []reported
}

func (r *runner) run(a *analysis.Analyzer) (any, error) {
	if res, ok := r.done[a]; ok {
		return res, nil
	}
	results := map[*analysis.Analyzer]any{}
	for _, req := range a.Requires {
		res, err := r.run(req)
		if err != nil {
			return nil, err
		}
		results[req] = res
	}
	res, err := a.Run(&analysis.Pass{
		Analyzer:          a,
		Fset:              r.c.fset,
		Files:             r.pkg.files,
		Pkg:               r.pkg.pkg,
		TypesInfo:         r.pkg.info,
		TypesSizes:        types.SizesFor("gc", "amd64"),
		Module:            &analysis.Module{Path: "oracle.test", GoVersion: "1.25"},
		ResultOf:          results,
		Report:            func(d analysis.Diagnostic) { r.found = append(r.found, reported{d, a}) },
		ReadFile:          r.readFile,
		ImportObjectFact:  func(types.Object, analysis.Fact) bool { return false },
		ExportObjectFact:  func(types.Object, analysis.Fact) {},
		ImportPackageFact: r.importFact,
		ExportPackageFact: func(f analysis.Fact) { r.facts[reflect.TypeOf(f)] = f },
		AllObjectFacts:    func() []analysis.ObjectFact { return nil },
		AllPackageFacts:   func() []analysis.PackageFact { return nil },
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", a.Name, err)
	}
	r.done[a] = res
	return res, nil
}

func (r *runner) importFact(pkg *types.Package, into analysis.Fact) bool {
	f, ok := r.facts[reflect.TypeOf(into)]
	if !ok || pkg != r.pkg.pkg {
		return false
	}
	reflect.ValueOf(into).Elem().Set(reflect.ValueOf(f).Elem())
	return true
}

func (r *runner) readFile(name string) ([]byte, error) {
	src, ok := r.pkg.sources[name]
	if !ok {
		return nil, errors.Join(os.ErrNotExist, fmt.Errorf("oracle: no file %s", name))
	}
	return []byte(src), nil
}
