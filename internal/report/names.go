package report

import (
	"fmt"

	"github.com/connvet/connvet/internal/slash"
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
	names := n.rules()
	name, abs := file, names.From(n.sources.Abs(file))
	if rel, ok := names.Rel(names.From(n.root), abs); ok {
		name = rel
	}
	if !names.IsLocal(name) && names.IsAbs(abs) {
		name = abs
	}
	return names.Clean(name)
}

// rules returns the rules by which files are named.
func (n namer) rules() slash.Names {
	if n.sources == nil {
		return slash.Local
	}
	return n.sources.names
}

// has reports whether a file is below the root.
func (n namer) has(file string) bool { return file != "" && n.rules().IsLocal(n.name(file)) }

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
