package diag

import (
	"fmt"
	"slices"
	"strings"
)

// A ruleSet lists the categories of a pass; a pass without any is a rule of
// its own.
type ruleSet struct {
	pass       string
	categories []string
}

// rules are the passes that an ignore comment may name, whether or not they
// run here, in the order in which lists show them.
var rules = []ruleSet{
	{"connleak", []string{"rows", "row", "stmt", "tx", "conn", "db", "batch", "wrapper"}},
	{"deferinloop", nil},
	{"nestedconn", []string{"rows", "tx", "conn", "holdwait"}},
	{"poolperrequest", []string{"handler", "rpc", "lambda", "consumer", "loop", "goroutine", "churn"}},
	{"poollimit", []string{"unbounded", "partial", "idle", "lifetime", "unit"}},
	{"poolinventory", []string{"pool", "dsnsecret"}},
}

// ownRules are about connvet's comments and settings. They cannot be ignored.
var ownRules = ruleSet{"connvet", []string{"ignore", "directive", "models"}}

// Rules returns the ids of all rules.
func Rules() []string {
	var ids []string
	for _, set := range append(slices.Clone(rules), ownRules) {
		for _, c := range set.categories {
			ids = append(ids, set.pass+"/"+c)
		}
		if set.categories == nil {
			ids = append(ids, set.pass)
		}
	}
	return ids
}

// ruleError tells why name is no rule, "" if it is one.
func ruleError(name string) string {
	pass, category, qualified := strings.Cut(name, "/")
	i := slices.IndexFunc(rules, func(r ruleSet) bool { return r.pass == pass })
	switch {
	case i >= 0 && (!qualified || slices.Contains(rules[i].categories, category)):
		return ""
	case i >= 0 && len(rules[i].categories) == 0:
		return fmt.Sprintf("no rule is called %q: %s has no categories", name, pass)
	case i >= 0:
		return fmt.Sprintf("no rule is called %q: %s has %s", name, pass, strings.Join(rules[i].categories, ", "))
	}
	if c := candidates(name); len(c) > 0 {
		return fmt.Sprintf("%q is a category, not a rule: say %s", name, strings.Join(c, " or "))
	}
	var passes []string
	for _, r := range rules {
		passes = append(passes, r.pass)
	}
	return fmt.Sprintf("no rule is called %q: the passes are %s", name, strings.Join(passes, ", "))
}

// candidates lists the rules of that category.
func candidates(category string) []string {
	var out []string
	for _, r := range rules {
		if slices.Contains(r.categories, category) {
			out = append(out, r.pass+"/"+category)
		}
	}
	return out
}

// covers reports whether an ignore comment for the rule name holds for rule:
// a pass alone stands for all its categories.
func covers(name, rule string) bool {
	return name == rule || strings.HasPrefix(rule, name+"/")
}

// passOf returns the pass of a rule.
func passOf(rule string) string {
	pass, _, _ := strings.Cut(rule, "/")
	return pass
}

// pages is where each rule has its page.
const pages = "https://github.com/connvet/connvet/blob/main/analyzers/rules/"

// PageOf returns the address of a rule's page.
func PageOf(rule string) string {
	return pages + strings.ReplaceAll(rule, "/", "-") + ".md"
}
