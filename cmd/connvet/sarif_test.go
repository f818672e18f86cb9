package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/connvet/connvet/analyzers"
	"github.com/connvet/connvet/internal/driver/drivertest"
)

const leakModule = `
-- a/a.go --
package a

func query() int { return 0 }

func F() {
	_ = query() //@connleak/rows rows
}
`

// Code scanning gets the pages of all rules, and names of files that begin at
// the root of the repository, wherever the module is.
func TestSARIF(t *testing.T) {
	repo := t.TempDir()
	module := filepath.Join(repo, "go", "svc")
	if err := os.CopyFS(module, os.DirFS(drivertest.Module(t, leakModule))); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(repo, ".git"), 0o777); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), []string{"-format", "sarif", "-C", module, "./..."}, &env{
		stdout: &stdout, stderr: &stderr, version: "v1.2.3", tool: os.Executable,
		environ: append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off"),
	})
	if code != exitClean { // whoever reads it sees that there are findings
		t.Errorf("exit code %d: %s", code, &stderr)
	}
	type rule struct {
		ID               string
		ShortDescription struct{ Text string }
		Help             struct{ Markdown string }
		HelpURI          string
	}
	var log struct {
		Runs []struct {
			Tool struct {
				Driver struct {
					SemanticVersion string
					Rules           []rule
				}
			}
			Results []struct {
				RuleID    string
				RuleIndex int
				Locations []struct {
					PhysicalLocation struct{ ArtifactLocation struct{ URI string } }
				}
			}
		}
	}
	if err := json.Unmarshal(stdout.Bytes(), &log); err != nil || len(log.Runs) != 1 || len(log.Runs[0].Results) != 1 {
		t.Fatalf("%v in:\n%s", err, &stdout)
	}
	driver, result := log.Runs[0].Tool.Driver, log.Runs[0].Results[0]
	if driver.SemanticVersion != "1.2.3" {
		t.Errorf("version %q", driver.SemanticVersion)
	}
	if uri := result.Locations[0].PhysicalLocation.ArtifactLocation.URI; uri != "go/svc/a/a.go" {
		t.Errorf("the file is %q", uri)
	}
	if result.RuleID != "connleak/rows" || driver.Rules[result.RuleIndex].ID != result.RuleID {
		t.Errorf("rule %q, which is said to be %q", result.RuleID, driver.Rules[result.RuleIndex].ID)
	}
	for _, want := range analyzers.Rules() {
		i := slices.IndexFunc(driver.Rules, func(r rule) bool { return r.ID == want.ID })
		if i < 0 {
			t.Errorf("no rule %s", want.ID)
		} else if r := driver.Rules[i]; r.ShortDescription.Text != want.Title || r.Help.Markdown != want.Doc || r.HelpURI != want.URL {
			t.Errorf("%s is %+v", want.ID, r)
		}
	}
}
