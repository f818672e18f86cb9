package diag

import (
	"slices"
	"strings"
	"testing"
)

func TestParseIgnore(t *testing.T) {
	for _, test := range []struct {
		comment string
		rules   string // joined by commas
		bad     string // a part of what is wrong
		none    bool   // it is no ignore comment
	}{
		{comment: "//connvet:ignore connleak/rows the driver is a fake", rules: "connleak/rows"},
		{comment: "//connvet:ignore connleak why", rules: "connleak"},
		{comment: "//connvet:ignore connleak/rows,deferinloop both on purpose", rules: "connleak/rows,deferinloop"},
		{comment: "//connvet:ignore\tconnleak/tx\ttabs do", rules: "connleak/tx"},
		{comment: "//connvet:ignore nestedconn/tx of a pass that is not here", rules: "nestedconn/tx"},
		{comment: "//connvet:ignore poollimit one connection is the point", rules: "poollimit"},

		{comment: "//connvet:ignore", bad: "names no rule"},
		{comment: "//connvet:ignore ", bad: "names no rule"},
		{comment: "//connvet:ignore connleak/rows", rules: "connleak/rows", bad: "gives no reason"},
		{comment: "//connvet:ignore rows why", rules: "rows", bad: `"rows" is a category, not a rule: say connleak/rows or nestedconn/rows`},
		{comment: "//connvet:ignore wrapper why", rules: "wrapper", bad: "say connleak/wrapper"},
		{comment: "//connvet:ignore connleak/cursor why", rules: "connleak/cursor", bad: "connleak has rows, row, stmt"},
		{comment: "//connvet:ignore deferinloop/rows why", rules: "deferinloop/rows", bad: "deferinloop has no categories"},
		{comment: "//connvet:ignore leaks why", rules: "leaks", bad: "the passes are connleak, deferinloop"},
		{comment: "//connvet:ignore connleak/rows, connleak/tx why", rules: "connleak/rows,", bad: "comma without a rule"},

		{comment: "//connvet:ignored connleak why", none: true},
		{comment: "//connvet:owns result", none: true},
		{comment: "// connvet:ignore connleak why", none: true},
		{comment: "//nolint:connvet // why", none: true},
	} {
		rules, bad, ok := parseIgnore(test.comment)
		if ok == test.none {
			t.Errorf("%s: is it an ignore comment? %t", test.comment, ok)
			continue
		}
		if got := strings.Join(rules, ","); got != test.rules {
			t.Errorf("%s: rules %q, want %q", test.comment, got, test.rules)
		}
		if (bad == "") != (test.bad == "") || !strings.Contains(bad, test.bad) {
			t.Errorf("%s: %q is wrong, want %q", test.comment, bad, test.bad)
		}
	}
}

// A comment below it belongs to what stands between it and the statement.
func TestIgnoreNext(t *testing.T) {
	const text = "package a\n\nfunc f() {\n\t//connvet:ignore connleak why\n\t/*\n\n\n\n*/\n\tf()\n}\n"
	for _, text := range []string{text, strings.ReplaceAll(text, "\n", "\r\n")} {
		if all := ignoresIn(sourceFor(t, text)); len(all) != 1 || all[0].next != 10 {
			t.Errorf("%q: %+v", text, all)
		}
	}
}

func TestHolds(t *testing.T) {
	trailing := &ignore{line: 10}
	alone := &ignore{line: 10, next: 11}
	doc := &ignore{line: 10, next: 12, first: 12, last: 20}
	for _, test := range []struct {
		g           *ignore
		first, last int
		want        bool
	}{
		{trailing, 10, 12, true},
		{trailing, 8, 10, true},
		{trailing, 8, 12, false}, // in the middle
		{trailing, 11, 11, false},
		{alone, 11, 15, true},
		{alone, 9, 9, false},
		{alone, 12, 12, false},
		{doc, 15, 17, true},
		{doc, 20, 20, true},
		{doc, 19, 21, false},
	} {
		if got := test.g.holds(test.first, test.last); got != test.want {
			t.Errorf("%+v holds for lines %d to %d: %t, want %t", *test.g, test.first, test.last, got, test.want)
		}
	}
}

func TestCovers(t *testing.T) {
	for _, test := range []struct {
		name, rule string
		want       bool
	}{
		{"connleak", "connleak/rows", true},
		{"connleak/rows", "connleak/rows", true},
		{"connleak/row", "connleak/rows", false},
		{"connleak/tx", "connleak/rows", false},
		{"conn", "connleak/rows", false},
		{"deferinloop", "deferinloop", true},
	} {
		if got := covers(test.name, test.rule); got != test.want {
			t.Errorf("covers(%q, %q) = %t, want %t", test.name, test.rule, got, test.want)
		}
	}
}

// Each malformed comment is reported by exactly one of the passes that run.
func TestOwner(t *testing.T) {
	for _, test := range []struct{ comment, owner string }{
		{"//connvet:ignore", "connleak"},
		{"//connvet:ignore connleak/rows", "connleak"},
		{"//connvet:ignore rows why", "connleak"},
		{"//connvet:ignore poollimit", "connleak"},
		{"//connvet:ignore deferinloop", "deferinloop"},
		{"//connvet:ignore deferinloop/rows why", "deferinloop"},
	} {
		rules, bad, _ := parseIgnore(test.comment)
		if bad == "" {
			t.Errorf("%s is not malformed", test.comment)
		}
		g := &ignore{rule: rules}
		if got := g.owner(); got != test.owner {
			t.Errorf("%s is reported by %s, want %s", test.comment, got, test.owner)
		}
	}
}

// An ignore comment can name each category that a finding may have.
func TestRulesAreComplete(t *testing.T) {
	i := slices.IndexFunc(rules, func(r ruleSet) bool { return r.pass == "connleak" })
	for kind, w := range table {
		if !slices.Contains(rules[i].categories, string(kind)) {
			t.Errorf("connleak has no rule for %s", kind)
		}
		if w.never == "" || w.always == "" || w.again == "" || w.leaves.one == "" || w.effect == "" || w.dropped == "" || w.more == "" {
			t.Errorf("words about %s are missing", kind)
		}
	}
	for _, c := range rules[i].categories {
		if ruleError("connleak/"+c) != "" {
			t.Errorf("connleak/%s is no rule", c)
		}
	}
}
