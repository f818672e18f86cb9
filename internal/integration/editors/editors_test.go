package editors

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/connvet/connvet/internal/integration"
)

// root is the directory of the checkout.
var root = func() string {
	dir, err := filepath.Abs(filepath.Join("..", "..", ".."))
	if err != nil {
		panic(err)
	}
	return dir
}()

// snippets returns a directory of files for editors.
func snippets(name string) string { return filepath.Join(root, "testdata", "editors", name) }

// bin is a directory for connvet.
var bin string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "connvet-editors-")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		bin = dir
		return m.Run()
	}())
}

// build builds connvet, once.
var build = sync.OnceValue(func() error {
	cmd := exec.Command("go", "build", "-o", bin+string(filepath.Separator), "./cmd/connvet")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %v\n%s", err, out)
	}
	return nil
})

// connvet builds the command and returns its path.
func connvet(t *testing.T) string {
	t.Helper()
	if err := build(); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(bin, "connvet")
}

// need skips the test if something is not installed.
func need(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		_, err := exec.LookPath(name)
		if filepath.IsAbs(name) {
			_, err = os.Stat(name)
		}
		if err == nil {
			continue
		}
		if os.Getenv("CONNVET_REQUIRE_EDITORS") == "1" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
}

// environ is the environment of an editor: connvet is found, the user's settings
// are not.
func environ(t *testing.T) []string {
	home := t.TempDir()
	env := append(os.Environ(), "PATH="+filepath.Dir(connvet(t))+string(filepath.ListSeparator)+os.Getenv("PATH"),
		"HOME="+home, "GOWORK=off", "GOFLAGS=")
	for _, name := range []string{"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"} {
		env = append(env, name+"="+home)
	}
	// These would move with HOME.
	for _, name := range []string{"GOCACHE", "GOMODCACHE", "GOPATH"} {
		out, err := exec.Command("go", "env", name).Output()
		if err != nil {
			t.Fatal(err)
		}
		env = append(env, name+"="+strings.TrimSpace(string(out)))
	}
	return env
}

// service copies the sample service and returns where it is.
func service(t *testing.T) string { return integration.Service(t, root).Dir }

// module writes a module with one file to a directory.
func module(t *testing.T, text string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "go.mod"), "module example.com/m\n\ngo 1.25.0\n")
	write(t, filepath.Join(dir, "store.go"), text)
	return dir
}

// leak is a file with a leak. Before it, in its line, letters have two bytes.
const leak = `package store

import "database/sql"

func First(db *sql.DB) (bool, error) {
	/* Größe */ rows, err := db.Query("SELECT 1")
	if err != nil {
		return false, err
	}
	return rows.Next(), nil
}
`

// fixed is leak without the leak.
var fixed = strings.Replace(leak, "\treturn rows.Next()", "\tdefer rows.Close()\n\treturn rows.Next()", 1)

// A finding is a place of a finding or, below it, of a step of its path.
type finding struct {
	File      string // slash-separated, below the module
	Line, Col int
	Text      string // without the rule
	Rule      string
	Path      []finding
}

// String returns a step as connvet prints it.
func (f finding) String() string { return fmt.Sprintf("%s:%d:%d: %s", f.File, f.Line, f.Col, f.Text) }

var (
	placeRE = regexp.MustCompile(`^\t?([^\s:]+):(\d+):(\d+): (.+)$`)
	ruleRE  = regexp.MustCompile(`^(.+) \[([a-z/]+)\]$`)
)

// golden is what there is to find in the sample service.
func golden(t *testing.T) []finding {
	t.Helper()
	var all []finding
	for line := range strings.Lines(read(t, filepath.Join(root, "testdata", "service.golden.txt"))) {
		m := placeRE.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if m == nil {
			continue // the summary
		}
		f := finding{File: m[1], Line: atoi(t, m[2]), Col: atoi(t, m[3]), Text: m[4]}
		if line[0] == '\t' {
			last := &all[len(all)-1]
			last.Path = append(last.Path, f)
			continue
		}
		m = ruleRE.FindStringSubmatch(f.Text)
		f.Text, f.Rule = m[1], m[2]
		all = append(all, f)
	}
	if len(all) != 10 {
		t.Fatalf("%d findings", len(all))
	}
	return all
}

// sorted sorts what is compared by what it is printed as.
func sorted[T any](list []T) []T {
	return slices.SortedFunc(slices.Values(list), func(a, b T) int { return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
}

// equal fails the test unless two lists are the same.
func equal[T any](t *testing.T, got, want []T) {
	t.Helper()
	print := func(list []T) string {
		var text strings.Builder
		for _, v := range list {
			line, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&text, "%s\n", line)
		}
		return text.String()
	}
	if got, want := print(got), print(want); got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
}

// below returns the slash-separated name of a file below a directory.
func below(t *testing.T, dir, name string) string {
	t.Helper()
	rel, err := filepath.Rel(dir, name)
	if err != nil {
		t.Fatal(err)
	}
	return filepath.ToSlash(rel)
}

func atoi(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// read returns the text of a file.
func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// write writes a file.
func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
