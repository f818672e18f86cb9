package oracle

// row is a QueryRow, scanned or not.
func (f *fn) row() []*Node {
	r := &res{kind: "row", typ: goType("row"), name: f.g.name("row")}
	call, _ := f.acquisition("row", r)
	if f.g.chance(12) && f.g.poolType == "*sql.DB" {
		f.g.tag("row-helper")
		call = f.g.share("rowOf", func(name string) {
			f.g.declare(function("func "+name+"(db *sql.DB) *sql.Row", one(raw("⟦|fr.Pass(¶); ⟧return db.QueryRow(\"select 1\")")), false))
		}) + "(" + f.poolArg() + ")"
	}
	v := f.g.name("n")
	return choose(f.g,
		code(5, "row-chain", func() []*Node {
			return []*Node{
				raw("var ", v, " int"),
				block("if err := "+call+".Scan(&"+v+"); err != nil {", f.nested(func() []*Node { f.let("err"); return f.exit("err") })...),
			}
		}),
		code(8, "row-var", func() []*Node {
			f.let(r.name)
			nodes := one(stmt(r.name, " := ", call, f.set(r)))
			r.plan = planExplicit
			f.top().live = append(f.top().live, r)
			if f.g.chance(50) {
				nodes = append(nodes, f.stmts(1)...)
			}
			if !r.closed && f.g.chance(70) {
				r.closed = true
				nodes = append(nodes, f.scanRow(r)...)
			}
			return nodes
		}),
		code(2, "row-err", func() []*Node {
			f.let(r.name)
			f.top().live = append(f.top().live, r)
			nodes := one(stmt(r.name, " := ", call, f.set(r)))
			return append(nodes, f.useCall(r, "", r.name+".Err()")...)
		}),
	)
}

// discard drops the result of an acquisition.
func (f *fn) discard() []*Node {
	r := &res{kind: f.g.oneOf("rows", "rows", "tx", "stmt")}
	call, _ := f.acquisition(r.kind, r)
	if f.g.chance(30) {
		return one(stmt(call))
	}
	return f.useCall(r, "_, ", call)
}

// phi takes one of two resources in one variable.
func (f *fn) phi() []*Node {
	kind := f.g.oneOf("rows", "rows", "stmt", "tx", "conn", "db")
	r := &res{kind: kind, typ: goType(kind)}
	first, ok := f.acquisition(kind, r)
	other := &res{}
	second, also := f.acquisition(kind, other)
	if !ok || !also {
		return nil
	}
	if other.from != r.from {
		r.from = "either"
	}
	r.name = f.g.name(base[kind])
	f.let(r.name)
	nodes := one(raw("var ", r.name, " ", r.typ))
	e, decl := f.someErr()
	nodes = append(nodes, decl...)
	a, b := stmt(r.name, ", ", e, " = ", first, f.set(r)), stmt(r.name, ", ", e, " = ", second, f.set(r))
	return append(nodes, choose(f.g,
		code(5, "phi-else", func() []*Node {
			return append(one(ifElse("if in.Bit() {", one(a), one(b))), f.checked(r, e)...)
		}),
		code(3, "phi-switch", func() []*Node {
			n := &Node{Tail: "}", Blocks: []Block{{at + "switch {", nil}, {"case in.Bit():", one(a)}, {"default:", one(b)}}}
			return append(one(n), f.checked(r, e)...)
		}),
		code(3, "phi-maybe", func() []*Node {
			r.mayNil = true
			check := block("if "+e+" != nil {", f.failed(e)...)
			return append(one(block("if in.Bit() {", a, check)), f.admit(r)...)
		}),
		code(3, "phi-fallback", func() []*Node {
			return append([]*Node{a, block("if "+e+" != nil {", b)}, f.checked(r, e)...)
		}),
		code(3, "phi-flag", func() []*Node { return f.flagPhi(r, e, a) }),
		code(3, "phi-test", func() []*Node { return f.testPhi(r, e, a) }),
	)...)
}

// flagPhi acquires under a flag that the release looks at again.
func (f *fn) flagPhi(r *res, e string, a *Node) []*Node {
	flag := f.g.name("want")
	f.let(flag)
	again := f.g.oneOf(flag, flag, flag, "!"+flag+" && "+r.name+" != nil")
	return f.guarded(r, e, a, []*Node{stmt(flag, " := in.Bit()")}, flag, nil, again)
}

// testPhi acquires under a test that the release makes again, in other words or
// not quite.
func (f *fn) testPhi(r *res, e string, a *Node) []*Node {
	x, y := f.g.name("n"), f.g.name("m")
	f.let(x)
	decl, between := []*Node{stmt(x, " := in.N()")}, stmt(x, " = in.N()")
	var same []string
	other := x + " > 1"
	switch f.g.oneOf("number", "items", "two", "either") {
	case "number":
		same = []string{x + " > 0", x + " >= 1", "0 < " + x, "!(" + x + " < 1)"}
	case "items":
		decl, between = []*Node{stmt(x, " := in.Items()")}, stmt(x, " = in.Items()")
		same = []string{"len(" + x + ") > 0", "len(" + x + ") >= 1", "!(len(" + x + ") == 0)", "0 != len(" + x + ")"}
		other = "len(" + x + ") > 1"
	case "either":
		f.let(y)
		decl = append(decl, stmt(y, " := in.Bit()"))
		same = []string{x + " > 1 || " + y, y + " || " + x + " >= 2", "!(!" + y + " && " + x + " < 2)", y + " || !(" + x + " <= 1)"}
		other = y + " && " + x + " > 1"
	case "two":
		f.let(y)
		decl = append(decl, stmt(y, " := in.N()"))
		same = []string{x + " < " + y, y + " > " + x, "!(" + y + " <= " + x + ")", "!(" + x + " >= " + y + ")"}
		other = x + " <= " + y
	}
	if f.g.chance(70) {
		between = nil
	}
	again := f.g.oneOf(same...)
	if f.g.chance(20) {
		again = other + " && " + r.name + " != nil"
	} else if between != nil {
		again += " && " + r.name + " != nil"
	}
	return f.guarded(r, e, a, decl, f.g.oneOf(same...), between, again)
}

// guarded acquires under a test and releases under another.
func (f *fn) guarded(r *res, e string, a *Node, nodes []*Node, test string, between *Node, again string) []*Node {
	r.mayNil = true
	check := block("if "+e+" != nil {", f.failed(e)...)
	nodes = append(nodes, block("if "+test+" {", a, check))
	if between != nil {
		nodes = append(nodes, between)
	}
	f.top().live = append(f.top().live, r)
	r.plan = planExplicit
	nodes = append(nodes, f.stmts(1)...)
	if r.closed {
		return nodes
	}
	r.closed = true
	return append(nodes, block("if "+again+" {", f.briefRelease(r)...))
}

// captured acquires in a literal, into a variable of the function.
func (f *fn) captured() []*Node {
	kind := f.g.oneOf("rows", "stmt", "tx", "conn", "db")
	r := &res{kind: kind, typ: goType(kind)}
	call, withErr := f.acquisition(kind, r)
	if !withErr {
		return nil
	}
	r.name = f.g.name(base[kind])
	f.let(r.name)
	nodes := one(raw("var ", r.name, " ", r.typ))
	e := f.g.name("e")
	body := []*Node{
		raw("var ", e, " error"),
		stmt(r.name, ", ", e, " = ", call, f.set(r), "⟦|; fr.Up("+r.name+")⟧"),
		raw(exitWith(), "return ", e),
	}
	f.let("err")
	lit := literal("err := func() error", "()", body, false)
	if f.g.chance(30) {
		try := f.g.share("try", func(name string) {
			f.g.declare(function("func "+name+"(fn func() error) error", one(raw(exitWith(), "return fn()")), false))
		})
		lit = literal("err := "+try+"(func() error", ")", body, false)
	}
	if f.declaredHere("err") {
		lit.Blocks[0].Head = at + "err" + lit.Blocks[0].Head[len(at+"err :"):]
	}
	nodes = append(nodes, lit)
	return append(nodes, f.checked(r, "err")...)
}

// declaredHere tells whether this block had declared name before it was let again.
func (f *fn) declaredHere(name string) bool {
	n := 0
	for _, v := range f.top().vars {
		if v == name {
			n++
		}
	}
	return n > 1
}

// retry acquires in a loop until it works.
func (f *fn) retry() []*Node {
	kind := f.g.oneOf("rows", "tx", "conn", "db")
	r := &res{kind: kind, typ: goType(kind)}
	call, withErr := f.acquisition(kind, r)
	if !withErr {
		return nil
	}
	r.name = f.g.name(base[kind])
	f.let(r.name)
	e, decl := f.someErr()
	nodes := append(one(raw("var ", r.name, " ", r.typ)), decl...)
	f.g.loops++
	l := &loop{id: f.g.loops, depth: len(f.scopes)}
	try := stmt(r.name, ", ", e, " = ", call, f.set(r))
	body := []*Node{try, block("if "+e+" == nil {", raw("break"))}
	if f.g.chance(50) {
		// The try is not over when the call has worked.
		f.g.tag("retry-then-check")
		again := one(raw("continue"))
		if f.g.chance(60) {
			again = append(f.briefRelease(r), again...)
		}
		check := block("if "+e+" = in.Fail(); "+e+" != nil {", again...)
		body = []*Node{try, block("if "+e+" != nil {", raw("continue")), check, raw("break")}
	}
	n := f.g.name("n")
	nodes = append(nodes, stmt(n, " := in.N()"), f.loopNode(l, "for i := 0; i < "+n+"; i++ {", body))
	r.mayNil = true
	if f.g.chance(50) {
		nodes = append(nodes, block("if "+e+" != nil {", f.failed(e)...))
	}
	return append(nodes, f.admit(r)...)
}

// many collects resources and releases them in a loop.
func (f *fn) many() []*Node {
	kind := f.g.oneOf("rows", "stmt")
	r := &res{kind: kind, typ: goType(kind)}
	call, _ := f.acquisition(kind, r)
	r.name = f.g.name(base[kind])
	all := f.g.name("all")
	e := f.g.name("e")
	closing := block("for _, x := range "+all+" {", stmt("_ = x.Close()"))
	var bad []*Node
	if f.g.chance(80) {
		bad = one(closing.clone())
	}
	before := one(raw("var ", all, " []", r.typ))
	add := stmt(all, " = append(", all, ", ", r.name, ")")
	if f.g.chance(30) {
		f.g.tag("many-map")
		before = one(raw(all, " := map[int]", r.typ, "{}"))
		add = stmt(all, "[len(", all, ")] = ", r.name)
	}
	if len(f.in) == 0 && f.g.chance(30) {
		f.g.tag("many-deferred")
		before = append(before, literal("defer func()", "()", one(closing), true))
		closing, bad = nil, nil
	}
	f.g.loops++
	l := &loop{id: f.g.loops, depth: len(f.scopes)}
	bad = append(bad, f.returns(e)...)
	n := f.g.name("n")
	body := []*Node{
		stmt(r.name, ", ", e, " := ", call, f.set(r)),
		block("if "+e+" != nil {", bad...),
		add,
	}
	nodes := append(before, stmt(n, " := in.N()"), f.loopNode(l, "for i := 0; i < "+n+"; i++ {", body))
	if closing != nil && f.g.chance(85) {
		nodes = append(nodes, closing)
	}
	return nodes
}
