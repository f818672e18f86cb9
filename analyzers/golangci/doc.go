// Package golangci is connvet as a module plugin of golangci-lint. Importing it
// registers one linter, connvet, which stands for all passes:
//
//	# .custom-gcl.yml, for "golangci-lint custom"
//	version: v2.15.0
//	plugins:
//	  - module: github.com/connvet/connvet
//	    import: github.com/connvet/connvet/analyzers/golangci
//	    version: v0.1.0
//
// The file .golangci.example.yml at the top of the repository has all settings,
// with comments.
//
// # What golangci-lint does differently
//
// An issue of golangci-lint has one position and one text. So the path to a
// finding, which other drivers show as related positions, is in the text:
// golangci-lint would make an issue of its own of each step, which no comment at
// the finding suppresses. For the same reason all findings come from one
// analyzer: golangci-lint would otherwise put the names of the passes before
// their messages, which end with the rule anyway.
//
// Of a diagnostic's fixes, which are alternatives, golangci-lint makes all, and
// gives up on the file if two fixes overlap. It gets the first of each, and only
// those that go together.
//
// It keeps results by its version, its configuration and the names of analyzers.
// Another build of connvet need not differ in any of these, so it is made part of
// names: see [identity].
package golangci
