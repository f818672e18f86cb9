package oracle

// deferred defers the release of r in one of the usual forms.
func (f *fn) deferred(r *res) []*Node {
	r.plan = planDefer
	call := f.closeCall(r)
	at := f.deferMark(r)
	named := f.sig == sigNamed || f.sig == sigNamedRes
	closer := r.closeBy == "" && r.kind != "tx" && r.kind != "row"
	nodes := choose(f.g,
		code(40, "", func() []*Node { return one(stmt(at, "defer ", call)) }),
		code(8, "defer-literal", func() []*Node { return one(f.deferLiteral(at, one(stmt("_ = ", call)))) }),
		code(when(closer && r.kind != "conn", 3), "defer-method-expr", func() []*Node {
			return one(stmt(at, "defer (", r.typ, ").Close(", r.name, ")"))
		}),
		code(6, "defer-literal-nil", func() []*Node {
			return one(f.deferLiteral(at, one(block("if "+r.name+" != nil {", stmt(call)))))
		}),
		code(when(closer, 5), "defer-close-quiet", func() []*Node {
			return one(stmt(at, "defer ", f.g.closeQuiet(), "(", r.name, ")"))
		}),
		code(when(closer, 2), "defer-generic", func() []*Node {
			return one(stmt(at, "defer ", f.g.closeAll(), "(", r.name, ")"))
		}),
		code(3, "defer-method-value", func() []*Node {
			if r.kind == "row" {
				return one(stmt(at, "defer ", call))
			}
			v := f.g.name("closer")
			return []*Node{stmt(v, " := ", f.closeValue(r)), stmt(at, "defer ", v, "()")}
		}),
		code(when(named && fails(r), 8), "defer-named-err", func() []*Node { return f.deferNamed(r, at) }),
		code(when(f.visible("err") && r.kind == "tx", 10), "defer-on-err", func() []*Node { return f.deferOnErr(r, at) }),
		code(when(len(f.in) == 0, 5), "defer-flag", func() []*Node { return f.deferFlag(r, at) }),
	)
	if r.kind == "tx" && f.g.chance(60) {
		r.plan = planExplicit // a commit will follow
	}
	return nodes
}

// deferMark tells the executed form which loops a deferred release piles up in.
func (f *fn) deferMark(r *res) string {
	if len(f.in) == 0 {
		return ""
	}
	f.g.tag("defer-in-loop")
	mark := "⟦|fr.Defer(¶, " + r.name
	for _, l := range f.in {
		mark += ", " + l.num()
	}
	return mark + "); ⟧"
}

func (f *fn) deferLiteral(at string, body []*Node) *Node {
	return literal(at+"defer func()", "()", body, true)
}

// fails tells whether the release of r can return an error: database/sql never
// returns one for a *sql.Conn, nor for a statement of a pool, and what follows
// such an error is dead code.
func fails(r *res) bool {
	return r.closeBy == "" && (r.kind == "rows" || r.kind == "db")
}

// deferNamed lets the error of the release become the result.
func (f *fn) deferNamed(r *res, at string) []*Node {
	if f.g.chance(30) {
		f.g.tag("defer-join")
		return one(f.deferLiteral(at, one(raw(look, "err = errors.Join(err, ", f.closeCall(r), ")"))))
	}
	head := look + "if cerr := " + f.closeCall(r) + "; cerr != nil && err == nil {"
	return one(f.deferLiteral(at, one(&Node{Blocks: []Block{{head, one(raw("err = cerr"))}}, Tail: "}"})))
}

// deferOnErr decides by an error variable, which need not be the one that is
// returned.
func (f *fn) deferOnErr(r *res, at string) []*Node {
	const at2 = "⟦|fr.At(¶); ⟧"
	rollback := one(stmt("_ = ", r.name, ".Rollback()"))
	commit := choose(f.g,
		code(5, "", func() []*Node { return one(raw(look, "err = ", r.name, ".Commit()")) }),
		code(3, "", func() []*Node { return one(stmt("_ = ", r.name, ".Commit()")) }),
		code(3, "", func() []*Node { return nil }),
	)
	if f.g.chance(25) {
		f.g.tag("defer-recover")
		n := &Node{Tail: "}", Blocks: []Block{
			{at2 + "if p := recover(); p != nil {", []*Node{stmt("_ = ", r.name, ".Rollback()"), raw("panic(p)")}},
			{"} else if err != nil {", rollback},
			{"} else {", commit},
		}}
		return one(f.deferLiteral(at, one(n)))
	}
	if commit == nil {
		return one(f.deferLiteral(at, one(block("if err != nil {", rollback...))))
	}
	return one(f.deferLiteral(at, one(ifElse("if err != nil {", rollback, commit))))
}

// deferFlag releases on exit unless a variable says that it is done.
func (f *fn) deferFlag(r *res, at string) []*Node {
	r.flag = f.g.name("done")
	f.let(r.flag)
	r.plan = planExplicit
	body := one(block("if !"+r.flag+" {", stmt(f.closeCall(r))))
	return []*Node{raw(r.flag, " := false"), f.deferLiteral(at, body)}
}
