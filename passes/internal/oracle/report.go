package oracle

import (
	"fmt"
	"strings"

	"github.com/connvet/connvet/passes/internal/oracle/rt"
)

// String is the program of the disagreement with what both sides say.
func (d *Disagreement) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "// %s: %s", d.Pass, d.Fault)
	if d.Kind != "" {
		fmt.Fprintf(&b, " (%s)", d.Kind)
	}
	src, skipped := body(d.Program)
	fmt.Fprintf(&b, ", line %d. Seed %d.\n", d.Site-skipped, d.Program.Seed)
	tell(&b, d.Truth, d.Findings, skipped)
	fmt.Fprintf(&b, "// Lines count from the package clause; messages have %d more.\n\n%s", skipped, src)
	if d.Fixed != nil {
		b.WriteString("\n// With the fix:\n")
		if d.After != nil {
			tell(&b, d.After.Truth, d.After.Findings, skipped)
		}
		src, _ := body(d.Fixed)
		b.WriteString("\n" + src)
	}
	return b.String()
}

// tell says what execution and the analyzers found.
func tell(b *strings.Builder, truth rt.Result, findings []Finding, skipped int) {
	for _, l := range truth.Leaks {
		fmt.Fprintf(b, "// execution: %s of line %v leaks at exit %v", l.Kind, less(l.Sites, skipped), less(l.Exits, skipped))
		if len(l.Lost) > 0 {
			fmt.Fprintf(b, ", lost at %v", less(l.Lost, skipped))
		}
		if l.Maybe {
			b.WriteString(" (a matter of opinion)")
		}
		if l.Hangs {
			b.WriteString(" (Conn.Close waits for it)")
		}
		b.WriteByte('\n')
	}
	switch {
	case truth.Dropped != "":
		fmt.Fprintf(b, "// execution: %s\n", truth.Dropped)
	case len(truth.Leaks) == 0:
		b.WriteString("// execution: nothing leaks\n")
	}
	for _, n := range truth.Deferred {
		fmt.Fprintf(b, "// execution: the defer of line %d piles up\n", n-skipped)
	}
	for _, f := range findings {
		fmt.Fprintf(b, "// %s: line %d", f.Pass, f.Site-skipped)
		if f.Exit > 0 {
			fmt.Fprintf(b, ", exit %d", f.Exit-skipped)
		}
		fmt.Fprintf(b, ": %s\n", f.Message)
	}
	if len(findings) == 0 {
		b.WriteString("// analyzer: silent\n")
	}
}

// body is the source without the import block that all programs share, and by
// how many lines it is shorter.
func body(p *Program) (src string, skipped int) {
	src = strings.ReplaceAll(p.Source(0), "_"+number(0), "")
	skip := strings.Count(header, "\n")
	for range skip {
		_, src, _ = strings.Cut(src, "\n")
	}
	return "package gen\n" + src, skip - 1
}

func less(ns []int, by int) []int {
	var out []int
	for _, n := range ns {
		out = append(out, n-by)
	}
	return out
}
