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
	count = flag.Int("oracle.n", 300, "number of programs")
	batch = flag.Int("oracle.batch", 300, "programs of one build")
	keep  = flag.String("oracle.keep", "", "directory for the shrunk disagreements")
	small = flag.Int("oracle.shrink", 3, "disagreements of one class to shrink and show")
)

var analyzers = []*analysis.Analyzer{connleak.Analyzer, deferinloop.Analyzer}

// TestOracle: analyzer and execution agree.
func TestOracle(t *testing.T) {
	o, err := oracle.New(t.TempDir(), analyzers...)
	if err != nil {
		t.Fatal(err)
	}
	o.Busy = watch()
	total := &oracle.Report{}
	for done := 0; done < *count; done += *batch {
		programs, err := o.Programs(*seed+int64(done), min(*batch, *count-done))
		if err != nil {
			t.Fatal(err)
		}
		rep, err := o.Compare(t.Context(), programs)
		if err != nil {
			t.Fatal(err)
		}
		total.Add(rep)
	}
	explain(t, o, total.Differ)
	t.Logf("%d programs, %d leak, %d runs, %d disagreements, dropped %v, over budget %d",
		total.Programs, total.Leaky, total.Runs, len(total.Differ), total.Dropped, total.Budget)
	classes := map[string]int{}
	for _, d := range total.Differ {
		classes[d.Class()]++
	}
	for _, c := range slices.Sorted(maps.Keys(classes)) {
		t.Logf("%5d %s", classes[c], c)
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
		t.Fatal(err)
	}
	for _, d := range chosen {
		t.Errorf("%s\n%s", d.Class(), d)
		if *keep == "" {
			continue
		}
		name := fmt.Sprintf("%d-%d.go", d.Program.Seed, d.Site)
		if err := os.WriteFile(filepath.Join(*keep, name), []byte(d.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// watch ends the process when the analyzers do not come back: what they hold
// on to by then may be all the memory there is.
func watch() func(...*oracle.Program) {
	const patience = 2 * time.Minute
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
