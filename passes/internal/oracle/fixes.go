package oracle

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/connvet/connvet/passes/internal/oracle/rt"
)

// What a suggested fix can do wrong.
const (
	FixBroken Fault = "fix does not compile"
	FixLeaves Fault = "fix leaves a finding"
	FixMakes  Fault = "fix makes a finding"
	FixLeaks  Fault = "fix leaks"
	FixPanics Fault = "fix panics"
	FixHangs  Fault = "fix hangs"
)

// Fix makes each suggested fix by itself, and looks whether the program
// compiles, whether the analyzers are content, and whether it still leaks. What
// is wrong goes into the report. The outcomes are done with then.
func (o *Oracle) Fix(ctx context.Context, rep *Report) error {
	var programs []*Program
	var tries []try
	for _, out := range rep.Outcomes {
		for _, f := range out.Findings {
			if f.Fix == nil || slices.Contains(out.Truth.Stale, f.Site) {
				continue
			}
			fixed := out.Program.clone()
			fixed.Edits = f.Fix
			t := try{out, f, fixed}
			if te, _ := o.check.firstError(fixed); te != nil || !o.compiles(fixed) {
				rep.Differ = append(rep.Differ, t.wrong(FixBroken))
				continue
			}
			programs, tries = append(programs, fixed), append(tries, t)
		}
	}
	after, err := o.still(ctx, programs)
	if err != nil {
		return err
	}
	rep.Outcomes = nil
	rep.Fixed += len(tries)
	for i, t := range tries {
		if after[i].Program == nil {
			continue // an edit of the plain form only
		}
		if fault := t.judge(after[i]); fault != "" {
			d := t.wrong(fault)
			d.After = &after[i]
			rep.Differ = append(rep.Differ, d)
		}
	}
	return nil
}

func (o *Oracle) compiles(p *Program) bool {
	_, errs, err := o.check.check([]string{fileName(0)}, []string{p.Source(0)})
	return err == nil && len(errs) == 0
}

// A try is a fix that was made.
type try struct {
	before  Outcome
	finding Finding
	fixed   *Program
}

func (t try) wrong(fault Fault) *Disagreement {
	return &Disagreement{
		Fault: fault, Pass: t.finding.Pass, Kind: t.finding.Category, Site: t.finding.Site,
		Program: t.before.Program, Truth: t.before.Truth, Findings: t.before.Findings, Fixed: t.fixed,
	}
}

func (t try) judge(after Outcome) Fault {
	was := map[int]bool{}
	for _, f := range t.before.Findings {
		was[moved(f.Site, t.fixed.Edits)] = true
	}
	for _, l := range t.before.Truth.Leaks {
		// A leak of which deferinloop has spoken so far is for connleak to report now.
		was[moved(l.Sites[0], t.fixed.Edits)] = true
	}
	for _, f := range after.Findings {
		switch {
		case f.Site == moved(t.finding.Site, t.fixed.Edits):
			return FixLeaves
		case !was[f.Site]:
			return FixMakes
		}
	}
	// A leak that a hang had hidden from execution may have a finding already.
	leaked := map[int]bool{}
	for _, f := range t.before.Findings {
		leaked[f.Site] = f.Site != t.finding.Site
	}
	for _, l := range t.before.Truth.Leaks {
		for _, s := range l.Sites {
			leaked[s] = s != t.finding.Site
		}
	}
	switch why := after.Truth.Dropped; {
	case why == rt.Hangs && !slices.Contains(slices.Collect(maps.Values(leaked)), true):
		return FixHangs // and not on something that has a finding of its own
	case strings.HasPrefix(why, "panic"):
		return FixPanics
	case why != "":
		return "" // no verdict
	}
	for _, l := range after.Truth.Leaks {
		if !l.Maybe && !leaked[l.Sites[0]] {
			return FixLeaks
		}
	}
	return ""
}
