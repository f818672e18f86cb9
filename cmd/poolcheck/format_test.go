package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// In every format that connvet has, too, the exit code is the same, and all of
// it is there: what has a place and what has none, and why a check is not
// complete.
func TestFormats(t *testing.T) {
	const manifest = "../../testdata/service.pools.json"
	tests := []struct {
		name, dsn string
		args      []string
		code      int
		want      string // in each format
	}{
		{"fits", "", []string{"-assume", "azure-flex:gp2", "-max-open", "20", "-instances", "6"}, exitFits, ""},
		{"does not fit", "", []string{"-assume", "azure-flex:gp2", "-max-open", "120", "-instances", "6"}, exitMisfit, "720 connections"},
		{"with places", "", []string{"-assume", "azure-flex:gp2", "-manifest", manifest, "-instances", "60"}, exitMisfit, "cmd/shopd/connect.go"},
		{"unreachable", "root@tcp(127.0.0.1:1)/", []string{"-max-open", "20", "-timeout", "1s"}, exitUndecided, "cannot reach the server: connection refused"},
	}
	for _, test := range tests {
		for _, f := range formats {
			t.Run(test.name+"/"+f.name, func(t *testing.T) {
				got := poolcheckOn(t, test.dsn, append([]string{"-format", f.name}, test.args...)...)
				if got.code != test.code || !strings.Contains(got.stdout, test.want) {
					t.Errorf("exit code %d, want %d; want %q in:\n%s%s", got.code, test.code, test.want, got.stdout, got.stderr)
				}
				if err := wellFormed(f.name, got.stdout); err != nil {
					t.Errorf("%v in:\n%s", err, got.stdout)
				}
			})
		}
	}
}

// For programs, places are named from the root of the repository if it is at hand,
// and else as the manifest has them.
func TestPlaces(t *testing.T) {
	manifest, err := filepath.Abs("../../testdata/service.pools.json")
	if err != nil {
		t.Fatal(err)
	}
	const (
		place        = "cmd/shopd/connect.go"
		inRepository = "svc/" + place
	)
	repo := t.TempDir()
	for _, dir := range []string{"repo/.git", "repo/svc/cmd/shopd", "other"} {
		if err := os.MkdirAll(filepath.Join(repo, dir), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(repo, "repo/svc/go.mod"), []byte("module example.com/shop\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(manifest)
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(repo, "repo/svc/pools.json")
	if err := os.WriteFile(copied, data, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ dir, manifest, want string }{
		{"repo/svc", manifest, inRepository},
		{"repo/svc/cmd/shopd", manifest, inRepository},
		{"repo", copied, inRepository},
		{"other", copied, inRepository},
		{"repo", manifest, place},
		{"other", manifest, place},
	} {
		t.Chdir(filepath.Join(repo, test.dir))
		for _, format := range []string{"sarif", "github", "gitlab"} {
			got := poolcheckOn(t, "", "-format", format, "-assume", "azure-flex:gp2", "-manifest", test.manifest, "-instances", "60").stdout
			if !strings.Contains(got, place) || strings.Contains(got, inRepository) != (test.want == inRepository) {
				t.Errorf("%s in %s: want %s in:\n%s", format, test.dir, test.want, got)
			}
		}
	}
}

// wellFormed says what is wrong with the form of output, roughly.
func wellFormed(format, output string) error {
	var v any
	switch format {
	case "json", "sarif", "gitlab":
		return json.Unmarshal([]byte(output), &v)
	case "rdjsonl":
		for line := range strings.Lines(output) {
			if err := json.Unmarshal([]byte(line), &v); err != nil {
				return err
			}
		}
	case "github":
		for line := range strings.Lines(output) {
			if command, _, _ := strings.Cut(line, " "); command != "::error" && command != "::warning" && command != "::notice" {
				return fmt.Errorf("no command: %q", line)
			}
		}
	}
	return nil
}
