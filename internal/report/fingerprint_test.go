package report

import (
	"slices"
	"strings"
	"testing"
)

// Code that moves keeps its fingerprint.
func TestFingerprints(t *testing.T) {
	base := Finding{Rule: "r", Package: "p", Function: "f", Resource: "s", Message: "m", Location: Location{"a.go", Point{1, 1}, Point{1, 2}}}
	moved := base
	moved.Location, moved.Message, moved.Level = Location{"b.go", Point{7, 8}, Point{9, 1}}, "the return at line 9", LevelError
	want := (&Report{Findings: []Finding{base, base}}).Fingerprints()
	if got := (&Report{Findings: []Finding{moved, moved}}).Fingerprints(); !slices.Equal(got, want) {
		t.Errorf("moved it is %q, want %q", got, want)
	}
	if want[0] == want[1] {
		t.Errorf("equal findings have the fingerprint %q", want[0])
	}
	// What else differs makes a difference, and an ordinal starts anew.
	all := []Finding{base, base}
	for _, change := range []func(*Finding){
		func(f *Finding) { f.Rule = "R" },
		func(f *Finding) { f.Package = "P" },
		func(f *Finding) { f.Function = "F" },
		func(f *Finding) { f.Resource = "S" },
		func(f *Finding) { f.Package, f.Function = "pf", "" },
		func(f *Finding) { f.Package = "" },
		func(f *Finding) { f.Package, f.Location.File = "", "b.go" },
	} {
		f := base
		change(&f)
		all = append(all, f)
		alone := (&Report{Findings: []Finding{f}}).Fingerprints()[0]
		if got := (&Report{Findings: all}).Fingerprints(); got[len(got)-1] != alone {
			t.Errorf("%+v has other fingerprints among others", f)
		}
	}
	seen := (&Report{Findings: all}).Fingerprints()
	slices.Sort(seen)
	if n := len(slices.Compact(seen)); n != len(all) {
		t.Errorf("%d findings have %d fingerprints", len(all), n)
	}
}

// The hashes are those that the tests of github/codeql-action want.
func TestLineHashes(t *testing.T) {
	greetings := "e9496ae3ebfced30:1 fb7c023a8b9ccb3f:1 ce8ba1a563dcdaca:1 e20e36e16fcb0cc8:1 b3edc88f2938467e:1 c8e28b0b4002a3a0:1 c129715d7a2bc9a3:1"
	tests := []struct{ text, want string }{
		{"", "c129715d7a2bc9a3:1"},
		{" a\nb\n  \t\tc\n d", "271789c17abda88f:1 54703d4cd895b18:1 180aee12dab6264:1 a23a3dc5e078b07b:1"},
		{" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", greetings},
		{" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", greetings},
		{" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", greetings},
		{" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", greetings},
		{
			strings.Repeat("Lorem ipsum dolor sit amet.\n", 10),
			"a7f2ff13bc495cf2:1 a7f2ff13bc495cf2:2 a7f2ff13bc495cf2:3 a7f2ff13bc495cf2:4 a7f2ff13bc495cf2:5 a7f2ff13bc495cf2:6 " +
				"a7f2ff1481e87703:1 a9cf91f7bbf1862b:1 55ec222b86bcae53:1 cc97dc7b1d7d8f7b:1 c129715d7a2bc9a3:1",
		},
	}
	for _, test := range tests {
		if got := strings.Join(lineHashes([]byte(test.text)), " "); got != test.want {
			t.Errorf("%q: %s, want %s", test.text, got, test.want)
		}
	}
}

// An alert that code scanning knows stays the same when lines are added above.
func TestLineHash(t *testing.T) {
	hash := func(text string, l Location) string {
		s := &sarifWriter{sources: sourcesOf(t, map[string]string{"a.go": text}), hashes: make(map[string][]string)}
		return s.lineHash(l, "print")
	}
	at := func(line int) Location { return Location{"a.go", Point{line, 1}, Point{line, 2}} }
	want := hash("a\nb\nc\n", at(2))
	if got := hash("new\n\na\nb\nc\n", at(4)); got != want || want == "" {
		t.Errorf("below new lines it is %q, want %q", got, want)
	}
	if got := hash("a\nB\nc\n", at(2)); got == want {
		t.Error("another line has the same hash")
	}
	for l, want := range map[Location]string{
		at(9):                "",
		{File: "gone.go"}:    "",
		{}:                   "print:1", // GitHub needs one, and there is no line
		{File: "a.go"}:       hash("a\nb\nc\n", at(1)),
		{Start: Point{3, 1}}: "print:1",
	} {
		if got := hash("a\nb\nc\n", l); got != want {
			t.Errorf("%v: %q, want %q", l, got, want)
		}
	}
	// Not the text that the repository has.
	sources := sourcesOf(t, map[string]string{"a.go": "a\n", "b.go": "b\n"})
	sources = NewSources(sources.dir, map[string]string{sources.Abs("a.go"): sources.Abs("b.go")})
	if got := (&sarifWriter{sources: sources, hashes: make(map[string][]string)}).lineHash(at(1), ""); got != "" {
		t.Errorf("a replaced file has the hash %q", got)
	}
}
