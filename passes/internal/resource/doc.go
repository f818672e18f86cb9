// Package resource holds what connvet knows about libraries, as data.
//
// The engine has no special case for any library: which call makes a
// resource, which one releases it, what merely looks at it, and what never
// returns is said by tables. The built-in ones lie in models, one file per
// library; a user's file (the -models flag) has the same format and adds to
// them or replaces rows of theirs. Whatever no row speaks of is inferred from
// source, or assumed to take over what it is given, so a missing row makes
// connvet silent, never wrong.
//
// # Format
//
// One statement a line. A # at the start of a word begins a comment.
//
//	package PATH...             the following rows are about these import paths
//	forks NAME                  ... and about packages called NAME of the same layout (see below)
//	resource TYPE KIND [ctx] [release=METHOD]
//	func NAME[,NAME...] [SIGNATURE] EFFECT[; EFFECT...]
//	method [*]TYPE.NAME[,NAME...] [SIGNATURE] EFFECT[; EFFECT...]
//	chain TYPE...               methods of these types that return one of them, and have no row, return a view of their receiver
//	borrow *                    functions of the package without a row keep nothing of what they are given
//	noreturn FULLNAME           log.Fatal, (*log.Logger).Fatal: a row outside of its package
//
// KIND is rows, row, stmt, tx, conn, db or batch. A type is written with its
// star if it is used through a pointer, but the star decides nothing except
// how messages write the type. ctx says that the context a value was made with
// releases it; release names what a message suggests instead of the kind's
// usual method.
//
// A method belongs to the type that declares it, be that a struct or an
// interface. What a type gets by embedding has its row at the embedded type.
//
// The effects, in which N counts results and parameters from 0, the receiver
// not included:
//
//	-> N:KIND [err=N] [err=field:NAME] [ctx=N] [from=argN] [owner=receiver] [ends=receiver] [move=receiver]
//	release receiver|argN [if CONDITION]
//	alias resultN=receiver|argN
//	calls argN [later]
//	opens resultN [driver=argN] [dsn=argN] [via=argN] [bounded]
//	sets max_open|max_idle|max_lifetime|max_idle_time=argN
//	lends resultN=receiver|argN
//	noreturn
//	noreturn-if CONDITION
//	nilness resultN!=nil | resultN<=>argN | resultN<=>argN...
//	nilness-if CONDITION => CONDITION
//	pure
//	borrow
//
// A CONDITION is one of resultN, argN or receiver, followed by =nil, !=nil,
// =true or =false. The types Func, Acquire, Effect, Alias, Call, Nilness and
// Implication, Opener and Apply say what each effect means; lends is the alias
// of a pool that somebody else owns; what is pure answers the same whenever it is
// given the same, of at most two arguments. A row is complete: what it does not
// name is borrowed, and borrow is the effect of a row that has no other.
//
// A SIGNATURE, as in
//
//	method *Tx.Stmt(*Stmt) *Stmt -> 0:stmt owner=receiver
//
// follows the name of an acquiring method and lets an interface of the user's
// own, such as the DBTX that sqlc generates, be recognized by a method of that
// shape; see [Set.InterfaceMethod]. Types of other packages are written with
// their import path, those of the package itself without.
//
// # Which package a row is about
//
// Import paths are compared without the prefix of a vendor directory and
// without the mark of a test variant. A fork is a package that is called NAME,
// lies in a directory of that name, and has types DB, Tx, Stmt and Rows that
// embed those of database/sql: sqlx has many copies, and all have its rows.
package resource
