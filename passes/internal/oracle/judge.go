package oracle

import (
	"fmt"
	"slices"

	"github.com/connvet/connvet/passes/internal/oracle/rt"
)

// A Fault is a way to disagree.
type Fault string

const (
	Missed     Fault = "missed"      // execution leaks, the analyzer is silent
	FalseAlarm Fault = "false alarm" // the analyzer reports what does not leak
	Hangs      Fault = "hangs"       // Conn.Close waits for it for ever, the analyzer is silent
	WrongExit  Fault = "wrong exit"  // the named exit is not one that leaks
	Internal   Fault = "internal"    // the analyzer failed
)

// A Disagreement is one site on which analyzer and execution differ.
type Disagreement struct {
	Fault    Fault
	Pass     string // connleak or deferinloop
	Kind     string // of the resource
	Dead     bool   // no run comes to the exit that the analyzer names
	Site     int    // line in the plain form of Program, as number 0
	Program  *Program
	Truth    rt.Result
	Findings []Finding
	Fixed    *Program // with the fix that is wrong
	After    *Outcome // of Fixed
}

// Class groups disagreements that may have one cause.
func (d *Disagreement) Class() string {
	class := fmt.Sprintf("%s/%s/%s", d.Pass, d.Fault, d.Kind)
	if d.Dead {
		class += "/dead"
	}
	return class
}

const (
	leakPass  = "connleak"
	deferPass = "deferinloop"
)

// judge compares what execution and the analyzers say about one program.
func judge(p *Program, truth rt.Result, findings []Finding, passes map[string]bool) []*Disagreement {
	j := &judgement{p: p, truth: truth, findings: findings}
	if passes[leakPass] {
		j.leaks()
	}
	if passes[deferPass] {
		j.deferred()
	}
	return j.out
}

type judgement struct {
	p        *Program
	truth    rt.Result
	findings []Finding
	out      []*Disagreement
}

func (j *judgement) differ(fault Fault, pass, kind string, site int) *Disagreement {
	d := &Disagreement{
		Fault: fault, Pass: pass, Kind: kind, Site: site,
		Program: j.p, Truth: j.truth, Findings: j.findings,
	}
	j.out = append(j.out, d)
	return d
}

func (j *judgement) leaks() {
	for _, f := range j.findings {
		switch {
		case f.Category == "internal":
			j.differ(Internal, f.Pass, f.Category, f.Site)
		case f.Pass == leakPass && f.Category != "budget":
			j.finding(f)
		}
	}
	for _, l := range j.truth.Leaks {
		if l.Maybe || j.heldByLoop(l.Sites) {
			continue
		}
		found := slices.ContainsFunc(j.findings, func(f Finding) bool {
			return f.Pass == leakPass && slices.Contains(l.Sites, f.Site)
		})
		switch {
		case found:
		case l.Hangs:
			j.differ(Hangs, leakPass, l.Kind, l.Sites[0])
		default:
			j.differ(Missed, leakPass, l.Kind, l.Sites[0])
		}
	}
}

// finding looks for the truth behind a finding.
func (j *judgement) finding(f Finding) {
	if !slices.Contains(j.truth.Reached, f.Site) {
		return // no run comes there
	}
	known := false
	for _, l := range j.truth.Leaks {
		if !slices.Contains(l.Sites, f.Site) {
			continue
		}
		known = true
		right := func(exit int) bool { return slices.Contains(l.Exits, exit) || slices.Contains(l.Lost, exit) }
		if f.Exit == 0 || l.Maybe || l.Hangs || right(f.Exit) || slices.ContainsFunc(f.Others, right) {
			return
		}
	}
	if slices.Contains(j.truth.Stale, f.Site) {
		return
	}
	dead := f.Exit != 0 && !slices.Contains(j.truth.Reached, f.Exit)
	if dead && j.hangs() {
		return
	}
	fault := FalseAlarm
	if known {
		if dead {
			return // an exit of a helper's dead code, beside those that leak
		}
		fault = WrongExit
	} else if j.heldByLoop([]int{f.Site}) {
		return
	}
	j.differ(fault, leakPass, f.Category, f.Site).Dead = dead
}

// hangs tells whether some run stops for ever: what follows a Close that never
// returns counts only once that one does.
func (j *judgement) hangs() bool {
	return slices.ContainsFunc(j.truth.Leaks, func(l rt.Leak) bool { return l.Hangs })
}

// heldByLoop tells whether deferinloop speaks for the value.
func (j *judgement) heldByLoop(sites []int) bool {
	return slices.ContainsFunc(sites, func(s int) bool { return slices.Contains(j.truth.LoopHeld, s) })
}

func (j *judgement) deferred() {
	for _, f := range j.findings {
		if f.Pass == deferPass && !slices.Contains(j.truth.Deferred, f.Site) &&
			slices.Contains(j.truth.Reached, f.Site) && !j.hangs() {
			j.differ(FalseAlarm, deferPass, f.Category, f.Site)
		}
	}
	for _, line := range j.truth.Deferred {
		found := slices.ContainsFunc(j.findings, func(f Finding) bool {
			return f.Pass == deferPass && f.Site == line
		})
		if !found {
			j.differ(Missed, deferPass, "", line)
		}
	}
}
