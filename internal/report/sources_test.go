package report

import (
	"os"
	"path/filepath"
	"testing"
)

func TestFunction(t *testing.T) {
	const text = `package a

var v = func() int { return 0 }

// F is a function.
func F() {
	func() {
	}()
}

func (s *S[K, V]) Method() {}

func (s S) Value() {}

func (*T[K]) One() {} ; func G() {}

//line other.go:1
func H() {}
`
	s := sourcesOf(t, map[string]string{"a.go": text, "bad.go": "package"})
	tests := []struct {
		file string
		at   Point
		want string
	}{
		{"a.go", Point{3, 9}, ""},
		{"a.go", Point{5, 1}, ""},
		{"a.go", Point{6, 1}, "F"},
		{"a.go", Point{7, 3}, "F"},
		{"a.go", Point{9, 1}, "F"},
		{"a.go", Point{11, 25}, "(*S).Method"},
		{"a.go", Point{13, 2}, "S.Value"},
		{"a.go", Point{15, 2}, "(*T).One"},
		{"a.go", Point{15, 27}, "G"},
		{"a.go", Point{18, 3}, "H"},
		{"a.go", Point{}, ""},
		{"bad.go", Point{1, 1}, ""},
		{"nosuch.go", Point{1, 1}, ""},
	}
	for _, test := range tests {
		if got := s.Function(test.file, test.at); got != test.want {
			t.Errorf("%s:%d:%d: %q, want %q", test.file, test.at.Line, test.at.Column, got, test.want)
		}
	}
}

func TestPointAndLine(t *testing.T) {
	s := sourcesOf(t, map[string]string{"a.go": "ab\r\nc\n", "empty.go": ""})
	for offset, want := range map[int]Point{0: {1, 1}, 2: {1, 3}, 3: {1, 4}, 4: {2, 1}, 5: {2, 2}, 6: {3, 1}, 7: {}, -1: {}} {
		if got := s.Point("a.go", offset); got != want {
			t.Errorf("offset %d is %v, want %v", offset, got, want)
		}
	}
	if got := s.Point("empty.go", 0); got != (Point{1, 1}) {
		t.Errorf("the start of an empty file is %v", got)
	}
	for line, want := range map[int]string{1: "ab", 2: "c", 3: ""} {
		if got, ok := s.Line("a.go", line); !ok || got != want {
			t.Errorf("line %d is %q, %t; want %q", line, got, ok, want)
		}
	}
	for _, line := range []int{0, 4} {
		if got, ok := s.Line("a.go", line); ok {
			t.Errorf("there is a line %d: %q", line, got)
		}
	}
}

func TestNames(t *testing.T) {
	dir := t.TempDir()
	other := filepath.Join(dir, "other.txt")
	if err := os.WriteFile(other, []byte("text"), 0o666); err != nil {
		t.Fatal(err)
	}
	work := filepath.Join(dir, "work")
	file := filepath.Join(work, "sub", "a.go")
	s := NewSources(work, map[string]string{file: other})
	if got := s.Rel(file); got != "sub/a.go" {
		t.Errorf("a file below the directory is called %s", got)
	}
	if got := s.Rel(filepath.Join(dir, "b.go")); got != "../b.go" {
		t.Errorf("a file beside the directory is called %s", got)
	}
	far := filepath.Join(filepath.VolumeName(dir)+string(filepath.Separator), "b.go")
	if got := s.Rel(far); got != filepath.ToSlash(far) {
		t.Errorf("a file far away is called %s", got)
	}
	if got := s.Abs("sub/a.go"); got != file {
		t.Errorf("sub/a.go is %s", got)
	}
	if got, err := s.Text("sub/a.go"); err != nil || string(got) != "text" {
		t.Errorf("a replaced file reads %q, %v", got, err)
	}
	if !s.Replaced("sub/a.go") || s.Replaced("sub/b.go") {
		t.Error("Replaced does not tell what is replaced")
	}
}
