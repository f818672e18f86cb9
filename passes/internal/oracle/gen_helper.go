package oracle

// helper makes a declared function that other functions of the program call.
func (g *gen) helper(make func()) {
	fuel := g.fuel
	g.fuel = 1 + g.r.IntN(2)
	g.depth++
	make()
	g.depth--
	g.fuel = fuel
}

// share declares something once a program.
func (g *gen) share(what string, make func(name string)) string {
	if name, ok := g.shared[what]; ok {
		return name
	}
	name := g.global(what)
	g.shared[what] = name
	from := len(g.prog.Decls)
	make(name)
	for _, n := range g.prog.Decls[from:] {
		// Half of a well-known helper says nothing about the whole.
		n.Whole = true
	}
	return name
}

// openHelper declares func(in, db) (resource, error).
func (g *gen) openHelper(kind string) string {
	name := g.global("open")
	g.helper(func() {
		sig := sigRes
		if g.chance(20) {
			sig = sigNamedRes
		}
		f := &fn{g: g, sig: sig, kind: kind, pool: "db"}
		g.define(f, "func "+name+"(in *In, db "+g.poolType+")")
	})
	g.prog.Roots = append(g.prog.Roots, name+"(in, in.DB())")
	return name
}

// helperUse is what a helper means to do with a resource that it is given.
type helperUse int

const (
	useBorrows helperUse = iota
	useCloses
	useClosesOnError
	useClosesOnSuccess
	useDefers
	useKinds
)

// lenders make, in the executed form, a resource for a direct call of a helper.
var lenders = map[string]string{
	"rows": "func(db *sql.DB) (*sql.Rows, error) { return db.Query(``) }",
	"stmt": "func(db *sql.DB) (*sql.Stmt, error) { return db.Prepare(``) }",
	"tx":   "func(db *sql.DB) (*sql.Tx, error) { return db.Begin() }",
	"conn": "func(db *sql.DB) (*sql.Conn, error) { return db.Conn(context.Background()) }",
	"db":   "func(db *sql.DB) (*sql.DB, error) { return sql.OpenDB(in.Connector()), nil }",
}

// useHelper declares func(in, db, resource) error.
func (g *gen) useHelper(kind string, does helperUse) string {
	name := g.global("use")
	g.tag("use-helper")
	g.helper(func() {
		f := &fn{g: g, sig: sigErr, pool: "db"}
		if g.chance(30) {
			f.sig = sigNamed
		}
		p := &res{name: g.name(base[kind]), kind: kind, typ: goType(kind), from: "caller"}
		body := f.nested(func() []*Node { return f.useBody(p, does) })
		g.declare(function("func "+name+"(in *In, db "+g.poolType+", "+p.name+" "+p.typ+")"+f.results(), body, false))
	})
	g.prog.Roots = append(g.prog.Roots, name+"(in, in.DB(), rt.Lent(in, "+lenders[kind]+"))")
	return name
}

func (f *fn) useBody(p *res, does helperUse) []*Node {
	if f.sig == sigNamed {
		f.let("err")
	}
	f.top().live = append(f.top().live, p)
	var nodes []*Node
	switch does {
	case useDefers:
		nodes = f.deferred(p)
	case useCloses:
		p.plan = planExplicit
	case useClosesOnError:
		nodes = one(block("if err := in.Fail(); err != nil {", f.nested(func() []*Node {
			f.let("err")
			return append(f.briefRelease(p), f.returns("err")...)
		})...))
	}
	if p.kind != "rows" || does != useCloses || f.g.chance(50) {
		nodes = append(nodes, f.use()...)
	}
	if does == useCloses || does == useClosesOnSuccess {
		nodes = append(nodes, f.briefRelease(p)...)
	}
	return f.canFail(nodes)
}

func (g *gen) closeQuiet() string {
	return g.share("closeQuiet", func(name string) {
		body := []*Node{stmt("_ = ⟦c.Close()|fr.Close(¶, c)⟧")}
		if g.chance(40) {
			body = []*Node{block("if err := ⟦c.Close()|fr.Close(¶, c)⟧; err != nil {", raw("_ = err"))}
		}
		g.declare(function("func "+name+"(c io.Closer)", body, true))
	})
}

// closeDeep declares a function that closes after calling itself a few times.
func (g *gen) closeDeep(name string) {
	g.declare(function("func "+name+"(c io.Closer, n int)", []*Node{
		block("if n == 0 {", stmt("_ = ⟦c.Close()|fr.Close(¶, c)⟧"), raw(exitWith(), "return")),
		stmt(name, "(c, n-1)"),
	}, true))
}

// recursive declares a function that acquires and calls itself.
func (g *gen) recursive() string {
	return g.share("deep", func(name string) {
		ret := func(s string) *Node { return raw(exitWith(), "return ", s) }
		body := []*Node{
			block("if n == 0 {", ret("in.Fail()")),
			stmt(`rows, err := db.Query("select n from t")`),
			block("if err != nil {", ret("err")),
		}
		if g.chance(70) {
			body = append(body, stmt("defer rows.Close()"), ret(name+"(in, db, n-1)"))
		} else {
			body = append(body,
				block("if err := "+name+"(in, db, n-1); err != nil {", ret("err")),
				raw(exitLook, "return rows.Close()"))
		}
		g.declare(function("func "+name+"(in *In, db "+g.poolType+", n int) error", body, false))
		g.prog.Roots = append(g.prog.Roots, name+"(in, in.DB(), in.N())")
	})
}

func (g *gen) closeAll() string {
	return g.share("closeAll", func(name string) {
		n := &Node{Blocks: []Block{{at + "for _, c := range cs {", one(stmt("_ = ⟦c.Close()|fr.Close(¶, c)⟧"))}}, Tail: "}"}
		g.declare(function("func "+name+"[T io.Closer](cs ...T)", one(n), true))
	})
}

func (g *gen) rollbackHelper() string {
	return g.share("rollback", func(name string) {
		body := one(block("if err := tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) {", raw("_ = err")))
		g.declare(function("func "+name+"(tx interface{ Rollback() error })", body, true))
	})
}

// must declares a function that does not return when it is given an error.
func (g *gen) must() string {
	return g.share("must", func(name string) {
		g.declare(function("func "+name+"(err error)", one(block("if err != nil {", raw("panic(err)"))), true))
	})
}

// wrapErr declares a function that returns nil exactly for nil.
func (g *gen) wrapErr() string {
	return g.share("wrap", func(name string) {
		body := []*Node{
			block("if err == nil {", raw(exitWith(), "return nil")),
			raw(exitWith(), `return fmt.Errorf("oracle: %w", err)`),
		}
		g.declare(function("func "+name+"(err error) error", body, false))
	})
}

// seq declares an iterator of unknown length.
func (g *gen) seq() string {
	return g.share("seq", func(name string) {
		stop := block("if !yield(i) {", raw(exitWith(), "return"))
		loop := &Node{Blocks: []Block{{at + "for i := range in.N() {", []*Node{stop}}}, Tail: "}"}
		lit := literal("return func(yield func(int) bool)", "", one(loop), true)
		lit.Blocks[0].Head = "⟦|fr.Exit(¶); ⟧" + lit.Blocks[0].Head
		g.declare(function("func "+name+"(in *In) iter.Seq[int]", []*Node{lit}, false))
	})
}
