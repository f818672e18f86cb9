package oracle

// view gives r another name, through which it may be released later.
func (f *fn) view(r *res) []*Node {
	r.views = nil
	if r.mayNil || r.kind == "row" || r.kind == "conn" || r.closeBy != "" || !f.g.chance(14) {
		return nil
	}
	end := ".Close()"
	if r.kind == "tx" {
		end = ".Rollback()"
	}
	closer := r.kind != "tx"
	see := func(v, call string) { f.let(v); r.seen, r.views = v, []string{call} }
	return choose(f.g,
		code(4, "alias", func() []*Node {
			v := f.g.name("same")
			see(v, v+end)
			return one(raw(v, " := ", r.name))
		}),
		code(when(closer, 4), "alias-closer", func() []*Node {
			v := f.g.name("closer")
			see(v, v+end)
			return one(raw("var ", v, " io.Closer = ", r.name))
		}),
		code(when(r.kind == "rows", 4), "alias-interface", func() []*Node {
			typ := f.g.share("cursor", func(name string) {
				f.g.declare(raw("type ", name, " interface {\n\tNext() bool\n\tScan(...any) error\n\tErr() error\n\tClose() error\n}"))
			})
			v := f.g.name("cur")
			see(v, v+end)
			return one(raw("var ", v, " ", typ, " = ", r.name))
		}),
		code(3, "alias-struct", func() []*Node {
			v := f.g.name("box")
			see(v, v+".r"+end)
			return one(raw(v, " := struct{ r ", r.typ, " }{", r.name, "}"))
		}),
		code(3, "alias-pointer", func() []*Node {
			v := f.g.name("ptr")
			see(v, "(*"+v+")"+end)
			return one(raw(v, " := &", r.name))
		}),
		code(5, "alias-cleanup", func() []*Node {
			v := f.g.name("cleanup")
			see(v, v+"()")
			return one(literal(v+" := func() error", "", one(raw(exitLook, "return ", r.name, end)), false))
		}),
		code(2, "alias-array", func() []*Node {
			v := f.g.name("pair")
			see(v, v+"[0]"+end)
			return one(raw(v, " := [1]", r.typ, "{", r.name, "}"))
		}),
	)
}

// store puts r where it outlives the function.
func (f *fn) store(r *res) []*Node {
	put := choose(f.g,
		option[*Node]{5, "store-global", func() *Node {
			sink := f.g.global("sink")
			f.g.declare(raw("var ", sink, " ", r.typ))
			return stmt(sink, " = ", r.name, "⟦|; fr.Escape(", r.name, ")⟧")
		}},
		option[*Node]{2, "store-slice", func() *Node {
			sink := f.g.global("sinks")
			f.g.declare(raw("var ", sink, " []", r.typ))
			return stmt(sink, " = append(", sink, ", ", r.name, ")⟦|; fr.Escape(", r.name, ")⟧")
		}},
		option[*Node]{2, "store-map", func() *Node {
			sink := f.g.global("cache")
			f.g.declare(raw("var ", sink, " = map[string]", r.typ, "{}"))
			return stmt(sink, "[\"k\"] = ", r.name, "⟦|; fr.Escape(", r.name, ")⟧")
		}},
		option[*Node]{2, "store-channel", func() *Node {
			out := f.g.global("out")
			f.g.declare(raw("var ", out, " = make(chan ", r.typ, ", 1<<14)"))
			return stmt(out, " <- ", r.name, "⟦|; fr.Escape(", r.name, ")⟧")
		}},
		option[*Node]{2, "store-helper", func() *Node {
			sink := f.g.global("sink")
			keep := f.g.global("keep")
			f.g.declare(raw("var ", sink, " ", r.typ))
			f.g.declare(function("func "+keep+"(v "+r.typ+")", one(stmt(sink, " = v⟦|; fr.Escape(v)⟧")), true))
			return stmt(keep, "(", r.name, ")")
		}},
		option[*Node]{when(f.g.store != nil && f.pool == "s.db" && f.base == 0, 6), "store-receiver", func() *Node {
			field := f.g.name("kept")
			f.g.store.Text = f.g.store.Text[:len(f.g.store.Text)-2] + "; " + field + " " + r.typ + " }"
			return stmt("s.", field, " = ", r.name, "⟦|; fr.Escape(", r.name, ")⟧")
		}},
	)
	r.plan = planGone
	if f.g.chance(30) {
		f.g.tag("store-sometimes")
		r.plan = planNone
		return one(block("if in.Bit() {", put))
	}
	return one(put)
}

// background is the context to pass to a call.
func (f *fn) background() string {
	if f.ctx != "" && f.g.chance(70) {
		return f.ctx
	}
	return "context.Background()"
}

// context makes a context that ends with the function. A resource that leaves
// the function with it would be dead on arrival.
func (f *fn) context() []*Node {
	if f.sig == sigRes || f.sig == sigNamedRes || f.g.depth > 0 || !f.g.chance(10) {
		return nil
	}
	f.g.tag("context")
	f.ctx = "ctx"
	f.let("ctx", "cancel")
	with := f.g.oneOf("context.WithCancel(context.Background())", "context.WithTimeout(context.Background(), 1<<50)")
	return []*Node{raw("ctx, cancel := ", with), raw("defer cancel()")}
}
