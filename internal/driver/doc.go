// Package driver analyses packages by running "go vet" with a vettool: cmd/go
// loads the packages, runs the tool once for each in dependency order, in
// parallel, and keeps the results in its build cache. What go vet does not do
// well is to say what it left out, and that is most of this package:
//
//   - One import that cannot be resolved makes go vet analyse nothing at all.
//   - A package whose dependency does not compile is skipped without a word.
//   - A test file that is broken costs the whole package.
//   - Its cache has one entry for a package, whether it was analysed for its
//     own sake or as a dependency (Go 1.26). A dependency has nothing to report,
//     so its findings are lost when it is asked for later.
//
// So [Run] works in this order:
//
//  1. List asks "go list -e -test" for the packages, and with them for what is
//     broken in a way that go vet would not survive.
//  2. A plan is made from that: the packages to vet, and an overlay that
//     removes the test files of packages whose tests alone are broken.
//  3. go vet runs. If it fails, its standard error names culprits: packages
//     that do not type-check, or have no file that can be compiled. They and what depends on them leave the plan, or
//     lose their tests if only those are affected, and go vet runs again. All
//     that was analysed comes from the cache, so this costs little; and when it
//     succeeds at last, that is the proof that nothing was skipped silently.
//  4. The tool's output is decoded into a [report.Report]. Under the flag -deps
//     it speaks of dependencies, too, so that what is in the cache is always
//     complete; here it is reduced to what was asked for.
//
// Every process that is started here is the go command.
package driver
