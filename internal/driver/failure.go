package driver

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/connvet/connvet/internal/slash"
)

// A failure is what go vet says of a package that could not be analysed.
type failure struct {
	pkg     string   // import path
	variant string   // the package for whose tests pkg was compiled, if any
	lines   []string // at least one
	unbuilt bool     // the go command says it itself: it did not come to compile pkg
}

// parseFailures reads the blocks of go vet's standard error: a header
//
//	# import/path [import/path.test]
//
// then what the compiler or the tool had to say. For a test variant a second
// header "# [import/path]" may follow. A block without lines is no failure: it
// was a tree's. Lines outside of any block are about the whole run.
func parseFailures(text []string) (blocks []*failure, outside []string) {
	var last *failure
	for _, line := range text {
		header, isHeader := strings.CutPrefix(line, "# ")
		switch {
		case isHeader && strings.HasPrefix(header, "["):
			// A second header.
		case isHeader:
			pkg, variant, _ := strings.Cut(header, " [")
			variant = strings.TrimSuffix(strings.TrimSuffix(variant, "]"), ".test")
			last = &failure{pkg: pkg, variant: variant}
		case strings.TrimSpace(line) == "":
		case last != nil:
			if len(last.lines) == 0 {
				blocks = append(blocks, last)
			}
			last.lines = append(last.lines, line)
		default:
			outside = append(outside, line)
		}
	}
	return blocks, outside
}

// sortFailures puts failures in an order that does not depend on which package
// was done first.
func sortFailures(list []*failure) {
	slices.SortFunc(list, func(a, b *failure) int {
		return cmp.Or(
			strings.Compare(a.pkg, b.pkg),
			strings.Compare(a.variant, b.variant),
			strings.Compare(a.reason(), b.reason()),
		)
	})
}

// located matches an error at a place in a Go file, after the name of the tool
// that printed it: "connvet: x/y.go:1:2: undefined: z".
var located = regexp.MustCompile(`^(?:[\w.-]+: )?(?:\.[/\\])?((?:[A-Za-z]:)?[^:]+\.go)(:\d+(?::\d+)?: .*)$`)

// first returns the first error: the file that it is in, or "", and its text.
func (f *failure) first() (file, text string) {
	for _, line := range f.lines {
		if m := located.FindStringSubmatch(line); m != nil {
			file = strings.ReplaceAll(m[1], `\`, "/")
			return file, file + m[2]
		}
	}
	return "", strings.TrimSpace(f.lines[0])
}

// inTest reports whether the first error is in a test file.
func (f *failure) inTest() bool {
	file, _ := f.first()
	return strings.HasSuffix(path.Base(file), "_test.go")
}

// reason says in one line what is wrong.
func (f *failure) reason() string {
	file, text := f.first()
	text = slash.Local.Text(text)
	switch {
	case f.unbuilt:
		return text
	case file == "":
		return "analysis failed: " + text
	}
	return "does not type-check: " + text
}
