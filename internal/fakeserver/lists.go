package fakeserver

import (
	"maps"
	"slices"

	"github.com/connvet/connvet/internal/fakeserver/minisql"
)

// pairs makes rows of names and values.
func pairs(values map[string]string) [][]minisql.Value {
	var rows [][]minisql.Value
	for _, name := range slices.Sorted(maps.Keys(values)) {
		rows = append(rows, rowOf(name, values[name]))
	}
	return rows
}

func (c *session) globalStatus([]string) *minisql.Table {
	return &minisql.Table{Columns: []string{"VARIABLE_NAME", "VARIABLE_VALUE"}, Rows: pairs(c.server.status())}
}

func (c *session) globalVariables([]string) *minisql.Table {
	return &minisql.Table{Columns: []string{"VARIABLE_NAME", "VARIABLE_VALUE"}, Rows: pairs(c.visible(true))}
}

func (c *session) lockWaits([]string) *minisql.Table {
	t := &minisql.Table{Columns: []string{"requesting_trx_id", "blocking_trx_id"}}
	for i := range c.server.config.LockWaits {
		t.Rows = append(t.Rows, rowOf(2000+i, 1000))
	}
	return t
}

func (c *session) userTable([]string) *minisql.Table {
	t := &minisql.Table{Columns: []string{"Host", "User", "max_user_connections", "is_role"}}
	users := c.server.config.Users
	for _, name := range slices.Sorted(maps.Keys(users)) {
		u := users[name]
		role := "N"
		if u.IsRole {
			role = "Y"
		}
		t.Rows = append(t.Rows, rowOf(c.hostOf(u), name, u.MaxUserConnections, role))
	}
	return t
}

// show answers a SHOW statement.
func (c *session) show(s *minisql.Show) (*minisql.Result, error) {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	r := &minisql.Result{Columns: []string{"Variable_name", "Value"}}
	switch s.What {
	case "GRANTS":
		return c.showGrants(s.For)
	case "PROCESSLIST":
		r.Columns = []string{"Id", "User", "Host", "db", "Command", "Time", "State", "Info"}
		r.Rows = c.processlist(false).Rows
	case "VARIABLES":
		r.Rows = pairs(c.visible(s.Global))
	case "STATUS":
		r.Rows = pairs(c.server.status())
	}
	var err error
	r.Rows, err = s.Filter(c, r.Columns, r.Rows)
	return r, err
}
