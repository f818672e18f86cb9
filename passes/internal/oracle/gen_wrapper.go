package oracle

// wrapped acquires a struct that owns a resource.
func (f *fn) wrapped() []*Node {
	if f.g.depth > 1 {
		return f.acquire("rows")
	}
	var typ string
	switch f.g.r.IntN(8) {
	case 0:
		typ = f.g.pairWrapper()
	case 1:
		typ = f.g.embeddedWrapper(f.g.oneOf("rows", "stmt", "db"))
	default:
		typ = f.g.wrapper(f.g.oneOf("rows", "rows", "stmt", "tx", "conn", "db"))
	}
	r := &res{kind: "wrapper", typ: "*" + typ, from: "db", name: f.g.name("w")}
	return f.obtain(r, "new_"+typ+"(in, "+f.poolArg()+")", true)
}

// wrapper declares a struct type, its constructor and its release.
func (g *gen) wrapper(kind string) string {
	typ := g.global("wrap")
	inner := &res{kind: kind, typ: goType(kind), name: "held"}
	if g.chance(20) && g.depth == 0 {
		g.depth++
		g.tag("wrapper-of-wrapper")
		below := g.wrapper(kind)
		g.depth--
		inner = &res{kind: "wrapper", typ: "*" + below, name: "held", from: below}
	}
	g.declare(raw("type ", typ, " struct {\n\theld ", inner.typ, "\n\tcount int\n}"))
	g.helper(func() { g.constructor(typ, "held", inner) })
	if inner.kind != "wrapper" && inner.kind != "conn" && g.chance(15) {
		g.tag("wrapper-careful")
		g.declare(carefulClose(typ, inner.kind))
		return typ
	}
	call := "w.held.Close()"
	switch inner.kind {
	case "tx":
		call = "w.held.Rollback()"
	case "conn":
		call = "⟦w.held.Close()|fr.Close(¶, w.held)⟧"
	}
	g.declare(function("func (w *"+typ+") Close() error", one(raw(exitLook, "return ", call)), false))
	return typ
}

// carefulClose is a Close that may be called twice.
func carefulClose(typ, kind string) *Node {
	end := "w.held.Close()"
	if kind == "tx" {
		end = "w.held.Rollback()"
	}
	body := []*Node{
		block("if w == nil || w.held == nil {", raw(exitWith(), "return nil")),
		raw(look, "err := ", end),
		raw("w.held = nil"),
		raw(exitWith(), "return err"),
	}
	return function("func (w *"+typ+") Close() error", body, false)
}

// constructor declares func(in, db) (*wrapper, error).
func (g *gen) constructor(typ, field string, inner *res) {
	f := &fn{g: g, sig: sigRes, kind: inner.kind, pool: "db"}
	f.push()
	f.let(inner.name)
	var call string
	withErr := true
	if inner.kind == "wrapper" {
		call = "new_" + inner.from + "(in, db)"
	} else {
		call, withErr = f.acquisition(inner.kind, inner)
	}
	var nodes []*Node
	if withErr {
		f.let("err")
		nodes = []*Node{
			stmt(inner.name, ", err := ", call),
			block("if err != nil {", f.returns("err")...),
		}
	} else {
		nodes = one(stmt(inner.name, " := ", call))
	}
	inner.plan, inner.closed = planExplicit, false
	f.top().live = append(f.top().live, inner)
	if g.chance(60) {
		g.tag("constructor-fails-later")
		nodes = append(nodes, f.failing()...)
	}
	switch g.r.IntN(3) {
	case 0:
		nodes = append(nodes, raw(exitWith(inner.name), "return &", typ, "{", field, ": ", inner.name, "}, nil"))
	case 1:
		nodes = append(nodes, raw("w := &", typ, "{", field, ": ", inner.name, "}"))
		if g.chance(50) {
			g.tag("constructor-fails-on-struct")
			bad := f.returns("err")
			if g.chance(60) {
				bad = append(one(stmt("_ = w.Close()")), bad...)
			}
			nodes = append(nodes, block("if err := in.Fail(); err != nil {", bad...))
		}
		nodes = append(nodes, raw(exitWith("w"), "return w, nil"))
	default:
		nodes = append(nodes, raw("w := new(", typ, ")"), raw("w.", field, " = ", inner.name), raw(exitWith("w"), "return w, nil"))
	}
	f.pop()
	g.declare(function("func new_"+typ+"(in *In, db "+g.poolType+") (*"+typ+", error)", nodes, false))
	g.prog.Roots = append(g.prog.Roots, "new_"+typ+"(in, in.DB())")
}

// embeddedWrapper declares a struct that has its release from what it embeds.
func (g *gen) embeddedWrapper(kind string) string {
	g.tag("wrapper-embedded")
	typ := g.global("wrap")
	inner := &res{kind: kind, typ: goType(kind), name: "held"}
	field := inner.typ[len("*sql."):]
	g.declare(raw("type ", typ, " struct {\n\t", inner.typ, "\n\tcount int\n}"))
	g.helper(func() { g.constructor(typ, field, inner) })
	return typ
}

// pairWrapper declares a struct that owns a pool and a statement of it.
func (g *gen) pairWrapper() string {
	g.tag("wrapper-pair")
	typ := g.global("wrap")
	g.declare(raw("type ", typ, " struct {\n\tpool *sql.DB\n\tstmt *sql.Stmt\n}"))
	ret := func(s string, v ...string) *Node { return raw(exitWith(v...), "return ", s) }
	bad := []*Node{ret("nil, err")}
	if g.chance(70) {
		bad = append(one(stmt("pool.Close()")), bad...)
	}
	g.declare(function("func new_"+typ+"(in *In, db "+g.poolType+") (*"+typ+", error)", []*Node{
		stmt(`pool, err := sql.Open("oracle", "dsn")`),
		block("if err != nil {", ret("nil, err")),
		stmt(`stmt, err := pool.Prepare("select n from t")`),
		block("if err != nil {", bad...),
		ret("&"+typ+"{pool: pool, stmt: stmt}, nil", "pool", "stmt"),
	}, false))
	end := one(raw(exitLook, "return errors.Join(w.stmt.Close(), w.pool.Close())"))
	if g.chance(50) {
		end = []*Node{block("if err := w.stmt.Close(); err != nil {", stmt("_ = err")), raw(exitLook, "return w.pool.Close()")}
	}
	g.declare(function("func (w *"+typ+") Close() error", end, false))
	g.prog.Roots = append(g.prog.Roots, "new_"+typ+"(in, in.DB())")
	return typ
}

// withCloser acquires from a helper that returns the resource and the function
// that releases it.
func (f *fn) withCloser() []*Node {
	if f.g.depth > 1 {
		return f.acquire("rows")
	}
	kind := f.g.oneOf("rows", "rows", "stmt", "tx", "db")
	name := f.g.global("with")
	f.g.helper(func() { f.g.closerHelper(name, kind) })
	r := &res{kind: kind, typ: goType(kind), from: "db", name: f.g.name(base[kind])}
	done := f.g.name("done")
	f.let(r.name, done, "err")
	nodes := one(stmt(r.name, ", ", done, ", err := ", name, "(in, ", f.poolArg(), ")", f.set(r)))
	bad := f.failed("err")
	r.closeBy = done
	nodes = append(nodes, block("if err != nil {", bad...))
	return append(nodes, f.admit(r)...)
}

func (g *gen) closerHelper(name, kind string) {
	f := &fn{g: g, sig: sigErr, pool: "db"}
	f.push()
	r := &res{kind: kind, typ: goType(kind), name: g.name(base[kind])}
	f.let(r.name)
	call, withErr := f.acquisition(kind, r)
	var nodes []*Node
	if withErr {
		f.let("err")
		nodes = []*Node{
			stmt(r.name, ", err := ", call),
			block("if err != nil {", raw(exitWith(), "return nil, nil, err")),
		}
	} else {
		nodes = one(stmt(r.name, " := ", call))
	}
	if g.chance(40) {
		bad := one(raw(exitWith(), "return nil, nil, err"))
		if g.chance(70) {
			bad = append(f.briefRelease(r), bad...)
		}
		nodes = append(nodes, block("if err := in.Fail(); err != nil {", bad...))
	}
	closer := "func() error { return " + f.closeCall(r) + " }"
	if g.chance(50) {
		closer = f.closeValue(r)
	}
	nodes = append(nodes, raw(exitWith(r.name), "return ", r.name, ", ", closer, ", nil"))
	f.pop()
	g.declare(function("func "+name+"(in *In, db "+g.poolType+") ("+r.typ+", func() error, error)", nodes, false))
	g.prog.Roots = append(g.prog.Roots, name+"(in, in.DB())")
}

// runner calls a helper that begins a transaction, runs a function and ends it.
func (f *fn) runner() []*Node {
	name := f.g.share("withTx", func(name string) { f.g.helper(func() { f.g.txRunner(name) }) })
	v := f.g.name("tx")
	body := f.literal(sigErr, func(lf *fn) []*Node {
		tx := &res{name: v, kind: "tx", typ: goType("tx"), plan: planLent}
		lf.top().live = append(lf.top().live, tx)
		lf.let(v)
		nodes := one(block("if _, err := "+v+`.Exec("update t set n = 1"); err != nil {`, lf.returns("err")...))
		return append(append(append(nodes, lf.stmts(1)...), lf.endScope()...), lf.returns("nil")...)
	})
	n := literal("if err := "+name+"("+f.poolArg()+", func("+v+" *sql.Tx) error", "); err != nil {", body, false)
	undo := f.mark()
	defer undo()
	return []*Node{{Blocks: []Block{n.Blocks[0], {n.Tail, f.nested(func() []*Node { f.let("err"); return f.exit("err") })}}, Tail: "}"}}
}

func (g *gen) txRunner(name string) {
	head := "func " + name + "(db *sql.DB, fn func(*sql.Tx) error)"
	ret := func(s string) *Node { return raw(exitWith(), "return ", s) }
	begin := []*Node{stmt("tx, err := db.Begin()"), block("if err != nil {", ret("err"))}
	g.prog.Roots = append(g.prog.Roots, name+"(in.DB(), func(*sql.Tx) error { return in.Fail() })")
	commit := raw(exitLook, "return tx.Commit()")
	rollback := one(stmt("_ = tx.Rollback()"))
	if g.chance(25) {
		rollback = nil
	}
	switch g.r.IntN(3) {
	case 0:
		body := append(begin, block("if err := fn(tx); err != nil {", append(rollback, ret("err"))...), commit)
		g.declare(function(head+" error", body, false))
	case 1:
		body := append(begin, stmt("defer tx.Rollback()"), block("if err := fn(tx); err != nil {", ret("err")), commit)
		g.declare(function(head+" error", body, false))
	default:
		end := ifElse("if err != nil {", rollback, one(raw(look, "err = tx.Commit()")))
		body := []*Node{
			raw("var tx *sql.Tx"),
			stmt("tx, err = db.Begin()"),
			block("if err != nil {", ret("err")),
			literal("defer func()", "()", one(end), true),
			ret("fn(tx)"),
		}
		g.declare(function(head+" (err error)", body, false))
	}
}
