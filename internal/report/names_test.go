package report

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/connvet/connvet/internal/slash"
)

// onWindows returns the sources below a directory of Windows.
func onWindows(dir string) *Sources { return &Sources{names: slash.Names{Windows: true}, dir: dir} }

// What Rel calls a file, Abs finds.
func TestWindowsSources(t *testing.T) {
	for _, test := range []struct{ dir, path, rel string }{
		{`C:\src`, `C:\src\store\a.go`, "store/a.go"},
		{`C:\src\`, `C:\src\a.go`, "a.go"},
		{`C:\src\svc`, `C:\src\lib\a.go`, "../lib/a.go"},
		{`C:\`, `C:\a.go`, "a.go"},
		{`C:\src`, `D:\src\a.go`, "D:/src/a.go"},
		{`C:\src\team\svc\cmd`, `C:\a.go`, "C:/a.go"},
		{`\\host\share\src`, `\\host\share\src\a.go`, "a.go"},
		{`\\host\share`, `\\host\share\a.go`, "a.go"},
		{`C:\src`, `\\host\share\a.go`, "//host/share/a.go"},
	} {
		s := onWindows(test.dir)
		if got := s.Rel(test.path); got != test.rel {
			t.Errorf("in %s %s is called %s, want %s", test.dir, test.path, got, test.rel)
		}
		if got := s.Abs(test.rel); got != test.path {
			t.Errorf("in %s %s is %s, want %s", test.dir, test.rel, got, test.path)
		}
	}
	for _, path := range []string{`c:\src\a.go`, `C:\SRC\a.go`, `C:/src/a.go`, `C:\src\.\a.go`} {
		if got := onWindows(`C:\src`).Rel(path); got != "a.go" {
			t.Errorf("%s is called %s", path, got)
		}
	}
}

// Programs that look at a repository want names below its root.
func TestWindowsNames(t *testing.T) {
	for _, test := range []struct{ root, file, name, uri string }{
		{"", "store/a.go", "store/a.go", "store/a.go"},
		{"", "../lib/a.go", "C:/repo/lib/a.go", "file:///C:/repo/lib/a.go"},
		{`C:\repo`, "store/a.go", "svc/store/a.go", "svc/store/a.go"},
		{`C:\repo\`, "../lib/a b.go", "lib/a b.go", "lib/a%20b.go"},
		{`c:\Repo`, "a.go", "svc/a.go", "svc/a.go"},
		{`C:\`, "a.go", "repo/svc/a.go", "repo/svc/a.go"},
		{`C:\repo`, "../../x.go", "C:/x.go", "file:///C:/x.go"},
		{`C:\repo`, "C:/repo/svc/a.go", "svc/a.go", "svc/a.go"},
		{`C:\repo`, "D:/gen/a.go", "D:/gen/a.go", "file:///D:/gen/a.go"},
		{`C:\repo`, "//host/share/a.go", "//host/share/a.go", "file://host/share/a.go"},
		{`D:\repo`, "a.go", "a.go", "a.go"},
	} {
		n := namer{test.root, onWindows(`C:\repo\svc`)}
		if got := n.name(test.file); got != test.name {
			t.Errorf("below %q %s is called %s, want %s", test.root, test.file, got, test.name)
		}
		if got, want := n.has(test.file), test.uri[:min(5, len(test.uri))] != "file:"; got != want {
			t.Errorf("below %q is %s: %t", test.root, test.file, got)
		}
		s := &sarifWriter{options: Options{Root: test.root}, sources: n.sources}
		if got := s.artifact(test.file).URI; got != test.uri {
			t.Errorf("below %q the URI of %s is %s, want %s", test.root, test.file, got, test.uri)
		}
	}
}

// Elsewhere a colon is a letter like any other, but not in a URI.
func TestColon(t *testing.T) {
	s := &sarifWriter{sources: &Sources{dir: "/src"}}
	for file, uri := range map[string]string{"c:d.go": "c%3Ad.go", "C:/d.go": "C%3A/d.go", "/C:/d.go": "file:///C:/d.go"} {
		if got := s.artifact(file).URI; got != uri {
			t.Errorf("the URI of %s is %s, want %s", file, got, uri)
		}
	}
}

// A repository may have two names: of a symbolic link, as /tmp is one on macOS,
// and of where that leads.
func TestReviewdogDirSymlink(t *testing.T) {
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	sub := filepath.Join(root, "svc")
	if err := os.Mkdir(sub, 0o777); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(root, link); err != nil {
		t.Skip(err)
	}
	for _, test := range []struct{ root, dir, want string }{
		{root, filepath.Join(link, "svc"), sub},
		{link, sub, filepath.Join(link, "svc")},
		{link, link, link},
		{root, t.TempDir(), root},
	} {
		t.Chdir(test.dir)
		if got := reviewdogDir(test.root); got != test.want {
			t.Errorf("in %s of %s: %s, want %s", test.dir, test.root, got, test.want)
		}
	}
}
