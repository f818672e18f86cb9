package notes_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/connvet/connvet/passes/internal/config"
	"github.com/connvet/connvet/passes/notes"
)

// TestExplain asks about lines of a fixture.
func TestExplain(t *testing.T) {
	testdata, err := filepath.Abs(filepath.Join("..", "..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(testdata, "src", "notes", "notes.go")
	for _, test := range []struct {
		line int
		want string // the answer, "" for none
	}{
		{7, `7: db acquired here by sql.Open: handed on or kept on some paths, left open by one exit
	line 8: err != nil is false
	line 11: err != nil is true
	line 12: returns here with db still open [connvet/explain]`},
		{20, `19: rows acquired here by (*sql.DB).Query: released late
	line 25: a defer in the loop releases it when the function returns [connvet/explain]`},
		{8, ""},
	} {
		flag := config.Analyzer.Flags.Lookup("explain")
		if err := flag.Value.Set(fmt.Sprintf("%s:%d", file, test.line)); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, res := range analysistest.Run(quiet{}, testdata, notes.Analyzer, "notes") {
			for _, d := range res.Action.Diagnostics {
				got = append(got, fmt.Sprintf("%d: %s", res.Action.Package.Fset.Position(d.Pos).Line, d.Message))
				if d.Category != "explain" {
					t.Errorf("category %q", d.Category)
				}
			}
		}
		if err := flag.Value.Set(""); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(got, "\n"); got != test.want {
			t.Errorf("line %d: got %s\nwant %s", test.line, got, test.want)
		}
	}
}

// TestSilent wants nothing where nothing is asked and all went well.
func TestSilent(t *testing.T) {
	testdata, err := filepath.Abs(filepath.Join("..", "..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	for _, res := range analysistest.Run(quiet{}, testdata, notes.Analyzer, "connleak/...", "deferinloop/...") {
		for _, d := range res.Action.Diagnostics {
			t.Errorf("%v: %s", res.Action.Package.Fset.Position(d.Pos), d.Message)
		}
	}
}

// TestDirectives checks what is said of directives that are of no use.
func TestDirectives(t *testing.T) {
	testdata, err := filepath.Abs(filepath.Join("..", "..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	for _, res := range analysistest.Run(t, testdata, notes.Analyzer, "notes/directive") {
		for _, d := range res.Action.Diagnostics {
			at, end := res.Action.Package.Fset.Position(d.Pos), res.Action.Package.Fset.Position(d.End)
			if d.Category != "directive" || d.URL == "" || end.Line != at.Line || end.Column <= at.Column {
				t.Errorf("%v: %+v", at, d)
			}
		}
	}
}

// quiet is a test that does not care for the want comments of others.
type quiet struct{}

func (quiet) Errorf(string, ...any) {}
