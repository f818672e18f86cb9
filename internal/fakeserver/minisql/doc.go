// Package minisql understands as much SQL as a checker sends: SELECT with joins
// and GROUP BY over tables that are made up on the spot, SHOW with its filters,
// and the few statements that begin, set and end something.
//
// [Parse] makes a [Statement] of a text. A [Select] runs against a [Session],
// which has the tables and the variables; what the other statements do is up to
// the caller. Values are NULL, integers, sums and strings; strings compare
// without case. There are no subqueries, no outer joins and no fractions.
package minisql
