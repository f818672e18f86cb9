package oracle

import "strconv"

// gotos makes a judged function in the style of C: every variable at the top,
// one label for each resource to release at the end.
func (g *gen) gotos() {
	g.tag("goto")
	f := &fn{g: g, sig: sigNamed, pool: "db"}
	f.push()
	f.let("err")
	guarded := g.chance(40) // one label that looks which resources there are
	var held []*res
	var body, decls []*Node
	used := map[int]bool{}
	for range 1 + g.r.IntN(3) {
		kind := g.oneOf("rows", "rows", "tx", "stmt", "conn", "db")
		r := &res{kind: kind, typ: goType(kind), plan: planNone}
		call, withErr := f.acquisition(kind, r)
		if !withErr {
			continue
		}
		r.name = g.name(base[kind])
		decls = append(decls, raw("var ", r.name, " ", r.typ))
		retry := ""
		if g.chance(15) {
			g.tag("goto-back")
			g.loops++
			id := strconv.Itoa(g.loops)
			retry = "again" + id
			body = append(body, raw("⟦|fr.Loop(", id, "); ⟧", retry, ":\n⟦|fr.Iter(¶, ", id, ")⟧"))
		}
		body = append(body, stmt(r.name, ", err = ", call, f.set(r)))
		if retry != "" {
			body = append(body, block("if "+g.oneOf("err != nil && in.Bit()", "errors.Is(err, ErrBusy)", "in.Bit()")+" {", raw(at, "goto ", retry)))
		}
		body = append(body, f.gotoOnErr("err != nil", len(held), guarded, used))
		held = append(held, r)
		f.top().live = append(f.top().live, r)
		if g.chance(50) {
			body = append(body, f.gotoOnErr("err = in.Fail(); err != nil", len(held), guarded, used))
		}
		if g.chance(30) {
			body = append(body, f.gotoOnErr("in.Bit()", len(held), guarded, used))
		}
	}
	body = append(decls, body...)
	body = append(body, f.labels(held, guarded, used)...)
	body = append(body, raw(exitWith(), "return err"))
	f.pop()
	g.declare(function("func judged_§(in *In, db *sql.DB) (err error)", body, false))
	g.prog.Roots = append([]string{"judged_§(in, in.DB())"}, g.prog.Roots...)
}

// gotoOnErr leaves for the label that releases the first n resources, or, by
// mistake, one fewer.
func (f *fn) gotoOnErr(cond string, n int, guarded bool, used map[int]bool) *Node {
	if f.g.chance(12) {
		return block("if "+cond+" {", f.returns("err")...)
	}
	switch {
	case guarded:
		n = 0
	case n > 0 && f.g.chance(15):
		n--
	}
	used[n] = true
	return block("if "+cond+" {", raw(at, "goto ", label(n)))
}

func label(n int) string { return "undo" + strconv.Itoa(n) }

func (f *fn) labels(held []*res, guarded bool, used map[int]bool) []*Node {
	var nodes []*Node
	mark := func(n int) {
		if used[n] {
			nodes = append(nodes, raw(label(n), ":"))
		}
	}
	if guarded {
		mark(0)
	}
	for i := len(held) - 1; i >= 0; i-- {
		if !guarded {
			mark(i + 1)
		}
		call := stmt(f.closeCall(held[i]))
		switch {
		case f.g.chance(5):
		case guarded:
			nodes = append(nodes, block("if "+held[i].name+" != nil {", call))
		default:
			nodes = append(nodes, call)
		}
	}
	if !guarded {
		mark(0)
	}
	return nodes
}
