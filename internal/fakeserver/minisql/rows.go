package minisql

import (
	"slices"
	"strings"
)

// bind finds the columns of all expressions. Those of GROUP BY and ORDER BY may
// be names of the result, too.
func (s *Select) bind(sc scope, items []item) error {
	for _, i := range items {
		if err := sc.bind(i.expr); err != nil {
			return err
		}
	}
	if s.where != nil {
		if err := sc.bind(s.where); err != nil {
			return err
		}
	}
	later := slices.Clone(s.groupBy)
	for _, o := range s.orderBy {
		later = append(later, o.expr)
	}
	for _, x := range later {
		if c, ok := x.(*column); ok && c.table == "" {
			if i := slices.IndexFunc(items, func(i item) bool { return strings.EqualFold(i.name, c.name) }); i >= 0 {
				c.alias = items[i].expr
			}
		}
		if err := sc.bind(x); err != nil {
			return err
		}
	}
	return nil
}

// filter returns the rows for which a condition is true; nil is always true.
func filter(session Session, rows [][]Value, where Expr) ([][]Value, error) {
	if where == nil {
		return rows, nil
	}
	var kept [][]Value
	for _, row := range rows {
		v, err := where.eval(&env{session: session, row: row})
		if err != nil {
			return nil, err
		}
		if v.True() {
			kept = append(kept, row)
		}
	}
	return kept, nil
}

// group makes of rows what is to be one row of the result.
func (s *Select) group(session Session, items []item, rows [][]Value) ([]*env, error) {
	var groups []*env
	summed := slices.ContainsFunc(items, func(i item) bool { return hasAggregate(i.expr) })
	if s.groupBy == nil && summed {
		e := &env{session: session, group: rows}
		if len(rows) > 0 {
			e.row = rows[0]
		}
		return []*env{e}, nil
	}
	byKey := make(map[string]*env)
	for _, row := range rows {
		e := &env{session: session, row: row, group: [][]Value{row}}
		var key strings.Builder
		for _, x := range s.groupBy {
			v, err := x.eval(e)
			if err != nil {
				return nil, err
			}
			key.WriteString(v.key() + "\x00")
		}
		if first := byKey[key.String()]; first != nil && s.groupBy != nil {
			first.group = append(first.group, row)
			continue
		}
		byKey[key.String()] = e
		groups = append(groups, e)
	}
	return groups, nil
}

// project orders the groups and evaluates the columns of the result.
func (s *Select) project(session Session, items []item, groups []*env) ([][]Value, error) {
	var failed error
	value := func(x Expr, e *env) Value {
		v, err := x.eval(e)
		if err != nil {
			failed = err
		}
		return v
	}
	slices.SortStableFunc(groups, func(a, b *env) int {
		for _, o := range s.orderBy {
			if c := compare(value(o.expr, a), value(o.expr, b)); c != 0 {
				if o.descending {
					return -c
				}
				return c
			}
		}
		return 0
	})
	if s.limit >= 0 {
		groups = groups[:min(s.limit, len(groups))]
	}
	var rows [][]Value
	for _, e := range groups {
		row := make([]Value, len(items))
		for i, it := range items {
			row[i] = value(it.expr, e)
		}
		rows = append(rows, row)
	}
	return rows, failed
}

// Eval evaluates expressions that need no row, for what they do.
func Eval(session Session, exprs []Expr) error {
	for _, x := range exprs {
		if err := (scope{}).bind(x); err != nil {
			return err
		}
		if _, err := x.eval(&env{session: session}); err != nil {
			return err
		}
	}
	return nil
}
