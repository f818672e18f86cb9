// Package diag turns what the engine found into what people read: a
// diagnostic with a sentence, the way to the exit, and a fix.
//
// A Reporter belongs to one pass over one package. It finds the acquisition
// in the syntax again (site.go), words the sentence from one table
// (phrases.go, message.go), adds what bounds the leak (bound.go), the witness
// path (witness.go) and the fix, and asks the ignore comments whether anybody
// wants to hear it (ignore.go, suppress.go). Comments that do not work are
// reported, too (suppress.go, directive.go).
//
// A fix (fix.go) defers the release behind the check of the error (check.go)
// where that is right, and else releases before each exit: returns, what leaves
// a loop's body (leave.go), calls that take over only on success (tail.go).
// Rows that nobody reads become an Exec (discard.go).
//
// Everything is derived from the syntax, the types and the SSA form of the
// package in hand, so that equal sources give equal words.
package diag
