package poolcheck_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/connvet/connvet/poolcheck"
)

// Each rule is seen to fire, as severely as its reference says, and to pass.
func TestRulesComplete(t *testing.T) {
	for _, r := range poolcheck.Rules() {
		fired, quiet := make(map[poolcheck.Status]bool), make(map[poolcheck.Status]bool)
		for _, c := range ruleCases {
			switch {
			case c.rule != r.ID:
			case c.fires():
				fired[c.want.status] = true
			default:
				quiet[c.want.status] = true
			}
		}
		for _, s := range severities[r.ID] {
			if !fired[s] {
				t.Errorf("%s: no case in which it fires with %s", r.ID, s)
			}
		}
		if len(severities[r.ID]) == 0 {
			t.Errorf("%s: it is not known how severely it fires", r.ID)
		}
		if !quiet[poolcheck.Pass] && !slices.Contains(neverPass, r.ID) || len(quiet) == 0 {
			t.Errorf("%s: no case in which it passes", r.ID)
		}
	}
}

// The cases can be told apart, and what a kind of server cannot show has a reason.
func TestRuleCases(t *testing.T) {
	names := make(map[string]bool)
	for _, c := range ruleCases {
		name := c.rule + " " + c.name
		if names[name] {
			t.Errorf("two cases %s", name)
		}
		names[name] = true
		if severities[c.rule] == nil {
			t.Errorf("%s: no such rule", name)
		}
		if (c.only == nil) != (c.why == "") {
			t.Errorf("%s: why can only %v show it?", name, c.only)
		}
	}
}

// A table tells on which kinds of servers which cases came out as they should.
type table struct {
	mu    sync.Mutex
	shown map[*ruleCase][]kind
}

func newTable() *table { return &table{shown: make(map[*ruleCase][]kind)} }

func (t *table) add(c *ruleCase, k kind) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.shown[c] = append(t.shown[c], k)
}

// print prints the table in Markdown, if anybody wants to know.
func (t *table) print() {
	if !testing.Verbose() {
		return
	}
	fmt.Println("\n| rule | fires on | does not fire on |\n| --- | --- | --- |")
	for _, r := range poolcheck.Rules() {
		fmt.Printf("| %s %s | %s | %s |\n", r.ID, r.Name, t.cell(r.ID, true), t.cell(r.ID, false))
	}
}

// cell lists the cases of a rule, with those that no server could show.
func (t *table) cell(rule string, fires bool) string {
	var parts []string
	for i := range ruleCases {
		c := &ruleCases[i]
		if c.rule != rule || c.fires() != fires {
			continue
		}
		on := "nothing"
		switch ks := t.shown[c]; {
		case len(ks) == len(kinds):
			on = "all"
		case len(ks) > 0:
			var names []string
			for _, k := range kinds {
				if slices.Contains(ks, k) {
					names = append(names, string(k))
				}
			}
			on = strings.Join(names, ", ")
		}
		if c.why != "" {
			on += "; " + c.why
		}
		parts = append(parts, fmt.Sprintf("**%s** %s (%s)", c.want.status, c.name, on))
	}
	return strings.ReplaceAll(strings.Join(parts, "<br>"), "|", `\|`)
}
