package fakeserver

import (
	"strings"

	"github.com/connvet/connvet/internal/fakeserver/minisql"
)

// do does what a statement says that has no result.
func (c *session) do(s *minisql.Command) error {
	if s.Verb == "DO" {
		return minisql.Eval(c, s.Args)
	}
	server := c.server
	server.mu.Lock()
	defer server.mu.Unlock()
	switch s.Verb {
	case "BEGIN", "START":
		c.inTx, c.changed = true, false
	case "COMMIT", "ROLLBACK":
		c.inTx, c.changed = false, false
	case "WRITE":
		c.changed = c.inTx
	case "USE":
		if err := c.use(s.Name); err != nil {
			return err
		}
	case "FLUSH":
		if !c.may("RELOAD", "FLUSH_STATUS") {
			return c.missing("RELOAD")
		}
		if strings.EqualFold(s.Name, "STATUS") {
			server.counters.flush(c.personality, server.live())
		}
	}
	return nil
}

// set sets variables of the session, or of the server for those who may.
func (c *session) set(s *minisql.Set) error {
	server := c.server
	server.mu.Lock()
	defer server.mu.Unlock()
	for _, a := range s.Assignments {
		name := strings.ToLower(a.Name)
		if _, ok := server.config.variables()[name]; !ok {
			return newError(1193, "HY000", "Unknown system variable '%s'", a.Name)
		}
		switch {
		case !a.Global:
			c.variables[name] = a.Value.String()
		case c.may("SUPER", "SYSTEM_VARIABLES_ADMIN", "CONNECTION ADMIN"):
			server.config.Variables[name] = a.Value.String()
		case c.personality == MariaDB:
			return c.missing("SUPER, CONNECTION ADMIN")
		default:
			return c.missing("SUPER or SYSTEM_VARIABLES_ADMIN")
		}
	}
	return nil
}

func (c *session) missing(privileges string) *Error {
	return newError(1227, "42000", "Access denied; you need (at least one of) the %s privilege(s) for this operation", privileges)
}
