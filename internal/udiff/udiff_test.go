package udiff

import (
	"fmt"
	"math/rand"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func TestUnified(t *testing.T) {
	lines := func(from, to int) string {
		var b strings.Builder
		for i := from; i <= to; i++ {
			fmt.Fprintf(&b, "line %d\n", i)
		}
		return b.String()
	}
	tests := []struct {
		name          string
		before, after string
		want          string
	}{
		{"equal", "a\n", "a\n", ""},
		{"one line", "a\n", "b\n", "--- a/x.go\n+++ b/x.go\n@@ -1 +1 @@\n-a\n+b\n"},
		{"from nothing", "", "a\n", "--- a/x.go\n+++ b/x.go\n@@ -0,0 +1 @@\n+a\n"},
		{"to nothing", "a\nb\n", "", "--- a/x.go\n+++ b/x.go\n@@ -1,2 +0,0 @@\n-a\n-b\n"},
		{
			"insertion", lines(1, 10), lines(1, 5) + "new\n" + lines(6, 10),
			"--- a/x.go\n+++ b/x.go\n@@ -3,6 +3,7 @@\n line 3\n line 4\n line 5\n+new\n line 6\n line 7\n line 8\n",
		},
		{
			"no newline at the end", "a\nb", "a\nc",
			"--- a/x.go\n+++ b/x.go\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n",
		},
		{
			"contexts that touch", lines(1, 7), "line 1\n" + lines(3, 7) + "new\n",
			"--- a/x.go\n+++ b/x.go\n@@ -1,7 +1,7 @@\n line 1\n-line 2\n line 3\n line 4\n line 5\n line 6\n line 7\n+new\n",
		},
		{
			"contexts apart", lines(1, 10), lines(2, 10) + "new\n",
			"--- a/x.go\n+++ b/x.go\n@@ -1,4 +1,3 @@\n-line 1\n line 2\n line 3\n line 4\n" +
				"@@ -8,3 +7,4 @@\n line 8\n line 9\n line 10\n+new\n",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := string(Unified("a/x.go", "b/x.go", []byte(test.before), []byte(test.after)))
			if got != test.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, test.want)
			}
		})
	}
}

// Texts that have little in common are not searched for it to the end.
func TestUnifiedLong(t *testing.T) {
	var before, after strings.Builder
	before.WriteString("same\nsame\n")
	after.WriteString("same\nsame\n")
	const n = maxEdits
	for i := range n {
		fmt.Fprintf(&before, "old %d\ncommon\n", i)
		fmt.Fprintf(&after, "new %d\ncommon\n", i)
	}
	before.WriteString("end\n")
	after.WriteString("end\n")
	diff := string(Unified("a/x", "b/x", []byte(before.String()), []byte(after.String())))
	if got := applyDiff(t, before.String(), diff); got != after.String() {
		t.Error("the diff makes something else")
	}
	if want := fmt.Sprintf("@@ -1,%d +1,%d @@\n same\n same\n-old 0\n-common\n", 2*n+3, 2*n+3); !strings.Contains(diff, want) {
		t.Errorf("no %q:\n%.200s", want, diff)
	}
	if want := fmt.Sprintf("+new %d\n common\n end\n", n-1); !strings.HasSuffix(diff, want) {
		t.Errorf("no %q at the end", want)
	}
	if got := string(Unified("a", "b", []byte("x\nx\n"), []byte("x\n"))); got != "--- a\n+++ b\n@@ -1,2 +1 @@\n x\n-x\n" {
		t.Errorf("got %s", got)
	}
	if c := replacement([]string{"x", "x"}, []string{"x"}); c != (change{1, 2, 1, 1}) {
		t.Errorf("replacement: %v", c)
	}
}

// Whatever two texts are, applying the diff to one makes the other.
func TestUnifiedApplies(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	text := func() string {
		var b strings.Builder
		for range rng.Intn(30) {
			b.WriteString(string(rune('a'+rng.Intn(4))) + "\n")
		}
		if rng.Intn(4) == 0 {
			b.WriteString("end")
		}
		return b.String()
	}
	for range 2000 {
		before, after := text(), text()
		diff := string(Unified("a/x", "b/x", []byte(before), []byte(after)))
		if got := applyDiff(t, before, diff); got != after {
			t.Fatalf("before %q, after %q: the diff makes %q:\n%s", before, after, got, diff)
		}
	}
}

var hunkHeader = regexp.MustCompile(`^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@$`)

// applyDiff does what patch does.
func applyDiff(t *testing.T, before, diff string) string {
	t.Helper()
	if diff == "" {
		return before
	}
	old := strings.SplitAfter(before, "\n")
	var out strings.Builder
	at := 0 // in old
	last := byte(0)
	for i, line := range strings.Split(strings.TrimSuffix(diff, "\n"), "\n") {
		if i < 2 {
			continue // file names
		}
		if m := hunkHeader.FindStringSubmatch(line); m != nil {
			start, _ := strconv.Atoi(m[1])
			if m[2] != "0" {
				start--
			}
			out.WriteString(strings.Join(old[at:start], ""))
			at = start
			continue
		}
		switch text := line[1:] + "\n"; line[0] {
		case '\\':
			if last != '-' {
				trimmed := strings.TrimSuffix(out.String(), "\n")
				out.Reset()
				out.WriteString(trimmed)
			}
		case ' ', '-':
			if strings.TrimSuffix(old[at], "\n") != line[1:] {
				t.Fatalf("the diff says %q, the file %q:\n%s", line[1:], old[at], diff)
			}
			at++
			if line[0] == ' ' {
				out.WriteString(text)
			}
		case '+':
			out.WriteString(text)
		}
		last = line[0]
	}
	return out.String() + strings.Join(old[at:], "")
}
