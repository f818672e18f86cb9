package diag

import (
	"fmt"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// suppressed reports whether an ignore comment silences the rule at pos, and
// marks the comment as used.
func (r *Reporter) suppressed(src *source, pos token.Pos, rule string) bool {
	if len(r.ignores) == 0 {
		return false
	}
	first, last := src.line(pos), src.line(pos)
	path := src.pathAt(pos)
	if stmt := innermostStmt(path); stmt != nil {
		first, last = src.line(stmt.Pos()), src.line(stmt.End())
	}
	found := false
	for _, g := range r.ignores {
		if g.bad != "" || g.src != src || !g.holds(first, last) {
			continue
		}
		for i, name := range g.rule {
			if covers(name, rule) {
				g.used[i], found = true, true
			}
		}
	}
	return found
}

// Finish reports the ignore comments that do not work: those that are
// malformed, and those of this pass that had nothing to suppress. It comes
// last.
func (r *Reporter) Finish() {
	for _, g := range r.ignores {
		if !r.settings.Generated && g.src.generated() {
			continue
		}
		if g.bad != "" {
			if g.owner() == r.pass.Analyzer.Name {
				r.reportIgnore(g, g.bad)
			}
			continue
		}
		for i, name := range g.rule {
			if passOf(name) == r.pass.Analyzer.Name && !g.used[i] && !r.off(name) {
				r.reportIgnore(g, fmt.Sprintf("the ignore comment for %s matches nothing", name))
			}
		}
	}
}

// off reports whether a rule of the pass was not looked for: it is off by
// default, and nobody has set its flag.
func (r *Reporter) off(rule string) bool {
	_, category, _ := strings.Cut(rule, "/")
	f := r.pass.Analyzer.Flags.Lookup(category)
	return f != nil && f.Value.String() == "false"
}

func (r *Reporter) reportIgnore(g *ignore, text string) {
	const rule = "connvet/ignore"
	r.pass.Report(analysis.Diagnostic{
		Pos:      g.pos,
		End:      g.end,
		Category: "ignore",
		Message:  text + " [" + rule + "]",
		URL:      PageOf(rule),
	})
}
