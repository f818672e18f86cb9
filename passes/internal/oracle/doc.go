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
//     and runs it: the truth. A program that waits for ever, or computes for
//     ever, is cut there and has no verdict; it takes no other with it.
//   - analyze.go runs analyzers over the first form, in this process.
//   - judge.go compares, shrink.go makes a disagreement small.
//   - fixes.go makes the first fix of every finding, in both forms (edit.go),
//     and runs and analyzes the program once more: the fix must compile, end
//     the finding and the leak, and make neither a new one nor a panic nor a
//     wait without end.
//
// # What counts as agreement
//
// The set of leaking acquisitions must be equal, and one of the exits that a
// finding names must be one that leaks. It need not be the first: what rules
// that one out may be another value (a transaction that is nil because its
// Begin has failed, say). Where the analyzer is asked for an opinion and not
// for a fact, either answer is right: a statement of a pool that was closed,
// the rest of a procedure's results when the text of the query is a helper's.
// Release deferred in a loop is a verdict of its own: connleak is silent about
// such a value. What would follow a Conn.Close that never returns is not judged,
// nor is code that no run comes to.
//
// # What it cannot say
//
// Agreement says nothing about what no program contains:
//
//   - Everything is one package and one file, so no fact crosses a package
//     boundary. There are no directives, suppressions, models files, generated
//     files or test files, and strict mode is off.
//   - database/sql only: no sqlx, pgx, gorm, bun, ent, squirrel or sqlc, no forks,
//     no vendored copies.
//   - The only calls that do not return are panics. There is no log.Fatal,
//     os.Exit, t.Fatal, require.NoError, runtime.Goexit or t.Cleanup, and no
//     recover that lets the function go on.
//   - Goroutines end before the function does anything else. There are no locks,
//     no sync.Once, no select, no channel that is received from, no errgroup.
//   - A context ends with the function, never before, and its deadline is never
//     reached. Nothing is scanned into sql.RawBytes.
//   - A query text is a constant, of one statement or one CALL.
//   - No callee takes a resource over on success only, and none returns a live
//     one together with an error, except by a deferred call that fails.
//   - No accessor lends what somebody else owns; nothing is looked up in a global,
//     a map or an atomic value; nothing is acquired into a global or by init.
//   - Functions are called by name, as parameters and as local variables, not from
//     fields, maps or slices of functions. An interface has one implementation.
//   - An owner holds one resource (or a pool with its statement) in a field of its
//     own and is released by a method called Close. None holds a slice or map of
//     resources, is used by value, or is generic.
//   - There are no type switches or assertions, no named types or aliases for a
//     resource, no fallthrough, no goto outside functions made of gotos.
//   - A pool is judged in functions only, not in main, where it may stay open.
//
// The passes that judge pools and nested connections are not compared.
package oracle
