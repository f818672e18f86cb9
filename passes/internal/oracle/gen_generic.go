package oracle

// mustValue passes both results of an acquisition to a function that returns
// the first and does not return on an error.
func (f *fn) mustValue() []*Node {
	kind := f.g.oneOf("rows", "stmt", "tx", "conn", "db")
	r := &res{kind: kind, typ: goType(kind)}
	call, withErr := f.acquisition(kind, r)
	if !withErr {
		return nil
	}
	must := f.g.share("mustValue", func(name string) {
		f.g.declare(function("func "+name+"[T any](v T, err error) T", []*Node{
			block("if err != nil {", raw("panic(err)")),
			raw(exitWith("v"), "return v"),
		}, false))
	})
	r.name = f.g.name(base[kind])
	f.let(r.name)
	return append(one(stmt(r.name, " := ", must, "(", call, ")", f.set(r))), f.admit(r)...)
}

// tried acquires from a helper without an error: nil, or false, tells.
func (f *fn) tried() []*Node {
	kind := f.g.oneOf("rows", "rows", "stmt", "tx", "conn", "db")
	withBool := f.g.chance(50)
	r := &res{kind: kind, typ: goType(kind), from: "db", name: f.g.name(base[kind])}
	name := f.g.global("try")
	f.g.helper(func() { f.g.tryHelper(name, kind, withBool) })
	call := name + "(in, " + f.poolArg() + ")"
	if withBool {
		ok := f.g.name("ok")
		f.let(r.name, ok)
		nodes := []*Node{stmt(r.name, ", ", ok, " := ", call, f.set(r)), block("if !"+ok+" {", f.nested(func() []*Node { return f.exit("ErrFailed") })...)}
		return append(nodes, f.admit(r)...)
	}
	f.let(r.name)
	nodes := one(stmt(r.name, " := ", call, f.set(r)))
	if f.g.chance(30) {
		r.mayNil = true
		return append(nodes, f.admit(r)...)
	}
	nodes = append(nodes, block("if "+r.name+" == nil {", f.nested(func() []*Node { return f.exit("ErrFailed") })...))
	return append(nodes, f.admit(r)...)
}

func (g *gen) tryHelper(name, kind string, withBool bool) {
	f := &fn{g: g, sig: sigErr, pool: "db"}
	f.push()
	r := &res{kind: kind, typ: goType(kind), name: g.name(base[kind])}
	call, withErr := f.acquisition(kind, r)
	result, none, some := r.typ, "nil", r.name
	if withBool {
		result, none, some = "("+r.typ+", bool)", "nil, false", r.name+", true"
	}
	nodes := one(stmt(r.name, " := ", call))
	if withErr {
		nodes = []*Node{stmt(r.name, ", err := ", call), block("if err != nil {", raw(exitWith(), "return ", none))}
	}
	if g.chance(40) {
		bad := one(raw(exitWith(), "return ", none))
		if g.chance(70) {
			bad = append(f.briefRelease(r), bad...)
		}
		nodes = append(nodes, block("if in.Bit() {", bad...))
	}
	nodes = append(nodes, raw(exitWith(r.name), "return ", some))
	f.pop()
	g.declare(function("func "+name+"(in *In, db "+g.poolType+") "+result, nodes, false))
	g.prog.Roots = append(g.prog.Roots, name+"(in, in.DB())")
}

// generic opens, uses and closes through a generic helper.
func (f *fn) generic() []*Node {
	kind := f.g.oneOf("rows", "stmt", "conn", "db")
	call, withErr := f.acquisition(kind, nil)
	if !withErr {
		return nil
	}
	with := f.g.share("with", func(name string) {
		f.g.declare(function("func "+name+"[T io.Closer](open func() (T, error), use func(T) error) error", []*Node{
			stmt("x, err := open()"),
			block("if err != nil {", raw(exitWith(), "return err")),
			stmt("defer ⟦x.Close()|fr.Close(¶, x)⟧"),
			raw(exitWith(), "return use(x)"),
		}, false))
	})
	v := f.g.name(base[kind])
	body := f.literal(sigErr, func(lf *fn) []*Node {
		r := &res{name: v, kind: kind, typ: goType(kind), plan: planLent}
		lf.top().live = append(lf.top().live, r)
		lf.let(v)
		return lf.canFail(append(lf.stmts(1), lf.endScope()...))
	})
	undo := f.mark()
	defer undo()
	bad := f.nested(func() []*Node { f.let("err"); return f.exit("err") })
	const enter = " {⟦| fr := fr.Lit(); defer fr.Leave()⟧"
	return one(&Node{Tail: "}", Blocks: []Block{
		{at + "if err := " + with + "(func() (" + goType(kind) + ", error)" + enter, one(raw("⟦|fr.Pass(¶); ⟧return ", call))},
		{"}, func(" + v + " " + goType(kind) + ") error" + enter, body},
		{"}); err != nil {", bad},
	}})
}

// iterator goes through rows with a function of the program that yields them
// and, mostly, closes them.
func (f *fn) iterator() []*Node {
	r := &res{kind: "rows", typ: goType("rows"), name: f.g.name("rows")}
	call, _ := f.acquisition("rows", r)
	each := f.g.share("each", func(name string) { f.g.rowsIterator(name) })
	e := f.g.name("e")
	f.let(r.name, e)
	nodes := []*Node{stmt(r.name, ", ", e, " := ", call, f.set(r)), block("if "+e+" != nil {", f.failed(e)...)}
	f.g.loops++
	l := &loop{id: f.g.loops, depth: len(f.scopes)}
	r.plan = planLent
	f.top().live = append(f.top().live, r)
	undo := f.mark()
	body := f.loopBody(l, func() []*Node {
		nodes := append(f.stmts(1), f.endScope()...)
		if f.g.chance(40) {
			nodes = append(nodes, block("if in.Bit() {", f.nested(func() []*Node { return f.exit("nil") })...))
		}
		return nodes
	})
	undo()
	r.closed = true // or nearly so
	return append(nodes, f.loopNode(l, "for range "+each+"("+r.name+") {", body))
}

func (g *gen) rowsIterator(name string) {
	loop := &Node{Tail: "}", Blocks: []Block{{at + "for rows.Next() {", []*Node{
		raw("var n int"),
		block("if rows.Scan(&n) != nil {", raw(exitWith(), "return")),
		block("if !yield(n) {", raw(exitWith(), "return")),
	}}}}
	body := one(loop)
	if g.chance(75) {
		body = []*Node{stmt("defer rows.Close()"), loop}
	}
	lit := literal("return func(yield func(int) bool)", "", body, true)
	lit.Blocks[0].Head = exitWith() + lit.Blocks[0].Head
	g.declare(function("func "+name+"(rows *sql.Rows) iter.Seq[int]", one(lit), false))
}
