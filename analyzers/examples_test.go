package analyzers

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/connvet/connvet/passes"
)

// A finding is what a pass reports in an example.
type finding struct {
	line    int // of the example, from 1
	rule    string
	message string
}

// analyse runs all passes over packages. It returns what they report, by the
// packages' names in the map.
func analyse(t *testing.T, loaded map[string]*packages.Package) map[string][]finding {
	t.Helper()
	graph, err := checker.Analyze(All(), slices.Collect(maps.Values(loaded)), nil)
	if err != nil {
		t.Fatal(err)
	}
	names := make(map[*packages.Package]string)
	for name, p := range loaded {
		names[p] = name
	}
	rule := regexp.MustCompile(` \[([a-z/]+)\]$`)
	found := make(map[string][]finding)
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Fatal(act.Err)
		}
		for _, d := range act.Diagnostics {
			f := finding{line: act.Package.Fset.Position(d.Pos).Line - 1, rule: act.Analyzer.Name + "/" + d.Category, message: d.Message}
			if m := rule.FindStringSubmatch(d.Message); m != nil {
				f.rule = m[1]
			}
			name := names[act.Package]
			found[name] = append(found[name], f)
		}
	}
	return found
}

// analyseAll is analyse with all rules that are off by default turned on. Of these
// it returns only what the examples of their own pages have.
func analyseAll(t *testing.T, loaded map[string]*packages.Package, examples []example) map[string][]finding {
	t.Helper()
	off := make(map[string]bool)
	for _, r := range Rules() {
		if _, set := flagOf(r); set != nil {
			off[r.ID] = true
			turnOn(t, set)
			defer set("false")
		}
	}
	found := analyse(t, loaded)
	for _, e := range examples {
		found[e.name] = slices.DeleteFunc(found[e.name], func(f finding) bool { return off[f.rule] && f.rule != e.rule.ID })
	}
	return found
}

func turnOn(t *testing.T, set func(string) error) {
	t.Helper()
	if err := set("true"); err != nil {
		t.Fatal(err)
	}
}

// only returns the packages of some examples.
func only(loaded map[string]*packages.Package, examples []example) map[string]*packages.Package {
	some := make(map[string]*packages.Package)
	for _, e := range examples {
		some[e.name] = loaded[e.name]
	}
	return some
}

// TestExamples analyses the examples of all pages.
func TestExamples(t *testing.T) {
	var examples []example
	for _, r := range Rules() {
		if r.ID != "connvet/models" {
			examples = append(examples, examplesOf(t, r)...)
		}
	}
	limits := limitsExamples(t)
	loaded := load(t, slices.Concat(examples, limits))
	found := analyse(t, loaded)
	t.Run("rules", func(t *testing.T) { testRules(t, examples, loaded, found) })
	t.Run("limits", func(t *testing.T) { testLimits(t, limits, loaded, found) })
}

// Each example of a rule's page has one finding, of that rule, and a fix has none,
// with the rule's flag or without. The page's ignore comment silences the finding.
// What poolinventory/pool reports are no mistakes, so that its fix has a record,
// too.
func testRules(t *testing.T, examples []example, loaded map[string]*packages.Package, found map[string][]finding) {
	var off, ignored []example
	for _, e := range examples {
		if flag, _ := flagOf(e.rule); flag != "" {
			off = append(off, e)
			if len(found[e.name]) > 0 {
				t.Errorf("%s: findings without %s: %v", e.name, flag, found[e.name])
			}
		}
	}
	found = maps.Clone(found)
	maps.Copy(found, analyseAll(t, only(loaded, off), off))
	for _, e := range examples {
		list := found[e.name]
		if e.fix && e.rule.ID != recordRule {
			if len(list) > 0 {
				t.Errorf("%s: the fix has findings: %v", e.name, list)
			}
			continue
		}
		if len(list) != 1 || list[0].rule != e.rule.ID {
			t.Errorf("%s: the findings are %v, want one of %s", e.name, list, e.rule.ID)
		} else if suppressible(e.rule) {
			e.code = ignore(e, list[0].line)
			ignored = append(ignored, e)
		}
	}
	for name, list := range analyseAll(t, load(t, ignored), ignored) {
		if len(list) > 0 {
			t.Errorf("%s: with the ignore comment of the page there is %v", name, list)
		}
	}
}

// ignore puts the ignore comment that a page shows above a line of an example.
func ignore(e example, line int) string {
	comment, _, _ := strings.Cut(blocksOf(e.rule.Doc, sectionSuppress)[0].text, "\n")
	return strings.Join(slices.Insert(strings.SplitAfter(e.code, "\n"), line-1, comment+"\n"), "")
}

func limitsExamples(t *testing.T) []example {
	_, _, blocks := parsePage(Limits())
	var list []example
	for _, b := range blocks {
		name := fmt.Sprintf("limits.md:%d", b.line)
		list = append(list, example{name: name, code: gofmted(t, name, b.text)})
	}
	return list
}

// The marks of lines that have findings, on the page of limits. Words of the
// message may follow.
var (
	reported       = regexp.MustCompile(`// reported(?:: (.*))?$`)
	reportedStrict = regexp.MustCompile(`// reported with -strict()$`)
)

// The page of limits is right about what is reported.
func testLimits(t *testing.T, examples []example, loaded map[string]*packages.Package, found map[string][]finding) {
	var strict []example
	for _, e := range examples {
		checkMarks(t, e, reported, found[e.name])
		if len(marked(e, reportedStrict)) > 0 {
			strict = append(strict, e)
		}
	}
	_, set := setting(configPass, "strict")
	turnOn(t, set)
	defer set("false")
	found = analyse(t, only(loaded, strict))
	for _, e := range strict {
		checkMarks(t, e, reportedStrict, found[e.name])
	}
}

// checkMarks compares the findings of an example with the marks in it.
func checkMarks(t *testing.T, e example, mark *regexp.Regexp, found []finding) {
	t.Helper()
	want := marked(e, mark)
	for _, f := range found {
		words, ok := want[f.line]
		if !ok || !strings.Contains(f.message, words) {
			t.Errorf("%s: line %d: %s: want %q", e.name, f.line, f.message, words)
		}
		delete(want, f.line)
	}
	for line := range want {
		t.Errorf("%s: line %d is not reported", e.name, line)
	}
}

// marked returns the lines of an example that have a mark, with the words in it.
func marked(e example, mark *regexp.Regexp) map[int]string {
	lines := make(map[int]string)
	for i, line := range strings.Split(e.code, "\n") {
		if m := mark.FindStringSubmatch(line); m != nil {
			lines[i+1] = m[1]
		}
	}
	return lines
}

// TestModelsExamples: connvet/models has no Go, but a file that cannot be read and
// one that can.
func TestModelsExamples(t *testing.T) {
	rules, err := Lookup("connvet/models")
	if err != nil {
		t.Fatal(err)
	}
	for _, section := range []string{sectionLeak, sectionFix} {
		blocks := blocksOf(rules[0].Doc, section)
		if len(blocks) != 1 {
			t.Fatalf("%d files under %q, want one", len(blocks), section)
		}
		err := passes.CheckModels("models", []byte(blocks[0].text))
		if (err != nil) != (section == sectionLeak) {
			t.Errorf("the file under %q: %v", section, err)
		}
	}
}
