package mutate

import (
	"go/types"
	"regexp"
	"slices"
	"strings"
)

// A Kind is a kind of resource.
type Kind string

// The kinds whose releases are mutated.
const (
	Rows  Kind = "rows"
	Row   Kind = "row"
	Stmt  Kind = "stmt"
	Tx    Kind = "tx"
	Conn  Kind = "conn"
	DB    Kind = "db"
	Batch Kind = "batch"
)

// Kinds lists them in the order of reports.
var Kinds = []Kind{Rows, Row, Stmt, Tx, Conn, DB, Batch}

// releaseNames are the methods that release a resource. They are more than one
// library has, because wrappers bring their own.
var releaseNames = map[Kind][]string{
	Rows:  {"Close"},
	Row:   {"Scan", "StructScan", "MapScan", "SliceScan"},
	Stmt:  {"Close"},
	Tx:    {"Commit", "Rollback", "Close"},
	Conn:  {"Close", "Release", "Hijack"},
	DB:    {"Close"},
	Batch: {"Close"},
}

// releases reports whether a method of that name releases the resource.
func (k Kind) releases(method string) bool {
	return slices.Contains(releaseNames[k], method)
}

// shapes are methods that a type of the kind has, one of each list, and one
// that it has not.
var shapes = map[Kind]struct {
	has    [][]string
	hasNot string
}{
	Rows:  {has: [][]string{{"Next"}, {"Close"}}},
	Row:   {has: [][]string{{"Scan"}}, hasNot: "Next"},
	Stmt:  {has: [][]string{{"Close"}, {"Exec", "ExecContext", "Query", "QueryContext"}}, hasNot: "Commit"},
	Tx:    {has: [][]string{{"Commit"}, {"Rollback", "Close"}}},
	Conn:  {has: [][]string{{"Close", "Release"}}, hasNot: "Next"},
	DB:    {has: [][]string{{"Close"}}, hasNot: "Next"},
	Batch: {has: [][]string{{"Close"}, {"Exec", "Query"}}},
}

// fits reports whether a type has the shape of the kind. Where a label gives
// the kind of a site that is enough to tell which call on the line is meant.
func (k Kind) fits(t types.Type) bool {
	shape := shapes[k]
	for _, oneOf := range shape.has {
		if !slices.ContainsFunc(oneOf, func(name string) bool { return hasMethod(t, name) }) {
			return false
		}
	}
	return shape.hasNot == "" || !hasMethod(t, shape.hasNot)
}

// hasMethod reports whether values of a type have an exported method.
func hasMethod(t types.Type, name string) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
	_, ok := obj.(*types.Func)
	return ok
}

// typeKinds are the resource types of the libraries, which agree on names.
var typeKinds = map[string]Kind{
	"Rows": Rows, "Row": Row, "Stmt": Stmt, "NamedStmt": Stmt, "Tx": Tx,
	"Conn": Conn, "DB": DB, "Pool": DB, "BatchResults": Batch,
}

// kindOf returns the kind of a library's resource type, or "".
func kindOf(t types.Type) Kind {
	named := namedOf(t)
	if named == nil || named.Obj().Pkg() == nil || !isLibrary(named.Obj().Pkg().Path()) {
		return ""
	}
	kind := typeKinds[named.Obj().Name()]
	if kind == "" || !kind.fits(t) {
		return ""
	}
	return kind
}

// namedOf returns the named type that t is or points to, or nil.
func namedOf(t types.Type) *types.Named {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, _ := types.Unalias(t).(*types.Named)
	return named
}

// isLibrary reports whether a package is one of those whose types are sites
// without a label.
func isLibrary(path string) bool {
	return path == "database/sql" || strings.HasSuffix(path, "/sqlx") || isPgx(path)
}

// isPgx reports whether a package is part of pgx, whose rows differ: a Scan
// that fails closes them.
func isPgx(path string) bool {
	return strings.Contains(path, "jackc/pgx")
}

// helperName matches functions without a visible body that release their
// argument, to judge by their name.
var helperName = regexp.MustCompile(`(?i)close|rollback|commit|release|finish`)

// txName matches the names of transaction types. There are types with the
// methods of a transaction that are handles for many things.
var txName = regexp.MustCompile(`(?i)tx|trans`)

// ownsResults reports whether what is acquired from a value of a type ends with
// that value: a transaction, or a batch.
func ownsResults(t types.Type) bool {
	if kindOf(t) == Batch {
		return true
	}
	if named := namedOf(t); named != nil && !txName.MatchString(named.Obj().Name()) {
		return false
	}
	return hasMethod(t, "Commit") && hasMethod(t, "Rollback")
}

// accessors are methods that lend what their receiver owns.
var accessors = map[string]bool{"DB": true, "GetDB": true, "SQLDB": true, "Conn": true, "PgConn": true}
