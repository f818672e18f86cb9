package unit

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/connvet/connvet/internal/gofmt"
	"github.com/connvet/connvet/internal/udiff"
)

// An edit replaces bytes of a file.
type edit struct {
	start, end int
	text       string
}

// validateFixes reports a mistake in the fixes of one diagnostic. It sorts
// their edits and completes their ends.
func validateFixes(fset *token.FileSet, a *analysis.Analyzer, fixes []analysis.SuggestedFix) error {
	messages := make(map[string]bool)
	for i := range fixes {
		fix := &fixes[i]
		if messages[fix.Message] {
			return fmt.Errorf("analyzer %q suggests two fixes with same Message (%s)", a.Name, fix.Message)
		}
		messages[fix.Message] = true
		if err := validateEdits(fset, fix.TextEdits); err != nil {
			return fmt.Errorf("analyzer %q suggests invalid fix (%s): %v", a.Name, fix.Message, err)
		}
	}
	return nil
}

// validateEdits reports edits that leave their file or overlap.
func validateEdits(fset *token.FileSet, edits []analysis.TextEdit) error {
	slices.SortStableFunc(edits, func(x, y analysis.TextEdit) int {
		return cmp.Or(cmp.Compare(x.Pos, y.Pos), cmp.Compare(x.End, y.End))
	})
	for i := range edits {
		e := &edits[i]
		e.End = cmp.Or(e.End, e.Pos)
		file := fset.File(e.Pos)
		if file == nil {
			return fmt.Errorf("no file for TextEdit.Pos (%v)", e.Pos)
		}
		if eof := token.Pos(file.Base() + file.Size()); eof < e.End && e.End < eof+10 {
			e.End = eof // the End of a node that lacks its closing token (golang/go#71659)
		} else if e.End < e.Pos || e.End > eof {
			return fmt.Errorf("TextEdit.End (%v) is before its Pos or beyond the file's end", e.End)
		}
		if i > 0 && e.Pos < edits[i-1].End {
			return fmt.Errorf("overlapping edits at %v and %v", fset.Position(edits[i-1].Pos), fset.Position(e.Pos))
		}
	}
	return nil
}

// A fixer merges the fixes of a package.
type fixer struct {
	*checked
	accepted map[string][]edit // by file name, sorted
	skipped  int               // fixes that conflict with others
	total    int
}

// applyFixes applies the first fix of each diagnostic, prints the differences,
// or hands the fixed files to cmd/go. It returns the exit code.
func (t *tool) applyFixes(u unit, c *checked, sources []source, roots []*action) int {
	f := &fixer{checked: c, accepted: make(map[string][]edit)}
	for _, act := range roots {
		if act.err != nil {
			t.fail(fmt.Errorf("%s: %v", act.analyzer.Name, act.err))
		}
		for _, d := range act.diagnostics {
			if len(d.SuggestedFixes) > 0 {
				f.add(d.SuggestedFixes[0].TextEdits)
			}
		}
	}
	fixed := make(map[string][]byte)
	var patch []byte
	for _, src := range sources {
		if edits := f.accepted[src.name]; len(edits) > 0 {
			fixed[src.name] = f.rewrite(src, edits)
			patch = append(patch, udiff.Unified(src.name+" (old)", src.name+" (new)", src.data, fixed[src.name])...)
		}
	}
	var err error
	switch {
	case t.diff && len(patch) > 0:
		err = t.print(u, patch)
	case t.diff: // nothing to print
	case u.FixArchive != "":
		err = writeArchive(u, fixed)
	default:
		for _, name := range sortedKeys(fixed) {
			err = errors.Join(err, os.WriteFile(name, fixed[name], 0644))
		}
	}
	if err != nil {
		return t.fail(err)
	}
	if f.skipped == 0 {
		return 0
	}
	code := t.fail(fmt.Errorf("applied %d of %d fixes to package %s; the others conflict with them. (Re-run the command to apply more.)",
		f.total-f.skipped, f.total, u.ID))
	if u.Stdout != "" {
		return 0 // cmd/go would discard those that were applied
	}
	return code
}

// add accepts a fix as a whole, or skips it if it conflicts with those before it.
// It ignores fixes to generated files.
func (f *fixer) add(edits []analysis.TextEdit) {
	merged := make(map[string][]edit)
	for name, edits := range f.byFile(edits) {
		all, ok := mergeEdits(f.accepted[name], edits)
		if !ok {
			f.total++
			f.skipped++
			return
		}
		merged[name] = all
	}
	if len(merged) > 0 {
		f.total++
		maps.Copy(f.accepted, merged)
	}
}

// byFile converts the edits of a fix. The result is empty if one of them is
// in a generated file or outside the package.
func (f *fixer) byFile(edits []analysis.TextEdit) map[string][]edit {
	result := make(map[string][]edit)
	for _, e := range edits {
		tokFile := f.fset.File(e.Pos)
		i := slices.IndexFunc(f.files, func(file *ast.File) bool { return f.fset.File(file.FileStart) == tokFile })
		if i < 0 || ast.IsGenerated(f.files[i]) {
			return nil
		}
		name := tokFile.Name()
		result[name] = append(result[name], edit{tokFile.Offset(e.Pos), tokFile.Offset(e.End), string(e.NewText)})
	}
	return result
}

// mergeEdits merges two sorted lists of edits, as diff3 would: equal edits
// coalesce, insertions at one point follow each other, x first. It returns
// false if they conflict.
func mergeEdits(x, y []edit) ([]edit, bool) {
	x, y = slices.Clone(x), slices.Clone(y)
	var merged []edit
	take := func(from *[]edit) {
		merged = append(merged, (*from)[0])
		*from = (*from)[1:]
	}
	// cut takes the part of the first edit before offset as a deletion.
	cut := func(from []edit, offset int) {
		merged = append(merged, edit{from[0].start, offset, ""})
		from[0].start = offset
	}
	for len(x) > 0 && len(y) > 0 {
		switch {
		case x[0] == y[0]:
			take(&x)
			y = y[1:]
		case x[0].end <= y[0].start:
			take(&x)
		case y[0].end <= x[0].start:
			take(&y)
		case x[0].start < y[0].start:
			cut(x, y[0].start)
		case y[0].start < x[0].start:
			cut(y, x[0].start)
		default:
			return nil, false
		}
	}
	return slices.Concat(merged, x, y), true
}

// rewrite returns a file with edits applied, formatted, and without imports
// that they made superfluous. Its lines end as they did, unless they ended
// differently and imports are to go.
func (f *fixer) rewrite(src source, edits []edit) []byte {
	var buf bytes.Buffer
	done := 0
	for _, e := range edits {
		buf.Write(src.data[done:e.start])
		buf.WriteString(e.text)
		done = e.end
	}
	buf.Write(src.data[done:])

	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, src.name, gofmt.Plain(buf.Bytes()), parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return buf.Bytes() // let the user see it
	}
	superfluous := f.superfluous(src.name, edits)
	if len(superfluous) == 0 && gofmt.IsMixed(src.data) {
		return buf.Bytes()
	}
	for _, spec := range superfluous {
		path, _ := strconv.Unquote(spec.Path.Value)
		name := ""
		if spec.Name != nil {
			name = spec.Name.Name
		}
		astutil.DeleteNamedImport(fset, file, name, path)
	}
	var out bytes.Buffer
	if err := format.Node(&out, fset, file); err != nil {
		return buf.Bytes()
	}
	return gofmt.Like(src.data, out.Bytes())
}

// superfluous returns the imports of a file of whose uses edits leave none.
func (f *fixer) superfluous(filename string, edits []edit) []*ast.ImportSpec {
	deleted := func(offset int) bool {
		return slices.ContainsFunc(edits, func(e edit) bool { return e.start <= offset && offset < e.end })
	}
	used, kept := make(map[types.Object]bool), make(map[types.Object]bool)
	for id, obj := range f.info.Uses {
		if _, ok := obj.(*types.PkgName); ok {
			if file := f.fset.File(id.Pos()); file.Name() == filename {
				used[obj] = true
				kept[obj] = kept[obj] || !deleted(file.Offset(id.Pos()))
			}
		}
	}
	var specs []*ast.ImportSpec
	for _, file := range f.files {
		for _, spec := range file.Imports {
			obj := f.info.Implicits[spec]
			if spec.Name != nil {
				obj = f.info.Defs[spec.Name]
			}
			if obj == nil || !used[obj] || kept[obj] {
				continue
			}
			if !slices.ContainsFunc(edits, func(e edit) bool { return strings.Contains(e.text, obj.Name()+".") }) {
				specs = append(specs, spec)
			}
		}
	}
	return specs
}

// writeArchive writes the zip file in which cmd/go expects fixed files. It
// applies them when all packages are done, so that no run sees half of them.
func writeArchive(u unit, fixed map[string][]byte) error {
	var buf bytes.Buffer
	archive := zip.NewWriter(&buf)
	err := archive.SetComment(u.ID)
	for _, name := range sortedKeys(fixed) {
		w, werr := archive.Create(name)
		if werr == nil {
			_, werr = w.Write(fixed[name])
		}
		err = errors.Join(err, werr)
	}
	return errors.Join(err, archive.Close(), os.WriteFile(u.FixArchive, buf.Bytes(), 0666))
}
