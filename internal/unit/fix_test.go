package unit

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestMergeEdits(t *testing.T) {
	for _, test := range []struct {
		name, x, y, want string
	}{
		{"equal edits coalesce", "3-5:a", "3-5:a", "3-5:a"},
		{"apart", "1-2:a 8-9:b", "4-5:c", "1-2:a 4-5:c 8-9:b"},
		{"insertions at one point", "3-3:a", "3-3:b", "3-3:a 3-3:b"},
		{"insertion before a deletion", "3-5:", "3-3:b", "3-3:b 3-5:"},
		{"replacements of one place", "3-5:a", "3-5:b", "conflict"},
		{"overlapping deletions", "1-5:", "3-8:", "conflict"},
		{"deletion around a replacement", "1-8:", "3-5:b", "conflict"},
		{"nothing", "", "", ""},
	} {
		got, ok := mergeEdits(parseEdits(t, test.x), parseEdits(t, test.y))
		text := formatEdits(got)
		if !ok {
			text = "conflict"
		}
		if text != test.want {
			t.Errorf("%s: %q + %q: got %q, want %q", test.name, test.x, test.y, text, test.want)
		}
	}
}

func parseEdits(t *testing.T, text string) []edit {
	var list []edit
	for field := range strings.FieldsSeq(text) {
		var e edit
		span, text, _ := strings.Cut(field, ":")
		if _, err := fmt.Sscanf(span, "%d-%d", &e.start, &e.end); err != nil {
			t.Fatal(err)
		}
		e.text = text
		list = append(list, e)
	}
	return list
}

func formatEdits(edits []edit) string {
	var fields []string
	for _, e := range edits {
		fields = append(fields, fmt.Sprintf("%d-%d:%s", e.start, e.end, e.text))
	}
	return strings.Join(fields, " ")
}

func TestUnifiedDiff(t *testing.T) {
	for _, test := range []struct{ name, old, new, want string }{
		{"equal", "a\n", "a\n", ""},
		{"from nothing", "", "a\n", "@@ -0,0 +1 @@\n+a\n"},
		{"to nothing", "a\nb\n", "", "@@ -1,2 +0,0 @@\n-a\n-b\n"},
		{"no newline", "a", "b", "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n"},
		{"context", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n", "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n"},
		{
			"two hunks",
			"a\n1\n2\n3\n4\n5\n6\n7\nb\n",
			"A\n1\n2\n3\n4\n5\n6\n7\nB\n",
			"@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n",
		},
		{
			"one hunk",
			"a\n1\n2\n3\n4\n5\n6\nb\n",
			"A\n1\n2\n3\n4\n5\n6\nB\n",
			"@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n",
		},
	} {
		want := test.want
		if want != "" {
			want = "--- old\n+++ new\n" + want
		}
		if got := string(unifiedDiff("old", "new", []byte(test.old), []byte(test.new))); got != want {
			t.Errorf("%s: got\n%swant\n%s", test.name, got, want)
		}
	}
}

// A difference contains both versions, whatever they are.
func TestDiffLinesRandom(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	text := func() []string {
		lines := make([]string, rnd.IntN(20))
		for i := range lines {
			lines[i] = string(rune('a' + rnd.IntN(12)))
		}
		return lines
	}
	for range 2000 {
		old, new := text(), text()
		var gotOld, gotNew []string
		kept := 0
		for _, l := range diffLines(old, new) {
			if l.kind != '+' {
				gotOld = append(gotOld, l.text)
			}
			if l.kind != '-' {
				gotNew = append(gotNew, l.text)
			}
			if l.kind == ' ' {
				kept++
			}
		}
		if !slices.Equal(old, gotOld) || !slices.Equal(new, gotNew) {
			t.Fatalf("%q, %q became %q, %q", old, new, gotOld, gotNew)
		}
		if unique := uniqueMatches(old, new); kept < len(unique) {
			t.Fatalf("%q, %q: kept %d lines although %d are unique", old, new, kept, len(unique))
		}
	}
}

func TestLongestIncreasing(t *testing.T) {
	in := []linePair{{0, 5}, {1, 1}, {2, 2}, {3, 9}, {4, 3}, {5, 4}, {6, 0}}
	want := []linePair{{1, 1}, {2, 2}, {4, 3}, {5, 4}}
	if got := longestIncreasing(in); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestIsUnitInvocation(t *testing.T) {
	for args, want := range map[string]bool{
		"-V=full":                     true,
		"-flags":                      true,
		"/tmp/b001/vet.cfg":           true,
		"-json -connleak /b/vet.cfg":  true,
		"":                            false,
		"./...":                       false,
		"-json ./...":                 false,
		"-models flags.cfg ./...":     false,
		"-V":                          false,
		"flags":                       false,
		"-connvet.explain=a.go:1 ./a": false,
	} {
		if got := IsUnitInvocation(strings.Fields(args)); got != want {
			t.Errorf("%q: %v", args, got)
		}
	}
}
