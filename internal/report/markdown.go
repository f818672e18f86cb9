package report

import (
	"cmp"
	"fmt"
	"io"
	"strings"
)

// What fits into a comment on GitHub, which takes 65,536 characters. Of a list
// below the findings at least one item is shown, and of the findings, too: no
// character becomes longer than "<span>$</span>".
const (
	markdownLimit = 65000 // bytes
	markdownBelow = 12000 // bytes, of a list below the findings
	markdownSteps = 50    // of a path
	markdownText  = 800   // characters
	markdownName  = 200   // characters
	markdownURL   = 500   // bytes
)

// writeMarkdown writes a report for a comment on a pull request or a job
// summary. Its findings are a list, because messages are too long for a table.
func writeMarkdown(w io.Writer, r *Report, o Options) error {
	var items []markdownItem
	for _, i := range bySeverity(r.Findings) {
		f := r.Findings[i]
		items = append(items, markdownItem{markdownFinding(f, r.url(f)), markdownPath(f.Path)})
	}
	head := "### " + markdown(o.tool()+": "+headline(r)) + "\n"
	below := notComplete(r)
	_, err := io.WriteString(w, head+markdownList("finding", items, markdownLimit-len(head)-len(below))+below)
	return err
}

// headline says the outcome in one line.
func headline(r *Report) string {
	switch {
	case r.Headline != "":
		return r.Headline
	case len(r.Findings) > 0:
		return Summary(r)
	case len(r.Failures)+len(r.NotAnalysed) > 0:
		return "no findings, but the analysis is not complete"
	}
	return "no findings"
}

// notComplete returns what was not analysed and why.
func notComplete(r *Report) string {
	var items []markdownItem
	for _, f := range r.Failures {
		items = append(items, markdownItem{text: "- " + markdown(f) + "\n"})
	}
	for _, n := range r.NotAnalysed {
		items = append(items, markdownItem{text: "- not analysed: " + markdown(n.String()) + "\n"})
	}
	out := ""
	if len(items) > 0 {
		out = "\n**Not complete:**\n" + markdownList("reason", items, markdownBelow)
	}
	if s := tooLarge(r.Notes); s != "" {
		out += "\n" + markdown(s) + "\n"
	}
	return out
}

// A markdownItem is an item of a list, and details that may be left out.
type markdownItem struct{ text, details string }

// markdownList returns a list of as many items as fit into limit bytes. Details
// have what room is left.
func markdownList(noun string, items []markdownItem, limit int) string {
	if len(items) == 0 {
		return ""
	}
	room := limit - len("\n\n999999999 more "+noun+"s not shown\n")
	shown := 0
	for shown < len(items) && len(items[shown].text) <= room {
		room -= len(items[shown].text)
		shown++
	}
	var b strings.Builder
	b.WriteByte('\n')
	for _, item := range items[:shown] {
		b.WriteString(item.text)
		if len(item.details) <= room {
			b.WriteString(item.details)
			room -= len(item.details)
		}
	}
	if left := len(items) - shown; left > 0 {
		fmt.Fprintf(&b, "\n%s not shown\n", Count(left, "more "+noun))
	}
	return b.String()
}

// markdownFinding returns the list item of a finding, without its path.
func markdownFinding(f Finding, url string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "- **%s**", f.Level.known())
	if place := markdownPlace(f.Location); place != "" {
		b.WriteString(" " + place)
	}
	b.WriteString(" " + markdown(f.Message))
	rule := markdownCode(clip(f.Rule, markdownName))
	if isWebURL(url) && len(url) <= markdownURL {
		rule = "[" + rule + "](" + url + ")"
	}
	if f.Rule != "" {
		b.WriteString(" (" + rule + ")")
	}
	switch {
	case f.Advice != "":
		b.WriteString("<br>" + markdown(f.Advice))
	case len(f.Fixes) > 0 && f.Fixes[0].Message != "":
		b.WriteString("<br>fix: " + markdown(f.Fixes[0].Message))
	}
	return b.String() + "\n"
}

// markdownPath returns a witness path, folded up, as part of a list item.
func markdownPath(path []Step) string {
	if len(path) == 0 {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "  <details><summary>path of %s</summary>\n\n", Count(len(path), "step"))
	if left := len(path) - markdownSteps; left > 0 {
		fmt.Fprintf(&b, "  %s not shown\n\n", Count(left, "earlier step"))
		path = path[left:]
	}
	for i, s := range path {
		fmt.Fprintf(&b, "  %d. %s %s\n", i+1, cmp.Or(markdownPlace(s.Location), "(elsewhere)"), markdown(s.Message))
	}
	b.WriteString("\n  </details>\n")
	return b.String()
}

// markdownPlace returns a place as file:line in code, or "" if there is none.
func markdownPlace(l Location) string {
	switch {
	case l.File == "":
		return ""
	case l.Start.Line == 0:
		return markdownCode(clip(l.File, markdownName))
	}
	return markdownCode(fmt.Sprintf("%s:%d", clip(l.File, markdownName), l.Start.Line))
}

// markdown returns a text that is not too long as Markdown.
func markdown(s string) string { return markdownEscape(clip(s, markdownText)) }
