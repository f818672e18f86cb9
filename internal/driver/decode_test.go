package driver

import (
	"slices"
	"strings"
	"testing"
)

func TestSplitOutput(t *testing.T) {
	tests := []struct {
		name  string
		data  string
		trees []string // package IDs
		text  []string
	}{
		{name: "nothing"},
		{name: "one tree", data: "{\n\t\"a\": {}\n}\n", trees: []string{"a"}},
		{name: "several trees", data: "{\n\t\"a\": {}\n}\n{\n\t\"b\": {}\n}\n", trees: []string{"a", "b"}},
		{name: "a clean package of unitchecker", data: "{}\n{\"b\": {}}\n", trees: []string{"", "b"}},
		{
			name:  "among headers, as before Go 1.26",
			data:  "# a\n{\n\t\"a\": {}\n}\n# b\nb.go:1:2: broken\n# c\n{\"c\": {}}\n",
			trees: []string{"a", "c"},
			text:  []string{"# a", "# b", "b.go:1:2: broken", "# c"},
		},
		{name: "no newline at the end", data: "# a\ntext", text: []string{"# a", "text"}},
		{name: "Windows line ends", data: "# a\r\n{\"a\": {}}\r\ntext\r\n", trees: []string{"a"}, text: []string{"# a", "text"}},
		{name: "a line that is no tree", data: "{ is not JSON\n{\"a\": {}}\n{\"cut\": {", trees: []string{"a"}, text: []string{"{ is not JSON", "{\"cut\": {"}},
		{name: "braces in a message", data: "{\"a\": {\"x\": {\"error\": \"}\\n{\"}}}\n", trees: []string{"a"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			trees, text := splitOutput([]byte(test.data))
			var ids []string
			for _, tree := range trees {
				id := ""
				for id = range tree {
				}
				ids = append(ids, id)
			}
			if !slices.Equal(ids, test.trees) {
				t.Errorf("trees of %q, want %q", ids, test.trees)
			}
			if !slices.Equal(text, test.text) {
				t.Errorf("text %q, want %q", text, test.text)
			}
		})
	}
}

func TestParseFailures(t *testing.T) {
	const text = `go: downloading example.com/x v1.0.0
a.go:1:2: outside
# example.com/m/compile
./x.go:3:20: undefined: y
./x.go:4:20: undefined: z
# example.com/m/variant [example.com/m/p.test]
variant/v_test.go:1:1: wrong
# example.com/m/tool
# [example.com/m/tool]
connvet: tool/t_test.go:2:3: undefined: y
# example.com/m/windows
vet: C:\src\w.go:2:3: undefined: y
# example.com/m/crash

panic: runtime error
goroutine 1:
# example.com/m/tree
`
	blocks, outside := parseFailures(strings.Split(text, "\n"))
	if want := []string{"go: downloading example.com/x v1.0.0", "a.go:1:2: outside"}; !slices.Equal(outside, want) {
		t.Errorf("outside of blocks: %q, want %q", outside, want)
	}
	tests := []struct {
		pkg, variant, reason string
		inTest               bool
	}{
		{"example.com/m/compile", "", "does not type-check: x.go:3:20: undefined: y", false},
		{"example.com/m/crash", "", "analysis failed: panic: runtime error", false},
		{"example.com/m/tool", "", "does not type-check: tool/t_test.go:2:3: undefined: y", true},
		{"example.com/m/variant", "example.com/m/p", "does not type-check: variant/v_test.go:1:1: wrong", true},
		{"example.com/m/windows", "", "does not type-check: C:/src/w.go:2:3: undefined: y", false},
	}
	slices.Reverse(blocks)
	sortFailures(blocks)
	if len(blocks) != len(tests) {
		t.Fatalf("%d blocks, want %d", len(blocks), len(tests))
	}
	for i, test := range tests {
		f := blocks[i]
		if f.pkg != test.pkg || f.variant != test.variant || f.reason() != test.reason || f.inTest() != test.inTest {
			t.Errorf("%s: variant %q, %q, in test: %t; want %+v", f.pkg, f.variant, f.reason(), f.inTest(), test)
		}
	}
}
