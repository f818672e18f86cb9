// Package poolperrequest defines an analyzer that reports database pools which
// are opened again and again.
//
// # Analyzer poolperrequest
//
// poolperrequest: report database pools that are opened for each request
//
// sql.Open makes a pool, not a connection: it is meant to be called once and
// kept. A pool for each request has connections of its own for each request,
// ignores the limit of all others, and if nothing closes it, keeps them until
// the server refuses clients with "Too many connections":
//
//	func (s *Server) users(w http.ResponseWriter, r *http.Request) {
//		db, err := sql.Open("mysql", s.dsn) // a pool for each request
//		...
//
// The report stands at the call in the handler, however many calls below it
// the pool is opened, and its related positions lead there. Code that runs
// often is known by its type: handlers of net/http and the common frameworks,
// gRPC, connect and twirp methods, Lambda and cloud functions, consumers of
// messages, prometheus collectors, scheduled jobs.
//
// The category is one of:
//
//   - handler, rpc, lambda, consumer: opened for each request, call,
//     invocation or message.
//   - loop: opened in each round of a loop, and the one before is lost.
//   - goroutine: opened in each goroutine that a loop starts.
//   - churn: opened and closed each time, so that no connection is ever used
//     twice.
//
// A pool that is opened once and kept is not reported: by sync.Once, behind a
// nil check, in a map. Neither are test files and databases within the
// process, such as SQLite.
package poolperrequest
