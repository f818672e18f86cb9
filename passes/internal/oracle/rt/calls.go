package rt

import (
	"maps"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
)

// callKind tells which call of database/sql has led to the driver.
type callKind int

const (
	forConn    callKind = 1 << iota // DB.Conn
	forRow                          // QueryRow
	forStmt                         // a Stmt preparing itself once more
	forTx                           // a call on a Tx
	forPool                         // a connection that its pool gives up
	forContext                      // the end of a context, not of the program's making
)

var callNames = map[string]callKind{
	"(*DB).Conn":                  forConn,
	"(*DB).QueryRowContext":       forRow,
	"(*Conn).QueryRowContext":     forRow,
	"(*Tx).QueryRowContext":       forRow | forTx,
	"(*Tx).QueryContext":          forTx,
	"(*Tx).PrepareContext":        forTx,
	"(*Stmt).QueryRowContext":     forRow,
	"(*Stmt).prepareOnConnLocked": forStmt,
	"(*driverConn).finalClose":    forPool,
	"(*Rows).awaitDone":           forContext,
	"(*Tx).awaitDone":             forContext,
}

// callKinds is the kind of each program counter seen. The map is copied to be
// changed: a context ends on a goroutine of its own, and a lookup must cost
// little.
var callKinds atomic.Pointer[map[uintptr]callKind]

func init() { callKinds.Store(&map[uintptr]callKind{}) }

var learning sync.Mutex

func learn(pc uintptr) callKind {
	learning.Lock()
	defer learning.Unlock()
	k := kindOf(pc)
	more := maps.Clone(*callKinds.Load())
	more[pc] = k
	callKinds.Store(&more)
	return k
}

func calledFor() callKind {
	var pcs [24]uintptr
	var kinds callKind
	seen := callKinds.Load()
	for _, pc := range pcs[:runtime.Callers(3, pcs[:])] {
		k, known := (*seen)[pc]
		if !known {
			k = learn(pc)
		}
		kinds |= k
	}
	return kinds
}

// panicking tells whether a deferred call runs because of a panic.
func panicking() bool {
	var pcs [256]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs[:])])
	for {
		f, more := frames.Next()
		if f.Function == "runtime.gopanic" {
			return true
		}
		if !more {
			return false
		}
	}
}

// kindOf looks at every function inlined at pc.
func kindOf(pc uintptr) callKind {
	var kinds callKind
	frames := runtime.CallersFrames([]uintptr{pc})
	for {
		f, more := frames.Next()
		if name, ok := strings.CutPrefix(f.Function, "database/sql."); ok {
			kinds |= callNames[name]
		}
		if !more {
			return kinds
		}
	}
}
