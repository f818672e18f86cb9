package golangci

import (
	"fmt"
	"slices"
	"strings"

	"github.com/connvet/connvet/analyzers"
)

// The values of the setting default.
const (
	standard = "standard" // what the passes report by default
	all      = "all"
	none     = "none"
)

// record is the rule of what is no finding but a record for other programs.
const record = "poolinventory/pool"

// rules say what is reported.
type rules struct {
	base            string // "" is standard
	enable, disable []string

	on map[string]bool // by rule
}

// choose decides about each rule: what is named by its id wins over what is named
// by its pass, and that over the default.
func (r *rules) choose() error {
	r.on = make(map[string]bool)
	for _, rule := range analyzers.Rules() {
		always := rule.Pass() == name // mistakes in comments are no matter of taste
		r.on[rule.ID] = always || r.base == all || r.base != none && byDefault(rule)
	}
	r.on[record] = false
	for _, n := range r.enable {
		if slices.Contains(r.disable, n) {
			return fmt.Errorf("%s: %s is both enabled and disabled", place, n)
		}
	}
	for _, single := range []bool{false, true} {
		if err := r.set("enable", r.enable, single, true); err != nil {
			return err
		}
		if err := r.set("disable", r.disable, single, false); err != nil {
			return err
		}
	}
	for _, pass := range analyzers.Passes() {
		if list, _ := analyzers.Lookup(pass); slices.ContainsFunc(list, func(a analyzers.Rule) bool { return r.on[a.ID] }) {
			return nil
		}
	}
	return fmt.Errorf("%s: no rule is enabled", place)
}

// set switches the rules that a list names: only those that it names as single
// rules, or only those that it names by their pass.
func (r *rules) set(key string, names []string, single, on bool) error {
	for i, n := range names {
		found, err := analyzers.Lookup(n)
		if err != nil {
			return fmt.Errorf("%s.%s: item %d: %v", place, key, i+1, err)
		}
		if single != (len(found) == 1) {
			continue
		}
		if on && n == record {
			return fmt.Errorf("%s.%s: item %d: %s is no finding: connvet pools prints the records", place, key, i+1, n)
		}
		for _, rule := range found {
			// A pass does not stand for what is off by default: that has to
			// be named.
			r.on[rule.ID] = on && (single || byDefault(rule))
		}
		if on && !single && !slices.ContainsFunc(found, func(a analyzers.Rule) bool { return r.on[a.ID] }) {
			return fmt.Errorf("%s.%s: item %d: no rule of %s is on by default: name those that are wanted", place, key, i+1, n)
		}
	}
	return nil
}

// byDefault reports whether a rule is on unless somebody switches it.
func byDefault(rule analyzers.Rule) bool { return rule.Flag() == "" && rule.ID != record }

// reports tells whether a message is wanted. One that ends with no rule that can be
// switched says that something could not be analysed.
func (r *rules) reports(message string) bool {
	_, rule := cutRule(message)
	on, known := r.on[rule]
	return on || !known
}

// cutRule cuts the rule off the end of a message: "text [pass/category]".
func cutRule(message string) (text, rule string) {
	i := strings.LastIndex(message, " [")
	if i < 0 || !strings.HasSuffix(message, "]") {
		return message, ""
	}
	return message[:i], message[i+2 : len(message)-1]
}
