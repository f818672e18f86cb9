// Package rt is the runtime of the programs that package oracle generates: it
// gives them their inputs, fails the calls of their database driver in turn,
// and knows at the exit of every function which resource stays open.
//
// It is copied next to the generated code and depends on the standard library
// only. One run of one program reads its decisions from a tape (tape.go);
// Explore runs the program again and again until every tape has been tried.
// The generated code calls real database/sql over a driver (driver.go) that
// draws "this call fails" from the same tape.
//
// # Whose leak is it
//
// Every generated function opens a Frame (frame.go) and says, line by line,
// where it is. A resource that the driver hands out becomes an obligation of
// the frame that asked for it. When the frame is left, after its deferred
// calls, each obligation is released, or travels with what is returned to the
// frame of the caller (which then owes it at the line of its call), or has
// escaped, or has leaked: at that acquisition, through that exit.
//
// database/sql keeps the objects of the driver in unexported fields; ident.go
// reads them, so that a returned *sql.Rows, or a struct that holds one, names
// its obligation without help from the generator.
package rt
