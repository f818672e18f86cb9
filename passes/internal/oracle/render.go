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
	Edits []Edit   // of the plain form, which are made in both
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

// render prints the program and names the node of each line. With Edits that
// do not fit the executed form it prints the program without them.
func (p *Program) render(f form, id int) (string, []*Node) {
	w := &writer{form: f, id: number(id), lines: []*Node{nil}, shift: [][]int{nil}, text: []string{""}}
	for line := range strings.Lines(header) {
		w.line(nil, 0, strings.TrimRight(line, "\n"))
	}
	w.nodes(p.Decls, 0)
	w.edit(p.Edits)
	if f == executed {
		call := fmt.Sprintf("func init() { rt.Register(rt.Program{ID: %d, Busy: %t, Errs: %t, Rows: %d, Sets: %d, Ctx: %t, Run: func(in *rt.In) { %s }}) }",
			id, p.mentions("ErrBusy") || p.mentions("BusyError"), p.mentions(".Err()"), p.rows(), p.sets(), p.mentions("cancel"), p.entry())
		w.line(nil, 0, call)
	}
	return w.source(), w.lines
}

// number prints the number of a program so that columns do not depend on it.
func number(id int) string { return fmt.Sprintf("%04d", id) }

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
	return 1 + max(1, strings.Count(p.Source(0), ".Next()"))
}

// sets bounds the further results of a procedure likewise.
func (p *Program) sets() int {
	return 1 + strings.Count(p.Source(0), ".NextResultSet()")
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
	text  []string // by line number
	lines []*Node  // likewise
	shift [][]int  // likewise: the offset in the text of an offset in the plain form
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
		part, shift := w.choose(strings.Repeat("\t", depth) + part)
		w.text = append(w.text, part)
		w.shift = append(w.shift, shift)
		w.lines = append(w.lines, n)
	}
}

// within marks an offset inside what only the plain form has.
const within = -1

// choose resolves the ⟦a|b⟧ of one line. What was inserted before an offset is
// before it in the other form too.
func (w *writer) choose(s string) (string, []int) {
	var out strings.Builder
	shift := []int{0}
	for {
		before, rest, found := strings.Cut(s, "⟦")
		for i := range len(before) {
			out.WriteByte(before[i])
			shift = append(shift, out.Len())
		}
		if !found {
			return out.String(), shift
		}
		both, after, _ := strings.Cut(rest, "⟧")
		a, b, _ := strings.Cut(both, "|")
		for range len(a) {
			shift = append(shift, within)
		}
		if w.form == executed {
			out.WriteString(b)
		} else {
			out.WriteString(a)
		}
		shift[len(shift)-1] = out.Len()
		s = after
	}
}
