// Package server reads what a MySQL or MariaDB server tells about its
// connections, on one connection and without changing anything: only SELECT and
// SHOW are sent, and two statements that a proxy answers and a server refuses.
//
// What was read is a [Snapshot]. Nothing in it is guessed: a part that the account
// may not see, that the server does not have or that came out empty for another
// reason than that there is nothing says so itself ([Missing]), with the
// statement that would make it visible.
//
// [Read] reads everything once; [Refresh] only the counters again. An
// error of either is a fault of the connection, never a refused statement, and
// leaves the snapshot with what was read up to then. [Explain] makes one line of
// it.
package server
