package oracle

import (
	"context"
	"fmt"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/passes/internal/oracle/rt"
)

// An Oracle compares analyzers with execution.
type Oracle struct {
	analyzers []*analysis.Analyzer
	passes    map[string]bool
	check     *checker
	exec      *executor

	// Busy, if set, is told which programs the analyzers are about to see, and
	// nothing when they are done.
	Busy func(...*Program)
}

// New makes an oracle that builds in dir.
func New(dir string, analyzers ...*analysis.Analyzer) (*Oracle, error) {
	o := &Oracle{analyzers: analyzers, passes: map[string]bool{}}
	for _, a := range analyzers {
		o.passes[a.Name] = true
	}
	var err error
	if o.check, err = newChecker(); err != nil {
		return nil, err
	}
	o.exec, err = newExecutor(dir)
	return o, err
}

// A Report is what came out of a number of programs.
type Report struct {
	Programs  int
	Leaky     int            // programs that leak
	Runs      int            // executions
	Dropped   map[string]int // programs without a verdict, by reason
	Budget    int            // findings of category budget
	Tags      map[string]int // productions
	LeakyTags map[string]int // productions of programs that leak
	Differ    []*Disagreement
}

// Add sums up.
func (r *Report) Add(more *Report) {
	r.Programs += more.Programs
	r.Leaky += more.Leaky
	r.Runs += more.Runs
	r.Budget += more.Budget
	r.Differ = append(r.Differ, more.Differ...)
	r.Dropped = sum(r.Dropped, more.Dropped)
	r.Tags = sum(r.Tags, more.Tags)
	r.LeakyTags = sum(r.LeakyTags, more.LeakyTags)
}

func sum(into, from map[string]int) map[string]int {
	if into == nil {
		into = map[string]int{}
	}
	for k, n := range from {
		into[k] += n
	}
	return into
}

// Programs generates the programs of n seeds from the first on.
func (o *Oracle) Programs(first int64, n int) ([]*Program, error) {
	var programs []*Program
	for seed := first; seed < first+int64(n); seed++ {
		p := Generate(seed)
		if err := o.check.repair(p); err != nil {
			return nil, fmt.Errorf("seed %d: %w", seed, err)
		}
		programs = append(programs, p)
	}
	return programs, nil
}

// Compare executes and analyzes the programs.
func (o *Oracle) Compare(ctx context.Context, programs []*Program) (*Report, error) {
	type outcome struct {
		truths []rt.Result
		err    error
	}
	ran := make(chan outcome, 1)
	go func() {
		truths, err := o.exec.run(ctx, programs)
		ran <- outcome{truths, err}
	}()
	busy := o.Busy
	if busy == nil {
		busy = func(...*Program) {}
	}
	findings, err := o.check.analyze(o.analyzers, programs, busy)
	out := <-ran
	if err != nil {
		return nil, err
	}
	if out.err != nil {
		return nil, out.err
	}
	byProgram := make([][]Finding, len(programs))
	for _, f := range findings {
		byProgram[f.ID] = append(byProgram[f.ID], f)
	}
	rep := &Report{}
	for id, p := range programs {
		rep.Add(o.judge(p, out.truths[id], byProgram[id]))
	}
	return rep, nil
}

func (o *Oracle) judge(p *Program, truth rt.Result, findings []Finding) *Report {
	rep := &Report{Programs: 1, Runs: truth.Runs, Tags: map[string]int{}, LeakyTags: map[string]int{}}
	for _, f := range findings {
		if f.Category == "budget" {
			rep.Budget++
		}
	}
	if truth.Dropped != "" {
		rep.Dropped = map[string]int{truth.Dropped: 1}
		return rep
	}
	if len(truth.Leaks) > 0 {
		rep.Leaky = 1
	}
	for _, tag := range p.Tags {
		rep.Tags[tag]++
		rep.LeakyTags[tag] += rep.Leaky
	}
	findings = slices.DeleteFunc(findings, func(f Finding) bool { return f.Category == "budget" })
	rep.Differ = judge(p, truth, findings, o.passes)
	return rep
}
