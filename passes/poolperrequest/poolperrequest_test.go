package poolperrequest_test

import (
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/connvet/connvet/passes/poolperrequest"
)

var topic = flag.String("topic", "...", "fixtures to check: a package pattern below testdata/src/poolperrequest")

// Test checks poolperrequest against the fixtures, a directory of
// testdata/src/poolperrequest for each topic; -topic=loops picks one.
func Test(t *testing.T) {
	analysistest.Run(t, testdata(t), poolperrequest.Analyzer, "poolperrequest/"+*topic)
}

// TestRelated wants each call between the handler and sql.Open named, in
// whichever package it stands.
func TestRelated(t *testing.T) {
	want := map[string][]string{
		"respond": {
			"respond calls web.Respond (api.go)",
			"Respond calls web.count (web.go)",
			"count calls repo.NewService (web.go)",
			"NewService calls repo.NewUsers (repo.go)",
			"NewUsers calls db.Connect (repo.go)",
			"sql.Open opens the pool here (db.go)",
		},
		"madeEach": {
			"madeEach calls web.New (api.go)",
			"New calls repo.NewService (web.go)",
			"NewService calls repo.NewUsers (repo.go)",
			"NewUsers calls db.Connect (repo.go)",
			"sql.Open opens the pool here (db.go)",
		},
	}
	for _, res := range analysistest.Run(t, testdata(t), poolperrequest.Analyzer, "poolperrequest/chain/api") {
		for _, d := range res.Action.Diagnostics {
			var got []string
			for _, rel := range d.Related {
				got = append(got, fmt.Sprintf("%s (%s)", rel.Message, filepath.Base(res.Action.Package.Fset.Position(rel.Pos).Filename)))
			}
			caller, _, _ := strings.Cut(strings.Join(got, ""), " ")
			if !slices.Equal(got, want[caller]) {
				t.Errorf("%s: the way to the opener is\n\t%s\nwant\n\t%s", d.Message, strings.Join(got, "\n\t"), strings.Join(want[caller], "\n\t"))
			}
			delete(want, caller)
		}
	}
	for caller := range want {
		t.Errorf("nothing is reported in %s", caller)
	}
}

func testdata(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", "..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}
