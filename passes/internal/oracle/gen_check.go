package oracle

// checked looks at the error e of the call that made r, and goes on.
func (f *fn) checked(r *res, e string) []*Node {
	return choose(f.g, append(f.usualChecks(r, e), f.oddChecks(r, e)...)...)
}

// usualChecks leave where the error is not nil.
func (f *fn) usualChecks(r *res, e string) []option[[]*Node] {
	return []option[[]*Node]{
		code(40, "err-return", func() []*Node {
			return append(one(block("if "+e+" != nil {", f.failed(e)...)), f.admit(r)...)
		}),
		code(5, "nil-left", func() []*Node {
			return append(one(block("if nil != "+e+" {", f.failed(e)...)), f.admit(r)...)
		}),
		code(7, "err-else", func() []*Node {
			bad := f.failed(e)
			return one(ifElse("if "+e+" != nil {", bad, f.within(r)))
		}),
		code(7, "ok-nest", func() []*Node { return one(block("if "+e+" == nil {", f.within(r)...)) }),
		code(4, "ok-else", func() []*Node {
			good := f.within(r)
			return one(ifElse("if "+e+" == nil {", good, f.failed(e)))
		}),
		code(6, "err-switch", func() []*Node { return f.errSwitch(r, e) }),
		code(5, "errors-is", func() []*Node { return f.errorsIs(r, e) }),
		code(3, "must", func() []*Node { return append(one(stmt(f.g.must(), "(", e, ")")), f.admit(r)...) }),
		code(4, "wrap-helper", func() []*Node {
			return append(one(block("if "+e+" = "+f.g.wrapErr()+"("+e+"); "+e+" != nil {", f.failed(e)...)), f.admit(r)...)
		}),
	}
}

// oddChecks look at something else, look twice, or do not look.
func (f *fn) oddChecks(r *res, e string) []option[[]*Node] {
	return []option[[]*Node]{
		code(3, "nil-resource", func() []*Node {
			return append(one(block("if "+r.name+" == nil {", f.failed(e)...)), f.admit(r)...)
		}),
		code(3, "errors-as", func() []*Node {
			v := f.g.name("busy")
			first := block("if errors.As("+e+", &"+v+") {", f.failed(e)...)
			return append([]*Node{raw("var ", v, " *BusyError"), first, block("if "+e+" != nil {", f.failed(e)...)}, f.admit(r)...)
		}),
		code(3, "err-merge", func() []*Node {
			// A later failure shares the test.
			n := block("if "+e+" == nil {", stmt(e, " = in.Fail()"))
			bad := f.nested(func() []*Node {
				var nodes []*Node
				if f.g.chance(60) {
					nodes = one(block("if "+r.name+" != nil {", f.briefRelease(r)...))
				}
				return append(nodes, f.exit(e)...)
			})
			return append([]*Node{n, block("if "+e+" != nil {", bad...)}, f.admit(r)...)
		}),
		code(3, "else-if", func() []*Node {
			bad := f.failed(e)
			odd := f.nested(func() []*Node {
				var nodes []*Node
				if f.g.chance(70) {
					nodes = f.briefRelease(r)
				}
				return append(nodes, f.exit("nil")...)
			})
			n := &Node{Tail: "}", Blocks: []Block{{at + "if " + e + " != nil {", bad}, {"} else if in.Bit() {", odd}}}
			return append(one(n), f.admit(r)...)
		}),
		code(3, "err-bool", func() []*Node {
			ok := f.g.name("ok")
			f.let(ok)
			return append([]*Node{raw(ok, " := ", e, " == nil"), block("if !"+ok+" {", f.failed(e)...)}, f.admit(r)...)
		}),
		code(4, "err-or-bit", func() []*Node { return f.errOrBit(r, e) }),
		code(3, "ok-and-bit", func() []*Node {
			nodes := one(block("if "+e+" == nil && in.Bit() {", f.within(r)...))
			r.mayNil, r.closed, r.plan, r.flag = true, false, planNone, ""
			return append(nodes, f.admit(r)...)
		}),
		code(4, "unchecked", func() []*Node { r.mayNil = true; return f.admit(r) }),
		code(3, "err-ignored", func() []*Node {
			r.mayNil = true
			return append(one(block("if "+e+" != nil {", f.nested(func() []*Node { return f.stmts(1) })...)), f.admit(r)...)
		}),
	}
}

func (f *fn) errSwitch(r *res, e string) []*Node {
	bad := f.failed(e)
	n := &Node{Tail: "}"}
	switch f.g.r.IntN(3) {
	case 0:
		n.Blocks = []Block{{at + "switch {", nil}, {"case " + e + " != nil:", bad}}
	case 1:
		n.Blocks = []Block{{at + "switch " + e + " {", nil}, {"case nil:", nil}, {"default:", bad}}
	default:
		n.Blocks = []Block{{at + "switch {", nil}, {"case " + e + " == nil:", f.within(r)}, {"default:", bad}}
		return one(n)
	}
	return append(one(n), f.admit(r)...)
}

func (f *fn) errorsIs(r *res, e string) []*Node {
	switch f.g.r.IntN(4) {
	case 0: // a known error first, then any
		first := block("if errors.Is("+e+", ErrBusy) {", f.failed(e)...)
		return append([]*Node{first, block("if "+e+" != nil {", f.failed(e)...)}, f.admit(r)...)
	case 1: // one error is tolerated
		n := block("if "+e+" != nil && !errors.Is("+e+", ErrBusy) {", f.failed(e)...)
		r.mayNil = true
		return append(one(n), f.admit(r)...)
	case 2: // nested
		inner := block("if errors.Is("+e+", ErrBusy) {", f.failed("nil")...)
		n := block("if "+e+" != nil {", append(one(inner), f.failed(e)...)...)
		return append(one(n), f.admit(r)...)
	}
	n := &Node{Tail: "}", Blocks: []Block{
		{at + "switch {", nil},
		{"case errors.Is(" + e + ", ErrBusy):", f.failed("nil")},
		{"case " + e + " != nil:", f.failed(e)},
	}}
	return append(one(n), f.admit(r)...)
}

// errOrBit leaves for two reasons through one branch: r may be open there.
func (f *fn) errOrBit(r *res, e string) []*Node {
	bad := f.nested(func() []*Node {
		var nodes []*Node
		if f.g.chance(50) {
			nodes = one(block("if "+r.name+" != nil {", f.releaseCode(r)...))
		}
		if f.sig == sigRes || f.sig == sigNamedRes {
			return append(nodes, f.exit("ErrFailed")...)
		}
		return append(nodes, f.exit(e)...)
	})
	return append(one(block("if "+e+" != nil || in.Bit() {", bad...)), f.admit(r)...)
}
