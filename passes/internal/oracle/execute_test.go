package oracle

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// instrument makes a program of plain source. A return that hands resources to
// its caller says so: return rows, nil // gives rows.
func instrument(src string) *Program {
	p := &Program{Roots: []string{"judged_§(in, in.DB())"}}
	void, loop := false, 0
	for i, line := range strings.Split(strings.TrimSpace(src), "\n") {
		code := strings.TrimSpace(line)
		word, _, _ := strings.Cut(code, " ")
		gives := ""
		code, gives, _ = strings.Cut(code, " // gives ")
		switch {
		case word == "func":
			code += "⟦| fr := rt.Enter(); defer fr.Leave()⟧"
			void = strings.HasSuffix(line, ") {") && strings.Count(line, ")") == 1
		case word == "return" && gives != "":
			code = exitWith(gives) + code
		case word == "return":
			code = exitWith() + code
		case word == "for":
			loop = i
			code = fmt.Sprintf("⟦|fr.Loop(%d); ⟧%s⟦| fr.Iter(¶, %d)⟧", i, code, i)
		case word == "defer" && strings.HasPrefix(line, "\t\t"):
			_, v, _ := strings.Cut(code, " ")
			v, _, _ = strings.Cut(v, ".")
			code = fmt.Sprintf("⟦|fr.Defer(¶, %s, %d); ⟧%s", v, loop, code)
		case line == "}" && void:
			code = exitWith() + code
		case !strings.HasPrefix(word, "}") && word != "var" && word != "type" && word != "case":
			code = at + code
		}
		p.Decls = append(p.Decls, raw(code))
	}
	return p
}

// TestExecute: what runs say about them.
func TestExecute(t *testing.T) {
	e, err := newExecutor(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var programs []*Program
	for _, tt := range executeTests {
		programs = append(programs, instrument(tt.src))
	}
	results, err := e.run(t.Context(), programs)
	if err != nil {
		t.Fatal(err)
	}
	for i, tt := range executeTests {
		var got []string
		for _, l := range results[i].Leaks {
			if l.Maybe {
				continue
			}
			got = append(got, describe(l.Kind, l.Sites[0], l.Exits, l.Hangs))
		}
		for _, n := range results[i].Deferred {
			got = append(got, fmt.Sprintf("defer %d", n-offset()))
		}
		slices.SortFunc(got, func(a, b string) int { return strings.Compare(lineOf(a), lineOf(b)) })
		if s := strings.Join(got, "; "); s != tt.want || results[i].Dropped != "" {
			t.Errorf("%s: %q, want %q (%d runs) %s", tt.name, s, tt.want, results[i].Runs, results[i].Dropped)
		}
	}
}

func offset() int { return strings.Count(header, "\n") }

func lineOf(s string) string {
	_, s, _ = strings.Cut(s, " ")
	return s
}

func describe(kind string, site int, exits []int, hangs bool) string {
	s := fmt.Sprintf("%s %d: exits", kind, site-offset())
	for _, x := range exits {
		s += fmt.Sprintf(" %d", x-offset())
	}
	if hangs {
		s += " hangs"
	}
	return s
}
