package fakeserver

import (
	"slices"
	"strings"
)

// systemSchemas are databases that all servers have.
var systemSchemas = []string{"information_schema", "mysql", "performance_schema"}

// A privilege is what an account may do with something.
type privilege struct {
	names []string // in upper case
	on    string   // "*.*", "db.*" or "db.table"
}

// parsePrivilege reads a privilege as GRANT has it.
func parsePrivilege(text string) privilege {
	names, on, ok := strings.Cut(text, " ON ")
	if !ok {
		on = "*.*"
	}
	p := privilege{on: strings.ToLower(on)}
	for name := range strings.SplitSeq(names, ",") {
		p.names = append(p.names, strings.ToUpper(strings.TrimSpace(name)))
	}
	return p
}

// gives reports whether the privilege is one of some.
func (p privilege) gives(names ...string) bool {
	return slices.ContainsFunc(p.names, func(n string) bool {
		return n == "ALL" || n == "ALL PRIVILEGES" || slices.Contains(names, n)
	})
}

// privileges returns what the account may do itself, or with the roles that are
// in force.
func (s *Server) privileges(u User, withRoles bool) []privilege {
	var all []privilege
	for _, text := range u.Privileges {
		all = append(all, parsePrivilege(text))
	}
	if withRoles && u.RolesActive {
		for _, role := range u.Roles {
			r := s.config.Users[role]
			r.RolesActive = true
			all = append(all, s.privileges(r, true)...)
		}
	}
	return all
}

// may reports whether the session has one of some privileges on everything.
func (c *session) may(names ...string) bool {
	return slices.ContainsFunc(c.server.privileges(c.account, true), func(p privilege) bool {
		return p.on == "*.*" && p.gives(names...)
	})
}

// maySelect reports whether the session may read a table.
func (c *session) maySelect(schema, table string) bool {
	return slices.ContainsFunc(c.server.privileges(c.account, true), func(p privilege) bool {
		return p.gives("SELECT") && slices.Contains([]string{"*.*", schema + ".*", schema + "." + table}, p.on)
	})
}

// mayUse reports whether the session has any privilege on a database.
func (c *session) mayUse(database string) bool {
	return database == "information_schema" || slices.ContainsFunc(c.server.privileges(c.account, true), func(p privilege) bool {
		return p.gives() && p.on == "*.*" || p.gives("SELECT") && p.on == "*.*" || strings.HasPrefix(p.on, strings.ToLower(database)+".")
	})
}
