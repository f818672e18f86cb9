// Package mutate measures how many leaks the analyzer misses, on real code.
//
// Code that is clean says how a resource is released. Breaking the release in a
// copy makes a leak whose place is known, in the surroundings that real code
// has and invented examples lack. The share of such mutants that are reported
// is a measure of recall that needs no leak to be found by hand first.
//
//   - site.go finds the calls whose results are resources: those that labels
//     call clean, or else those that are released within sight.
//   - release.go finds the calls that release one.
//   - delete.go and insert.go break a release, in the ways listed as [Op].
//   - mutant.go type-checks each mutant: what does not compile is dropped.
//   - truth.go tells whether a mutant leaks, by an analysis that is independent
//     of the analyzer's own (flow.go, step.go, cond.go, use.go, lent.go).
//   - run.go runs the tool over many mutants at once, and report.go counts.
//
// # Which mutants count
//
// Many mutants do not leak: rows that are read to their end need no Close, a
// statement ends with its transaction, a second release remains. So package
// mutate judges each mutant, and the original by the same means. A mutant
// counts as leaking if a path is found on which it does, and none in the
// original. The judgement gives up early: it follows one variable with its
// error, and where the resource is handed to code that cannot be seen it
// calls the mutant equivalent. What it calls so is listed, with the reason, for
// a reader to look at: a mutant there that is reported, or that does leak, says
// something about either side.
//
// Counted apart are mutants that leak if code that cannot be seen gives the
// resource back. The original tells that it does, by releasing the resource
// afterwards. Of a mutant that has no such release left the analyzer cannot know
// it, and is right to be silent.
package mutate
