package oracle

import (
	"fmt"
	"strconv"
	"strings"
)

// A Program is one generated program: what is declared in its file, and how it
// is called.
type Program struct {
	Seed  int64
	Decls []*Node
	Roots []string // calls of its functions, in the executed form; the judged one is first
	Tags  []string // the productions that made it
}

// form is one of the two ways to print a program.
type form int

const (
	plain    form = iota // what the analyzer reads
	executed             // with calls into package rt
)

// Imports that every generated file has; each is used by header.
const header = `package gen

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"iter"
	⟦"time"|"oracle.test/rt"⟧
)

var (
	_ = context.Background
	_ = errors.Is
	_ = fmt.Errorf
	_ sql.NullString
	_ io.Closer
	_ iter.Seq[int]
	_ ⟦time.Time|rt.In⟧
)
`

// Source prints the program as its file number id.
func (p *Program) Source(id int) string {
	src, _ := p.render(plain, id)
	return src
}

// render prints the program and names the node of each line.
func (p *Program) render(f form, id int) (string, []*Node) {
	w := &writer{form: f, id: strconv.Itoa(id), lines: []*Node{nil}}
	for line := range strings.Lines(header) {
		w.line(nil, 0, strings.TrimRight(line, "\n"))
	}
	w.nodes(p.Decls, 0)
	if f == executed {
		call := fmt.Sprintf("func init() { rt.Register(rt.Program{ID: %d, Busy: %t, Errs: %t, Rows: %d, Ctx: %t, Run: func(in *rt.In) { %s }}) }",
			id, p.mentions("ErrBusy") || p.mentions("BusyError"), p.mentions(".Err()"), p.rows(), p.mentions("cancel"), p.entry())
		w.line(nil, 0, call)
	}
	return w.buf.String(), w.lines
}

// entry calls one of the functions. Helpers are called by themselves too: the
// analyzer judges them whether or not a call of them can be reached.
func (p *Program) entry() string {
	var b strings.Builder
	n := 0
	for i, call := range p.Roots {
		name, _, _ := strings.Cut(call, "(")
		if i > 0 && !p.mentions("func "+name+"(") {
			continue // the shrinker has deleted it
		}
		fmt.Fprintf(&b, " case %d: %s;", n, call)
		n++
	}
	return fmt.Sprintf("switch in.Root(%d) {%s }", n, &b)
}

// rows bounds the result sets: two rows take a loop round twice, but not where
// something else has taken one before.
func (p *Program) rows() int {
	if strings.Count(p.Source(0), ".Next()") > 1 {
		return 3
	}
	return 2
}

func (p *Program) mentions(s string) bool { return mentions(p.Decls, s) }

func mentions(nodes []*Node, s string) bool {
	for _, n := range nodes {
		if strings.Contains(n.Text, s) || strings.Contains(n.Tail, s) {
			return true
		}
		for _, b := range n.Blocks {
			if strings.Contains(b.Head, s) || mentions(b.Body, s) {
				return true
			}
		}
	}
	return false
}

type writer struct {
	form  form
	id    string
	buf   strings.Builder
	lines []*Node // by line number
}

func (w *writer) nodes(nodes []*Node, depth int) {
	for _, n := range nodes {
		if len(n.Blocks) == 0 {
			w.line(n, depth, n.Text)
			continue
		}
		for _, b := range n.Blocks {
			w.line(n, depth, b.Head)
			w.nodes(b.Body, depth+1)
		}
		w.line(n, depth, n.Tail)
	}
}

func (w *writer) line(n *Node, depth int, text string) {
	for part := range strings.SplitSeq(text, "\n") {
		part = strings.ReplaceAll(part, "¶", strconv.Itoa(len(w.lines)))
		part = strings.ReplaceAll(part, "§", w.id)
		w.buf.WriteString(strings.Repeat("\t", depth))
		w.buf.WriteString(w.choose(part))
		w.buf.WriteByte('\n')
		w.lines = append(w.lines, n)
	}
}

// choose resolves the ⟦a|b⟧ of one line.
func (w *writer) choose(s string) string {
	for {
		before, rest, found := strings.Cut(s, "⟦")
		if !found {
			return s
		}
		both, after, _ := strings.Cut(rest, "⟧")
		a, b, _ := strings.Cut(both, "|")
		if w.form == executed {
			a = b
		}
		s = before + a + after
	}
}
