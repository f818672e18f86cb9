package rt

import (
	"runtime"
	"strings"
	"sync"
)

// callKind tells which call of database/sql has led to the driver.
type callKind int

const (
	forConn    callKind = 1 << iota // DB.Conn
	forRow                          // QueryRow
	forStmt                         // a Stmt preparing itself once more
	forTx                           // a call on a Tx
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
	"(*Rows).awaitDone":           forContext,
	"(*Tx).awaitDone":             forContext,
}

var callKinds sync.Map // uintptr -> callKind; a context ends on its own goroutine

func calledFor() callKind {
	var pcs [24]uintptr
	var kinds callKind
	for _, pc := range pcs[:runtime.Callers(3, pcs[:])] {
		k, known := callKinds.Load(pc)
		if !known {
			k = kindOf(pc)
			callKinds.Store(pc, k)
		}
		kinds |= k.(callKind)
	}
	return kinds
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
