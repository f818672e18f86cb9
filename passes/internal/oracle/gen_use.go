package oracle

import "slices"

// use does something with a resource that is held.
func (f *fn) use() []*Node {
	r := f.usable("rows", "stmt", "tx", "conn", "db", "row")
	if r == nil {
		return f.failing()
	}
	if r.kind != "row" && r.closeBy == "" && f.g.depth == 0 && f.g.chance(15) {
		return f.lend(r)
	}
	switch r.kind {
	case "rows":
		return f.useRows(r)
	case "stmt":
		return f.useCall(r, "_, ", r.name+".Exec()")
	case "tx":
		if f.g.chance(25) {
			return f.acquire("rows")
		}
		if s := f.usable("stmt"); s != nil && s.from == "db" && f.g.chance(60) {
			f.g.tag("tx-stmt")
			return f.useCall(r, "_, ", r.name+".Stmt("+s.name+").Exec()")
		}
		return f.useCall(r, "_, ", r.name+`.Exec("update t set n = 1")`)
	case "conn":
		switch f.g.r.IntN(3) {
		case 0:
			return f.acquire("rows")
		case 1:
			return f.acquire("tx")
		}
		return f.useCall(r, "_, ", r.name+".ExecContext("+f.background()+`, "update t set n = 1")`)
	case "db":
		if f.g.chance(30) {
			return one(stmt(r.name, ".SetMaxOpenConns(4)"))
		}
		return f.useCall(r, "", r.name+".Ping()")
	}
	return f.release(r)
}

// useCall is a call on r that may fail, and leaves the function then.
func (f *fn) useCall(r *res, blank, call string) []*Node {
	undo := f.mark()
	defer undo()
	if f.visible("err") && f.g.chance(40) {
		return one(block("if "+blank+"err = "+call+"; err != nil {", f.nested(func() []*Node { return f.exit("err") })...))
	}
	return one(block("if "+blank+"err := "+call+"; err != nil {", f.nested(func() []*Node { f.let("err"); return f.exit("err") })...))
}

func (f *fn) useRows(r *res) []*Node {
	if !f.inLoop(r) {
		// The second time round there are no rows left.
		return one(stmt("_, _ = ", r.name, ".Columns()"))
	}
	return choose(f.g,
		code(5, "rows-while", func() []*Node { return f.rowsWhile(r) }),
		code(12, "rows-loop", func() []*Node {
			undo := f.mark()
			n := f.loopOver(r, func() []*Node { return f.rowsBody(r) })
			undo()
			nodes := one(n)
			if f.g.chance(40) {
				f.g.tag("rows-err")
				nodes = append(nodes, f.useCall(r, "", r.name+".Err()")...)
			}
			if f.g.chance(40) && r.plan != planDefer {
				r.closed = true // the loop has run to its end
			}
			return nodes
		}),
		code(3, "rows-first", func() []*Node { return f.firstRow(r) }),
		code(2, "rows-columns", func() []*Node { return one(stmt("_, _ = ", r.name, ".Columns()")) }),
		code(when(r.procedure, 12), "rows-result-sets", func() []*Node { return f.resultSets(r) }),
	)
}

// inLoop tells whether r was acquired in the innermost loop.
func (f *fn) inLoop(r *res) bool {
	if len(f.in) == 0 {
		return true
	}
	return slices.Contains(f.live(f.in[len(f.in)-1].depth), r)
}

// rowsWhile goes through rows in a loop of another form. Some of them may end
// before the rows do.
func (f *fn) rowsWhile(r *res) []*Node {
	f.g.loops++
	l := &loop{id: f.g.loops, depth: len(f.scopes)}
	undo := f.mark()
	defer undo()
	next := r.name + ".Next()"
	body := func() []*Node { return f.loopBody(l, func() []*Node { return f.rowsBody(r) }) }
	v := f.g.name("more")
	switch f.g.r.IntN(6) {
	case 0:
		f.let(v)
		return []*Node{raw(v, " := true"), f.loopNode(l, "for "+v+" && "+next+" {", append(body(), raw(v, " = in.Bit()")))}
	case 1:
		return one(f.loopNode(l, "for "+next+" && in.Bit() {", body()))
	case 2:
		return one(f.loopNode(l, "for in.Bit() && "+next+" {", body()))
	case 3:
		end := block("if !"+next+" {", raw(at, "break"))
		return one(f.loopNode(l, "for {", append(one(end), body()...)))
	case 4:
		return one(f.loopNode(l, "for "+v+" := "+next+"; "+v+"; "+v+" = "+next+" {", body()))
	}
	return one(f.loopNode(l, "for i := 0; i < 2 && "+next+"; i++ {", body()))
}

// resultSets goes through the results of a procedure, or some of them.
func (f *fn) resultSets(r *res) []*Node {
	undo := f.mark()
	defer undo()
	next := r.name + ".NextResultSet()"
	f.g.loops++
	l := &loop{id: f.g.loops, depth: len(f.scopes)}
	switch f.g.r.IntN(3) {
	case 0:
		return one(block("if !"+next+" {", f.nested(func() []*Node { return f.exit("nil") })...))
	case 1:
		v := f.g.name("more")
		body := f.loopBody(l, func() []*Node { return one(f.loopOver(r, func() []*Node { return f.rowsBody(r) })) })
		return one(f.loopNode(l, "for "+v+" := true; "+v+"; "+v+" = "+next+" {", body))
	}
	body := f.loopBody(l, func() []*Node { return one(f.loopOver(r, nil)) })
	return one(f.loopNode(l, "for "+next+" {", body))
}

// rowsBody scans, and does more.
func (f *fn) rowsBody(r *res) []*Node {
	var nodes []*Node
	if f.g.chance(75) {
		f.g.tag("scan")
		v := f.g.name("n")
		nodes = append(nodes, raw("var ", v, " int"))
		nodes = append(nodes, f.useCall(r, "", r.name+".Scan(&"+v+")")...)
	}
	if f.g.chance(45) {
		nodes = append(nodes, f.stmts(1)...)
	}
	if f.g.chance(25) {
		nodes = append(nodes, block("if in.Bit() {", f.nested(func() []*Node { return f.exit("nil") })...))
	}
	return append(nodes, f.endScope()...)
}

// firstRow looks at one row only.
func (f *fn) firstRow(r *res) []*Node {
	undo := f.mark()
	defer undo()
	v := f.g.name("n")
	scan := func() []*Node {
		return append(one(raw("var ", v, " int")), f.useCall(r, "", r.name+".Scan(&"+v+")")...)
	}
	switch f.g.r.IntN(3) {
	case 0:
		return one(block("if "+r.name+".Next() {", f.nested(scan)...))
	case 1:
		nodes := one(block("if !"+r.name+".Next() {", f.nested(func() []*Node { return f.exit(r.name + ".Err()") })...))
		return append(nodes, scan()...)
	}
	return one(ifElse("if "+r.name+".Next() {", f.nested(scan), f.nested(func() []*Node { return f.exit("nil") })))
}

// lend passes r to a helper, which may or may not release it.
func (f *fn) lend(r *res) []*Node {
	does := helperUse(f.g.r.IntN(int(useKinds)))
	call := f.g.useHelper(r.kind, does) + "(in, " + f.poolArg() + ", " + r.name + ")"
	var nodes []*Node
	if f.g.chance(20) {
		f.g.tag("use-helper-ignored")
		nodes = one(stmt("_ = ", call))
	} else {
		nodes = f.useCall(r, "", call)
	}
	if does == useCloses || does == useDefers {
		r.closed = true
	}
	return nodes
}
