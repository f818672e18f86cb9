package driver

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// As long as everything loads, the user's own patterns are passed on; else
// packages by name, in as many commands as it takes.
func TestBatches(t *testing.T) {
	l := new(listing)
	for i := range 1000 {
		l.packages = append(l.packages, &Package{ImportPath: fmt.Sprintf("example.com/%s/p%d", strings.Repeat("x", 50), i)})
	}
	p := newPlan([]string{"./..."}, l)
	if got := p.batches(); len(got) != 1 || len(got[0]) != 1 || got[0][0] != "./..." {
		t.Errorf("all packages load, but the arguments are %v", got)
	}
	p.drop(l.packages[7], "for a test")
	seen := make(map[string]bool)
	for _, batch := range p.batches() {
		size := 0
		for _, path := range batch {
			size += len(path) + 1
			seen[path] = true
		}
		if size > maxArgs {
			t.Errorf("a command has %d bytes of arguments", size)
		}
	}
	if len(seen) != 999 || seen[l.packages[7].ImportPath] {
		t.Errorf("%d packages are analysed; the dropped one: %t", len(seen), seen[l.packages[7].ImportPath])
	}
	if got := newPlan(nil, new(listing)).batches(); got != nil {
		t.Errorf("without targets there are commands: %v", got)
	}
}

// A failure keeps a package from being analysed that is not asked for, and says
// why; what cgo makes of a package imports more than the package does.
func TestAffects(t *testing.T) {
	deps := &graph{
		imports: map[string][]string{"p": {"q"}, "q": {"C", "runtime/cgo"}, "t [t.test]": {"q"}, "runtime/cgo": nil},
		tests:   map[string][]string{"t": {"t [t.test]"}},
		reached: make(map[string]map[string]bool),
	}
	failures := deps.blame([]string{
		"go: warning: ignoring flags",
		"q.go:1:2: this: is no package",
		"unknown: reason",
		"q",
		"q: ",
		"runtime/cgo: C compiler not found: gcc",
	})
	if len(failures) != 1 {
		t.Fatalf("%d failures", len(failures))
	}
	p := newPlan(nil, &listing{packages: []*Package{{ImportPath: "p"}, {ImportPath: "t", TestGoFiles: []string{"t_test.go"}, GoFiles: []string{"t.go"}}, {ImportPath: "u"}}})
	p.apply(failures, deps)
	var got []string
	for _, n := range p.notAnalysed(true) {
		got = append(got, n.String())
	}
	slices.Sort(got)
	const why = " (imports broken runtime/cgo: C compiler not found: gcc)"
	if want := []string{"p" + why, "tests of t" + why}; !slices.Equal(got, want) {
		t.Errorf("not analysed: %q, want %q", got, want)
	}
}

// The reason does not depend on the order of errors.
func TestWhyNot(t *testing.T) {
	own := func(pos, text string) *PackageError {
		return &PackageError{ImportStack: []string{"x", "p"}, Pos: pos, Err: text + "; to add it:\n\tgo get y"}
	}
	of := func(culprit string) *PackageError {
		return &PackageError{ImportStack: []string{"p", culprit}, Pos: "elsewhere.go:1:1", Err: "wrong"}
	}
	listed := func(pkg string) bool { return pkg != "far" }
	tests := []struct {
		err    *PackageError
		errs   []*PackageError
		tested string
		want   string
	}{
		{nil, []*PackageError{of("b"), own("b.go:1:2", "two"), own("a.go:1:2", "one")}, "", "a.go:1:2: one"},
		{nil, []*PackageError{of("c"), of("b")}, "", "imports broken b"},
		{nil, []*PackageError{of("far")}, "", "imports broken far: elsewhere.go:1:1: wrong"},
		{of("b"), []*PackageError{of("a")}, "", "elsewhere.go:1:1: wrong"},
		{nil, []*PackageError{{Err: "nobody's"}}, "", "nobody's"},
		{nil, []*PackageError{of("q (test)")}, "q", "elsewhere.go:1:1: wrong"},
		{nil, []*PackageError{of("q_test")}, "q", "elsewhere.go:1:1: wrong"},
		{nil, []*PackageError{of("r_test")}, "q", "imports broken r_test"},
	}
	for _, test := range tests {
		p := &Package{ImportPath: "p", ForTest: test.tested, Error: test.err, DepsErrors: test.errs}
		if got := p.whyNot(listed); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
		slices.Reverse(p.DepsErrors)
		if got := p.whyNot(listed); got != test.want {
			t.Errorf("in another order: %q, want %q", got, test.want)
		}
	}
}
