package poollimit

import (
	_ "embed"
	"fmt"
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/passes/internal/config"
	"github.com/connvet/connvet/passes/internal/diag"
	"github.com/connvet/connvet/passes/internal/lifecycle"
	"github.com/connvet/connvet/passes/internal/pools"
)

//go:embed doc.go
var doc string

// Analyzer reports pools without a limit.
var Analyzer = &analysis.Analyzer{
	Name: "poollimit",
	Doc:  diag.Doc(doc, "poollimit"),
	URL:  "https://pkg.go.dev/github.com/connvet/connvet/passes/poollimit",
	Run:  run,
	// Not at the same time as pools.Analyzer: both ask the engine's result, which
	// remembers its answers.
	Requires: []*analysis.Analyzer{config.Analyzer, lifecycle.Analyzer, pools.Analyzer},
}

// The categories that are off by default.
var idle, lifetime bool

func init() {
	Analyzer.Flags.BoolVar(&idle, pools.Idle, false, "report idle connections above the limit, or left at 2 below it")
	Analyzer.Flags.BoolVar(&lifetime, pools.Lifetime, false, "report MySQL pools with neither ConnMaxLifetime nor ConnMaxIdleTime")
}

func run(pass *analysis.Pass) (any, error) {
	r, err := diag.New(pass)
	if err != nil {
		return nil, err
	}
	res := pass.ResultOf[lifecycle.Analyzer].(*lifecycle.Result)
	for _, l := range pools.Limits(res) {
		if l.Category == pools.Idle && !idle || l.Category == pools.Lifetime && !lifetime {
			continue
		}
		report(r, l)
	}
	for _, n := range pools.WithoutUnit(res) {
		r.Report(diag.Report{
			Pos: n.Call.Pos(), Category: pools.Unit,
			Message: fmt.Sprintf("%s is %dns: a duration without a unit counts nanoseconds", n.Text(), n.N),
		})
	}
	r.Finish()
	return nil, nil
}

func report(r *diag.Reporter, l pools.Limit) {
	pos, end, name, ok := r.PoolSite(l.Pool)
	if !ok {
		return
	}
	rep := diag.Report{Pos: pos, End: end, Category: l.Category, Message: message(name, l)}
	for _, q := range l.Opened {
		if len(q.Chain) > 1 {
			rep.Related = append(rep.Related, r.Chain(q.Chain[1:])...)
		}
	}
	if l.At != nil {
		if at := r.PosOf(*l.At); at.IsValid() {
			rep.Related = append(rep.Related, related(at, "the setting"))
		}
	}
	r.Report(rep)
}

func related(pos token.Pos, text string) analysis.RelatedInformation {
	return analysis.RelatedInformation{Pos: pos, Message: text}
}

// What a pool without a limit does.
const costs = "it opens a connection for each query that runs at the same time, until the server refuses them"

func message(name string, l pools.Limit) string {
	switch {
	case l.Category == pools.Unbounded && l.At != nil:
		return fmt.Sprintf("%s has no limit, because SetMaxOpenConns(%d) means none: %s", name, l.Value, costs)
	case l.Category == pools.Unbounded:
		return fmt.Sprintf("%s has no limit: without SetMaxOpenConns %s", name, costs)
	case l.Category == pools.Partial && l.Other != nil:
		opener := l.Other.Chain[len(l.Other.Chain)-1]
		return fmt.Sprintf("%s has no limit, although %s limits the pool that is opened at %s: %s", name, l.Field, diag.At(opener), costs)
	case l.Category == pools.Partial:
		return fmt.Sprintf("%s has a limit on some paths only: on the others %s", name, costs)
	case l.Category == pools.Idle && l.At != nil:
		return fmt.Sprintf("%s may keep %d idle connections but opens %d at most: the limit on idle ones has no effect", name, l.Value, l.Max)
	case l.Category == pools.Idle:
		return fmt.Sprintf("%s opens up to %d connections and keeps %d when they are idle: under load the others are closed and opened all the time", name, l.Max, l.Value)
	}
	return fmt.Sprintf("the connections of %s live until the server closes them: set a maximum lifetime or idle time below its wait_timeout", name)
}
