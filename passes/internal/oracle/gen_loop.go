package oracle

import "strconv"

func (l *loop) num() string { return strconv.Itoa(l.id) }

// loop is one of the loops whose number of rounds nobody knows.
func (f *fn) loop() []*Node {
	f.g.loops++
	l := &loop{id: f.g.loops, depth: len(f.scopes)}
	if f.g.chance(30) {
		l.label = "loop" + l.num()
	}
	var before []*Node
	bound := f.g.name("n")
	forever := false
	head := choose(f.g,
		option[string]{6, "for-n", func() string {
			before = one(stmt(bound, " := in.N()"))
			i := f.g.oneOf("i", "j")
			return "for " + i + " := 0; " + i + " < " + bound + "; " + i + "++ {"
		}},
		option[string]{3, "range-int", func() string { return "for range in.N() {" }},
		option[string]{4, "range-slice", func() string { return "for range in.Items() {" }},
		option[string]{3, "for-bit", func() string { return "for in.Bit() {" }},
		option[string]{3, "forever", func() string { forever = true; return "for {" }},
		option[string]{3, "range-func", func() string { return "for range " + f.g.seq() + "(in) {" }},
	)
	undo := f.mark()
	body := f.loopBody(l, func() []*Node {
		nodes := f.stmts(1 + f.g.r.IntN(2))
		nodes = append(nodes, f.endScope()...)
		if forever {
			nodes = append(nodes, block("if in.Bit() {", raw("break")))
		}
		return nodes
	})
	undo()
	return append(before, f.loopNode(l, head, body))
}

func (f *fn) loopBody(l *loop, make func() []*Node) []*Node {
	f.in = append(f.in, l)
	was := f.inSwitch
	f.inSwitch = 0
	defer func() { f.in, f.inSwitch = f.in[:len(f.in)-1], was }()
	return f.nested(make)
}

func (f *fn) loopNode(l *loop, head string, body []*Node) *Node {
	before := at + "⟦|fr.Loop(" + l.num() + "); ⟧"
	if l.used {
		before += l.label + ":\n"
	}
	return &Node{Blocks: []Block{{before + head + "⟦| fr.Iter(¶, " + l.num() + ")⟧", body}}, Tail: "}"}
}

// loopOver goes through rows; inner is what it does with each, nil for nothing.
func (f *fn) loopOver(r *res, inner func() []*Node) *Node {
	f.g.loops++
	l := &loop{id: f.g.loops, depth: len(f.scopes)}
	if f.g.chance(15) {
		l.label = "loop" + l.num()
	}
	var body []*Node
	if inner != nil {
		body = f.loopBody(l, inner)
	}
	return f.loopNode(l, "for "+r.name+".Next() {", body)
}
