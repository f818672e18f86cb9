// Package pools judges what the engine knows of pools: whether a limit is
// set, where they are opened again and again, and what a manifest of them
// says.
//
// The engine follows a pool from the call that opens it, through helpers,
// constructors and other packages, to the function where it settles: where it
// is stored, handed over, or used until the program ends. Which settings were
// applied on the way is part of its state, as is what a helper applies to a
// parameter, so that configuration counts wherever it stands.
package pools
