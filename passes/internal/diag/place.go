package diag

import (
	"bytes"
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// A place is where whole lines can be put into a file, with the white space
// that they begin with. Places are found only where the text is laid out as
// gofmt does it, a statement to a line, so that it stays that way.
type place struct {
	pos    token.Pos
	indent string
	after  bool   // pos is the end of a line, not the beginning of one
	eol    string // how lines end there
}

// edit inserts lines.
func (p place) edit(lines []string) analysis.TextEdit {
	var b strings.Builder
	for _, l := range lines {
		if p.after {
			b.WriteString(p.eol)
		}
		b.WriteString(p.indent + l)
		if !p.after {
			b.WriteString(p.eol)
		}
	}
	return analysis.TextEdit{Pos: p.pos, End: p.pos, NewText: []byte(b.String())}
}

// behind is the place after a statement.
func (s *source) behind(n ast.Node) (place, bool) {
	p, ok := s.ahead(n.Pos())
	if !ok || s.endsEarly(n) {
		return place{}, false
	}
	return s.lineBelow(n.End(), p.indent)
}

// endsEarly reports whether End of a node is a place in its last token: before
// Go 1.26 carriage returns in raw strings did not count (golang/go#76031).
func (s *source) endsEarly(n ast.Node) bool {
	early := false
	ast.Inspect(n, func(c ast.Node) bool {
		if lit, ok := c.(*ast.BasicLit); ok && lit.Value[0] == '`' {
			quoted := s.bytes()[s.tok.Offset(lit.Pos())+1:]
			end := lit.Pos() + token.Pos(bytes.IndexByte(quoted, '`')+len("``"))
			early = early || end > n.End()
		}
		return !early
	})
	return early
}

// ahead is the place before a statement.
func (s *source) ahead(pos token.Pos) (place, bool) {
	before, ok := s.before(pos)
	if !ok || strings.TrimSpace(before) != "" {
		return place{}, false
	}
	return place{pos: s.tok.LineStart(s.line(pos)), indent: before, eol: s.eol(pos)}, true
}

// top is the place at the beginning of a block.
func (s *source) top(b *ast.BlockStmt) (place, bool) {
	indent, ok := s.indent(b.Lbrace)
	if !ok || s.line(b.Lbrace) == s.line(b.Rbrace) {
		return place{}, false
	}
	return s.lineBelow(b.Lbrace+1, indent+"\t")
}

// bottom is the place at the end of a block.
func (s *source) bottom(b *ast.BlockStmt) (place, bool) {
	p, ok := s.ahead(b.Rbrace)
	p.indent += "\t"
	return p, ok && s.line(b.Lbrace) != s.line(b.Rbrace)
}

// lineBelow is the place below the line of pos, on which nothing but a comment
// may follow.
func (s *source) lineBelow(pos token.Pos, indent string) (place, bool) {
	rest, ok := s.after(pos)
	if rest = strings.TrimSpace(rest); !ok || rest != "" && !strings.HasPrefix(rest, "//") {
		return place{}, false
	}
	end, ok := s.lineEnd(pos)
	return place{pos: end, indent: indent, after: true, eol: s.eol(pos)}, ok
}
