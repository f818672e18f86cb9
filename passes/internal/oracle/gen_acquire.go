package oracle

// base is the usual name of a variable that holds a resource of a kind.
var base = map[string]string{
	"rows": "rows", "row": "row", "stmt": "stmt", "tx": "tx", "conn": "conn", "db": "pool", "wrapper": "w",
}

// episode acquires a resource, checks the error, uses the resource, and
// (mostly) sees to its release.
func (f *fn) episode() []*Node {
	return choose(f.g,
		code(34, "rows", func() []*Node { return f.acquire("rows") }),
		code(14, "tx", func() []*Node { return f.acquire("tx") }),
		code(10, "stmt", func() []*Node { return f.acquire("stmt") }),
		code(10, "conn", func() []*Node { return f.acquire("conn") }),
		code(8, "db", func() []*Node { return f.acquire("db") }),
		code(6, "row", f.row),
		code(8, "wrapper", f.wrapped),
		code(5, "close-func", f.withCloser),
		code(5, "phi", f.phi),
		code(3, "discard", f.discard),
		code(when(f.g.poolType == "*sql.DB" && f.g.depth == 0, 5), "runner", f.runner),
		code(3, "captured", f.captured),
		code(3, "retry", f.retry),
		code(3, "many", f.many),
		code(3, "must-value", f.mustValue),
		code(3, "try-helper", f.tried),
		code(when(f.g.poolType == "*sql.DB", 3), "generic-with", f.generic),
		code(3, "rows-iterator", f.iterator),
	)
}

func (f *fn) acquire(kind string) []*Node {
	r := &res{kind: kind, typ: goType(kind)}
	expr, withErr := f.acquisition(kind, r)
	r.name = f.g.name(base[kind])
	return f.obtain(r, expr, withErr)
}

// obtain makes r from a call, with one of the ways to check its error.
func (f *fn) obtain(r *res, expr string, withErr bool) []*Node {
	if !withErr {
		f.let(r.name)
		return append(one(stmt(r.name, " := ", expr, f.set(r))), f.admit(r)...)
	}
	return choose(f.g,
		code(60, "", func() []*Node { return f.short(r, expr) }),
		code(15, "var", func() []*Node { return f.assigned(r, expr) }),
		code(14, "if-init", func() []*Node { return f.ifInit(r, expr) }),
		code(4, "blank-err", func() []*Node {
			f.let(r.name)
			r.mayNil = true
			return append(one(stmt(r.name, ", _ := ", expr, f.set(r))), f.admit(r)...)
		}),
		code(when(f.reusable(r) != nil, 12), "reuse", func() []*Node {
			old := f.reusable(r)
			old.closed, old.mayNil, old.plan, old.from, old.flag = false, false, planExplicit, r.from, ""
			old.views = nil
			f.remove(old)
			return f.reuse(old, expr)
		}),
	)
}

// set tells the executed form that the variable has a new value.
func (f *fn) set(r *res) string { return "⟦|; fr.Set(¶, \"" + r.name + "\", " + r.name + ")⟧" }

func (f *fn) errName() string {
	if f.g.chance(75) {
		return "err"
	}
	return f.g.name("e")
}

// short is v, err := call.
func (f *fn) short(r *res, expr string) []*Node {
	e := f.errName()
	f.let(r.name, e)
	return append(one(stmt(r.name, ", ", e, " := ", expr, f.set(r))), f.checked(r, e)...)
}

// assigned is var v T; v, err = call.
func (f *fn) assigned(r *res, expr string) []*Node {
	nodes := one(raw("var ", r.name, " ", r.typ))
	f.let(r.name)
	e, decl := f.someErr()
	nodes = append(nodes, decl...)
	nodes = append(nodes, stmt(r.name, ", ", e, " = ", expr, f.set(r)))
	return append(nodes, f.checked(r, e)...)
}

// reuse assigns to a variable that has held another resource.
func (f *fn) reuse(r *res, expr string) []*Node {
	e, nodes := f.someErr()
	nodes = append(nodes, stmt(r.name, ", ", e, " = ", expr, f.set(r)))
	return append(nodes, f.checked(r, e)...)
}

// reusable finds a variable of the same type in this block; mostly one that has
// been released.
func (f *fn) reusable(r *res) *res {
	for _, old := range f.top().live {
		if old.typ == r.typ && old.closeBy == "" && (old.closed || old.plan == planDefer || old.mayNil || r.name[len(r.name)-1]%2 == 0) {
			return old
		}
	}
	return nil
}

func (f *fn) remove(r *res) {
	live := f.top().live
	for i := range live {
		if live[i] == r {
			f.top().live = append(live[:i:i], live[i+1:]...)
			return
		}
	}
}

// someErr is an error variable to assign to, with its declaration if it needs one.
func (f *fn) someErr() (name string, decl []*Node) {
	if f.visible("err") {
		return "err", nil
	}
	f.let("err")
	return "err", one(raw("var err error"))
}

// ifInit is if v, err := call; ... { } with all that follows inside.
func (f *fn) ifInit(r *res, expr string) []*Node {
	e := f.errName()
	init := "if " + r.name + ", " + e + " := " + expr + "; "
	f.push()
	defer f.pop()
	f.let(r.name, e)
	return choose(f.g,
		code(5, "if-init-else", func() []*Node {
			bad := f.failed(e)
			return one(ifElse(init+e+" != nil {", bad, f.within(r)))
		}),
		code(5, "if-init-ok", func() []*Node {
			return one(block(init+e+" == nil {", f.within(r)...))
		}),
		code(3, "if-init-ok-else", func() []*Node {
			good := f.within(r)
			return one(ifElse(init+e+" == nil {", good, f.failed(e)))
		}),
	)
}

// within is a block in which r is live.
func (f *fn) within(r *res, vars ...string) []*Node {
	return f.nested(func() []*Node {
		f.let(r.name)
		f.let(vars...)
		nodes := f.admit(r)
		nodes = append(nodes, f.stmts(1+f.g.r.IntN(2))...)
		return append(nodes, f.endScope()...)
	})
}

// failed is the branch on which the error is not nil.
func (f *fn) failed(e string) []*Node {
	return f.nested(func() []*Node {
		return choose(f.g,
			code(50, "", func() []*Node { return f.exit(e) }),
			code(20, "wrap", func() []*Node { return f.exit("fmt.Errorf(\"oracle: %w\", " + e + ")") }),
			code(6, "swallow", func() []*Node { return f.exit("nil") }),
		)
	})
}
