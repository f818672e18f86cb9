package oracle_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/passes/connleak"
	"github.com/connvet/connvet/passes/deferinloop"
	"github.com/connvet/connvet/passes/internal/oracle"
)

var (
	seed  = flag.Int64("oracle.seed", 1, "seed of the first program")
	count = flag.Int("oracle.n", 500, "number of programs")
	batch = flag.Int("oracle.batch", 500, "programs of one build")
	keep  = flag.String("oracle.keep", "", "directory for the disagreements")
	fixes = flag.Bool("oracle.fixes", true, "make the suggested fixes and judge what comes of them")
	small = flag.Int("oracle.shrink", 3, "disagreements of one class to shrink and show")
)

var analyzers = []*analysis.Analyzer{connleak.Analyzer, deferinloop.Analyzer}

// TestOracle: analyzer and execution agree on a fixed set of programs.
func TestOracle(t *testing.T) {
	n := *count
	if testing.Short() {
		n = min(n, 200)
	}
	o, err := oracle.New(t.TempDir(), analyzers...)
	if err != nil {
		t.Fatal(err)
	}
	o.Busy = watch()
	total := &oracle.Report{}
	for done := 0; done < n; done += *batch {
		rep, err := round(t, o, *seed+int64(done), min(*batch, n-done))
		if err != nil {
			t.Fatal(err)
		}
		total.Add(rep)
		if n > *batch {
			fmt.Fprintf(os.Stderr, "%d programs, %d disagreements\n", total.Programs, len(total.Differ))
		}
	}
	explain(t, o, total.Differ)
	t.Logf("%d programs, %d of them leak, %d runs, without a verdict %v", total.Programs, total.Leaky, total.Runs, total.Dropped)
	t.Logf("%d findings, %d fixes made, %d over budget, %d disagreements", total.Findings, total.Fixed, total.Budget, len(total.Differ))
	balanced(t, total)
}

// FuzzOracle goes on without end: go test -run=^$ -fuzz=FuzzOracle.
func FuzzOracle(f *testing.F) {
	f.Add(int64(1))
	o, err := oracle.New(f.TempDir(), analyzers...)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, seed int64) {
		rep, err := round(t, o, seed, 20)
		if err != nil {
			t.Fatal(err)
		}
		explain(t, o, rep.Differ)
	})
}

// round judges n programs.
func round(t *testing.T, o *oracle.Oracle, first int64, n int) (*oracle.Report, error) {
	programs, err := o.Programs(first, n)
	if err != nil {
		return nil, err
	}
	rep, err := o.Compare(t.Context(), programs)
	if err == nil && *fixes {
		err = o.Fix(t.Context(), rep)
	}
	if err == nil {
		rep.Outcomes = nil
	}
	return rep, err
}

// balanced: a generator that makes one kind of program only proves nothing.
func balanced(t *testing.T, total *oracle.Report) {
	if total.Programs < 200 {
		return
	}
	if share := 100 * total.Leaky / total.Programs; share < 30 || share > 60 {
		t.Errorf("%d %% of the programs leak", share)
	}
	lost := 0
	for _, n := range total.Dropped {
		lost += n
	}
	if share := 100 * lost / total.Programs; share > 10 {
		t.Errorf("%d %% of the programs have no verdict", share)
	}
}

// explain shrinks some disagreements of each class and shows them.
func explain(t *testing.T, o *oracle.Oracle, all []*oracle.Disagreement) {
	var chosen []*oracle.Disagreement
	classes := map[string]int{}
	for _, d := range all {
		if classes[d.Class()]++; classes[d.Class()] <= *small {
			chosen = append(chosen, d)
		}
	}
	if err := o.Shrink(t.Context(), chosen, 60); err != nil {
		t.Error(err)
	}
	for _, d := range chosen {
		t.Errorf("%s\n%s", d.Class(), d)
		if *keep == "" {
			continue
		}
		name := fmt.Sprintf("%d-%d.go", d.Program.Seed, d.Site)
		if err := os.WriteFile(filepath.Join(*keep, name), []byte(d.String()), 0o666); err != nil {
			t.Error(err)
		}
	}
	for _, c := range slices.Sorted(maps.Keys(classes)) {
		t.Errorf("%5d times %s", classes[c], c)
	}
}

// watch ends the process when the analyzers do not come back: what they hold
// on to by then may be all the memory there is.
func watch() func(...*oracle.Program) {
	const patience = 5 * time.Minute
	var dog *time.Timer
	return func(programs ...*oracle.Program) {
		if dog != nil {
			dog.Stop()
		}
		if len(programs) == 0 {
			return
		}
		dog = time.AfterFunc(patience, func() {
			for _, p := range programs {
				fmt.Fprintf(os.Stderr, "no end of the analysis of one of these: seed %d\n%s\n", p.Seed, p.Source(0))
			}
			os.Exit(1)
		})
	}
}
