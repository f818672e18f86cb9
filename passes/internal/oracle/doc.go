// Package oracle judges the analyzer by execution.
//
// It generates small Go functions in the vocabulary of real database/sql code
// (acquisitions, error checks in every form, loops, defers, closures, helpers,
// wrappers, early exits), runs each of them on every combination of inputs
// over a driver that fails its calls in turn, and so knows which acquisition
// leaks, and through which exit. Analyzer and execution must agree.
//
// # From a seed to a verdict
//
//   - gen*.go turn a seed into a [Program]: a tree of [Node]s, lines of Go
//     with nested blocks. Nothing in the tree knows what the program does;
//     the generator only takes care that it compiles and that about half of
//     the programs leak.
//   - render.go prints the tree twice, line for line alike: once as the plain
//     source that the analyzer reads, once with calls into package rt between
//     the statements.
//   - execute.go builds the second form of a batch of programs over package rt
//     and runs it: the truth.
//   - analyze.go runs analyzers over the first form, in this process.
//   - judge.go compares, shrink.go makes a disagreement small.
//
// # What counts as agreement
//
// The set of leaking acquisitions must be equal, and the exit that a finding
// names must be one that leaks. Where the analyzer is asked for an opinion and
// not for a fact (a statement of a pool that was closed), either answer is
// right. Release deferred in a loop is a verdict of its own: connleak is
// silent about such a value.
package oracle
