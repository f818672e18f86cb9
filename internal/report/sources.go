package report

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"sort"

	"github.com/connvet/connvet/internal/slash"
)

// Sources reads the files that a report is about, each at most once.
// It is not safe for concurrent use. A nil *Sources has no files.
type Sources struct {
	names   slash.Names
	dir     string
	replace map[string]string
	files   map[string]*sourceFile
}

// NewSources returns the sources below dir, an absolute path. As in the file
// that go's -overlay flag takes, replace maps absolute paths to the files to
// read in their place.
func NewSources(dir string, replace map[string]string) *Sources {
	return &Sources{names: slash.Local, dir: dir, replace: replace, files: make(map[string]*sourceFile)}
}

// A sourceFile is what is known of one file.
type sourceFile struct {
	text  []byte
	err   error
	lines []int // offsets of line starts

	fset *token.FileSet
	ast  *ast.File // nil until asked for, and if the file does not parse
}

// Rel returns the name by which a report calls the file at an absolute path:
// relative to the directory, unless that is longer, and slash-separated.
func (s *Sources) Rel(path string) string {
	name := s.names.From(path)
	rel, ok := s.names.Rel(s.names.From(s.dir), name)
	if !ok || len(rel) >= len(name) {
		return name
	}
	return rel
}

// Abs is the inverse of Rel.
func (s *Sources) Abs(file string) string {
	if s == nil {
		return slash.Local.Path(file)
	}
	return s.names.Path(s.names.Join(s.names.From(s.dir), file))
}

// Replaced reports whether another file is read in the place of this one.
func (s *Sources) Replaced(file string) bool {
	if s == nil {
		return false
	}
	_, ok := s.replace[s.Abs(file)]
	return ok
}

// Text returns the contents of a file.
func (s *Sources) Text(file string) ([]byte, error) {
	f := s.file(file)
	return f.text, f.err
}

// Line returns the text of a line, which is counted from 1, without its end.
func (s *Sources) Line(file string, line int) (string, bool) {
	f := s.file(file)
	if line < 1 || line > len(f.lines) {
		return "", false
	}
	text := f.text[f.lines[line-1]:]
	if i := bytes.IndexByte(text, '\n'); i >= 0 {
		text = text[:i]
	}
	return string(bytes.TrimSuffix(text, []byte("\r"))), true
}

// Point converts a byte offset.
func (s *Sources) Point(file string, offset int) Point {
	f := s.file(file)
	if f.err != nil || offset < 0 || offset > len(f.text) {
		return Point{}
	}
	line := sort.SearchInts(f.lines, offset+1) // lines that begin at or before offset
	return Point{Line: line, Column: offset - f.lines[line-1] + 1}
}

// Function names the function declaration around a point, as in "Load" or
// "(*Store).Load".
func (s *Sources) Function(file string, at Point) string {
	f := s.file(file)
	if f.fset == nil && f.err == nil {
		f.fset = token.NewFileSet()
		f.ast, _ = parser.ParseFile(f.fset, file, f.text, parser.SkipObjectResolution)
	}
	if f.ast == nil {
		return ""
	}
	for _, decl := range f.ast.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		start, end := f.fset.PositionFor(fn.Pos(), false), f.fset.PositionFor(fn.End(), false)
		if (Point{start.Line, start.Column}).compare(at) <= 0 && at.compare(Point{end.Line, end.Column}) < 0 {
			return functionName(fn)
		}
	}
	return ""
}

// functionName returns a declared function's name with its receiver's type,
// without type parameters.
func functionName(fn *ast.FuncDecl) string {
	if fn.Recv == nil || len(fn.Recv.List) == 0 {
		return fn.Name.Name
	}
	recv, star := ast.Unparen(fn.Recv.List[0].Type), false
	if p, ok := recv.(*ast.StarExpr); ok {
		recv, star = ast.Unparen(p.X), true
	}
	switch t := recv.(type) {
	case *ast.IndexExpr:
		recv = t.X
	case *ast.IndexListExpr:
		recv = t.X
	}
	id, ok := recv.(*ast.Ident)
	switch {
	case !ok:
		return fn.Name.Name
	case star:
		return "(*" + id.Name + ")." + fn.Name.Name
	}
	return id.Name + "." + fn.Name.Name
}

// IsGenerated reports whether a file says that it is generated.
func (s *Sources) IsGenerated(file string) bool {
	text, err := s.Text(file)
	if err != nil {
		return false
	}
	f, _ := parser.ParseFile(token.NewFileSet(), file, text, parser.ParseComments|parser.PackageClauseOnly)
	return f != nil && ast.IsGenerated(f)
}

// file reads a file, unless it has been read before.
func (s *Sources) file(name string) *sourceFile {
	if s == nil {
		return &sourceFile{err: fs.ErrNotExist}
	}
	if f, ok := s.files[name]; ok {
		return f
	}
	path := s.Abs(name)
	if other, ok := s.replace[path]; ok {
		path = other
	}
	f := new(sourceFile)
	f.text, f.err = os.ReadFile(path)
	if f.err == nil {
		f.lines = lineStarts(f.text)
	}
	s.files[name] = f
	return f
}

// lineStarts returns the offset of each line of text.
func lineStarts(text []byte) []int {
	starts := []int{0}
	for i, c := range text {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}
