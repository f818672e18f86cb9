package oracle

import (
	"fmt"
	"strings"
)

// String is the program of the disagreement with what both sides say.
func (d *Disagreement) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "// %s: %s", d.Pass, d.Fault)
	if d.Kind != "" {
		fmt.Fprintf(&b, " (%s)", d.Kind)
	}
	src, offset := d.body()
	fmt.Fprintf(&b, ", line %d. Seed %d.\n", d.Site-offset, d.Program.Seed)
	for _, l := range d.Truth.Leaks {
		fmt.Fprintf(&b, "// execution: %s of line %v leaks at exit %v", l.Kind, lines(l.Sites, offset), lines(l.Exits, offset))
		if len(l.Lost) > 0 {
			fmt.Fprintf(&b, ", lost at %v", lines(l.Lost, offset))
		}
		if l.Maybe {
			b.WriteString(" (a matter of opinion)")
		}
		b.WriteByte('\n')
	}
	if len(d.Truth.Leaks) == 0 {
		b.WriteString("// execution: nothing leaks\n")
	}
	for _, n := range d.Truth.Deferred {
		fmt.Fprintf(&b, "// execution: the defer of line %d piles up\n", n-offset)
	}
	for _, f := range d.Findings {
		fmt.Fprintf(&b, "// %s: line %d, exit %d: %s\n", f.Pass, f.Site-offset, f.Exit-offset, f.Message)
	}
	if len(d.Findings) == 0 {
		b.WriteString("// analyzer: silent\n")
	}
	fmt.Fprintf(&b, "// Lines count from the package clause; messages have %d more.\n\n", offset)
	b.WriteString(src)
	return b.String()
}

// body is the source without the import block that all programs share, and by
// how many lines it is shorter.
func (d *Disagreement) body() (src string, offset int) {
	src = d.Program.Source(0)
	skip := strings.Count(header, "\n")
	for range skip {
		_, src, _ = strings.Cut(src, "\n")
	}
	return "package gen\n" + src, skip - 1
}

func lines(ns []int, offset int) []int {
	var out []int
	for _, n := range ns {
		out = append(out, n-offset)
	}
	return out
}
