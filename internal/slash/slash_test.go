package slash

import (
	"path/filepath"
	"testing"
)

var unix, windows = Names{}, Names{Windows: true}

func TestFrom(t *testing.T) {
	for _, test := range []struct {
		names      Names
		path, want string
	}{
		{windows, `C:\src\a.go`, "C:/src/a.go"},
		{windows, `C:\src/b\a.go`, "C:/src/b/a.go"},
		{windows, `\\host\share\a.go`, "//host/share/a.go"},
		{unix, `/src/a\b.go`, `/src/a\b.go`}, // a letter like any other
	} {
		if got := test.names.From(test.path); got != test.want {
			t.Errorf("%+v: From(%q) = %q, want %q", test.names, test.path, got, test.want)
		}
	}
	if got := windows.Path("C:/src/a.go"); got != `C:\src\a.go` {
		t.Errorf("Path = %q", got)
	}
	if got := unix.Path("/src/a.go"); got != "/src/a.go" {
		t.Errorf("Path = %q", got)
	}
}

func TestText(t *testing.T) {
	for text, want := range map[string]string{
		`no files in C:\src\a b\c`:                `no files in C:/src/a b/c`,
		`found in \\host\share\a and 'D:\b\c.go'`: `found in //host/share/a and 'D:/b/c.go'`,
		`C:\a.go:1:2: invalid character '\'`:      `C:/a.go:1:2: invalid character '\'`,
		`"\x00\u1234" has no file: \d`:            `"\x00\u1234" has no file: \d`,
	} {
		if got := windows.Text(text); got != want {
			t.Errorf("Text(%q) = %q, want %q", text, got, want)
		}
		if got := unix.Text(text); got != text {
			t.Errorf("not on Windows: %q", got)
		}
	}
}

func TestIs(t *testing.T) {
	for _, test := range []struct {
		names       Names
		name, clean string
		abs, local  bool
	}{
		{windows, "a/b.go", "a/b.go", false, true},
		{windows, "./a//b.go", "a/b.go", false, true},
		{windows, "a/../../b.go", "../b.go", false, false},
		{windows, "..", "..", false, false},
		{windows, "..a/b", "..a/b", false, true},
		{windows, "aux.go", "aux.go", false, true}, // is a device for Windows up to 10, and a file for the go command
		{windows, "", ".", false, false},
		{windows, "C:/a/./b.go", "C:/a/b.go", true, false},
		{windows, "c:/", "c:/", true, false},
		{windows, "C:/..", "C:/", true, false},
		{windows, "C:a.go", "C:a.go", false, false},
		{windows, "C:", "C:.", false, false},
		{windows, "/a.go", "/a.go", false, false},
		{windows, "//host/share", "//host/share", true, false},
		{windows, "//host/share/", "//host/share/", true, false},
		{windows, "//host/share/../a", "//host/share/a", true, false},
		{windows, "//host", "/host", false, false},
		{unix, "/a//b", "/a/b", true, false},
		{unix, "//a/b/c", "/a/b/c", true, false},
		{unix, "C:/a.go", "C:/a.go", false, true}, // a directory of that name
		{unix, "../a", "../a", false, false},
		{unix, "", ".", false, false},
	} {
		if got := test.names.IsAbs(test.name); got != test.abs {
			t.Errorf("%+v: IsAbs(%q) = %t", test.names, test.name, got)
		}
		if got := test.names.IsLocal(test.name); got != test.local {
			t.Errorf("%+v: IsLocal(%q) = %t", test.names, test.name, got)
		}
		if got := test.names.Clean(test.name); got != test.clean {
			t.Errorf("%+v: Clean(%q) = %q, want %q", test.names, test.name, got, test.clean)
		}
	}
}

func TestJoin(t *testing.T) {
	for _, test := range []struct {
		names           Names
		dir, name, want string
	}{
		{windows, "C:/src", "a/b.go", "C:/src/a/b.go"},
		{windows, "C:/src/", "../b.go", "C:/b.go"},
		{windows, "C:/", "b.go", "C:/b.go"},
		{windows, "C:/src", "D:/x/", "D:/x"},
		{windows, "C:/src", "d:x", "d:/x"},
		{windows, "C:/src", "c:x", "C:/src/x"},
		{windows, "C:/src", "/x", "C:/x"},
		{windows, "//host/share/src", "/x", "//host/share/x"},
		{windows, "//host/share", "x", "//host/share/x"},
		{windows, "C:/src", "//host/share/x", "//host/share/x"},
		{windows, "conf", "x", "conf/x"},
		{windows, "conf", "C:/x", "C:/x"},
		{windows, ".", "x", "x"},
		{unix, "/src", "a", "/src/a"},
		{unix, "/src", "/a/./b", "/a/b"},
		{unix, "/src", "C:/a", "/src/C:/a"},
		{unix, "conf", "a", "conf/a"},
	} {
		if got := test.names.Join(test.dir, test.name); got != test.want {
			t.Errorf("%+v: Join(%q, %q) = %q, want %q", test.names, test.dir, test.name, got, test.want)
		}
	}
}

func TestRel(t *testing.T) {
	for _, test := range []struct {
		names           Names
		dir, name, want string // "": there is none
	}{
		{windows, "C:/src", "C:/src/a/b.go", "a/b.go"},
		{windows, "C:/src/", "C:/src/b.go", "b.go"},
		{windows, "C:/src", "C:/src", "."},
		{windows, "C:/src", "C:/src/", "."},
		{windows, "c:/src", "C:/src/b.go", "b.go"},
		{windows, "C:/Src", "C:/src/b.go", "b.go"},
		{windows, "C:/src", "C:/srcs/b.go", "../srcs/b.go"},
		{windows, "C:/", "C:/b.go", "b.go"},
		{windows, "C:/a/b", "C:/", "../.."},
		{windows, "C:/src", "D:/src/b.go", ""},
		{windows, "C:/src", "//host/share/src/b.go", ""},
		{windows, "//host/share/src", "//HOST/Share/src/b.go", "b.go"},
		{windows, "//host/share/", "//host/share/b.go", "b.go"},
		{windows, "//host/share", "//host/share", "."},
		{windows, "//host/share", "//host/other/b.go", ""},
		{windows, "C:/src", "b.go", ""},
		{windows, "/src", "/src/b.go", "b.go"},
		{windows, "/src", "C:/src/b.go", ""},
		{windows, "C:src", "C:src/b.go", ""},
		{windows, "", "C:/src", ""},
		{unix, "/src", "/src/b.go", "b.go"},
		{unix, "/Src", "/src/b.go", "../src/b.go"},
		{unix, "/", "/src/b.go", "src/b.go"},
		{unix, "/", "/", "."},
		{unix, "/src", "/srcs", "../srcs"},
		{unix, "src", "/src", ""},
	} {
		got, ok := test.names.Rel(test.dir, test.name)
		if got != test.want || ok != (test.want != "") {
			t.Errorf("%+v: Rel(%q, %q) = %q, %t, want %q", test.names, test.dir, test.name, got, ok, test.want)
		}
	}
}

func TestSame(t *testing.T) {
	for _, test := range []struct {
		names Names
		a, b  string
		want  bool
	}{
		{windows, "c:/src/a.go", "C:/Src/./a.go", true},
		{windows, "C:/src/a.go", "D:/src/a.go", false},
		{unix, "/src/a.go", "/src/x/../a.go", true},
		{unix, "/src/a.go", "/Src/a.go", false},
	} {
		if got := test.names.Same(test.a, test.b); got != test.want {
			t.Errorf("%+v: Same(%q, %q) = %t", test.names, test.a, test.b, got)
		}
	}
}

func TestURI(t *testing.T) {
	for _, test := range []struct {
		names      Names
		name, want string
	}{
		{windows, "C:/src/a b#.go", "file:///C:/src/a%20b%23.go"},
		{windows, "//host/share/a.go", "file://host/share/a.go"},
		{windows, "//host/share", "file://host/share"},
		{unix, "/src/C:/ö.go", "file:///src/C:/%C3%B6.go"},
	} {
		if got := test.names.URI(test.name); got != test.want {
			t.Errorf("%+v: URI(%q) = %q, want %q", test.names, test.name, got, test.want)
		}
	}
}

// On the system that the tests run on, the rules are those of path/filepath.
func TestAsFilepath(t *testing.T) {
	paths := []string{
		"/", "/a", "/a/b", "/a/../b/", "/A/b", "a", "a/b", "../a", "..", "../..", ".", "a//b/.", "..a",
		"C:/", "c:/a", "C:/a/b", "C:/A/../b", "C:a", "C:", "D:/a", "//host/share/", "//host/share/a", "//HOST/share/a/b", "//host/other/a",
	}
	for _, a := range paths {
		if got, want := Local.IsAbs(a), filepath.IsAbs(filepath.FromSlash(a)); got != want {
			t.Errorf("IsAbs(%q) = %t, want %t", a, got, want)
		}
		if got, want := Local.IsLocal(a), filepath.IsLocal(filepath.FromSlash(a)); got != want {
			t.Errorf("IsLocal(%q) = %t, want %t", a, got, want)
		}
		if got, want := Local.Path(Local.Clean(a)), filepath.Clean(filepath.FromSlash(a)); got != want {
			t.Errorf("Clean(%q) = %q, want %q", a, got, want)
		}
		for _, b := range paths {
			if !Local.IsAbs(a) || !Local.IsAbs(b) {
				continue
			}
			want, err := filepath.Rel(filepath.FromSlash(a), filepath.FromSlash(b))
			if got, ok := Local.Rel(a, b); ok != (err == nil) || Local.Path(got) != want {
				t.Errorf("Rel(%q, %q) = %q, %t, want %q, %v", a, b, got, ok, want, err)
			}
		}
	}
}
