package report

import (
	"cmp"
	"io"
	"strings"
)

// Options are what a format may want to know besides the report.
type Options struct {
	// Frames asks for code frames: the output is a terminal.
	Frames bool
	// Color allows escape sequences for colour.
	Color bool
	// Tool is the name of the tool; "" means connvet.
	Tool string
	// Version is the version of the tool.
	Version string
	// Root is the directory, as an absolute path, that a program which reads the
	// report takes names of files to be relative to, if not the report's own: for
	// code scanning, where the repository begins.
	Root string
}

// tool returns the name of the tool.
func (o Options) tool() string { return cmp.Or(o.Tool, "connvet") }

// A Format is a way to write a report.
type Format struct {
	// Name is the value of the -format flag.
	Name string
	// Summary describes the format in a few words.
	Summary string
	// Gates says that findings make the command fail: a person or a CI step
	// looks at its exit code. A program that reads the findings looks at them,
	// and takes a failure for what it is.
	Gates bool
	// Headline says that the format shows the report's headline.
	Headline bool
	// Write writes the report.
	Write func(w io.Writer, r *Report, o Options) error
}

// Formats are the known formats. The first is the default.
var Formats = []Format{
	{
		Name:    "text",
		Summary: "for people; code frames on a terminal, plain lines elsewhere",
		Gates:   true,
		Write:   writeText,
	},
	{
		Name:    "json",
		Summary: "the schema " + Schema,
		Write:   writeJSON,
	},
	{
		Name:    "sarif",
		Summary: "SARIF 2.1.0, for code scanning",
		Write:   writeSARIF,
	},
	{
		Name:    "rdjsonl",
		Summary: "the Diagnostic Format of reviewdog, a line for each",
		Write:   writeRDJSONL,
	},
	{
		Name:    "github",
		Summary: "annotations of GitHub Actions",
		Gates:   true,
		Write:   writeGitHub,
	},
	{
		Name:    "gitlab",
		Summary: "a Code Quality report of GitLab",
		Write:   writeGitLab,
	},
	{
		Name:     "markdown",
		Summary:  "for comments on pull requests and for job summaries",
		Gates:    true,
		Headline: true,
		Write:    writeMarkdown,
	},
}

// FormatNames lists the names of the formats, separated by sep.
func FormatNames(sep string) string {
	var names []string
	for _, f := range Formats {
		names = append(names, f.Name)
	}
	return strings.Join(names, sep)
}

// LookupFormat returns the format of a name.
func LookupFormat(name string) (Format, bool) {
	for _, f := range Formats {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}
