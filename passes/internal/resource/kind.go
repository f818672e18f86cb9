package resource

// Kind says what a resource is, and so what leaving it open costs.
type Kind string

// The kinds, in the words the tables use.
const (
	Rows  Kind = "rows"  // a result set being read: its connection is in use
	Row   Kind = "row"   // a query for one row whose Scan is still owed
	Stmt  Kind = "stmt"  // a prepared statement: memory at both ends, no connection
	Tx    Kind = "tx"    // a transaction: its connection is in use, its locks are held
	Conn  Kind = "conn"  // one connection taken out of a pool, or opened by itself
	DB    Kind = "db"    // a pool of connections
	Batch Kind = "batch" // the pending results of several statements sent at once
)

// kinds lists every kind with the method that a message suggests for it.
// A resource row may name another one (release=Release).
var kinds = map[Kind]string{
	Rows:  "Close",
	Row:   "Scan",
	Stmt:  "Close",
	Tx:    "Rollback",
	Conn:  "Close",
	DB:    "Close",
	Batch: "Close",
}

// Release is the method that usually releases a resource of the kind.
func (k Kind) Release() string { return kinds[k] }

// Resource describes a type whose values must be released.
type Resource struct {
	Kind    Kind
	Pkg     string // import path of the declaring package, without any vendor prefix
	Name    string // the type's name in that package
	Display string // how Go code usually writes it: "*sql.Rows", "pgx.Tx"
	Release string // the method a message suggests: Close, Rollback, Scan, Release
	CtxEnds bool   // the context it was made with releases it when cancelled
}
