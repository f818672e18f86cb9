package oracle

import (
	"slices"
	"strings"
)

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

// exitLook marks an exit that returns the error of a release.
const exitLook = "⟦|fr.ExitLook(¶); ⟧"

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
