package connleak_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"go/format"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/connvet/connvet/passes/connleak"
	"github.com/connvet/connvet/passes/deferinloop"
)

// testdata is the GOPATH of the fixtures.
func testdata(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", "..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

var update = flag.Bool("update", false, "write the golden files of the fixes")

// goldens are the packages with golden files: they say, beside each file, what
// the fixes make of it. A file without one must get no fix.
var goldens = []string{"connleak/fixes", "deferinloop/fixes"}

func TestFixes(t *testing.T) {
	if *update {
		writeGoldens(t)
	}
	analysistest.RunWithSuggestedFixes(t, testdata(t), connleak.Analyzer, "connleak/fixes")
	analysistest.RunWithSuggestedFixes(t, testdata(t), deferinloop.Analyzer, "deferinloop/fixes")
}

func writeGoldens(t *testing.T) {
	edits := make(map[string][]edit)
	for _, f := range analyse(t, testdata(t), goldens...) {
		if len(f.fixes) > 0 {
			edits[f.file] = append(edits[f.file], f.fixes[0]...)
		}
	}
	for file, list := range edits {
		if err := os.WriteFile(file+".golden", apply(t, file, list), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// TestFixesSettle applies the first fix of each finding in all fixtures and
// analyses the result: it compiles, is formatted, and has no finding but those
// that had no fix. Four in five must have one.
func TestFixesSettle(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses all fixtures twice")
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(testdata(t))); err != nil {
		t.Fatal(err)
	}
	unfixed := make(map[string]int)
	edits := make(map[string][]edit)
	total, fixed := 0, 0
	for _, f := range analyse(t, dir) {
		total++
		if len(f.fixes) == 0 {
			unfixed[f.file]++
			continue
		}
		fixed++
		edits[f.file] = append(edits[f.file], f.fixes[0]...)
	}
	if total < 100 || fixed*5 < total*4 {
		t.Errorf("%d of %d findings have a fix, want four in five", fixed, total)
	}
	for file, list := range edits {
		if err := os.WriteFile(file, apply(t, file, list), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	left := make(map[string][]string)
	for _, f := range analyse(t, dir) {
		left[f.file] = append(left[f.file], f.String())
	}
	for file, list := range left {
		if len(list) > unfixed[file] {
			t.Errorf("%d findings had no fix, %d are left:\n%s", unfixed[file], len(list), strings.Join(list, "\n"))
		}
	}
}

// TestGoldenIsSilent analyses the golden files of the fixes: both passes must
// be content.
func TestGoldenIsSilent(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(testdata(t))); err != nil {
		t.Fatal(err)
	}
	unfixed := make(map[string]bool)
	for _, pkg := range goldens {
		files, _ := filepath.Glob(filepath.Join(dir, "src", pkg, "*.go"))
		for _, file := range files {
			err := os.Rename(file+".golden", file)
			unfixed[file] = errors.Is(err, fs.ErrNotExist)
		}
	}
	for _, f := range analyse(t, dir, goldens...) {
		if !unfixed[f.file] {
			t.Error(f)
		}
	}
}

// TestFixesCRLF has the fixtures with the line ends of Windows, and a byte order
// mark: the findings and their fixes are the same, but for how lines end.
func TestFixesCRLF(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(testdata(t))); err != nil {
		t.Fatal(err)
	}
	rewrite := func(to func(file string, src []byte) []byte) {
		for _, pkg := range goldens {
			files, err := filepath.Glob(filepath.Join(dir, "src", pkg, "*.go"))
			if err != nil || len(files) == 0 {
				t.Fatal("no files: ", err)
			}
			for _, file := range files {
				src, err := os.ReadFile(file)
				if err == nil {
					err = os.WriteFile(file, to(file, src), 0o666)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	const mark = "\uFEFF"
	dos := func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }
	want := make(map[string][]byte)
	plain := analyse(t, dir, goldens...)
	rewrite(func(file string, src []byte) []byte {
		want[file] = []byte(mark + dos(string(edited(src, firstFixes(plain, file)))))
		return []byte(mark + dos(string(src)))
	})
	found := analyse(t, dir, goldens...)
	if got, want := list(found), list(plain); got != want {
		t.Errorf("found:\n%s\nwant:\n%s", got, want)
	}
	rewrite(func(file string, src []byte) []byte {
		got := edited(src, firstFixes(found, file))
		if !bytes.Equal(got, want[file]) {
			t.Errorf("%s is\n%q\nwant\n%q", file, got, want[file])
		}
		return got
	})
	fixable := 0
	for _, f := range found {
		fixable += min(len(f.fixes), 1)
	}
	if left := analyse(t, dir, goldens...); len(left) != len(found)-fixable {
		t.Errorf("%d of %d findings had a fix, but %d are left", fixable, len(found), len(left))
	}
}

// list returns findings, each on a line, sorted.
func list(found []finding) string {
	var lines []string
	for _, f := range found {
		lines = append(lines, f.String())
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// firstFixes returns what the fixes of findings do to a file.
func firstFixes(found []finding, file string) []edit {
	var edits []edit
	for _, f := range found {
		if f.file == file && len(f.fixes) > 0 {
			edits = append(edits, f.fixes[0]...)
		}
	}
	return edits
}

// An edit replaces a part of a file.
type edit struct {
	from, to int
	text     string
}

// A finding is a diagnostic with its fixes.
type finding struct {
	file    string
	line    int
	message string
	fixes   [][]edit
}

func (f finding) String() string { return fmt.Sprintf("%s:%d: %s", f.file, f.line, f.message) }

// analyse runs both passes over packages of a GOPATH, which must compile.
// Packages and their test variants say most things twice; each is listed once.
func analyse(t *testing.T, gopath string, patterns ...string) []finding {
	t.Helper()
	if len(patterns) == 0 {
		patterns = []string{"connleak/...", "deferinloop/..."}
	}
	pkgs, err := packages.Load(&packages.Config{
		Mode:  packages.LoadAllSyntax | packages.NeedModule,
		Dir:   gopath,
		Tests: true,
		Env:   append(os.Environ(), "GOPATH="+gopath, "GO111MODULE=off", "GOPROXY=off", "GOWORK=off"),
	}, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	if packages.PrintErrors(pkgs) > 0 {
		t.Fatal("the packages do not compile")
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{connleak.Analyzer, deferinloop.Analyzer}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	var out []finding
	seen := make(map[string]bool)
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Fatal(act.Err)
		}
		for _, d := range act.Diagnostics {
			f := findingOf(act.Package, d)
			if d.Category != "ignore" && !seen[f.String()] {
				seen[f.String()] = true
				out = append(out, f)
			}
		}
	}
	return out
}

func findingOf(pkg *packages.Package, d analysis.Diagnostic) finding {
	at := pkg.Fset.Position(d.Pos)
	f := finding{file: at.Filename, line: at.Line, message: d.Message}
	for _, fix := range d.SuggestedFixes {
		var list []edit
		for _, e := range fix.TextEdits {
			list = append(list, edit{pkg.Fset.Position(e.Pos).Offset, pkg.Fset.Position(e.End).Offset, string(e.NewText)})
		}
		f.fixes = append(f.fixes, list)
	}
	return f
}

// unaligned joins trailing comments to their code: to align them anew, as an
// edit of the code before them calls for, is left to gofmt.
func unaligned(src []byte) []byte { return comments.ReplaceAll(src, []byte(" //")) }

var comments = regexp.MustCompile(`[ \t]+//`)

// edited returns source after edits. What two fixes want in the same place is done
// once.
func edited(src []byte, edits []edit) []byte {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b edit) int { return b.from - a.from })
	for _, e := range slices.Compact(edits) {
		src = slices.Concat(src[:e.from], []byte(e.text), src[e.to:])
	}
	return src
}

// apply returns an edited file, formatted.
func apply(t *testing.T, file string, edits []edit) []byte {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	out := edited(src, edits)
	formatted, err := format.Source(out)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	if before, _ := format.Source(src); bytes.Equal(before, src) && !bytes.Equal(unaligned(formatted), unaligned(out)) {
		t.Errorf("%s is not formatted any more", file)
	}
	return out
}
