package oracle

import "slices"

// stmts makes up to n statements.
func (f *fn) stmts(n int) []*Node {
	var nodes []*Node
	for range n {
		if f.g.fuel <= 0 {
			break
		}
		f.g.fuel--
		nodes = append(nodes, f.statement()...)
	}
	return nodes
}

func (f *fn) statement() []*Node {
	held := len(f.held(0)) > 0
	deep := len(f.scopes) > 5
	acquire := 25
	if !held {
		acquire = 90
	}
	return choose(f.g,
		code(acquire, "", f.episode),
		code(when(held, 24), "use", f.use),
		code(when(!deep, 12), "if-bit", f.branch),
		code(10, "failing", f.failing),
		code(when(!deep && len(f.in) < 2, 9), "loop", f.loop),
		code(when(!deep, 3), "switch", f.switchBit),
		code(when(!deep, 4), "literal-now", f.literalNow),
		code(when(held, 6), "release-early", f.releaseEarly),
		code(when(held, 5), "correlated", f.correlated),
		code(when(held && !deep, 3), "release-in-branch", f.releaseInBranch),
	)
}

// exit leaves the function or the loop: what is held is released first, mostly.
func (f *fn) exit(err string) []*Node {
	if len(f.in) > 0 && f.g.chance(45) {
		l := f.in[len(f.in)-1]
		if f.g.chance(20) {
			l = f.in[0]
		}
		return f.leaveLoop(l)
	}
	return append(f.cleanup(f.base), f.returns(err)...)
}

// leaveLoop is break or continue.
func (f *fn) leaveLoop(l *loop) []*Node {
	word := f.g.oneOf("break", "continue")
	f.g.tag(word)
	nodes := f.cleanup(l.depth)
	if l.label != "" && (l != f.in[len(f.in)-1] || f.inSwitch > 0 || f.g.chance(50)) {
		f.g.tag("label")
		l.used = true
		word += " " + l.label
	} else if l != f.in[len(f.in)-1] || f.inSwitch > 0 && word == "break" {
		return append(nodes, raw(at, "continue"))
	}
	return append(nodes, raw(at, word))
}

// cleanup releases, before an exit, what is held in the scopes from the given
// one on.
func (f *fn) cleanup(from int) []*Node {
	var nodes []*Node
	held := f.held(from)
	for i := len(held) - 1; i >= 0; i-- {
		r := held[i]
		if r.plan != planExplicit || !f.g.chance(f.care()) {
			continue
		}
		nodes = append(nodes, f.briefRelease(r)...)
	}
	return nodes
}

// briefRelease is a release without statements that leave the function.
func (f *fn) briefRelease(r *res) []*Node {
	if r.kind == "tx" && f.g.chance(10) && r.closeBy == "" {
		return one(stmt(f.g.rollbackHelper(), "(", r.name, ")"))
	}
	n := stmt(f.g.oneOf("", "", "_ = ") + f.closeCall(r))
	if r.closeBy != "" {
		n = stmt(r.closeBy, "()")
	}
	if r.mayNil {
		n = block("if "+r.name+" != nil {", n)
	}
	return one(n)
}

// mark remembers what is released, so that a branch can be undone.
func (f *fn) mark() (undo func()) {
	type state struct {
		closed, mayNil bool
		plan           plan
	}
	all := f.live(0)
	var was []state
	for _, r := range all {
		was = append(was, state{r.closed, r.mayNil, r.plan})
	}
	return func() {
		for i, r := range all {
			s := was[i]
			if r.mayNil = s.mayNil || r.mayNil; f.g.chance(80) {
				r.closed, r.plan = s.closed, s.plan
			}
		}
	}
}

// branch is an if on something unknown.
func (f *fn) branch() []*Node {
	undo := f.mark()
	then := f.nested(func() []*Node {
		nodes := f.stmts(f.g.r.IntN(2))
		if f.g.chance(70) {
			return append(append(nodes, f.endScope()...), f.exit(f.g.oneOf("nil", "nil", "ErrFailed"))...)
		}
		return append(nodes, f.endScope()...)
	})
	undo()
	if f.g.chance(25) {
		f.g.tag("else")
		otherwise := f.nested(func() []*Node { return append(f.stmts(1), f.endScope()...) })
		undo()
		return one(ifElse("if in.Bit() {", then, otherwise))
	}
	return one(block("if in.Bit() {", then...))
}

// failing is a call that may fail, and leaves the function then.
func (f *fn) failing() []*Node {
	call := f.g.oneOf("in.Fail()", "in.Fail()", f.pool+".PingContext("+f.background()+")")
	if f.g.depth == 0 && f.g.chance(4) {
		f.g.tag("recursive")
		call = f.g.recursive() + "(in, " + f.poolArg() + ", in.N())"
	}
	undo := f.mark()
	defer undo()
	return choose(f.g,
		code(5, "", func() []*Node {
			return one(block("if err := "+call+"; err != nil {", f.nested(func() []*Node { f.let("err"); return f.exit("err") })...))
		}),
		code(3, "exec", func() []*Node {
			exec := f.pool + ".Exec(\"update t set n = 1\")"
			return one(block("if _, err := "+exec+"; err != nil {", f.nested(func() []*Node { f.let("err"); return f.exit("err") })...))
		}),
		code(when(f.visible("err"), 5), "err-reused", func() []*Node {
			return one(block("if err = "+call+"; err != nil {", f.nested(func() []*Node { return f.exit("err") })...))
		}),
		code(when(f.visible("err"), 4), "err-reused", func() []*Node {
			return []*Node{stmt("err = ", call), block("if err != nil {", f.nested(func() []*Node { return f.exit("err") })...)}
		}),
	)
}

func (f *fn) switchBit() []*Node {
	undo := f.mark()
	f.inSwitch++
	defer func() { f.inSwitch--; undo() }()
	arm := func() []*Node {
		return f.nested(func() []*Node {
			nodes := append(f.stmts(1), f.endScope()...)
			if f.g.chance(40) {
				nodes = append(nodes, f.exit("nil")...)
			}
			return nodes
		})
	}
	n := &Node{Tail: "}", Blocks: []Block{{at + "switch {", nil}, {"case in.Bit():", arm()}}}
	undo()
	if f.g.chance(50) {
		n.Blocks = append(n.Blocks, Block{"case in.Bit():", arm()})
		undo()
	}
	if f.g.chance(50) {
		n.Blocks = append(n.Blocks, Block{"default:", arm()})
	}
	return one(n)
}

// literal makes the body of a function literal within f.
func (f *fn) literal(sig signature, make func(*fn) []*Node) []*Node {
	lf := &fn{g: f.g, sig: sig, pool: f.pool, scopes: f.scopes, base: len(f.scopes)}
	return lf.nested(func() []*Node { return make(lf) })
}

// canFail ends a function so that it fails in some run: what it returns is
// tested, and the test must not be dead code.
func (f *fn) canFail(nodes []*Node) []*Node {
	err := f.g.oneOf("nil", "in.Fail()")
	if !mentions(nodes, "return ") {
		err = "in.Fail()"
	}
	return append(nodes, f.returns(err)...)
}

// literalNow calls a function literal on the spot.
func (f *fn) literalNow() []*Node {
	undo := f.mark()
	defer undo()
	if f.g.chance(40) {
		body := f.literal(sigNone, func(lf *fn) []*Node { return append(lf.stmts(1+f.g.r.IntN(2)), lf.endScope()...) })
		return one(literal("func()", "()", body, true))
	}
	body := f.literal(sigErr, func(lf *fn) []*Node {
		return lf.canFail(append(lf.stmts(1+f.g.r.IntN(2)), lf.endScope()...))
	})
	e := "err"
	if f.g.chance(50) {
		n := literal("if err := func() error", "(); err != nil {", body, false)
		return []*Node{{Blocks: []Block{n.Blocks[0], {n.Tail, f.nested(func() []*Node { f.let("err"); return f.exit("err") })}}, Tail: "}"}}
	}
	call := f.g.name("step")
	f.let(call)
	return []*Node{
		literal(call+" := func() error", "", body, false),
		block("if "+e+" := "+call+"(); "+e+" != nil {", f.nested(func() []*Node { f.let("err"); return f.exit("err") })...),
	}
}

// mine picks a resource that is held and not lent.
func (f *fn) mine() *res {
	held := slices.DeleteFunc(f.held(0), func(r *res) bool { return r.plan == planLent })
	if len(held) == 0 {
		return nil
	}
	return held[f.g.r.IntN(len(held))]
}

// releaseEarly releases something before its time.
func (f *fn) releaseEarly() []*Node {
	r := f.mine()
	if r == nil {
		return nil
	}
	return f.release(r)
}

// releaseInBranch releases in some branches of an if.
func (f *fn) releaseInBranch() []*Node {
	r := f.mine()
	if r == nil {
		return nil
	}
	then := f.nested(func() []*Node { return f.briefRelease(r) })
	if f.g.chance(50) {
		r.closed = true
		return one(ifElse("if in.Bit() {", then, f.briefRelease(r)))
	}
	return one(block("if in.Bit() {", then...))
}

// correlated tests one unknown condition twice.
func (f *fn) correlated() []*Node {
	r := f.mine()
	if r == nil {
		return nil
	}
	b := f.g.name("b")
	f.let(b)
	nodes := []*Node{stmt(b, " := in.Bit()"), block("if "+b+" {", f.briefRelease(r)...)}
	nodes = append(nodes, f.stmts(1)...)
	again := f.g.oneOf("if !"+b+" {", "if !"+b+" {", "if "+b+" == false {", "if "+b+" {")
	r.closed = true
	return append(nodes, block(again, f.briefRelease(r)...))
}
