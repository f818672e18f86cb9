package analyzers

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// The sections of a rule's page, in their order. Before them it has one
// sentence that says what is reported.
const (
	sectionLeak     = "Example"
	sectionFix      = "How to fix it"
	sectionServer   = "Why it matters on the server"
	sectionSilence  = "What is not reported"
	sectionSuppress = "How to suppress it"
)

// A block is indented text of a page: an example, if its section has examples.
type block struct {
	section string
	line    int    // of the page, of its first line
	text    string // without the indentation
}

// parsePage returns what is before the sections of a page, their headings and
// the blocks in them.
func parsePage(doc string) (intro string, sections []string, blocks []block) {
	open := false // the last line was part of a block, or blank after one
	for i, line := range strings.Split(strings.TrimSuffix(doc, "\n"), "\n") {
		code, indented := strings.CutPrefix(line, "    ")
		switch heading, ok := strings.CutPrefix(line, "## "); {
		case ok:
			sections = append(sections, heading)
			open = false
		case len(sections) == 0:
			intro += line + "\n"
		case indented && !open:
			blocks = append(blocks, block{section: sections[len(sections)-1], line: i + 1, text: code + "\n"})
			open = true
		case indented || open && line == "":
			blocks[len(blocks)-1].text += code + "\n"
		default:
			open = false
		}
	}
	for i := range blocks {
		blocks[i].text = strings.TrimRight(blocks[i].text, "\n") + "\n"
	}
	return intro, sections, blocks
}

// blocksOf returns the blocks of one section.
func blocksOf(doc, section string) []block {
	_, _, all := parsePage(doc)
	return slices.DeleteFunc(all, func(b block) bool { return b.section != section })
}

// flagOf returns the flag that turns on a rule which is off by default, nil for
// any other.
func flagOf(r Rule) (name string, set func(on string) error) {
	if r.ID == recordRule {
		return setting("poolinventory", "emit")
	}
	if r.Pass() == configPass {
		return "", nil
	}
	return setting(r.Pass(), r.category())
}

// setting returns a flag of a pass.
func setting(pass, flag string) (name string, set func(on string) error) {
	i := slices.IndexFunc(All(), func(a *analysis.Analyzer) bool { return a.Name == pass })
	if f := All()[i].Flags.Lookup(flag); f != nil {
		return "-" + pass + "." + flag, f.Value.Set
	}
	return "", nil
}

// recordRule is the rule that reports no mistakes.
const recordRule = "poolinventory/pool"

// suppressible reports whether an ignore comment can silence a rule.
func suppressible(r Rule) bool { return r.Pass() != configPass && r.ID != recordRule }

// All pages have the same shape, and fit a terminal.
func TestPageShape(t *testing.T) {
	want := []string{sectionLeak, sectionFix, sectionServer, sectionSilence, sectionSuppress}
	for _, r := range Rules() {
		intro, sections, blocks := parsePage(r.Doc)
		if !slices.Equal(sections, want) {
			t.Errorf("%s: the sections are %q, want %q", r.ID, sections, want)
		}
		paragraphs := strings.Split(strings.TrimSpace(intro), "\n\n")
		if len(paragraphs) < 2 || !regexp.MustCompile(`^[^.]+(\.[^ \n][^.]*)*\.$`).MatchString(paragraphs[1]) {
			t.Errorf("%s: no summary of one sentence: %q", r.ID, paragraphs[1:])
		}
		off, _ := flagOf(r)
		says := strings.Contains(intro, "\nThe rule is off by default; `"+off+"` turns it on.\n")
		if wants := off != "" && r.ID != recordRule; says != wants || len(paragraphs) > 2 != wants {
			t.Errorf("%s: whether it is off by default is not said after the summary: flag %q, %q", r.ID, off, paragraphs[1:])
		}
		for i, line := range strings.Split(r.Doc, "\n") {
			if len(line) > 79 && i > 0 {
				t.Errorf("%s: line %d has more than 79 columns", r.ID, i+1)
			}
		}
		if suppressible(r) && !slices.ContainsFunc(blocks, func(b block) bool {
			return b.section == sectionSuppress && strings.HasPrefix(b.text, "//connvet:ignore "+r.ID+" ")
		}) {
			t.Errorf("%s: no ignore comment under %q", r.ID, sectionSuppress)
		}
		if suppressible(r) && !strings.Contains(r.Doc, "`//nolint:connvet // why`") {
			t.Errorf("%s: nothing is said of golangci-lint", r.ID)
		}
	}
}
