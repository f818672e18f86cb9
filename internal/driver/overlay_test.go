package driver

import (
	"slices"
	"testing"
)

// GOFLAGS is split as the go command splits it.
func TestWords(t *testing.T) {
	for text, want := range map[string][]string{
		"":                     nil,
		" \n":                  nil,
		"-mod=mod -tags=a,b\n": {"-mod=mod", "-tags=a,b"},
		`'-overlay=C:\My Files\o.json'  -race` + "\r\n": {`-overlay=C:\My Files\o.json`, "-race"},
		`"-ldflags=-X 'a=b c'" -v`:                      {"-ldflags=-X 'a=b c'", "-v"},
		`-ldflags='x'`:                                  {"-ldflags='x'"},
		`'-a b`:                                         {"-a b"},
		`''`:                                            {""},
	} {
		if got := Words(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestOverlayFlag(t *testing.T) {
	for _, test := range []struct {
		flags []string
		want  string
	}{
		{nil, ""},
		{[]string{"-overlay=a.json", "-tags=x", "--overlay=C:\\b c.json"}, "C:\\b c.json"},
		{[]string{"-tags=overlay=x"}, ""},
		{Words("'-overlay=a b.json'"), "a b.json"},
	} {
		if got := overlayFlag(test.flags); got != test.want {
			t.Errorf("%q: %q, want %q", test.flags, got, test.want)
		}
	}
}
