package oracle

import (
	"testing"

	"github.com/connvet/connvet/passes/internal/oracle/rt"
)

// TestVerdict: what is no disagreement though the words differ.
func TestVerdict(t *testing.T) {
	leak := func(exits ...int) rt.Leak { return rt.Leak{Kind: "rows", Sites: []int{5}, Exits: exits} }
	hang := rt.Leak{Kind: "rows", Sites: []int{2}, Exits: []int{3}, Hangs: true}
	found := func(exit int, others ...int) Finding {
		return Finding{Pass: leakPass, Category: "rows", Site: 5, Exit: exit, Others: others}
	}
	hung := Finding{Pass: leakPass, Category: "rows", Site: 2, Exit: 3}
	piles := Finding{Pass: deferPass, Site: 5}
	tests := []struct {
		name     string
		leaks    []rt.Leak
		reached  []int
		findings []Finding
		want     Fault
	}{
		{"right", []rt.Leak{leak(9)}, []int{5, 7, 9}, []Finding{found(9)}, ""},
		{"wrong exit", []rt.Leak{leak(9)}, []int{5, 7, 9}, []Finding{found(7, 7)}, WrongExit},
		{"one of several exits", []rt.Leak{leak(9)}, []int{5, 7, 9}, []Finding{found(7, 7, 9)}, ""},
		{"dead exit of a leak", []rt.Leak{leak(9)}, []int{5, 9}, []Finding{found(7)}, ""},
		{"no leak", nil, []int{5, 7}, []Finding{found(7)}, FalseAlarm},
		{"no leak, dead exit", nil, []int{5}, []Finding{found(7)}, FalseAlarm},
		{"behind a hang", []rt.Leak{hang}, []int{2, 3, 5}, []Finding{hung, found(7)}, ""},
		{"beside a hang", []rt.Leak{hang}, []int{2, 3, 5, 7}, []Finding{hung, found(7)}, FalseAlarm},
		{"no pile", nil, []int{5}, []Finding{piles}, FalseAlarm},
		{"no pile, dead defer", nil, []int{4}, []Finding{piles}, ""},
		{"no pile behind a hang", []rt.Leak{hang}, []int{2, 3, 5}, []Finding{hung, piles}, ""},
	}
	for _, tt := range tests {
		truth := rt.Result{Leaks: tt.leaks, Reached: tt.reached}
		var got Fault
		for _, d := range judge(&Program{}, truth, tt.findings, map[string]bool{leakPass: true, deferPass: true}) {
			got += d.Fault
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestFixVerdict: what a fix answers for. It is made for line 5.
func TestFixVerdict(t *testing.T) {
	at := func(lines ...int) []rt.Leak {
		var all []rt.Leak
		for _, n := range lines {
			all = append(all, rt.Leak{Kind: "rows", Sites: []int{n}})
		}
		return all
	}
	say := func(lines ...int) []Finding {
		var all []Finding
		for _, n := range lines {
			all = append(all, Finding{Pass: leakPass, Site: n})
		}
		return all
	}
	tests := []struct {
		name          string
		before, after Outcome
		want          Fault
	}{
		{"good", Outcome{Findings: say(5)}, Outcome{}, ""},
		{"still there", Outcome{Findings: say(5)}, Outcome{Findings: say(5)}, FixLeaves},
		{"new finding", Outcome{Findings: say(5)}, Outcome{Findings: say(7)}, FixMakes},
		{"finding of an old leak", Outcome{Findings: say(5), Truth: rt.Result{Leaks: at(7)}}, Outcome{Findings: say(7)}, ""},
		{"new leak", Outcome{Findings: say(5)}, Outcome{Truth: rt.Result{Leaks: at(7)}}, FixLeaks},
		{"leak with a finding", Outcome{Findings: say(5, 7)}, Outcome{Truth: rt.Result{Leaks: at(7)}}, ""},
		{"hangs", Outcome{Findings: say(5)}, Outcome{Truth: rt.Result{Dropped: rt.Hangs}}, FixHangs},
		{"hangs on another", Outcome{Findings: say(5, 7)}, Outcome{Truth: rt.Result{Dropped: rt.Hangs}}, ""},
		{"panics", Outcome{Findings: say(5)}, Outcome{Truth: rt.Result{Dropped: "panic: nil"}}, FixPanics},
		{"no verdict", Outcome{Findings: say(5)}, Outcome{Truth: rt.Result{Dropped: rt.NoEnd}}, ""},
	}
	for _, tt := range tests {
		made := try{before: tt.before, finding: tt.before.Findings[0], fixed: &Program{}}
		if got := made.judge(tt.after); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
