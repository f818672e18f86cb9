package analyzers

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/passes"
)

// A Rule is something that connvet reports.
type Rule struct {
	ID    string // pass or pass/category
	Title string // what it reports, in a few words
	Doc   string // the page that "connvet explain" prints, in Markdown
	URL   string // where that page can be read
}

// Pass returns the name of the pass that reports the rule.
func (r Rule) Pass() string {
	pass, _, _ := strings.Cut(r.ID, "/")
	return pass
}

// category returns the part of the id after the slash, if any.
func (r Rule) category() string {
	_, category, _ := strings.Cut(r.ID, "/")
	return category
}

// Flag returns the flag, pass.category, that turns on a rule which is off by
// default, and "" for any other.
func (r Rule) Flag() string {
	for _, a := range All() {
		// The shared settings are no rules, whatever they are called.
		if a.Name == r.Pass() && a.Name != configPass && a.Flags.Lookup(r.category()) != nil {
			return a.Name + "." + r.category()
		}
	}
	return ""
}

// pages has a page for each rule, whose name has a dash for the slash.
//
//go:embed rules/*.md
var pages embed.FS

//go:embed limits.md
var limits string

// Limits returns the page about what no rule reports, in Markdown.
func Limits() string { return limits }

// Rules returns the rules of all passes, in the order in which a list shows
// them.
func Rules() []Rule { return slices.Clone(rules()) }

var rules = sync.OnceValue(func() []Rule {
	var all []Rule
	for _, id := range passes.Rules() {
		r := Rule{ID: id, URL: passes.RulePage(id)}
		if !slices.ContainsFunc(All(), func(a *analysis.Analyzer) bool { return a.Name == r.Pass() }) {
			continue // of a pass that is not here
		}
		page, err := pages.ReadFile("rules/" + path.Base(r.URL))
		if err != nil {
			panic(err) // a test reads them all
		}
		r.Doc = string(page)
		r.Title = title(id, r.Doc)
		all = append(all, r)
	}
	return all
})

// title takes the title from a page's first line, "# id: title".
func title(id, page string) string {
	heading, _, _ := strings.Cut(page, "\n")
	return strings.TrimPrefix(heading, "# "+id+": ")
}

// Passes returns the names of the passes that report rules, without the one
// that speaks about settings and comments.
func Passes() []string {
	var names []string
	for _, r := range rules() {
		if p := r.Pass(); p != configPass && !slices.Contains(names, p) {
			names = append(names, p)
		}
	}
	return names
}

// configPass owns the shared settings.
const configPass = "connvet"

// URL returns where the page of a rule can be read, or "" if there is no such
// rule.
func URL(rule string) string {
	for _, r := range rules() {
		if r.ID == rule {
			return r.URL
		}
	}
	return ""
}

// Lookup returns the rules that a name stands for: one rule, or all those of a
// pass. The error of a name that stands for none says what was meant.
func Lookup(name string) ([]Rule, error) {
	var found []Rule
	var candidates []string
	for _, r := range rules() {
		if r.ID == name || r.Pass() == name {
			found = append(found, r)
		}
		if r.category() == name && name != "" {
			candidates = append(candidates, r.ID)
		}
	}
	switch {
	case len(found) > 0:
		return found, nil
	case len(candidates) > 0:
		return nil, fmt.Errorf("%q is a category, not a rule: say %s", name, strings.Join(candidates, " or "))
	}
	pass, _, isRule := strings.Cut(name, "/")
	if isRule && slices.Contains(Passes(), pass) {
		all, _ := Lookup(pass)
		return nil, fmt.Errorf("pass %s has no rule %q: it has %s", pass, name, ids(all))
	}
	return nil, fmt.Errorf("no rule or pass is called %q: the passes are %s", name, strings.Join(Passes(), ", "))
}

// ids lists the ids of rules.
func ids(list []Rule) string {
	var names []string
	for _, r := range list {
		names = append(names, r.ID)
	}
	return strings.Join(names, ", ")
}
