package integration

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A Corpus is code to analyse.
type Corpus struct {
	Name     string
	Dir      string   // where the go command is run
	Patterns []string // the packages to report on
	Env      []string // of the go command
}

// Corpora returns the sample service and the fixtures of the checkout at root.
func Corpora(t *testing.T, root string) []Corpus {
	return []Corpus{Service(t, root), Fixtures(t, root)}
}

// Service copies the sample service.
func Service(t *testing.T, root string) Corpus {
	dir := tempDir(t)
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(root, "testdata", "service"))); err != nil {
		t.Fatal(err)
	}
	return Corpus{
		Name: "service", Dir: dir, Patterns: []string{"./..."},
		Env: append(os.Environ(), "GOFLAGS=", "GOPROXY=off", "GOWORK=off"),
	}
}

// Fixtures copies the sources for analysistest. Those are laid out as a GOPATH is;
// here each directory at the top becomes a module of a workspace.
func Fixtures(t *testing.T, root string) Corpus {
	src, dir := filepath.Join(root, "testdata", "src"), tempDir(t)
	copySources(t, src, dir)
	tops, err := os.ReadDir(src)
	if err != nil {
		t.Fatal(err)
	}
	c := Corpus{Name: "fixtures", Dir: dir}
	work := "go 1.25\n"
	for _, top := range tops {
		write(t, filepath.Join(dir, top.Name(), "go.mod"), fmt.Sprintf("module %s\n\ngo 1.25\n", top.Name()))
		work += fmt.Sprintf("use ./%s\n", top.Name())
		// The others stand in for libraries.
		if !strings.Contains(top.Name(), ".") && top.Name() != "stub" {
			c.Patterns = append(c.Patterns, "./"+top.Name()+"/...")
		}
	}
	write(t, filepath.Join(dir, "go.work"), work)
	c.Env = append(os.Environ(), "GOFLAGS=", "GOPROXY=off", "GOWORK="+filepath.Join(dir, "go.work"))
	return c
}

// copySources copies Go files and what they may embed. Comments that some drivers
// take for themselves are hidden from them.
func copySources(t *testing.T, from, to string) {
	err := filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(name)
		if err == nil {
			write(t, filepath.Join(to, rel), strings.ReplaceAll(string(data), "//nolint", "//noLint"))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// tempDir returns an empty directory by the name that the go command will use.
func tempDir(t *testing.T) string {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
