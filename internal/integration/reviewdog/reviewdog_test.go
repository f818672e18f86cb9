package reviewdog

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reviewdog/reviewdog"
	"github.com/reviewdog/reviewdog/filter"
	"github.com/reviewdog/reviewdog/parser"
	"github.com/reviewdog/reviewdog/proto/rdf"

	"github.com/connvet/connvet/internal/report"
)

// file is the file that findings are in, by its name in the repository.
const file = "go/svc/store.go"

// source has a leak, two fixes for it, and what is awkward in comments.
const source = "package store\n" +
	"\n" +
	"// Größe: `a` ``b`` [x](y)\n" +
	"func Load(ctx Ctx, größe DB) error {\n" +
	"\t/* ä */ rows, err := größe.Query(\"SELECT 1\") /*\n" +
	"```\n" +
	"\t */\n" +
	"\tif err != nil {\n" +
	"\t\treturn err\n" +
	"\t}\n" +
	"\t_ = rows\n" +
	"\treturn nil\n" +
	"}\n"

// write writes a repository with a report about it, and returns its root.
func write(t *testing.T, text string, edits ...[2]string) (root string, r *report.Report) {
	t.Helper()
	root = t.TempDir()
	name := filepath.Join(root, filepath.FromSlash(file))
	for _, dir := range []string{filepath.Dir(name), filepath.Join(root, ".git")} {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	at := func(line int, from, to string) report.Location {
		lines := strings.Split(text, "\n")
		return report.Location{
			File:  "store.go",
			Start: report.Point{Line: line, Column: strings.Index(lines[line-1], from) + 1},
			End:   report.Point{Line: line, Column: strings.Index(lines[line-1], to) + 1},
		}
	}
	f := report.Finding{
		Rule: "connleak/rows", Message: "rows is not closed on every path", URL: "https://example.com/rows",
		Package: "example.com/svc", Function: "Load", Location: at(5, "größe", "("),
		Path: []report.Step{{Message: "the return leaves rows open", Location: at(12, "return", "nil")}},
	}
	var fix report.Fix
	for _, e := range edits {
		i := strings.Index(text, e[0])
		if i < 0 {
			t.Fatalf("no %q in the file", e[0])
		}
		fix.Edits = append(fix.Edits, report.Edit{File: "store.go", Start: i, End: i + len(e[0]), New: e[1]})
	}
	if fix.Edits != nil {
		f.Fixes = []report.Fix{fix}
	}
	return root, &report.Report{
		Findings:    []report.Finding{f},
		NotAnalysed: []report.NotAnalysed{{Package: "example.com/svc/b", Reason: "does not type-check"}},
		Sources:     report.NewSources(filepath.Dir(name), nil),
	}
}

// rdjsonl returns a report as it is written for reviewdog.
func rdjsonl(t *testing.T, r *report.Report, root string) []byte {
	t.Helper()
	f, ok := report.LookupFormat("rdjsonl")
	if !ok {
		t.Fatal("no format rdjsonl")
	}
	var out bytes.Buffer
	if err := f.Write(&out, r, report.Options{Root: root}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A change is a diff that adds the whole file.
type change string

func (c change) Diff(context.Context) ([]byte, error) {
	lines := strings.SplitAfter(strings.TrimSuffix(string(c), "\n"), "\n")
	out := fmt.Sprintf("diff --git a/%[1]s b/%[1]s\nnew file mode 100644\n--- /dev/null\n+++ b/%[1]s\n@@ -0,0 +1,%[2]d @@\n", file, len(lines))
	return []byte(out + "+" + strings.Join(lines, "+") + "\n"), nil
}

func (change) Strip() int { return 1 }

// post lets reviewdog read a report and post what is new in text to a service.
// It runs in dir.
func post(t *testing.T, dir string, input []byte, text string, mode filter.Mode, to reviewdog.CommentService) {
	t.Helper()
	t.Chdir(dir)
	app := reviewdog.NewReviewdog("connvet", parser.NewRDJSONLParser(), to, change(text), mode, reviewdog.FailLevelNone)
	if err := app.Run(t.Context(), bytes.NewReader(input)); err != nil {
		t.Fatal(err)
	}
}

// reviewdog reads what is written as it is meant.
func TestParse(t *testing.T) {
	root, r := write(t, source, [2]string{"\t_ = rows\n", "\tdefer rows.Close()\n\t_ = rows\n"})
	all, err := parser.NewRDJSONLParser().Parse(bytes.NewReader(rdjsonl(t, r, root)))
	if err != nil || len(all) != 2 {
		t.Fatalf("%v, %v", all, err)
	}
	missing, found := all[0], all[1]
	if missing.GetMessage() != "not analysed: example.com/svc/b (does not type-check)" || missing.GetSeverity() != rdf.Severity_ERROR ||
		missing.GetLocation().GetPath() != "no-file" || missing.GetLocation().GetRange().GetStart().GetLine() != 1 {
		t.Errorf("not analysed: %v", missing)
	}
	line := strings.Split(source, "\n")[4]
	at := found.GetLocation().GetRange()
	if at.GetStart().GetLine() != 5 || at.GetEnd().GetLine() != 5 || line[at.GetStart().GetColumn()-1:at.GetEnd().GetColumn()-1] != "größe.Query" {
		t.Errorf("it is at %v", at)
	}
	if found.GetSeverity() != rdf.Severity_WARNING || found.GetCode().GetValue() != "connleak/rows" ||
		found.GetCode().GetUrl() != "https://example.com/rows" || found.GetSource().GetName() != "connvet" ||
		found.GetLocation().GetPath() != file {
		t.Errorf("found: %v", found)
	}
	if rel := found.GetRelatedLocations(); len(rel) != 1 || rel[0].GetMessage() != "the return leaves rows open" ||
		rel[0].GetLocation().GetPath() != file || rel[0].GetLocation().GetRange().GetStart().GetLine() != 12 {
		t.Errorf("the path: %v", rel)
	}
	want := file + ":5: rows is not closed on every path [connleak/rows]\n\t" + file + ":12: the return leaves rows open"
	if got := found.GetOriginalOutput(); got != want {
		t.Errorf("the output is %q", got)
	}
}

// Nothing is too long to be read, or takes what follows with it.
func TestParseLong(t *testing.T) {
	root, r := write(t, source)
	long := strings.Repeat("\xff<😀", 12000)
	for range 3 {
		f := r.Findings[0]
		f.Message, f.Rule, f.URL, f.Path = long, long, "https://x/"+long, make([]report.Step, 60)
		for i := range f.Path {
			f.Path[i] = report.Step{Message: long, Location: f.Location}
		}
		r.Findings = append(r.Findings, f)
		f.Location.File = long
		r.Findings = append(r.Findings, f)
	}
	for n := range 80 { // around what is too long
		f := r.Findings[0]
		f.Path = make([]report.Step, n)
		for i := range f.Path {
			f.Path[i].Message = strings.Repeat("x", 1000)
		}
		r.Findings = append(r.Findings, f)
	}
	all, err := parser.NewRDJSONLParser().Parse(bytes.NewReader(rdjsonl(t, r, root)))
	if want := len(r.NotAnalysed) + len(r.Findings); err != nil || len(all) != want {
		t.Errorf("%d of %d, %v", len(all), want, err)
	}
}
