// Package entry knows the functions that run many times: once for each
// request, call, message or scrape. A pool that such a function opens is
// opened as often.
//
// Nothing is told by the name of a repository or a variable. A function is an
// entry by the types of its parameters (a *gin.Context comes into being with
// a request, so whoever is given one runs once for each), by the generated
// messages that an RPC takes and returns, or by having been handed to a
// function that is known to run it again and again ([Registers]). A piece of a
// function can run many times, too: the body of a loop that takes one message
// after the other ([MessageLoop]).
//
// A command's Run function, main, init, tests and benchmarks are none.
//
// # Clients
//
// The stub of a gRPC client has the methods of the service, and a hand-written
// client over it may have the very same signatures. It is the receiver that
// tells them apart. What embeds a generated Unimplemented type is a service;
// anything else that holds a connection or a generated client is taken for a
// client and no entry, even if it should be a service that calls others:
// saying nothing is the smaller mistake. A method that no generated type or
// interface declares is an inexact entry: a layer of a service below the
// outermost may deal in messages, too.
//
// # The table
//
// What is known stands in shapes.txt, so a framework is one more line there.
// A # at the start of a word begins a comment.
//
//	category CATEGORY, RUNS     of the rows below, up to the next such line
//	WHAT: func(TYPES) TYPES     functions, methods and literals of exactly this signature
//	WHAT: given(TYPES) TYPES    those, and all others with such parameters side by side
//	WHAT: rpc(TYPES) TYPES      like func, but not the methods of clients
//	WHAT: service(TYPES) TYPES  exported methods of this signature, but not those of clients; inexact
//	                            unless generated code declares them
//	WHAT: method NAME(TYPES) TYPES
//	WHAT: controller TYPE       exported methods without parameters and results of types that embed TYPE
//	WHAT: argument N of FUNC    what is given to FUNC as its argument N, the receiver not counted
//	WHAT: each FUNC             loops that call FUNC, or receive from the channel it returns
//	WHAT: each FIELD            loops that receive from the channel in the field
//	WHAT: each chan TYPE        loops that receive values of the type
//	client TYPE                 who holds one of these is a client, or one whose methods take such options
//	once FUNC                   runs its argument at most once, in the process or for a key
//
// The first five may end in "with PATH": the function's package, or one that
// declares a type of its signature, has to import PATH or a package below it.
// The argument row may end in "calls METHOD": the argument may also be a value
// of which that method is run.
//
// A TYPE is written with its import path, like net/http.Request, or is a basic
// type, []TYPE or chan TYPE, with a * at the start of the name for any
// beginning (events.*Event). Two more stand for many: proto is a protobuf
// message, stream the server's side of a gRPC stream. Results may be "...":
// any at all. Nothing tells a type from the pointer to it, nor the direction
// of a channel, nor the instances of a generic type. A FUNC is PATH.NAME or
// PATH.TYPE.NAME, a FIELD PATH.TYPE.NAME.
//
// Import paths are compared without what vendoring adds to them and without
// major versions: one row is about echo, echo/v4 and echo/v5. An alias is
// recognized under its own name as well as under that of what it stands for.
package entry
