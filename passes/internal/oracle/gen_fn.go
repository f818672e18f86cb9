package oracle

import (
	"fmt"
	"slices"
)

// A signature is what a generated function returns.
type signature int

const (
	sigNone     signature = iota
	sigErr                // error
	sigNamed              // (err error)
	sigVal                // (int, error)
	sigRes                // (resource, error)
	sigNamedRes           // (res resource, err error)
)

// A fn is a function in the making.
type fn struct {
	g        *gen
	sig      signature
	kind     string // of the resource that it returns
	scopes   []*scope
	in       []*loop // loops around the statement in the making, outermost first
	inSwitch int     // switches around it, within the innermost loop
	pool     string  // expression of the *sql.DB to use
	ctx      string  // expression of the context to use
	own      bool    // the acquisition in the making is of the lent pool
	base     int     // scopes before this one belong to the function around a literal
}

// A scope is a block with its variables.
type scope struct {
	vars []string
	live []*res
}

// A loop is a loop around the statement in the making.
type loop struct {
	id    int
	label string
	used  bool // the label
	depth int  // len(scopes) outside the loop
}

// A res is a variable that holds a resource.
type res struct {
	name      string
	kind      string
	typ       string // in Go
	from      string // kind of the owner: db, tx, conn, stmt
	mayNil    bool   // it is nil on some path to here
	closed    bool   // the straight line has released it
	plan      plan
	flag      string   // variable that the deferred release looks at
	closeBy   string   // expression of a function that releases it
	procedure bool     // rows of a procedure call
	views     []string // other ways to write the call that releases it
	seen      string   // the variable in views
}

// A plan is how the generator means to release a resource. Whether it gets
// released is for the execution to say.
type plan int

const (
	planNone     plan = iota
	planExplicit      // before each exit
	planDefer         // a defer has taken care
	planGone          // it has been handed over
	planLent          // somebody else sees to it
)

func (f *fn) push() *scope {
	s := &scope{}
	f.scopes = append(f.scopes, s)
	return s
}

func (f *fn) pop() { f.scopes = f.scopes[:len(f.scopes)-1] }

// nested makes statements in a block of their own.
func (f *fn) nested(make func() []*Node) []*Node {
	f.push()
	defer f.pop()
	return make()
}

func (f *fn) top() *scope { return f.scopes[len(f.scopes)-1] }

func (f *fn) let(names ...string) { f.top().vars = append(f.top().vars, names...) }

func (f *fn) visible(name string) bool {
	for _, s := range f.scopes {
		if slices.Contains(s.vars, name) {
			return true
		}
	}
	return false
}

// live lists the resources in the scopes from the given one on.
func (f *fn) live(from int) []*res {
	var all []*res
	for _, s := range f.scopes[from:] {
		all = append(all, s.live...)
	}
	return all
}

// held lists those of them that the generator means to be open here.
func (f *fn) held(from int) []*res {
	return slices.DeleteFunc(f.live(from), func(r *res) bool { return r.closed || r.plan == planGone })
}

// usable picks a live resource of one of the kinds.
func (f *fn) usable(kinds ...string) *res {
	var all []*res
	for _, r := range f.held(0) {
		if !r.mayNil && slices.Contains(kinds, r.kind) {
			all = append(all, r)
		}
	}
	if len(all) == 0 {
		return nil
	}
	return all[f.g.r.IntN(len(all))]
}

// goType is the type of a variable that holds a resource of a kind.
func goType(kind string) string {
	switch kind {
	case "rows":
		return "*sql.Rows"
	case "row":
		return "*sql.Row"
	case "stmt":
		return "*sql.Stmt"
	case "tx":
		return "*sql.Tx"
	case "conn":
		return "*sql.Conn"
	case "db":
		return "*sql.DB"
	}
	panic(fmt.Sprintf("oracle: no type for %q", kind))
}
