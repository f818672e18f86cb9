package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/connvet/connvet/analyzers"
	"github.com/connvet/connvet/internal/driver/drivertest"
)

// "connvet explain" prints the pages as they are.
func TestExplainPages(t *testing.T) {
	pages := map[string]string{limits: analyzers.Limits()}
	for _, r := range analyzers.Rules() {
		pages[r.ID] = r.Doc
	}
	for name, want := range pages {
		var stdout, stderr bytes.Buffer
		code := run(t.Context(), []string{"explain", name}, &env{stdout: &stdout, stderr: &stderr, dir: t.TempDir()})
		if code != exitClean || stdout.String() != want || want == "" {
			t.Errorf("explain %s: exit %d, %d bytes, want %d bytes: %s", name, code, stdout.Len(), len(want), stderr.String())
		}
	}
}

// A place may be named through a symbolic link, though the go command has another
// name for it.
func TestExplainSymlink(t *testing.T) {
	dir := drivertest.Module(t, `
-- a.go --
package m

import "database/sql"

func F(db *sql.DB) {
	rows, _ := db.Query("SELECT 1")
	rows.Next()
}
`)
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Skip(err)
	}
	tool := buildTool(t)
	for _, names := range [][2]string{{dir, link}, {link, dir}, {link, link}} {
		s := &script{dir: names[0], cache: t.TempDir(), tool: func() (string, error) { return tool, nil }}
		s.environ = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
		s.connvet(t, []string{"explain", filepath.Join(names[1], "a.go:6")}, false, s.tool)
		if got := s.out.String(); !strings.Contains(got, "rows acquired here by (*sql.DB).Query") || !strings.HasSuffix(got, "exit 0\n") {
			t.Errorf("in %s, explain %s: %s", names[0], names[1], got)
		}
	}
}
