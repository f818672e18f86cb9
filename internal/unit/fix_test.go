package unit

import (
	"fmt"
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
