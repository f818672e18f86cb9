package oracle

import (
	"go/ast"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// toy is an analyzer that goes by the name of connleak.
func toy(report func(pass *analysis.Pass, call *ast.CallExpr, fn *ast.FuncDecl)) *analysis.Analyzer {
	return &analysis.Analyzer{Name: leakPass, Doc: "toy", Run: func(pass *analysis.Pass) (any, error) {
		for _, file := range pass.Files {
			for _, decl := range file.Decls {
				fn, ok := decl.(*ast.FuncDecl)
				if !ok || report == nil {
					continue
				}
				ast.Inspect(fn, func(n ast.Node) bool {
					if call, ok := n.(*ast.CallExpr); ok {
						report(pass, call, fn)
					}
					return true
				})
			}
		}
		return nil, nil
	}}
}

// every takes each Query for a leak through the last return.
func every(fix func(fn *ast.FuncDecl) []analysis.TextEdit) *analysis.Analyzer {
	return toy(func(pass *analysis.Pass, call *ast.CallExpr, fn *ast.FuncDecl) {
		sel, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || sel.Sel.Name != "Query" {
			return
		}
		list := fn.Body.List
		d := analysis.Diagnostic{Pos: call.Pos(), Category: "rows", Message: "toy",
			Related: []analysis.RelatedInformation{{Pos: list[len(list)-1].Pos()}}}
		if fix != nil {
			d.SuggestedFixes = []analysis.SuggestedFix{{Message: "toy", TextEdits: fix(fn)}}
		}
		pass.Report(d)
	})
}

const leaky = `
func judged_§(in *In, db *sql.DB) error {
	rows, err := db.Query("q")
	if err != nil {
		return err
	}
	if in.Bit() {
		rows.Close()
		return nil
	}
	rows.Columns()
	return nil
}`

// closed leaks nowhere.
var closed = strings.Replace(leaky, "\trows.Columns()", "\trows.Close()", 1)

// elsewhere leaks through the first return only.
var elsewhere = strings.Replace(closed, "\t\trows.Close()\n", "", 1)

func TestJudge(t *testing.T) {
	tests := []struct {
		name, src string
		analyzer  *analysis.Analyzer
		want      Fault
	}{
		{"both leak", leaky, every(nil), ""},
		{"both clean", closed, toy(nil), ""},
		{"silent", leaky, toy(nil), Missed},
		{"loud", closed, every(nil), FalseAlarm},
		{"wrong exit", elsewhere, every(nil), WrongExit},
	}
	for _, tt := range tests {
		o, err := New(t.TempDir(), tt.analyzer)
		if err != nil {
			t.Fatal(err)
		}
		rep, err := o.Compare(t.Context(), []*Program{instrument(tt.src)})
		if err != nil {
			t.Fatal(err)
		}
		var got Fault
		for _, d := range rep.Differ {
			got += d.Fault
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestShrink: what is left of a generated program is about its leak.
func TestShrink(t *testing.T) {
	o, err := New(t.TempDir(), toy(nil))
	if err != nil {
		t.Fatal(err)
	}
	programs, err := o.Programs(100, 12)
	if err != nil {
		t.Fatal(err)
	}
	rep, err := o.Compare(t.Context(), programs)
	if err != nil || len(rep.Differ) == 0 {
		t.Fatalf("%d disagreements, %v", len(rep.Differ), err)
	}
	classes := map[string]*Disagreement{}
	for _, d := range rep.Differ {
		classes[d.Class()] = d
	}
	all := slices.Collect(maps.Values(classes))
	if err := o.Shrink(t.Context(), all, 60); err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if n := size(d.Program.Decls); d.Fault != Missed || n > 12 {
			t.Errorf("%s: %d nodes are left\n%s", d.Class(), n, d)
		}
	}
}

func TestFix(t *testing.T) {
	before := func(i int, text string) func(*ast.FuncDecl) []analysis.TextEdit {
		return func(fn *ast.FuncDecl) []analysis.TextEdit {
			pos := fn.Body.List[i].Pos()
			return []analysis.TextEdit{{Pos: pos, End: pos, NewText: []byte(text)}}
		}
	}
	replace := func(fn *ast.FuncDecl) []analysis.TextEdit {
		n := fn.Body.List[3]
		return []analysis.TextEdit{{Pos: n.Pos(), End: n.End(), NewText: []byte("rows.Close()")}}
	}
	tests := []struct {
		name string
		fix  func(*ast.FuncDecl) []analysis.TextEdit
		want Fault
	}{
		// The toy does not look at what its fix has done, so a good fix leaves the finding.
		{"defer", before(2, "defer rows.Close()\n\t"), FixLeaves},
		{"replaced", replace, FixLeaves},
		{"in one branch", before(3, "if in.Bit() {\n\t\trows.Close()\n\t}\n\t"), FixLeaks},
		{"too early", before(1, "defer rows.Close()\n\t"), FixPanics},
		{"no sense", before(2, "defer rows.Shut()\n\t"), FixBroken},
		{"waits for itself", before(2, "c, _ := db.Conn(context.Background())\n\tc.BeginTx(context.Background(), nil)\n\tc.Close()\n\t"), FixHangs},
	}
	for _, tt := range tests {
		o, err := New(t.TempDir(), every(tt.fix))
		if err != nil {
			t.Fatal(err)
		}
		rep, err := o.Compare(t.Context(), []*Program{instrument(leaky)})
		if err != nil {
			t.Fatal(err)
		}
		// What the fixed program does counts before what the toy says of it.
		if tt.want != FixLeaves && tt.want != FixBroken {
			o.analyzers = []*analysis.Analyzer{toy(nil)}
		}
		if err := o.Fix(t.Context(), rep); err != nil {
			t.Fatal(err)
		}
		if len(rep.Differ) != 1 || rep.Differ[0].Fault != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, rep.Differ, tt.want)
			continue
		}
		d := rep.Differ[0]
		if d.After != nil && tt.want == FixLeaves && len(d.After.Truth.Leaks) > 0 {
			t.Errorf("%s: leaks still: %s", tt.name, d)
		}
	}
}
