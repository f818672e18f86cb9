package report

import (
	"fmt"
	"path/filepath"
)

// noFile is the file of a finding that has none, where a format demands one.
// There is no such file, and that is better than to blame one that there is.
const noFile = "no-file"

// A namer says how programs that look at a whole repository call its files.
type namer struct {
	root    string // absolute, or "" for the report's directory
	sources *Sources
}

// name returns a file's name, slash-separated: relative to the root if the file
// is below it, and else absolute where that can be told.
func (n namer) name(file string) string {
	if file == "" {
		return noFile
	}
	name := filepath.FromSlash(file)
	if n.root != "" {
		if rel, err := filepath.Rel(n.root, n.sources.Abs(file)); err == nil {
			name = rel
		}
	}
	if abs := n.sources.Abs(file); !filepath.IsLocal(name) && filepath.IsAbs(abs) {
		name = abs
	}
	return filepath.ToSlash(filepath.Clean(name))
}

// has reports whether a file is below the root.
func (n namer) has(file string) bool {
	return file != "" && filepath.IsLocal(filepath.FromSlash(n.name(file)))
}

// line returns a step in one line, after its place if it has one.
func (n namer) line(s Step) string {
	text := oneLine(s.Message)
	switch name := oneLine(n.name(s.Location.File)); {
	case s.Location.File == "":
		return text
	case s.Location.Start.Line == 0:
		return name + ": " + text
	default:
		return fmt.Sprintf("%s:%d: %s", name, s.Location.Start.Line, text)
	}
}
