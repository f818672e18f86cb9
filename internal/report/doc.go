// Package report holds what an analysis found and writes it down.
//
// A [Report] is plain data: findings with their witness paths and fixes, the
// packages that could not be analysed, and notes. Who made it does not matter
// here; the paths in it are slash-separated and relative to the report's
// directory already, so that every format prints the same ones.
//
// A [Format] turns a report into bytes. Each is one function over the whole
// report, registered in [Formats]; a new one is a file with such a function and
// a line in that table:
//
//   - text: for people. Code frames on a terminal, plain lines elsewhere.
//   - json: for programs, in the schema connvet/v1 (see [Schema]).
//   - sarif: for code scanning. What it makes of a report is said in sarif.go.
//   - rdjsonl: for reviewdog, which posts findings to code hosts, with fixes.
//   - github: annotations, as workflow commands of GitHub Actions.
//   - gitlab: a Code Quality report.
//   - markdown: for comments on pull requests and job summaries. Whatever comes
//     from source or from a server is escaped.
//
// The second half of the package deals with suggested fixes: a [FixPlan] says
// which edits can be made and which cannot, and why; it is either applied to the
// files or printed as a unified diff.
package report
