package oracle

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// A gen makes one program.
type gen struct {
	r        *rand.Rand
	prog     *Program
	names    map[string]int
	tags     map[string]bool
	shared   map[string]string // helpers that are declared already, by what they do
	fuel     int               // statements left to make
	loops    int               // numbers given to loops
	depth    int               // of helpers calling helpers
	poolType string            // of a parameter that is the pool
	store    *Node             // the type that has the judged function as a method
}

// Generate makes the program of a seed. It is the same program for ever only
// as long as the generator does not change.
func Generate(seed int64) *Program {
	g := &gen{
		r:      rand.New(rand.NewPCG(uint64(seed), 0x6f7261636c65)),
		prog:   &Program{Seed: seed},
		names:  map[string]int{},
		tags:   map[string]bool{},
		shared: map[string]string{},
	}
	g.fuel = 3 + g.r.IntN(9)
	g.judged()
	for tag := range g.tags {
		g.prog.Tags = append(g.prog.Tags, tag)
	}
	slices.Sort(g.prog.Tags)
	return g.prog
}

// chance is true in p of 100 cases.
func (g *gen) chance(p int) bool { return g.r.IntN(100) < p }

func (g *gen) tag(name string) { g.tags[name] = true }

// name makes a new identifier of the program.
func (g *gen) name(base string) string {
	g.names[base]++
	if n := g.names[base]; n > 1 {
		return base + strconv.Itoa(n)
	}
	return base
}

// global makes a new package-level identifier.
func (g *gen) global(base string) string { return g.name(base) + "_§" }

func (g *gen) declare(n *Node) { g.prog.Decls = append(g.prog.Decls, n) }

// An option is one production, and how often it is wanted.
type option[T any] struct {
	weight int
	tag    string
	make   func() T
}

// choose takes one of the options. Options of weight zero do not apply.
func choose[T any](g *gen, options ...option[T]) T {
	total := 0
	for _, o := range options {
		total += o.weight
	}
	n := g.r.IntN(total)
	for _, o := range options {
		if n < o.weight {
			if o.tag != "" {
				g.tag(o.tag)
			}
			return o.make()
		}
		n -= o.weight
	}
	panic("unreachable")
}

// when is the weight w if the production applies.
func when(applies bool, w int) int {
	if applies {
		return w
	}
	return 0
}

// code is an option that makes nodes.
func code(weight int, tag string, make func() []*Node) option[[]*Node] {
	return option[[]*Node]{weight, tag, make}
}

// text is an option that is a piece of source.
func text(weight int, s string) option[string] {
	return option[string]{weight, "", func() string { return s }}
}

// one is a list of one node.
func one(n *Node) []*Node { return []*Node{n} }

// oneOf takes one of the strings.
func (g *gen) oneOf(s ...string) string { return s[g.r.IntN(len(s))] }

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

// judged makes the function that the program is about.
func (g *gen) judged() {
	sig := choose(g,
		option[signature]{40, "sig-err", func() signature { return sigErr }},
		option[signature]{20, "sig-named", func() signature { return sigNamed }},
		option[signature]{12, "sig-none", func() signature { return sigNone }},
		option[signature]{8, "sig-val", func() signature { return sigVal }},
		option[signature]{12, "sig-res", func() signature { return sigRes }},
		option[signature]{6, "sig-named-res", func() signature { return sigNamedRes }},
	)
	kind := ""
	if sig == sigRes || sig == sigNamedRes {
		kind = g.returnedKind()
	}
	g.handle(sig, kind)
}

func (g *gen) returnedKind() string { return g.oneOf("rows", "rows", "stmt", "tx", "conn", "db") }

// handle makes the judged function over one of the ways to be given a pool.
func (g *gen) handle(sig signature, kind string) {
	f := &fn{g: g, sig: sig, kind: kind, pool: "db"}
	g.poolType = "*sql.DB"
	if sig != sigRes && sig != sigNamedRes && g.chance(4) {
		g.gotos()
		return
	}
	head, call := "func judged_§(in *In, db *sql.DB)", "judged_§(in, in.DB())"
	switch choose(g, text(70, "db"), text(10, "field"), text(10, "embedded"), text(10, "interface")) {
	case "field":
		g.tag("handle-field")
		g.store = raw("type store_§ struct{ db *sql.DB }")
		g.declare(g.store)
		head, call = "func (s *store_§) judged_§(in *In)", "(&store_§{db: in.DB()}).judged_§(in)"
		f.pool = "s.db"
	case "embedded":
		g.tag("handle-embedded")
		g.declare(raw("type store_§ struct{ *sql.DB }"))
		head, call = "func (s *store_§) judged_§(in *In)", "(&store_§{in.DB()}).judged_§(in)"
		f.pool = "s"
	case "interface":
		g.tag("handle-interface")
		g.declare(raw(handleInterface))
		head = "func judged_§(in *In, db handle_§)"
		g.poolType = "handle_§"
	}
	g.prog.Roots = append(g.prog.Roots, call)
	g.define(f, head)
}

const handleInterface = `type handle_§ interface {
	Query(string, ...any) (*sql.Rows, error)
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	QueryRow(string, ...any) *sql.Row
	QueryRowContext(context.Context, string, ...any) *sql.Row
	Prepare(string) (*sql.Stmt, error)
	PrepareContext(context.Context, string) (*sql.Stmt, error)
	Begin() (*sql.Tx, error)
	BeginTx(context.Context, *sql.TxOptions) (*sql.Tx, error)
	Conn(context.Context) (*sql.Conn, error)
	Exec(string, ...any) (sql.Result, error)
	ExecContext(context.Context, string, ...any) (sql.Result, error)
	PingContext(context.Context) error
}`

// poolArg is the pool as an argument for a helper.
func (f *fn) poolArg() string {
	if f.pool == "s" {
		return "s.DB"
	}
	return f.pool
}

// results is the result list of the function's type.
func (f *fn) results() string {
	switch f.sig {
	case sigErr:
		return " error"
	case sigNamed:
		return " (err error)"
	case sigVal:
		return " (int, error)"
	case sigRes:
		return " (" + goType(f.kind) + ", error)"
	case sigNamedRes:
		return " (res " + goType(f.kind) + ", err error)"
	}
	return ""
}

// define makes the body of f and declares it.
func (g *gen) define(f *fn, head string) {
	body := f.body()
	g.declare(function(head+f.results(), body, f.sig == sigNone))
}

// body makes the statements of a function with its last return.
func (f *fn) body() []*Node {
	f.push()
	defer f.pop()
	if f.sig == sigNamed || f.sig == sigNamedRes {
		f.let("err")
	}
	nodes := f.context()
	nodes = append(nodes, f.stmts(2+f.g.r.IntN(3))...)
	return append(nodes, f.finish()...)
}

// finish ends the function: what is still to be released, mostly is, and the
// last return.
func (f *fn) finish() []*Node {
	var nodes []*Node
	var give *res
	if f.sig == sigRes || f.sig == sigNamedRes {
		give = f.usableKind(f.kind)
	}
	for _, r := range slices.Backward(f.held(f.base)) {
		if r != give && r.plan != planDefer && r.plan != planLent && f.g.chance(f.care()) {
			nodes = append(nodes, f.release(r)...)
		}
	}
	return append(nodes, f.lastReturn(give)...)
}

// care is the share of releases that the program does not forget.
func (f *fn) care() int { return 88 }

func (f *fn) usableKind(kind string) *res {
	for _, r := range f.held(0) {
		if r.kind == kind && !r.mayNil && r.plan != planDefer && r.plan != planLent && r.from == "db" {
			return r
		}
	}
	return nil
}

func (f *fn) lastReturn(give *res) []*Node {
	switch f.sig {
	case sigNone:
		return nil
	case sigRes, sigNamedRes:
		if give != nil {
			give.plan = planGone
			return one(raw(exitWith(give.name), "return ", give.name, ", nil"))
		}
		// A helper that always fails makes dead code of what follows its calls.
		f.g.tag("pass-through")
		call, withErr := f.acquisition(f.kind, nil)
		if !withErr {
			call += ", nil"
		}
		return one(raw("⟦|fr.Pass(¶); ⟧", "return ", call))
	}
	return f.returns(f.g.oneOf("nil", "nil", "nil", "in.Fail()"))
}

// exitWith marks an exit that hands these values to the caller.
func exitWith(values ...string) string {
	return "⟦|fr.Exit(¶" + strings.Join(append([]string{""}, values...), ", ") + "); ⟧"
}

// returns leaves the function with an error.
func (f *fn) returns(err string) []*Node {
	exit := exitWith()
	switch f.sig {
	case sigNone:
		return one(raw(exit, "return"))
	case sigErr:
		return one(raw(exit, "return ", err))
	case sigVal:
		return one(raw(exit, "return 0, ", err))
	case sigRes, sigNamedRes:
		// Nobody looks for nil where the error is nil.
		if err == "nil" || strings.HasSuffix(err, "()") {
			err = "ErrFailed"
		}
		return one(raw(exit, "return nil, ", err))
	}
	if f.g.chance(25) && !f.shadowed("err") {
		f.g.tag("bare-return")
		if err == "err" {
			return one(raw(exit, "return"))
		}
		return []*Node{stmt("err = ", err), raw(exit, "return")}
	}
	return one(raw(exit, "return ", err))
}

// shadowed tells whether name is not the one of the outermost scope.
func (f *fn) shadowed(name string) bool {
	for _, s := range f.scopes[f.base+1:] {
		if slices.Contains(s.vars, name) {
			return true
		}
	}
	return false
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
