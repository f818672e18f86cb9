package pools

import (
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/passes/internal/lifecycle"
)

// Analyzer finds out which functions open a pool each time they are called,
// and tells importers. It reports nothing; poolperrequest and poolinventory
// read its Result.
var Analyzer = &analysis.Analyzer{
	Name:       "connvetpools",
	Doc:        "find the functions that open database pools\n\nWhat connvet's pool passes share. It reports nothing by itself.",
	URL:        "https://github.com/connvet/connvet",
	Run:        run,
	Requires:   []*analysis.Analyzer{lifecycle.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{new(Fact)},
}

// Result is what one package opens.
type Result struct {
	Engine   *lifecycle.Result
	Requests []Request // pools opened again and again, in source order

	Declared []Declared // for the manifest, in source order
	Main     []string   // of a main package: the IDs of the pools that it comes to
}

func run(pass *analysis.Pass) (any, error) {
	res := pass.ResultOf[lifecycle.Analyzer].(*lifecycle.Result)
	out := &Result{Engine: res}
	if res.SSA == nil {
		return out, nil
	}
	o := newOpenings(pass, res)
	out.Requests = o.requests()
	out.Declared = o.declared(out.Requests)
	f := o.fact()
	out.Main = o.reach(f, out.Declared)
	if !f.empty() {
		pass.ExportPackageFact(f)
	}
	return out, nil
}
