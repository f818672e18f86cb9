package lifecycle_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/connvet/connvet/passes/internal/lifecycle"
	"github.com/connvet/connvet/passes/internal/summary"
)

// maxFactBytes bounds the facts of the fixtures, all packages together: a
// summary that grows is paid for by every package above it.
const maxFactBytes = 120_000

// facts runs the engine over fixtures and returns the facts by import path.
func facts(t *testing.T, pattern string) map[string]*summary.Package {
	t.Helper()
	testdata, err := filepath.Abs(filepath.Join("..", "..", "..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	out := make(map[string]*summary.Package)
	for _, r := range analysistest.Run(discard{t}, testdata, lifecycle.Analyzer, pattern) {
		for _, f := range r.Action.AllPackageFacts() {
			if s, ok := f.Fact.(*summary.Package); ok {
				out[f.Package.Path()] = s
			}
		}
	}
	return out
}

// discard ignores the fixtures' expectations, which speak of the passes.
type discard struct{ t *testing.T }

func (discard) Errorf(string, ...any) {}

func TestFactsAreStable(t *testing.T) {
	a, b := facts(t, "connleak/..."), facts(t, "connleak/...")
	if len(a) == 0 || len(a) != len(b) {
		t.Fatalf("%d facts, then %d", len(a), len(b))
	}
	total := 0
	for path, fact := range a {
		x, err := json.Marshal(fact)
		if err != nil {
			t.Fatal(err)
		}
		y, _ := json.Marshal(b[path])
		if !bytes.Equal(x, y) {
			t.Errorf("%s: facts differ between two runs:\n%s\n%s", path, x, y)
		}
		var buf bytes.Buffer
		if err := gob.NewEncoder(&buf).Encode(fact); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		total += len(x)
	}
	if total > maxFactBytes {
		t.Errorf("facts take %d bytes, budget %d", total, maxFactBytes)
	}
	t.Logf("%d packages, %d bytes of facts", len(a), total)
}

// What the engine says of some helpers, in its own words.
func TestSummaries(t *testing.T) {
	got := facts(t, "connleak/xpkg/...")
	for _, test := range []struct{ pkg, fn, want string }{
		{"connleak/xpkg/store", "Must", "Must: no return if p1 non-nil, r0 is p0, p0: [moved r0]"},
		{"connleak/xpkg/store", "Drain", "Drain: p0: [open if r0 nil and r1 non-nil released]"},
		{"connleak/xpkg/hidden", "cursor.Close", "cursor.Close: p0.rows: [released]"},
		{"connleak/xpkg/hidden", "Source.Names", "Source.Names: fresh rows: [moved r0.rows if r0 non-nil and r1 nil]"},
	} {
		pkg := got[test.pkg]
		if pkg == nil {
			t.Errorf("no fact of %s", test.pkg)
			continue
		}
		if f := pkg.Lookup(test.fn); f == nil || f.String() != test.want {
			t.Errorf("%s.%s:\n got %v\nwant %s", test.pkg, test.fn, f, test.want)
		}
	}
}
