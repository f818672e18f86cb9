package minisql

import (
	"slices"
	"strings"
)

// A Table is a table with its rows.
type Table struct {
	Columns []string
	Rows    [][]Value
	Err     error // met when the rows are read
}

// A Result answers a statement.
type Result struct {
	Columns []string
	Rows    [][]Value
	Err     error // comes after the columns and in place of rows
}

// A Select is a SELECT statement.
type Select struct {
	items   []item
	tables  []tableRef
	where   Expr // nil: all
	groupBy []Expr
	orderBy []order
	limit   int // negative: none
}

type item struct {
	expr Expr // nil: *
	name string
}

type tableRef struct {
	schema, name, alias string
	on                  Expr // nil: all
}

type order struct {
	expr       Expr
	descending bool
}

func (p *parser) selection() *Select {
	s := &Select{items: list(p, p.item), limit: -1}
	if p.words("FROM") {
		s.tables = append(s.tables, p.table())
		for p.symbol(",") != "" || p.words("JOIN") || p.words("INNER", "JOIN") {
			s.tables = append(s.tables, p.table())
		}
	}
	if p.words("WHERE") {
		s.where = p.expr()
	}
	if p.words("GROUP", "BY") {
		s.groupBy = list(p, p.expr)
	}
	if p.words("ORDER", "BY") {
		s.orderBy = list(p, func() order {
			x := p.expr()
			return order{x, p.word("ASC", "DESC") == "DESC"}
		})
	}
	if p.words("LIMIT") {
		if !p.at(digitsToken, "") {
			p.fail()
		}
		s.limit = int(NewString(p.next().text).Int())
	}
	p.words("FOR", "UPDATE")
	return s
}

// item reads a column of the result. Its name is its text, unless it is given
// one.
func (p *parser) item() item {
	if p.symbol("*") != "" {
		return item{}
	}
	start := p.tokens[0].start
	i := item{expr: p.expr()}
	if p.err != nil {
		return i
	}
	i.name = p.src[start:p.read]
	switch x := i.expr.(type) {
	case *column:
		i.name = x.name
	case *literal:
		if x.value.kind == String {
			i.name = x.value.s
		}
	}
	if p.words("AS") || p.at(nameToken, "") && !p.atWord("FROM", "WHERE", "GROUP", "ORDER", "LIMIT", "FOR") {
		i.name = p.name()
	}
	return i
}

func (p *parser) table() tableRef {
	t := tableRef{name: p.name()}
	if p.symbol(".") != "" {
		t.schema, t.name = t.name, p.name()
	}
	t.alias = t.name
	if p.words("AS") || p.at(nameToken, "") && !p.atWord("JOIN", "INNER", "ON", "WHERE", "GROUP", "ORDER", "LIMIT", "FOR") {
		t.alias = p.name()
	}
	if p.words("ON") {
		t.on = p.expr()
	}
	return t
}

// Run runs the statement.
func (s *Select) Run(session Session) (*Result, error) {
	scope, rows, late, err := s.from(session)
	if err != nil {
		return nil, err
	}
	items := s.expand(scope)
	if err := s.bind(scope, items); err != nil {
		return nil, err
	}
	r := &Result{Err: late}
	for _, i := range items {
		r.Columns = append(r.Columns, i.name)
	}
	if late != nil {
		return r, nil
	}
	if rows, err = filter(session, rows, s.where); err != nil {
		return nil, err
	}
	groups, err := s.group(session, items, rows)
	if err != nil {
		return nil, err
	}
	r.Rows, err = s.project(session, items, groups)
	return r, err
}

// from joins the tables. A late error is one that reading the rows of a table
// met.
func (s *Select) from(session Session) (sc scope, rows [][]Value, late, err error) {
	var beside []string
	for _, ref := range s.tables {
		beside = append(beside, strings.ToLower(ref.schema+"."+ref.name))
	}
	rows = [][]Value{{}}
	for _, ref := range s.tables {
		t, err := session.Table(ref.schema, ref.name, beside)
		if err != nil {
			return nil, nil, nil, err
		}
		if t.Err != nil {
			late = t.Err
		}
		sc = append(sc, scopeTable{ref.alias, t.Columns})
		var joined [][]Value
		for _, left := range rows {
			for _, right := range t.Rows {
				joined = append(joined, slices.Concat(left, right))
			}
		}
		if ref.on != nil {
			if err := sc.bind(ref.on); err != nil {
				return nil, nil, nil, err
			}
			if joined, err = filter(session, joined, ref.on); err != nil {
				return nil, nil, nil, err
			}
		}
		rows = joined
	}
	return sc, rows, late, nil
}

// expand replaces * by all columns.
func (s *Select) expand(sc scope) []item {
	var items []item
	for _, i := range s.items {
		if i.expr != nil {
			items = append(items, i)
			continue
		}
		for _, t := range sc {
			for _, c := range t.columns {
				items = append(items, item{&column{table: t.alias, name: c}, c})
			}
		}
	}
	return items
}
