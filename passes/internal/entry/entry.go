package entry

import (
	"strings"

	"golang.org/x/tools/go/ssa"
)

// An Entry is a function, or a loop, that runs many times.
type Entry struct {
	Category string // handler, rpc, lambda or consumer
	Runs     string // how often, for a message: "for each HTTP request"
	What     string // "gin handler", "gRPC service method", "Kafka consumer"

	// Exact says that the framework can call the function as it is.
	// Otherwise it has only been given what is made for each request or
	// message, or it has the signature of a service method but is not
	// declared by a service. It runs as often, but its caller may be an entry
	// itself, and the better place for a report.
	Exact bool
}

// Of tells whether fn, a declared function, a method or a literal, is an
// entry by its type.
func Of(fn *ssa.Function) (Entry, bool) {
	if wrapper(fn) {
		return Entry{}, false
	}
	var e Entry
	found := false
	for _, s := range rows().shapes {
		exact, ok := s.match(fn)
		if !ok || found && !exact {
			continue
		}
		e, found = s.entry, true
		if e.Exact = exact; exact {
			break
		}
	}
	if !found || takesTest(fn.Signature) {
		return Entry{}, false
	}
	return e, true
}

// wrapper tells whether fn was made by package ssa and stands for another
// function, or is part of one: the body of a loop over a func.
func wrapper(fn *ssa.Function) bool {
	return fn.Synthetic != "" && fn.Origin() == nil && !strings.HasPrefix(fn.Synthetic, "from type information")
}
