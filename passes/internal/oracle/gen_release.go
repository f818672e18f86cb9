package oracle

// admit makes r live and begins its release plan.
func (f *fn) admit(r *res) []*Node {
	f.top().live = append(f.top().live, r)
	r.views = nil
	if r.mayNil {
		return f.admitNil(r)
	}
	loop := len(f.in) > 0
	views := f.view(r)
	return append(views, choose(f.g,
		code(30, "explicit", func() []*Node { r.plan = planExplicit; return nil }),
		code(map[bool]int{false: 34, true: 6}[loop], "defer", func() []*Node { return f.deferred(r) }),
		code(5, "late-defer", func() []*Node {
			nodes := f.failing()
			return append(nodes, f.deferred(r)...)
		}),
		code(6, "no-plan", func() []*Node { return nil }),
		code(when(r.from == "db", 3), "store", func() []*Node { return f.store(r) }),
	)...)
}

// admitNil plans for a resource that may be nil: no method may be called on it
// without a look.
func (f *fn) admitNil(r *res) []*Node {
	r.plan = planExplicit
	if len(f.in) == 0 && f.g.chance(30) {
		f.g.tag("defer-if-not-nil")
		r.plan = planDefer
		return one(block("if "+r.name+" != nil {", stmt("defer ", f.closeCall(r))))
	}
	return nil
}

// releaseCode releases r here, and says nothing about what follows.
func (f *fn) releaseCode(r *res) []*Node {
	if r.closeBy != "" {
		return one(stmt(r.closeBy, "()"))
	}
	switch r.kind {
	case "row":
		return f.scanRow(r)
	case "tx":
		return f.endTx(r)
	}
	call := f.closeCall(r)
	rows := r.kind == "rows"
	return choose(f.g,
		code(40, "", func() []*Node { return one(stmt(call)) }),
		code(10, "", func() []*Node { return one(stmt("_ = ", call)) }),
		code(when(fails(r), 8), "close-checked", func() []*Node {
			return one(&Node{Blocks: []Block{{look + "if cerr := " + call + "; cerr != nil {", f.nested(func() []*Node {
				f.let("cerr")
				return f.stmts(1)
			})}}, Tail: "}"})
		}),
		code(6, "close-quiet", func() []*Node { return one(stmt(f.g.closeQuiet(), "(", r.name, ")")) }),
		code(3, "close-generic", func() []*Node { return one(stmt(f.g.closeAll(), "(", r.name, ")")) }),
		code(3, "close-in-literal", func() []*Node {
			return one(literal("func()", "()", one(stmt(call)), true))
		}),
		code(3, "method-value", func() []*Node {
			v := f.g.name("closer")
			return []*Node{stmt(v, " := ", f.closeValue(r)), stmt(v, "()")}
		}),
		code(3, "goroutine", func() []*Node { return f.goRelease(call) }),
		code(when(f.g.depth == 0 && r.kind != "wrapper", 2), "close-recursive", func() []*Node {
			helper := f.g.share("closeDeep", func(name string) { f.g.closeDeep(name) })
			return one(stmt(helper, "(", r.name, ", in.N())"))
		}),
		code(when(rows, 8), "drain", func() []*Node { return one(f.loopOver(r, nil)) }),
		code(when(f.g.depth == 0 && r.kind != "wrapper", 5), "use-helper", func() []*Node {
			return one(stmt(f.g.useHelper(r.kind, useCloses), "(in, ", f.poolArg(), ", ", r.name, ")"))
		}),
	)
}

// release releases r, and the straight line goes on without it.
func (f *fn) release(r *res) []*Node {
	r.closed = true // also for what follows a failed release
	nodes := f.releaseCode(r)
	if r.flag != "" {
		done := raw(r.flag, " = true")
		switch f.g.r.IntN(8) {
		case 0:
			nodes = one(done)
		case 1:
		case 2:
			nodes = append(one(done), nodes...)
		default:
			nodes = append(nodes, done)
		}
	}
	if r.mayNil {
		return one(block("if "+r.name+" != nil {", nodes...))
	}
	return nodes
}

// closeCall is the call that releases r.
func (f *fn) closeCall(r *res) string {
	switch {
	case r.closeBy != "":
		return r.closeBy + "()"
	case len(r.views) > 0 && f.visible(r.seen) && f.g.chance(60):
		return r.views[f.g.r.IntN(len(r.views))]
	case r.kind == "tx":
		return r.name + ".Rollback()"
	case r.kind == "row":
		return r.name + ".Scan(new(int))"
	case r.kind == "conn":
		return "⟦" + r.name + ".Close()|fr.Close(¶, " + r.name + ")⟧"
	}
	return r.name + ".Close()"
}

// closeValue is the function that releases r, as a value.
func (f *fn) closeValue(r *res) string {
	switch {
	case r.closeBy != "":
		return r.closeBy
	case r.kind == "tx":
		return r.name + ".Rollback"
	case r.kind == "conn":
		return "⟦" + r.name + ".Close|fr.Closer(¶, " + r.name + ")⟧"
	}
	return r.name + ".Close"
}

func (f *fn) goRelease(call string) []*Node {
	n := &Node{
		Blocks: []Block{{at + "⟦go func()|fr.Go(func()⟧ {⟦| fr := fr.Lit(); defer fr.Leave()⟧", one(stmt(call))}},
		Tail:   "⟦|fr.Exit(¶); ⟧}⟦()|)⟧",
	}
	return one(n)
}

func (f *fn) scanRow(r *res) []*Node {
	v := f.g.name("n")
	f.let(v)
	decl := raw("var ", v, " int")
	scan := r.name + ".Scan(&" + v + ")"
	return choose(f.g,
		code(5, "", func() []*Node {
			return []*Node{decl, block("if err := "+scan+"; err != nil {", f.nested(func() []*Node {
				f.let("err")
				return f.exit("err")
			})...)}
		}),
		code(3, "", func() []*Node { return []*Node{decl, stmt("_ = ", scan)} }),
		code(2, "scan-value", func() []*Node {
			helper := f.g.share("scanInto", func(name string) {
				f.g.declare(function("func "+name+"(scan func(...any) error) (int, error)", []*Node{
					raw("var n int"), stmt("err := scan(&n)"), raw(exitWith(), "return n, err"),
				}, false))
			})
			return one(stmt("_, _ = ", helper, "(", r.name, ".Scan)"))
		}),
	)
}

// endTx commits or rolls back.
func (f *fn) endTx(r *res) []*Node {
	return choose(f.g,
		code(8, "", func() []*Node { return one(stmt(r.name, ".Rollback()")) }),
		code(8, "commit", func() []*Node { return one(stmt("_ = ", r.name, ".Commit()")) }),
		code(8, "commit-checked", func() []*Node {
			return one(&Node{Blocks: []Block{{look + "if err := " + r.name + ".Commit(); err != nil {", f.nested(func() []*Node {
				f.let("err")
				return f.exit("err")
			})}}, Tail: "}"})
		}),
		code(3, "commit-join", func() []*Node {
			v := f.g.name("e")
			return one(&Node{Blocks: []Block{{look + "if " + v + " := " + r.name + ".Commit(); " + v + " != nil {", f.nested(func() []*Node {
				return f.exit("errors.Join(" + v + ", " + r.name + ".Rollback())")
			})}}, Tail: "}"})
		}),
		code(4, "commit-or-rollback", func() []*Node {
			return one(ifElse("if in.Bit() {", one(stmt("_ = ", r.name, ".Commit()")), one(stmt("_ = ", r.name, ".Rollback()"))))
		}),
		code(3, "rollback-helper", func() []*Node { return one(stmt(f.g.rollbackHelper(), "(", r.name, ")")) }),
	)
}

// endScope releases what the block still holds, mostly.
func (f *fn) endScope() []*Node {
	var nodes []*Node
	for i := len(f.top().live) - 1; i >= 0; i-- {
		r := f.top().live[i]
		if !r.closed && r.plan != planDefer && r.plan != planGone && r.plan != planLent && f.g.chance(f.care()) {
			nodes = append(nodes, f.release(r)...)
		}
	}
	return nodes
}
