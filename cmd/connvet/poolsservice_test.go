package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/connvet/connvet/internal/manifest"
)

const servicePools = "../../testdata/service.pools.json"

// TestServicePools lists the pools of the sample service, with the analyzers
// that users get.
//
// After a change of what is found: go test ./cmd/connvet -run TestServicePools -update
func TestServicePools(t *testing.T) {
	tool, dir, other := buildTool(t), t.TempDir(), t.TempDir()
	for _, d := range []string{dir, other} {
		if err := os.CopyFS(d, os.DirFS(serviceDir)); err != nil {
			t.Fatal(err)
		}
	}
	text := runTool(t, tool, exitClean, "pools", "-C", dir, "-json")
	compareFile(t, servicePools, text)
	for _, d := range []string{dir, other} { // from the cache, and in another place
		if again := runTool(t, tool, exitClean, "pools", "-C", d, "-json", "./..."); again != text {
			t.Errorf("in %s it is:\n%s\nwant:\n%s", d, again, text)
		}
	}
	m, err := manifest.Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if !m.Complete || len(m.Pools) == 0 || len(m.Unresolved) > 0 {
		t.Errorf("complete %t, %d pools, unresolved %v", m.Complete, len(m.Pools), m.Unresolved)
	}
	compareTable(t, runTool(t, tool, exitClean, "pools", "-C", dir))
}

// compareTable compares the table that the README shows with what the command
// prints, or brings it up to date.
func compareTable(t *testing.T, table string) {
	t.Helper()
	data, err := os.ReadFile(readmeFile)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(data), "\r\n", "\n")
	shown := regexp.MustCompile("(?m)^POOL  (?:.+\n)+?(```)$").FindString(text)
	shown = strings.TrimSuffix(shown, "```")
	switch {
	case shown == "":
		t.Error("the README shows no table of pools")
	case *update:
		compareFile(t, readmeFile, strings.Replace(text, shown, table, 1))
	case shown != table:
		t.Errorf("the README shows:\n%s\nthe command prints:\n%s", shown, table)
	}
}
