package gofmt

import (
	"strings"
	"testing"
)

func TestSource(t *testing.T) {
	const (
		loose = "package a\n\nvar  s = `a\nb`\n/* a\n b */\nvar t   int // c\n"
		tight = "package a\n\nvar s = `a\nb`\n\n/*\na\nb\n*/\nvar t int // c\n"
	)
	dos := strings.NewReplacer("\n", "\r\n")
	for _, test := range []struct{ name, src, want string }{
		{"LF", loose, tight},
		{"CRLF", dos.Replace(loose), dos.Replace(tight)},
		{"mark", "\uFEFF" + loose, "\uFEFF" + tight},
		{"mark and CRLF", "\uFEFF" + dos.Replace(loose), "\uFEFF" + dos.Replace(tight)},
		{"mixed", strings.Replace(loose, "\n", "\r\n", 2), tight},
		{"no final line end", "package  a", "package a\n"},
		{"no final line end, CRLF", "package  a\r\nvar x int", "package a\r\n\r\nvar x int\r\n"},
	} {
		got, err := Source([]byte(test.src))
		if err != nil || string(got) != test.want {
			t.Errorf("%s: %q, %v, want %q", test.name, got, err, test.want)
		}
		if again, err := Source(got); err != nil || string(again) != string(got) {
			t.Errorf("%s: the second time %q, %v", test.name, again, err)
		}
	}
	if _, err := Source([]byte("package a\n\nfunc {\n")); err == nil {
		t.Error("what does not parse is formatted")
	}
}

func TestIsMixed(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, "a": false, "a\nb\n": false, "a\r\nb\r\n": false, "a\r\nb": false, "a\rb\n": false,
		"a\r\nb\n": true, "a\nb\r\n": true,
	} {
		if got := IsMixed([]byte(text)); got != want {
			t.Errorf("IsMixed(%q) = %t", text, got)
		}
	}
}
