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
	made      int // programs since the checker is new

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
	Findings  int
	Fixed     int            // findings whose fix was made
	Budget    int            // findings of category budget
	Tags      map[string]int // productions
	LeakyTags map[string]int // productions of programs that leak
	Differ    []*Disagreement
	Outcomes  []Outcome // of the programs that have a verdict
}

// Add sums up.
func (r *Report) Add(more *Report) {
	r.Programs += more.Programs
	r.Leaky += more.Leaky
	r.Runs += more.Runs
	r.Budget += more.Budget
	r.Findings += more.Findings
	r.Fixed += more.Fixed
	r.Outcomes = append(r.Outcomes, more.Outcomes...)
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

// renew is after how many programs the checker is thrown away: its file set
// never forgets a source.
const renew = 5000

// Programs generates the programs of n seeds from the first on.
func (o *Oracle) Programs(first int64, n int) ([]*Program, error) {
	if o.made += n; o.made > renew {
		var err error
		if o.check, err = newChecker(); err != nil {
			return nil, err
		}
		o.made = 0
	}
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

// An Outcome is what both sides say about one program.
type Outcome struct {
	Program  *Program
	Truth    rt.Result
	Findings []Finding
}

// Compare executes and analyzes the programs.
func (o *Oracle) Compare(ctx context.Context, programs []*Program) (*Report, error) {
	outcomes, err := o.outcomes(ctx, programs)
	if err != nil {
		return nil, err
	}
	rep := &Report{}
	for _, out := range outcomes {
		rep.Add(o.judge(out))
	}
	return rep, nil
}

func (o *Oracle) outcomes(ctx context.Context, programs []*Program) ([]Outcome, error) {
	var truths []rt.Result
	var failed error
	ran := make(chan struct{})
	go func() {
		defer close(ran)
		truths, failed = o.exec.run(ctx, programs)
	}()
	busy := o.Busy
	if busy == nil {
		busy = func(...*Program) {}
	}
	findings, err := o.check.analyze(o.analyzers, programs, busy)
	<-ran
	if err != nil {
		return nil, err
	}
	if failed != nil {
		return nil, failed
	}
	outcomes := make([]Outcome, len(programs))
	for id, p := range programs {
		outcomes[id] = Outcome{Program: p, Truth: truths[id]}
	}
	for _, f := range findings {
		outcomes[f.ID].Findings = append(outcomes[f.ID].Findings, f)
	}
	return outcomes, nil
}

func (o *Oracle) judge(out Outcome) *Report {
	p, truth, findings := out.Program, out.Truth, out.Findings
	rep := &Report{Programs: 1, Runs: truth.Runs, Tags: map[string]int{}, LeakyTags: map[string]int{}}
	rep.Findings = len(findings)
	for _, f := range findings {
		if f.Category == "budget" {
			rep.Budget++
		}
	}
	if truth.Dropped != "" {
		rep.Dropped = map[string]int{truth.Dropped: 1}
		return rep
	}
	rep.Outcomes = []Outcome{out}
	if len(truth.Leaks) > 0 {
		rep.Leaky = 1
	}
	for _, tag := range p.Tags {
		rep.Tags[tag]++
		rep.LeakyTags[tag] += rep.Leaky
	}
	findings = slices.DeleteFunc(slices.Clone(findings), func(f Finding) bool { return f.Category == "budget" })
	rep.Differ = judge(p, truth, findings, o.passes)
	return rep
}
