// Package unit analyses one package at a time for cmd/go: it is what runs
// underneath "go vet -vettool=connvet ./...".
//
// cmd/go starts the tool once per package of the import closure, bottom-up,
// the standard library included, and hands over a JSON file (*.cfg) that names
// the package's sources, the export data of its imports, and the "vetx" files
// that earlier runs of this tool wrote for those imports. The run leaves a vetx
// file of its own behind, and JSON on standard output if it has something to say.
//
// golang.org/x/tools/go/analysis/unitchecker does the same for any set of
// analyzers. This package exists because of what it does not do: most packages
// of most programs never come near a database connection, and for them even
// parsing and type-checking is waste. Hence the order of work:
//
//  1. A package of the standard library that is only a dependency has nothing
//     to tell. Its sources are not opened.
//  2. A package is relevant if it imports a package that the [Gate] knows, if
//     the vetx header of a direct import says so (see [Relevant]), or if a file
//     holds a directive comment. The imports come from the *.cfg file and the
//     headers are a few bytes each.
//  3. An irrelevant package is skimmed without types, and only those of its
//     files that can contribute, for what its importers still want to know.
//  4. Only a relevant package is parsed, type-checked and analysed.
//
// # Facts
//
// Only package facts travel. A vetx file holds those of its own package and,
// again, those of each relevant package that the type information mentions, so
// that a package learns about its indirect imports from its direct ones. Facts
// are decoded when an analyzer asks for them. Their bytes depend on nothing but
// the sources: two checkouts of one commit produce equal files.
//
// # Types
//
// Types of imports come from the export data that cmd/go has the compiler write.
// cmd/go may stop supplying it (golang/go#79454). A unit that misses export data
// for one of its imports, or that has no imports and so cannot tell, puts its own
// types into its vetx file, where its importers find them.
package unit
