package report

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/connvet/connvet/internal/utf"
)

// A Baseline is findings that are known. They are told by their fingerprints.
// Its file has a line for each, sorted, so that it merges like source:
//
//	fingerprint, rule, package.function, resource, source line
//
// Only the fingerprint decides whether a finding is known. Where a function has
// both known findings and new ones that are alike, the source line tells which
// are which, if it can. The rest is for people.
type Baseline struct {
	// Command is how the findings were asked for. Other findings than these
	// may be missing for the only reason that nobody asked for them.
	Command string

	known []knownFinding
}

// A knownFinding is a line of a baseline.
type knownFinding struct{ print, rule, where, resource, source string }

// baselineHead begins the first line of a baseline's file.
const baselineHead = "# connvet baseline v1: "

// baselineSource is how many bytes of a source line are kept.
const baselineSource = 120

// Add adds the findings of a report.
func (b *Baseline) Add(r *Report) {
	prints := r.Fingerprints()
	for i, f := range r.Findings {
		where := cmp.Or(f.Package, f.Location.File)
		if f.Function != "" {
			where += "." + f.Function
		}
		b.known = append(b.known, knownFinding{prints[i], f.Rule, where, f.Resource, sourceOf(r.Sources, f.Location)})
	}
}

// sourceOf returns the text of the line that a finding is in, with single blanks.
func sourceOf(s *Sources, l Location) string {
	text, _ := s.Line(l.File, l.Start.Line)
	text = strings.Join(strings.Fields(printable(text)), " ")
	if len(text) > baselineSource {
		text = strings.ToValidUTF8(text[:baselineSource], "")
	}
	return text
}

// Write writes a file that ReadBaseline reads.
func (b *Baseline) Write(w io.Writer) error {
	var out bytes.Buffer
	fmt.Fprintf(&out, "%s%s\n", baselineHead, printable(b.Command))
	// Findings that are alike stay in the order of their ordinals.
	slices.SortStableFunc(b.known, func(k, l knownFinding) int {
		return cmp.Or(strings.Compare(k.where, l.where), strings.Compare(k.rule, l.rule), strings.Compare(k.resource, l.resource))
	})
	for _, k := range b.known {
		line := strings.Join([]string{k.print, k.rule, printable(k.where), printable(k.resource), k.source}, "\t")
		fmt.Fprintln(&out, strings.TrimRight(line, "\t"))
	}
	_, err := w.Write(out.Bytes())
	return err
}

// ReadBaseline reads a baseline's file. A merge may leave the same line twice.
func ReadBaseline(data []byte) (*Baseline, error) {
	b := new(Baseline)
	seen := make(map[knownFinding]bool)
	number := 0
	for line := range strings.Lines(string(utf.Decode(data))) {
		number++
		line = strings.TrimRight(line, "\r\n")
		if number == 1 {
			var ok bool
			if b.Command, ok = strings.CutPrefix(line, baselineHead); !ok {
				return nil, errors.New("not a baseline: the first line is another")
			}
			continue
		}
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := append(strings.SplitN(line, "\t", 5), "", "", "", "")
		k := knownFinding{fields[0], fields[1], fields[2], fields[3], fields[4]}
		if !isFingerprint.MatchString(k.print) {
			return nil, fmt.Errorf("line %d does not begin with a fingerprint", number)
		}
		if !seen[k] {
			seen[k] = true
			b.known = append(b.known, k)
		}
	}
	if number == 0 {
		return nil, errors.New("not a baseline: the file is empty")
	}
	return b, nil
}

var isFingerprint = regexp.MustCompile(`^[0-9a-f]{32}$`)

// Filter returns a report without the findings that are known, and the number
// of known findings that the report does not have. Those that are left have
// fingerprints that no known one has.
func (b *Baseline) Filter(r *Report) (fresh *Report, gone int) {
	known := make(map[string][]string) // source lines by fingerprint
	for _, k := range b.known {
		known[k.print] = append(known[k.print], k.source)
	}
	alike := make(map[kind]*knownGroup)
	for i, print := range r.Fingerprints() {
		f := r.Findings[i]
		g := alike[f.kind()]
		if g == nil {
			g = new(knownGroup)
			alike[f.kind()] = g
		}
		g.findings = append(g.findings, i)
		g.sources = append(g.sources, sourceOf(r.Sources, f.Location))
		g.known = append(g.known, known[print]...)
	}
	hide := make(map[int]bool)
	for _, g := range alike {
		g.choose(hide)
	}
	out := *r
	out.Findings = nil
	last := make(map[kind]int) // ordinals
	for i, f := range r.Findings {
		if hide[i] {
			continue
		}
		k := f.kind()
		last[k]++
		for len(known[k.fingerprint(last[k])]) > 0 {
			last[k]++
		}
		f.Ordinal = last[k]
		out.Findings = append(out.Findings, f)
	}
	out.Older += len(hide)
	return &out, len(b.known) - len(hide)
}

// A knownGroup is findings whose fingerprints differ by their ordinals alone.
type knownGroup struct {
	findings []int    // indexes
	sources  []string // and the lines that they are in
	known    []string // the lines of those that are known
}

// choose adds to hide as many findings as are known: first those whose line is,
// and then, because lines change, any.
func (g *knownGroup) choose(hide map[int]bool) {
	left := g.known
	var rest []int
	for i, finding := range g.findings {
		if j := slices.Index(left, g.sources[i]); j >= 0 {
			left = slices.Delete(left, j, j+1)
			hide[finding] = true
		} else {
			rest = append(rest, finding)
		}
	}
	for _, finding := range rest[:min(len(rest), len(left))] {
		hide[finding] = true
	}
}
