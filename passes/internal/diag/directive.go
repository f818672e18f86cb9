package diag

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/passes/internal/lifecycle"
)

// directivePrefix begins every comment that is for connvet.
const directivePrefix = "//connvet:"

// Directives reports the directives that do not do what they say: those that
// the engine cannot follow, and those that stand where it does not read them.
// Ignore comments are none of them, see Finish.
func (r *Reporter) Directives(problems []lifecycle.Problem) {
	for _, p := range problems {
		r.directive(p.Pos, p.Message)
	}
	for _, s := range r.sources {
		read := readComments(s.file)
		for _, group := range s.file.Comments {
			for _, c := range group.List {
				if verb, ok := verbOf(c.Text); ok && !read[group] {
					r.directive(c.Pos(), fmt.Sprintf(strayDirective, directivePrefix, verb))
				}
			}
		}
	}
}

const strayDirective = "%s%s has no effect here: owns, borrows and closes belong in the doc comment" +
	" of a function, method, interface method or type; elsewhere there is only ignore"

// verbOf returns the verb of a directive other than ignore.
func verbOf(comment string) (verb string, ok bool) {
	rest, ok := strings.CutPrefix(comment, directivePrefix)
	if !ok {
		return "", false
	}
	if _, _, ignore := parseIgnore(comment); ignore {
		return "", false
	}
	if fields := strings.Fields(rest); len(fields) > 0 {
		verb = fields[0]
	}
	return verb, true
}

// readComments returns the doc comments in which the engine reads directives.
func readComments(file *ast.File) map[*ast.CommentGroup]bool {
	read := make(map[*ast.CommentGroup]bool)
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			read[d.Doc] = true
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				t, ok := spec.(*ast.TypeSpec)
				if !ok {
					continue
				}
				read[t.Doc] = true
				if t.Doc == nil && len(d.Specs) == 1 {
					read[d.Doc] = true
				}
				if t, ok := t.Type.(*ast.InterfaceType); ok {
					for _, m := range t.Methods.List {
						read[m.Doc] = len(m.Names) > 0
					}
				}
			}
		}
	}
	return read
}

// directive reports a directive at pos.
func (r *Reporter) directive(pos token.Pos, text string) {
	src := r.sourceOf(pos)
	if src == nil || !r.settings.Generated && src.generated() {
		return
	}
	const rule = "connvet/directive"
	d := analysis.Diagnostic{Pos: pos, Category: "directive", Message: text + " [" + rule + "]", URL: PageOf(rule)}
	if end, ok := src.lineEnd(pos); ok {
		d.End = end // a directive takes the rest of its line
	}
	r.pass.Report(d)
}
