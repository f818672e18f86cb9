package diag

import (
	"strings"

	"github.com/connvet/connvet/passes/internal/resource"
)

// phrases are the words about one kind of resource. All sentences are put
// together from here.
type phrases struct {
	// What happens to it, behind its name. %s is the participle of the
	// method that releases it.
	never  string // on no path
	always string // on some paths, but not on all
	again  string // before the next acquisition

	// What an exit does: "the return at line 51 leaves it open".
	leaves verb
	effect string

	dropped string // the sentence about a result that nobody keeps; %s is the callee
	more    string // what each iteration adds where the release is deferred in a loop
}

const (
	isNever  = "is never %s"
	isAlways = "is not %s on every path"
	isAgain  = "is not %s before line %d acquires it again"
)

var leave = verb{"leaves", "leave"}

// table has the phrases of each kind.
var table = map[resource.Kind]phrases{
	resource.Rows: {
		never: isNever, always: isAlways, again: isAgain,
		leaves: leave, effect: "it open and its connection in use",
		dropped: "the rows of %s are discarded and never closed, which keeps their connection in use",
		more:    "another connection in use",
	},
	resource.Row: {
		never: isNever, always: isAlways, again: isAgain,
		leaves: leave, effect: "its connection in use",
		dropped: "the row of %s is discarded and never scanned, which keeps its connection in use",
		more:    "another connection in use",
	},
	resource.Stmt: {
		never: isNever, always: isAlways, again: isAgain,
		leaves: verb{"keeps", "keep"}, effect: "a prepared statement on the server and memory in the client, but no connection",
		dropped: "the statement of %s is discarded and never closed, which keeps it on the server",
		more:    "another prepared statement on the server",
	},
	resource.Tx: {
		never:  "is neither committed nor rolled back",
		always: "is neither committed nor rolled back on some path",
		again:  "is neither committed nor rolled back before line %d begins the next one",
		leaves: leave, effect: "it open, its connection in use and its locks held",
		dropped: "the transaction of %s is discarded and can neither be committed nor rolled back, which keeps its connection in use",
		more:    "another connection in use",
	},
	resource.Conn: {
		never: isNever, always: isAlways, again: isAgain,
		leaves: leave, effect: "it open on the server",
		dropped: "the connection of %s is discarded and never closed, which leaves it open on the server",
		more:    "another connection open",
	},
	resource.DB: {
		never: isNever, always: isAlways, again: isAgain,
		leaves: verb{"drops", "drop"}, effect: "it, and the pool and its connections stay open",
		dropped: "the pool of %s is discarded without Close, and its connections stay open",
		more:    "another pool open",
	},
	resource.Batch: {
		never: isNever, always: isAlways, again: isAgain,
		leaves: leave, effect: "it open and its connection in use",
		dropped: "the results of %s are discarded and never closed, which keeps their connection in use",
		more:    "another connection in use",
	},
	// What a directive calls a resource, and nothing else is known of.
	"wrapper": {
		never: isNever, always: isAlways, again: isAgain,
		leaves: leave, effect: "it open",
		dropped: "the result of %s is discarded and never released",
		more:    "another one open",
	},
}

// pooled replaces phrases of a connection that a pool lends.
var pooled = phrases{
	never: isNever, always: isAlways, again: isAgain,
	leaves: leave, effect: "it in use and lost to the pool",
	dropped: "the connection of %s is discarded and lost to the pool",
	more:    "another connection in use",
}

// What is said beside the kind.
const (
	useExec       = ": use %s"               // the cure for discarded rows
	holds         = "%s (%s) holds %s and"   // an owner; its type; the resource's
	closes        = "%s, which releases %s," // a function that releases
	hangsOnly     = "the Close of its connection at %s waits for it and never returns"
	hangsToo      = ", and the Close of its connection at %s never returns"
	notCalled     = "called" // participle of a function that releases
	deferredLoop  = "%s is released by a defer in a loop: it stays open until the function returns, and each iteration leaves %s"
	notDeferred   = "%s is released, but not by a defer: a panic before line %d leaves %s"
	notDeferredAt = "%s is released, but not by a defer: a panic before that leaves %s" // where the line is not known
)

// What ends a leak after all.
const (
	untilCaller   = " until the caller's context ends"
	untilRequest  = " until the request's context ends"
	untilTest     = " until the test's context ends"
	untilTimeout  = " until its context times out"
	untilDeadline = " until the deadline of its context"
	untilCancel   = " until the deferred cancel runs"
	untilContext  = " until its context ends"
)

// The steps of a witness path.
const (
	stepAcquired = "%s acquired here by %s"
	stepOpened   = "%s acquired here by %s, which calls %s at %s"
	stepBranch   = "%s is %t"
	stepCase     = "case %s is taken"
	stepNoCase   = "case %s is not taken"
	stepReturn   = "returns here with %s still open"
	stepEnd      = "the function ends here with %s still open"
	stepGo       = "the goroutine ends here with %s still open"
	stepAgain    = "acquired again here with the previous one still open"
	stepDeferred = "%s acquired here by %s, in each iteration"
	stepHang     = "this Close waits for %s, which is still open, and never returns"
	stepLoop     = "the loop"
)

// participles of the methods that release.
var participles = map[string]string{
	"Close":    "closed",
	"Release":  "released",
	"Rollback": "rolled back",
	"Commit":   "committed",
	"Scan":     "scanned",
	"Stop":     "stopped",
	"Cancel":   "cancelled",
}

// participle of a method name; "released" fits all.
func participle(method string) string {
	for name, p := range participles {
		if strings.EqualFold(name, method) {
			return p
		}
	}
	return "released"
}
