package mutate_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/internal/driver/drivertest"
	"github.com/connvet/connvet/internal/mutate"
	"github.com/connvet/connvet/internal/unit"
	"github.com/connvet/connvet/passes/connleak"
)

var (
	checkout = flag.String("checkout", "", "directory of a repository to mutate, instead of the sample")
	labels   = flag.String("labels", "", "file of labelled sites, one JSON object a line; default: what is released within sight")
	repo     = flag.String("repo", "", "the repository's name in the labels")
	tool     = flag.String("tool", "", "the vettool; default: this test binary")
	pkgs     = flag.String("pkgs", "./...", "packages")
	cd       = flag.String("cd", ".", "directory of the module below the checkout")
	out      = flag.String("out", "", "file for the report; default: standard output, which go test shows under -v")
	update   = flag.Bool("update", false, "rewrite the expected report of the sample")
)

// TestMain makes the test binary a vettool when go vet runs it as one.
func TestMain(m *testing.M) {
	if unit.IsUnitInvocation(os.Args[1:]) {
		unit.Main(unit.Config{Name: "connvet", Analyzers: []*analysis.Analyzer{connleak.Analyzer}})
	}
	os.Exit(m.Run())
}

// TestMutate mutates the sample in testdata, each mutant of which is known, or
// the repository that the flags name. Their paths are absolute, since the test
// runs in the directory of its package:
//
//	go test ./internal/mutate -run TestMutate -v -timeout 2h -args \
//		-checkout=DIR -labels=labels.jsonl -repo=NAME -tool=connvet -pkgs='./...' -cd=.
func TestMutate(t *testing.T) {
	if *checkout == "" {
		testSample(t)
		return
	}
	root, err := filepath.EvalSymlinks(*checkout)
	if err != nil {
		t.Fatal(err)
	}
	if root, err = filepath.Abs(root); err != nil {
		t.Fatal(err)
	}
	report := run(t, root, *cd, strings.Fields(*pkgs))
	if *out == "" {
		os.Stdout.Write(report)
	} else if err := os.WriteFile(*out, report, 0o666); err != nil {
		t.Fatal(err)
	}
}

// testSample compares the report of the sample with what is expected: each
// mutant that leaks is reported, and none of the others.
func testSample(t *testing.T) {
	const golden = "testdata/report.txt"
	sample, err := os.ReadFile("testdata/sample.txtar")
	if err != nil {
		t.Fatal(err)
	}
	got := run(t, drivertest.Module(t, string(sample)), ".", []string{"./..."})
	if *update {
		if err := os.WriteFile(golden, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// run mutates packages of a module and returns the report.
func run(t *testing.T, root, cd string, patterns []string) []byte {
	t.Helper()
	dir := filepath.Join(root, filepath.FromSlash(cd))
	program, broken, err := load(dir, patterns)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range broken {
		t.Logf("not mutated: %s", b)
	}
	sites := program.Discovered()
	if *labels != "" {
		f, err := os.Open(*labels)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		list, err := mutate.ReadLabels(f, *repo)
		if err != nil {
			t.Fatal(err)
		}
		sites = program.Labelled(root, list)
	}
	vettool := *tool
	if vettool == "" {
		if vettool, err = os.Executable(); err != nil {
			t.Fatal(err)
		}
	}
	if vettool, err = filepath.Abs(vettool); err != nil {
		t.Fatal(err)
	}
	tmp := t.TempDir()
	result, err := program.Run(sites, tmp, vet(vettool, dir, tmp, patterns))
	if err != nil {
		t.Fatal(err)
	}
	var report bytes.Buffer
	result.Write(&report, root)
	return report.Bytes()
}
