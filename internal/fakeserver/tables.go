package fakeserver

import (
	"slices"
	"strings"

	"github.com/connvet/connvet/internal/fakeserver/minisql"
)

// A source makes a table. The server's mutex is held.
type source func(c *session, beside []string) *minisql.Table

// tables has the tables by their names in lower case.
var tables = map[string]map[string]source{
	"information_schema": {
		"processlist":       func(c *session, _ []string) *minisql.Table { return c.processlist(false) },
		"innodb_trx":        (*session).innodbTrx,
		"innodb_lock_waits": (*session).lockWaits,
		"global_status":     (*session).globalStatus,
		"global_variables":  (*session).globalVariables,
	},
	"performance_schema": {
		"processlist":           func(c *session, _ []string) *minisql.Table { return c.processlist(true) },
		"accounts":              (*session).accounts,
		"threads":               (*session).threads,
		"session_connect_attrs": (*session).connectAttrs,
		"data_lock_waits":       (*session).lockWaits,
		"global_status":         (*session).globalStatus,
		"global_variables":      (*session).globalVariables,
	},
	"mysql": {"user": (*session).userTable},
}

// Tables that only one of the personalities has.
var (
	onlyMySQL   = []string{"performance_schema.processlist", "performance_schema.data_lock_waits"}
	onlyMariaDB = []string{"information_schema.innodb_lock_waits", "information_schema.global_status", "information_schema.global_variables"}
)

// Tables of performance_schema that anybody may read, and that work when it is
// off.
var (
	open     = []string{"processlist", "global_status", "global_variables"}
	alwaysOn = []string{"global_status", "global_variables"}
)

// Table returns a table for [minisql.Select]. Whether the session may read it is
// checked before whether it is there.
func (c *session) Table(schema, name string, beside []string) (*minisql.Table, error) {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	if schema == "" {
		schema = c.database
	}
	db, table := strings.ToLower(schema), strings.ToLower(name)
	if db == "" {
		return nil, newError(1046, "3D000", "No database selected")
	}
	isOpen := db == "information_schema" || c.personality == MySQL && db == "performance_schema" && slices.Contains(open, table) ||
		c.personality == MariaDB && db == "performance_schema" && slices.Contains(alwaysOn, table)
	if !isOpen && !c.maySelect(db, table) {
		return nil, c.selectDenied(schema, name)
	}
	rows, ok := tables[db][table]
	elsewhere := onlyMariaDB
	if c.personality == MariaDB {
		elsewhere = onlyMySQL
	}
	switch {
	case !ok || slices.Contains(elsewhere, db+"."+table):
		return nil, c.noTable(schema, name)
	case db == "information_schema" && strings.HasPrefix(table, "innodb_") && !c.may("PROCESS"):
		return c.withoutProcess(rows(c, beside), beside)
	}
	t := rows(c, beside)
	if db == "performance_schema" && s.config.variables()["performance_schema"] != "ON" && !slices.Contains(alwaysOn, table) {
		t.Rows = nil
	}
	return t, nil
}

// withoutProcess is what a session without PROCESS gets of InnoDB's tables. MySQL
// notices when it reads the rows, and not even then if it begins with a list of
// sessions in which nobody sleeps.
func (c *session) withoutProcess(t *minisql.Table, beside []string) (*minisql.Table, error) {
	denied := newError(1227, "42000", "Access denied; you need (at least one of) the PROCESS privilege(s) for this operation")
	if c.personality == MariaDB {
		return nil, denied
	}
	t.Rows = nil
	if !slices.Contains(beside, "information_schema.processlist") {
		t.Err = denied
	}
	return t, nil
}

func (c *session) selectDenied(schema, table string) *Error {
	of := "'" + table + "'"
	if c.personality == MariaDB {
		of = "`" + schema + "`.`" + table + "`"
	}
	return newError(1142, "42000", "SELECT command denied to user '%s'@'%s' for table %s", c.user, c.host, of)
}

func (c *session) noTable(schema, table string) *Error {
	if strings.EqualFold(schema, "information_schema") {
		return newError(1109, "42S02", "Unknown table '%s' in information_schema", table)
	}
	return newError(1146, "42S02", "Table '%s.%s' doesn't exist", schema, table)
}

// rowOf makes a row. A nil is NULL.
func rowOf(values ...any) []minisql.Value {
	row := make([]minisql.Value, len(values))
	for i, v := range values {
		switch v := v.(type) {
		case string:
			row[i] = minisql.NewString(v)
		case int:
			row[i] = minisql.NewInt(int64(v))
		case bool:
			row[i] = minisql.NewBool(v)
		case uint64:
			row[i] = minisql.NewInt(int64(v))
		}
	}
	return row
}

// orNull returns a text, or NULL for "".
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
