package diag

import (
	"go/ast"
	"go/token"
	"os"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"
)

// A source is one file of the package. Its lines are those of the text, not
// those that //line comments speak of: what stands where is a matter of the
// text.
type source struct {
	pass *analysis.Pass
	file *ast.File
	tok  *token.File

	text   []byte // see bytes
	loaded bool
}

// sources lists the files of the package.
func sources(pass *analysis.Pass) []*source {
	var out []*source
	for _, f := range pass.Files {
		if tok := pass.Fset.File(f.FileStart); tok != nil {
			out = append(out, &source{pass: pass, file: f, tok: tok})
		}
	}
	return out
}

// generated reports whether a program wrote the file.
func (s *source) generated() bool { return ast.IsGenerated(s.file) }

// contains reports whether pos is in the file.
func (s *source) contains(pos token.Pos) bool {
	return int(pos) >= s.tok.Base() && int(pos) <= s.tok.Base()+s.tok.Size()
}

// pathAt returns the nodes around the character at pos, innermost first.
func (s *source) pathAt(pos token.Pos) []ast.Node {
	path, _ := astutil.PathEnclosingInterval(s.file, pos, pos+1)
	return path
}

// line returns the line of pos in the text.
func (s *source) line(pos token.Pos) int { return s.tok.PositionFor(pos, false).Line }

// bytes returns the text of the file, nil if it cannot be had.
func (s *source) bytes() []byte {
	if s.loaded {
		return s.text
	}
	s.loaded = true
	read := s.pass.ReadFile
	if read == nil {
		read = os.ReadFile
	}
	if text, err := read(s.tok.Name()); err == nil && len(text) == s.tok.Size() {
		s.text = text
	}
	return s.text
}

// before returns what stands before pos on its line, after what stands behind
// it. Without the text both fail.
func (s *source) before(pos token.Pos) (string, bool) {
	text := s.bytes()
	if text == nil {
		return "", false
	}
	return string(text[s.tok.Offset(s.tok.LineStart(s.line(pos))):s.tok.Offset(pos)]), true
}

func (s *source) after(pos token.Pos) (string, bool) {
	text := s.bytes()
	if text == nil {
		return "", false
	}
	rest := string(text[s.tok.Offset(pos):])
	rest, _, _ = strings.Cut(rest, "\n")
	return strings.TrimSuffix(rest, "\r"), true
}

// lineEnd returns the position behind the last character of pos's line.
func (s *source) lineEnd(pos token.Pos) (token.Pos, bool) {
	rest, ok := s.after(pos)
	return pos + token.Pos(len(rest)), ok
}

// indent returns the white space that begins the line of pos.
func (s *source) indent(pos token.Pos) (string, bool) {
	text := s.bytes()
	if text == nil {
		return "", false
	}
	line := string(text[s.tok.Offset(s.tok.LineStart(s.line(pos))):])
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))], true
}

// fixable reports whether the file may be edited: a person wrote it, and it is
// what the compiler read.
func (s *source) fixable() bool {
	if s.generated() || s.bytes() == nil {
		return false
	}
	for _, pos := range []token.Pos{s.file.FileStart, s.file.FileEnd} {
		if s.pass.Fset.Position(pos).Filename != s.tok.Name() {
			return false // a //line comment tells of another
		}
	}
	for _, imp := range s.file.Imports {
		if imp.Path.Value == `"C"` {
			return false
		}
	}
	return true
}
