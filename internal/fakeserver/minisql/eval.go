package minisql

import "strings"

// A Session is who sends a statement.
type Session interface {
	// Table returns a table. The schema is "" if the statement has none. With
	// beside are the names of all tables that the statement reads.
	Table(schema, name string, beside []string) (*Table, error)
	// Variable returns a system variable.
	Variable(global bool, name string) (Value, error)
	// Call calls a function that this package does not have. The name is in upper
	// case.
	Call(name string, args []Value) (Value, error)
}

// An env is what an expression is evaluated with.
type env struct {
	session Session
	row     []Value
	group   [][]Value // the rows that aggregates sum up
}

// A scope has the tables of a statement whose columns, one after another, are a
// row.
type scope []scopeTable

type scopeTable struct {
	alias   string
	columns []string
}

// find returns the index of a column, or -1.
func (s scope) find(table, name string) int {
	first := 0
	for _, t := range s {
		for i, c := range t.columns {
			if strings.EqualFold(c, name) && (table == "" || strings.EqualFold(t.alias, table)) {
				return first + i
			}
		}
		first += len(t.columns)
	}
	return -1
}

// bind finds the columns of expressions.
func (s scope) bind(exprs ...Expr) error {
	for _, x := range exprs {
		switch x := x.(type) {
		case *column:
			if x.index = s.find(x.table, x.name); x.index < 0 && x.alias == nil {
				return &Error{UnknownColumn, x.String()}
			}
		case *aggregate:
			if x.arg != nil {
				if err := s.bind(x.arg); err != nil {
					return err
				}
			}
		default:
			if err := s.bind(x.operands()...); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *column) String() string {
	if c.table != "" {
		return c.table + "." + c.name
	}
	return c.name
}

func (l *literal) eval(*env) (Value, error) { return l.value, nil }

func (c *column) eval(e *env) (Value, error) {
	if c.index < 0 {
		return c.alias.eval(e)
	}
	if e.row == nil {
		return Value{}, nil // of a group without rows
	}
	return e.row[c.index], nil
}

func (v *variable) eval(e *env) (Value, error) { return e.session.Variable(v.global, v.name) }

func (c *call) eval(e *env) (Value, error) {
	args := make([]Value, len(c.args))
	for i, x := range c.args {
		var err error
		if args[i], err = x.eval(e); err != nil {
			return Value{}, err
		}
	}
	f, ok := functions[c.name]
	if !ok {
		return e.session.Call(c.name, args)
	}
	if len(args) < f.min || len(args) > f.max {
		return Value{}, &Error{WrongArguments, c.name}
	}
	if !f.nulls {
		for _, a := range args {
			if a.kind == Null {
				return Value{}, nil
			}
		}
	}
	return f.f(args), nil
}

func (a *aggregate) eval(e *env) (Value, error) {
	sum := Value{kind: Null}
	count := int64(0)
	for _, row := range e.group {
		v := NewInt(1)
		if a.arg != nil {
			var err error
			if v, err = a.arg.eval(&env{session: e.session, row: row}); err != nil {
				return Value{}, err
			}
		}
		if v.kind == Null {
			continue
		}
		count++
		switch {
		case a.name == "SUM":
			sum = Value{kind: Decimal, n: sum.n + v.Int()}
		case count == 1, a.name == "MAX" && compare(v, sum) > 0, a.name == "MIN" && compare(v, sum) < 0:
			sum = v
		}
	}
	if a.name == "COUNT" {
		return NewInt(count), nil
	}
	return sum, nil
}

// hasAggregate reports whether an expression sums rows up.
func hasAggregate(x Expr) bool {
	if _, ok := x.(*aggregate); ok {
		return true
	}
	for _, o := range x.operands() {
		if hasAggregate(o) {
			return true
		}
	}
	return false
}
