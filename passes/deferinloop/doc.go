// Package deferinloop defines an analyzer that reports database resources
// whose release is deferred inside a loop.
//
// # Analyzer deferinloop
//
// deferinloop: report releases of database resources that are deferred in a loop
//
// A deferred call runs when the function returns, not when the iteration ends.
// A resource that is still open when the next iteration begins stays open until
// then, so that n iterations hold n connections at once:
//
//	for _, id := range ids {
//		rows, err := db.Query("SELECT name FROM users WHERE id = ?", id)
//		if err != nil {
//			return err
//		}
//		defer rows.Close() // runs when the function returns
//		if rows.Next() {
//			...
//		}
//	}
//
// With SetMaxOpenConns below n the loop waits for a connection that it holds
// itself. Give each iteration a function of its own, or release at its end.
//
// Rows that were read to their end and a transaction that was committed hold
// nothing when the next iteration begins; deferring their release in the loop
// is not reported.
package deferinloop
