package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/connvet/connvet/poolcheck"
)

// writeText writes reports for people: the outcome first, then what is behind
// it, the most severe first, and at the end in a few lines what is well and what
// was not asked.
func writeText(w io.Writer, reports []*poolcheck.Report, o options) error {
	t := &textWriter{color: o.color}
	for i, r := range reports {
		if i > 0 {
			t.line("")
		}
		t.report(r)
	}
	_, err := w.Write(t.out.Bytes())
	return err
}

// A textWriter builds the text of reports.
type textWriter struct {
	color bool
	out   bytes.Buffer
}

// line adds a formatted line. What comes from servers and files cannot steer a
// terminal.
func (t *textWriter) line(format string, args ...any) {
	fmt.Fprintf(&t.out, format+"\n", args...)
}

// styles of terminal output, as parameters of the escape sequence SGR.
var styles = map[poolcheck.Status]string{
	poolcheck.Error: "1;31", poolcheck.Warn: "1;33", poolcheck.Unknown: "35", poolcheck.Info: "36", poolcheck.Pass: "32",
}

const (
	styleBold = "1"
	styleDim  = "2"
)

// style returns s in a style, if colour is on.
func (t *textWriter) style(code, s string) string {
	if !t.color {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// printable replaces what could steer a terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsGraphic(r) {
			return r
		}
		return '\u00b7' // a middle dot
	}, s)
}

// report writes one report.
func (t *textWriter) report(r *poolcheck.Report) {
	t.line("%s", t.style(styleBold, printable(prefix(r)+r.Summary)))
	t.line("%s", t.style(styleDim, printable(subject(r))))
	t.demand(&r.Demand)
	var notes []poolcheck.Verdict
	var hidden grants
	for _, v := range r.Verdicts {
		switch {
		case v.Status == poolcheck.Pass || v.Needs != "":
		case v.Status == poolcheck.Info:
			notes = append(notes, v)
		case v.Status == poolcheck.Unknown && strings.HasPrefix(v.Paste, "GRANT "):
			hidden.add(&v)
		default:
			t.line("")
			t.verdict(&v)
		}
	}
	t.hidden(hidden)
	if notes != nil {
		t.line("")
	}
	for _, v := range notes {
		t.verdict(&v)
	}
	t.rest(r)
}

// subject says what was checked.
func subject(r *poolcheck.Report) string {
	switch {
	case r.Assumed != "":
		return "assumed " + r.Assumed + ": " + r.Basis
	case r.Version == "":
		return "the server could not be read"
	}
	return r.Flavour + " " + r.Version
}

// columns of the table of services.
var demandColumns = []string{"SERVICE", "INSTANCES", "PER PROCESS", "STEADY", "PEAK"}

// demand writes the sum as a table.
func (t *textWriter) demand(d *poolcheck.Demand) {
	rows := [][]string{demandColumns}
	for _, s := range d.Services {
		instances := fmt.Sprint(s.Instances)
		if s.PeakInstances > s.Instances {
			instances += fmt.Sprintf(" to %d", s.PeakInstances)
		}
		rows = append(rows, []string{s.Name, instances, s.PerProcess.String(), s.Steady.String(), s.Peak.String()})
	}
	if n, ok := d.Overhead.Int(); !ok || n > 0 {
		rows = append(rows, []string{"others", "", "", d.Overhead.String(), d.Overhead.String()})
	}
	rows = append(rows, []string{"of " + d.Limit.String(), "", "", d.Steady.String(), d.Peak.String()})
	t.line("")
	t.table(rows)
}

// table writes aligned rows; all columns but the first hold numbers.
func (t *textWriter) table(rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], len([]rune(printable(cell))))
		}
	}
	for n, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			cell = printable(cell)
			pad := strings.Repeat(" ", widths[i]-len([]rune(cell)))
			if i == 0 {
				b.WriteString("  " + cell + pad)
			} else {
				b.WriteString("  " + pad + cell)
			}
		}
		text := strings.TrimRight(b.String(), " ")
		if n == 0 {
			text = t.style(styleDim, text)
		}
		t.line("%s", text)
	}
}

// grants are statements that would make something visible, each with what.
type grants []grant

type grant struct {
	paste string
	what  []string
}

// add adds a verdict that is unknown for want of a privilege.
func (g *grants) add(v *poolcheck.Verdict) {
	i := slices.IndexFunc(*g, func(g grant) bool { return g.paste == v.Paste })
	if i < 0 {
		i = len(*g)
		*g = append(*g, grant{paste: v.Paste})
	}
	what, _, _ := strings.Cut(v.Message, ": ")
	(*g)[i].what = append((*g)[i].what, v.Rule+" ("+what+")")
}

// hidden writes what the account may not see, once for each privilege.
func (t *textWriter) hidden(list grants) {
	for _, g := range list {
		t.line("")
		t.line("%s not visible: %s", t.style(styles[poolcheck.Unknown], fmt.Sprintf("%-7s", poolcheck.Unknown)), printable(strings.Join(g.what, ", ")))
		t.line("            %s", t.style(styleBold, printable(g.paste)))
	}
}

// headline writes the first line of a verdict.
func (t *textWriter) headline(v *poolcheck.Verdict) {
	t.line("%s %s %s", t.style(styles[v.Status], fmt.Sprintf("%-7s", v.Status)), t.style(styleDim, v.Rule+" "+v.Name+":"), printable(v.Message))
}

// verdict writes one verdict.
func (t *textWriter) verdict(v *poolcheck.Verdict) {
	t.headline(v)
	if v.Arithmetic != "" {
		t.line("        %s", printable(v.Arithmetic))
	}
	if v.Advice != "" {
		t.line("        %s %s", t.style(styleDim, "fix:"), printable(v.Advice))
	}
	if v.Paste != "" {
		t.line("            %s", t.style(styleBold, printable(v.Paste)))
	}
}

// rest lists the rules that passed and those that were not asked.
func (t *textWriter) rest(r *poolcheck.Report) {
	worst := make(map[string]poolcheck.Status) // of each rule
	needs := make(map[string]string)
	var order []string
	for _, v := range r.Verdicts { // the most severe come first
		if _, ok := worst[v.Rule]; !ok {
			worst[v.Rule] = v.Status
			order = append(order, v.Rule)
			needs[v.Rule] = v.Needs
		}
	}
	slices.Sort(order)
	var passed, asked []string
	without := make(map[string][]string)
	for _, id := range order {
		switch {
		case worst[id] == poolcheck.Pass:
			passed = append(passed, id)
		case strings.HasPrefix(needs[id], "-"):
			asked = append(asked, id+" ("+needs[id]+")")
		case needs[id] != "":
			without[needs[id]] = append(without[needs[id]], id)
		}
	}
	t.line("")
	t.list(styles[poolcheck.Pass], "passed", passed)
	t.list(styleDim, "not asked", asked)
	for _, what := range slices.Sorted(maps.Keys(without)) {
		t.list(styleDim, "not known without "+what, without[what])
	}
}

// list writes a list in one line, if there is anything in it.
func (t *textWriter) list(style, title string, items []string) {
	if len(items) > 0 {
		t.line("%s %s", t.style(style, title+":"), cmp.Or(strings.Join(items, " "), "-"))
	}
}
