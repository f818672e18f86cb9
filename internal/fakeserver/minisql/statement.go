package minisql

// A Statement is a [*Select], [*Show], [*Set] or [*Command].
type Statement interface{ statement() }

// A Show is a SHOW statement.
type Show struct {
	What   string // VARIABLES, STATUS, PROCESSLIST, GRANTS
	Global bool
	For    *Account // whose GRANTS; nil is the session's

	where Expr
	like  Expr // of the first column
}

// An Account is whom a statement names. Without a host it may be a role.
type Account struct {
	User, Host string
	Current    bool // CURRENT_USER
}

// A Set is a SET statement. One that only tells how to talk, like SET NAMES,
// assigns nothing.
type Set struct {
	Assignments []Assignment
}

// An Assignment gives a system variable a value.
type Assignment struct {
	Global bool
	Name   string
	Value  Value
}

// A Command is a statement that is no more than its verb and a name.
type Command struct {
	Verb string // in upper case; "START" for START TRANSACTION, "WRITE" for all that change data or tables
	Name string // what is used or flushed
	Args []Expr // of DO
}

func (*Select) statement()  {}
func (*Show) statement()    {}
func (*Set) statement()     {}
func (*Command) statement() {}

func (p *parser) statement() Statement {
	switch {
	case p.words("SELECT"):
		return p.selection()
	case p.words("SHOW"):
		return p.show()
	case p.words("SET"):
		return p.set()
	case p.words("START", "TRANSACTION"):
		p.rest()
		return &Command{Verb: "START"}
	case p.atWord("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER", "TRUNCATE"):
		p.rest()
		return &Command{Verb: "WRITE"}
	case p.words("DO"):
		return &Command{Verb: "DO", Args: list(p, p.expr)}
	case p.atWord("USE", "FLUSH"):
		return &Command{Verb: p.word("USE", "FLUSH"), Name: p.name()}
	case p.atWord("BEGIN", "COMMIT", "ROLLBACK"):
		return &Command{Verb: p.word("BEGIN", "COMMIT", "ROLLBACK")}
	}
	p.fail()
	return nil
}

func (p *parser) show() *Show {
	s := new(Show)
	if p.words("GRANTS") {
		s.What = "GRANTS"
		if p.words("FOR") {
			s.For = p.account()
		}
		return s
	}
	p.word("FULL")
	s.Global = p.word("GLOBAL", "SESSION", "LOCAL") == "GLOBAL"
	s.What = p.word("VARIABLES", "STATUS", "PROCESSLIST")
	p.want(s.What)
	if p.words("LIKE") {
		s.like = p.expr()
	} else if p.words("WHERE") {
		s.where = p.expr()
	}
	return s
}

// account reads user@host, user, or CURRENT_USER.
func (p *parser) account() *Account {
	if p.words("CURRENT_USER") {
		if p.symbol("(") != "" {
			p.want(p.symbol(")"))
		}
		return &Account{Current: true}
	}
	a := &Account{User: p.nameOrText()}
	if p.symbol("@") != "" {
		a.Host = p.nameOrText()
	}
	return a
}

func (p *parser) nameOrText() string {
	if p.at(textToken, "") {
		return p.next().text
	}
	return p.name()
}

func (p *parser) set() *Set {
	if p.word("NAMES", "CHARACTER") != "" || p.words("TRANSACTION") || p.words("SESSION", "TRANSACTION") {
		p.rest()
		return new(Set)
	}
	return &Set{list(p, p.assignment)}
}

func (p *parser) assignment() Assignment {
	var a Assignment
	if p.at(variableToken, "") {
		v := newVariable(p.next().text)
		a.Global, a.Name = v.global, v.name
	} else {
		a.Global = p.word("GLOBAL", "SESSION", "LOCAL") == "GLOBAL"
		a.Name = p.name()
	}
	p.want(p.symbol("="))
	switch t := p.next(); t.kind {
	case digitsToken:
		a.Value = NewInt(NewString(t.text).Int())
	case nameToken, textToken:
		a.Value = NewString(t.text)
	default:
		p.fail()
	}
	return a
}

// Filter returns those of the rows that the statement asks for.
func (s *Show) Filter(session Session, columns []string, rows [][]Value) ([][]Value, error) {
	where := s.where
	if s.like != nil {
		where = &call{"LIKE", []Expr{&column{name: columns[0]}, s.like}}
	}
	if where == nil {
		return rows, nil
	}
	scope := scope{{columns: columns}}
	if err := scope.bind(where); err != nil {
		return nil, err
	}
	return filter(session, rows, where)
}
