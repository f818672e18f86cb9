package minisql

import "strings"

// An Expr is an expression.
type Expr interface {
	eval(e *env) (Value, error)
	operands() []Expr
}

type (
	literal struct{ value Value }

	column struct {
		table, name string
		index       int  // in the row, once it is bound
		alias       Expr // what stands in for it, if it is no column
	}

	variable struct {
		global bool
		name   string
	}

	// A call is one of a function or an operator.
	call struct {
		name string // in upper case
		args []Expr
	}

	// An aggregate is one of COUNT, SUM, MAX and MIN.
	aggregate struct {
		name string
		arg  Expr // nil: the row itself
	}
)

func (*literal) operands() []Expr     { return nil }
func (*column) operands() []Expr      { return nil }
func (*variable) operands() []Expr    { return nil }
func (c *call) operands() []Expr      { return c.args }
func (a *aggregate) operands() []Expr { return nil }

// newVariable reads the name of a variable after @@.
func newVariable(name string) *variable {
	name = strings.ToLower(name)
	scope, rest, ok := strings.Cut(name, ".")
	if !ok {
		return &variable{name: name}
	}
	return &variable{global: scope == "global", name: rest}
}

func (p *parser) expr() Expr { return p.operators(0) }

// levels are the binary operators, those that bind loosest first.
var levels = []struct {
	words, symbols []string
}{
	{words: []string{"OR"}},
	{words: []string{"AND"}},
	{}, // NOT and predicates
	{symbols: []string{"+", "-"}},
	{symbols: []string{"*"}},
}

const (
	predicateLevel = 2
	sumLevel       = 3
)

// operators reads operators of a level and those that bind tighter.
func (p *parser) operators(level int) Expr {
	switch level {
	case predicateLevel:
		return p.predicate()
	case len(levels):
		return p.operand()
	}
	x := p.operators(level + 1)
	for {
		op := p.word(levels[level].words...)
		if op == "" {
			op = p.symbol(levels[level].symbols...)
		}
		if op == "" {
			return x
		}
		x = &call{op, []Expr{x, p.operators(level + 1)}}
	}
}

// predicate reads NOT, a comparison, IS NULL, IN or LIKE.
func (p *parser) predicate() Expr {
	if p.words("NOT") {
		return &call{"NOT", []Expr{p.predicate()}}
	}
	x := p.operators(sumLevel)
	if op := p.symbol("=", "<>", "!=", "<", "<=", ">", ">="); op != "" {
		return &call{op, []Expr{x, p.operators(sumLevel)}}
	}
	is := p.words("IS")
	not := p.words("NOT")
	switch {
	case is:
		p.want(p.word("NULL"))
		x = &call{"ISNULL", []Expr{x}}
	case p.words("IN"):
		p.want(p.symbol("("))
		x = &call{"IN", append([]Expr{x}, list(p, p.expr)...)}
		p.want(p.symbol(")"))
	case p.words("LIKE"):
		x = &call{"LIKE", []Expr{x, p.operators(sumLevel)}}
	case not:
		p.fail()
	}
	if not {
		return &call{"NOT", []Expr{x}}
	}
	return x
}

// operand reads an operand of operators.
func (p *parser) operand() Expr {
	switch t := p.tokens[0]; {
	case p.symbol("(") != "":
		x := p.expr()
		p.want(p.symbol(")"))
		return x
	case p.symbol("-") != "":
		return &call{"-", []Expr{&literal{NewInt(0)}, p.operand()}}
	case p.words("NULL"):
		return &literal{}
	case p.word("TRUE", "FALSE") != "":
		return &literal{NewBool(strings.EqualFold(t.text, "TRUE"))}
	case t.kind == textToken:
		return &literal{NewString(p.next().text)}
	case t.kind == digitsToken && strings.Contains(t.text, "."):
		return &literal{NewString(p.next().text)} // good enough for SLEEP(0.5)
	case t.kind == digitsToken:
		return &literal{NewInt(NewString(p.next().text).Int())}
	case t.kind == variableToken:
		return newVariable(p.next().text)
	}
	return p.named()
}

// named reads a column or a call.
func (p *parser) named() Expr {
	current := p.atWord("CURRENT_USER")
	c := &column{name: p.name()}
	if p.symbol(".") != "" {
		c.table, c.name = c.name, p.name()
		return c
	}
	if p.symbol("(") == "" {
		if current {
			return &call{name: "CURRENT_USER"}
		}
		return c
	}
	f := &call{name: strings.ToUpper(c.name)}
	switch f.name {
	case "COUNT", "SUM", "MAX", "MIN":
		a := &aggregate{name: f.name}
		if f.name != "COUNT" || p.symbol("*") == "" {
			a.arg = p.expr()
		}
		p.want(p.symbol(")"))
		return a
	}
	if p.symbol(")") == "" {
		f.args = list(p, p.expr)
		p.want(p.symbol(")"))
	}
	return f
}
