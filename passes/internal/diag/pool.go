package diag

import (
	"fmt"
	"go/ast"
	"go/token"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/passes/internal/lifecycle"
	"github.com/connvet/connvet/passes/internal/summary"
)

// A Report is a finding of a pool pass, at a position of its own.
type Report struct {
	Pos, End token.Pos
	Category string
	Message  string
	Related  []analysis.RelatedInformation
}

// Report reports outside of test files, with the rule's id at the end. The
// message is a sentence without it.
func (r *Reporter) Report(rep Report) {
	src := r.sourceOf(rep.Pos)
	if src == nil || !r.settings.Generated && src.generated() || src.forTests() {
		return
	}
	rule := r.pass.Analyzer.Name + "/" + rep.Category
	if r.suppressed(src, rep.Pos, rule) {
		return
	}
	r.pass.Report(analysis.Diagnostic{
		Pos: rep.Pos, End: rep.End, Category: rep.Category, URL: PageOf(rule),
		Message: rep.Message + " [" + rule + "]", Related: rep.Related,
	})
}

// forTests reports whether a file belongs to tests: by its name, or because it
// helps them.
func (s *source) forTests() bool {
	return strings.HasSuffix(s.pass.Fset.Position(s.file.Package).Filename, "_test.go") ||
		slices.ContainsFunc(s.file.Imports, func(imp *ast.ImportSpec) bool { return imp.Path.Value == `"testing"` })
}

// PoolSite returns where a pool is acquired and how it is called there; ok is
// false for one that has no syntax.
func (r *Reporter) PoolSite(p *lifecycle.Pool) (pos, end token.Pos, name string, ok bool) {
	src := r.sourceOf(p.Call.Pos())
	if src == nil {
		return 0, 0, "", false
	}
	s := siteOf(r.pass, src, p.Finding)
	if s == nil {
		return 0, 0, "", false
	}
	pos, end = s.span()
	return pos, end, s.name(), true
}

// Chain tells of the calls that lead to an opener, which is last.
func (r *Reporter) Chain(sites []summary.Site) []analysis.RelatedInformation {
	var out []analysis.RelatedInformation
	for i, s := range sites {
		pos := r.PosOf(s)
		if !pos.IsValid() {
			continue
		}
		text := s.Func + " calls " + s.Call
		if s.Call == "" {
			text = s.Func + " calls a function value"
		}
		if i == len(sites)-1 {
			text = s.Call + " opens the pool here"
		}
		out = append(out, analysis.RelatedInformation{Pos: pos, Message: text})
	}
	return out
}

// PosOf returns the position of a site: facts carry none that another program
// could use. For a file of another package that the position table does not
// have, an entry is made.
func (r *Reporter) PosOf(s summary.Site) token.Pos {
	dir := r.dirOf(s.Pkg)
	if dir == "" || s.Line <= 0 {
		return token.NoPos
	}
	name := filepath.Join(dir, s.File)
	var file *token.File
	r.pass.Fset.Iterate(func(f *token.File) bool {
		if filepath.Clean(f.Name()) == name && f.LineCount() >= s.Line {
			file = f
			return false
		}
		return true
	})
	if file == nil {
		file = r.addFile(name, s.Line)
	}
	pos := file.LineStart(s.Line)
	// The table of a package that was imported has lines of one byte.
	if at := pos + token.Pos(s.Col-1); s.Col > 1 && int(at) <= file.Base()+file.Size() && file.Line(at) == s.Line {
		return at
	}
	return pos
}

// lineWidth is the length of the lines of files that are known by name only.
const lineWidth = 512

func (r *Reporter) addFile(name string, lines int) *token.File {
	lines += 100
	file := r.pass.Fset.AddFile(name, -1, lines*lineWidth)
	starts := make([]int, lines)
	for i := range starts {
		starts[i] = i * lineWidth
	}
	file.SetLines(starts)
	return file
}

// dirOf returns the directory of a package that the pass can see, "" if none
// of its objects has a position.
func (r *Reporter) dirOf(path string) string {
	if path == r.pass.Pkg.Path() {
		for _, f := range r.pass.Files {
			return filepath.Dir(r.pass.Fset.Position(f.Package).Filename)
		}
	}
	if dir, ok := r.dirs[path]; ok {
		return dir
	}
	dir := ""
	if pkg := lifecycle.Visible(r.pass.Pkg, path); pkg != nil {
		scope := pkg.Scope()
		for _, name := range scope.Names() {
			if pos := r.pass.Fset.Position(scope.Lookup(name).Pos()); pos.Filename != "" {
				dir = filepath.Dir(pos.Filename)
				break
			}
		}
	}
	if r.dirs == nil {
		r.dirs = make(map[string]string)
	}
	r.dirs[path] = dir
	return dir
}

// At says where a site is, for messages: "store.go:12".
func At(s summary.Site) string { return fmt.Sprintf("%s:%d", s.File, s.Line) }

// CallSite returns the extent of the call whose parenthesis (or go or defer) is
// at pos, from
// its final selector on; ok is false if it has no syntax.
func (r *Reporter) CallSite(paren token.Pos) (pos, end token.Pos, ok bool) {
	src := r.sourceOf(paren)
	if src == nil {
		return 0, 0, false
	}
	for _, n := range src.pathAt(paren) {
		call, isCall := n.(*ast.CallExpr)
		switch n := n.(type) {
		case *ast.GoStmt:
			call, isCall = n.Call, n.Go == paren
		case *ast.DeferStmt:
			call, isCall = n.Call, n.Defer == paren
		default:
			isCall = isCall && call.Lparen == paren
		}
		if isCall {
			s := &site{src: src, info: r.pass.TypesInfo, call: call}
			pos, end = s.span()
			return pos, end, true
		}
	}
	return 0, 0, false
}
