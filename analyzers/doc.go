// Package analyzers is the registry of connvet: which analyzers there are and
// which rules they report, with a page of documentation for each rule.
//
// A rule is what a person switches on or off, suppresses, or asks about. Its id
// is the name of the pass, or pass/category where the pass has categories, and
// it is the same everywhere: at the end of a message, in ignore comments, in
// output formats, and in "connvet explain". A pass alone stands for all its
// categories. A category alone is not an id, because several passes share the
// names of resources.
package analyzers
