package mutate

import (
	"fmt"
	"go/ast"
	"strings"

	"golang.org/x/tools/go/ast/inspector"
)

// An Op is a way to break the release of a resource.
type Op string

const (
	OpDefer    Op = "defer"    // delete a deferred release
	OpClosure  Op = "closure"  // delete a release inside a closure, deferred or called
	OpExplicit Op = "explicit" // delete a release on one path
	OpReturn   Op = "return"   // return something else than the release's error
	OpLate     Op = "late"     // move a deferred release behind the next error return
	OpRollback Op = "rollback" // delete all Rollbacks of a transaction, keep its Commits
	OpScan     Op = "scan"     // Err instead of Scan
	OpExit     Op = "exit"     // insert a return before the release
)

// Ops lists them in the order of reports.
var Ops = []Op{OpDefer, OpClosure, OpExplicit, OpReturn, OpLate, OpRollback, OpScan, OpExit}

// A Mutant is a site with its release broken.
type Mutant struct {
	Site  *Site
	Op    Op
	Line  int // of the first edit
	Edits []Edit

	// alternative are edits that keep more of what the code uses, for when a
	// variable or import is used nowhere else. They look less natural.
	alternative []Edit

	Dropped  string  // why it cannot be used: it does not compile
	Original Verdict // of the code as it was
	Verdict  Verdict

	Found *Finding // what the tool reports of it, if it does
}

// Leaks reports whether the mutant leaks on the face of its code, where the
// original does not. A mutant whose original seems to leak is of no use: its
// paths are more than can be told by looking.
func (m *Mutant) Leaks() bool {
	return m.Dropped == "" && !m.Original.Leaks && (m.Verdict.Leaks || m.Verdict.Unsure && !m.Original.Unsure)
}

// Why says why the mutant is thought to leak or not to.
func (m *Mutant) Why() string {
	switch {
	case m.Dropped != "":
		return m.Dropped
	case m.Original.Leaks:
		return "cannot tell: the original seems " + m.Original.Why
	case m.Verdict.Unsure && m.Verdict.Why == "":
		return "a deferred closure may release"
	}
	return m.Verdict.Why
}

// Diff returns the lines that the mutant changes.
func (m *Mutant) Diff() string {
	text, err := m.Site.prog.source(m.Site.At.Filename)
	if err != nil {
		return err.Error()
	}
	mutated := newVersion(text, m.Edits)
	var out []string
	for _, e := range m.Edits {
		switch {
		case e.Start == len(text): // a declaration that the mutant needs
		case e.Start == e.End:
			out = append(out, "  "+lineAt(text, e.Start), "+ "+firstLine(e.New))
		default:
			out = append(out, "- "+lineAt(text, e.Start))
			if line := lineAt(mutated.text, mutated.forward(e.End)-len(e.New)); line != "" {
				out = append(out, "+ "+line)
			}
		}
	}
	return strings.Join(out, "\n")
}

// firstLine returns the first line of a text that is not empty.
func firstLine(text string) string {
	line, rest, _ := strings.Cut(strings.TrimSpace(text), "\n")
	if rest != "" {
		line += " ..."
	}
	return line
}

// Mutants returns the mutants of sites, each judged.
func (p *Program) Mutants(sites []*Site) ([]*Mutant, error) {
	var all []*Mutant
	for _, s := range sites {
		lent := s.lent()
		original := s.judge(s.view, s.call, lent)
		seen := make(map[string]bool)
		for _, m := range s.mutants() {
			key := fmt.Sprint(m.Edits)
			if seen[key] {
				continue
			}
			seen[key] = true
			m.Site, m.Original = s, original
			text, err := p.source(s.At.Filename)
			if err != nil {
				return nil, err
			}
			m.Line, _ = lineColumn(text, m.Edits[0].Start)
			err = p.check(m, text, lent)
			if err != nil && m.alternative != nil {
				m.Edits = m.alternative
				err = p.check(m, text, lent)
			}
			if err != nil {
				m.Dropped = strings.TrimPrefix(err.Error(), s.At.Filename+":")
			}
			all = append(all, m)
		}
	}
	return all, nil
}

// check type-checks a mutant and judges it. The error says why it is none. The
// original lends its resource to the calls that are given.
func (p *Program) check(m *Mutant, text []byte, lent []*ast.CallExpr) error {
	s := m.Site
	mutated := newVersion(text, m.Edits)
	v, files, err := p.compile(s.pkg, map[string]*version{s.At.Filename: mutated})
	if err != nil {
		return err
	}
	file := files[s.At.Filename]
	call, ok := p.callEndingAt(v.root, file, mutated.forward(p.offset(s.call.Node().(*ast.CallExpr).Rparen)))
	if !ok {
		return fmt.Errorf("the acquisition is gone")
	}
	var borrowers []*ast.CallExpr
	for _, b := range lent {
		if at, ok := p.callEndingAt(v.root, file, mutated.forward(p.offset(b.Rparen))); ok {
			borrowers = append(borrowers, at.Node().(*ast.CallExpr))
		}
	}
	m.Verdict = s.judge(v, call, borrowers)
	return nil
}

// callEndingAt returns the call whose closing parenthesis is at an offset.
func (p *Program) callEndingAt(root inspector.Cursor, file *ast.File, offset int) (inspector.Cursor, bool) {
	in, ok := root.FindNode(file)
	if !ok {
		return in, false
	}
	for cur := range in.Preorder((*ast.CallExpr)(nil)) {
		if p.offset(cur.Node().(*ast.CallExpr).Rparen) == offset {
			return cur, true
		}
	}
	return in, false
}
