package fakeserver

import (
	"crypto/sha1"
	"fmt"
	"slices"
	"strings"

	"github.com/connvet/connvet/internal/fakeserver/minisql"
)

// What MySQL writes in place of ALL, shortened.
const (
	allStatic  = "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, SHUTDOWN, PROCESS, FILE, SHOW DATABASES, SUPER, CREATE USER"
	allDynamic = "CONNECTION_ADMIN,ROLE_ADMIN,SERVICE_CONNECTION_ADMIN,SYSTEM_USER,SYSTEM_VARIABLES_ADMIN"
)

// showGrants answers SHOW GRANTS.
func (c *session) showGrants(whose *minisql.Account) (*minisql.Result, error) {
	user, u, own := c.user, c.account, true
	if whose != nil && !whose.Current {
		host := whose.Host
		if u = c.server.config.Users[whose.User]; host == "" && !(u.IsRole && c.personality == MariaDB) {
			host = "%"
		}
		user, own = whose.User, whose.User == c.user && host == c.account.Host
		if err, late := c.checkGrants(user, host, u); late {
			return &minisql.Result{Columns: []string{"Grants for " + accountName(user, host)}, Err: err}, nil
		} else if err != nil && !own {
			return nil, err
		}
	}
	r := &minisql.Result{Columns: []string{"Grants for " + accountName(user, c.hostOf(u))}}
	for _, line := range c.grants(user, u, whose == nil) {
		r.Rows = append(r.Rows, []minisql.Value{minisql.NewString(line)})
	}
	return r, nil
}

// checkGrants returns why the session may not see the grants of an account. The
// error may come late, after the columns.
func (c *session) checkGrants(user, host string, u User) (err error, late bool) {
	missing := newError(1141, "42000", "There is no such grant defined for user '%s' on host '%s'", user, host)
	_, known := c.server.config.Users[user]
	known = known && c.hostOf(u) == host
	if c.personality == MariaDB {
		switch {
		case c.account.RolesActive && u.IsRole && slices.Contains(c.account.Roles, user):
			return nil, false
		case !c.maySelect("mysql", "*"):
			return newError(1044, "42000", "Access denied for user '%s'@'%s' to database 'mysql'", c.user, c.account.Host), false
		case !known:
			return missing, true
		}
		return nil, false
	}
	switch {
	case !c.maySelect("mysql", "user"):
		return c.selectDenied("mysql", "user"), false
	case !known:
		return missing, false
	}
	return nil, false
}

// hostOf returns the host of an account. Roles of MariaDB have none.
func (c *session) hostOf(u User) string {
	if u.IsRole && c.personality == MariaDB {
		return ""
	}
	return u.Host
}

func accountName(user, host string) string {
	if host == "" {
		return user
	}
	return user + "@" + host
}

// quotedAccount returns an account as GRANT has it.
func quotedAccount(user, host string) string {
	if host == "" {
		return "`" + user + "`"
	}
	return "`" + user + "`@`" + host + "`"
}

// grants returns the statements that make an account what it is.
func (c *session) grants(user string, u User, active bool) []string {
	to := " TO " + quotedAccount(user, c.hostOf(u))
	var roles []string
	for _, role := range u.Roles {
		roles = append(roles, "GRANT "+quotedAccount(role, c.hostOf(c.server.config.Users[role]))+to)
	}
	if c.personality != MariaDB {
		all := c.server.privileges(u, active)
		return append(append(mysqlGlobal(all, to), objectGrants(all, to)...), roles...)
	}
	own := c.server.privileges(u, false)
	lines := append(roles, mariadbGlobal(own, to, u))
	lines = append(lines, objectGrants(own, to)...)
	if u.RolesActive {
		for _, role := range u.Roles {
			if active {
				lines = append(lines, c.grants(role, c.server.config.Users[role], true)...)
			}
			lines = append(lines, "SET DEFAULT ROLE `"+role+"` FOR "+quotedAccount(user, u.Host))
		}
	}
	return lines
}

// mysqlGlobal returns the grants on everything: those that are keywords, and the
// others.
func mysqlGlobal(all []privilege, to string) []string {
	var static, dynamic []string
	option := ""
	for _, p := range all {
		if p.on != "*.*" {
			continue
		}
		if p.gives() {
			static, dynamic, option = []string{allStatic}, []string{allDynamic}, " WITH GRANT OPTION"
			break
		}
		for _, name := range p.names {
			if strings.Contains(name, "_") {
				dynamic = append(dynamic, name)
			} else {
				static = append(static, name)
			}
		}
	}
	if static == nil {
		static = []string{"USAGE"}
	}
	lines := []string{"GRANT " + strings.Join(static, ", ") + " ON *.*" + to + option}
	if dynamic != nil {
		lines = append(lines, "GRANT "+strings.Join(dynamic, ",")+" ON *.*"+to+option)
	}
	return lines
}

// mariadbGlobal returns the grant on everything, which tells of the password, too.
func mariadbGlobal(all []privilege, to string, u User) string {
	names, option := []string{}, ""
	for _, p := range all {
		if p.on == "*.*" {
			names = append(names, p.names...)
			if p.gives() {
				names, option = []string{"ALL PRIVILEGES"}, " WITH GRANT OPTION"
			}
		}
	}
	if len(names) == 0 {
		names = []string{"USAGE"}
	}
	if u.Password != "" {
		to += fmt.Sprintf(" IDENTIFIED BY PASSWORD '*%X'", sum(sha1.New(), sum(sha1.New(), []byte(u.Password))))
	}
	if u.MaxUserConnections > 0 {
		option = fmt.Sprintf(" WITH MAX_USER_CONNECTIONS %d", u.MaxUserConnections)
	}
	return "GRANT " + strings.Join(names, ", ") + " ON *.*" + to + option
}

// objectGrants returns the grants on databases and tables.
func objectGrants(all []privilege, to string) []string {
	var lines []string
	for _, p := range all {
		if p.on == "*.*" {
			continue
		}
		names := strings.Join(p.names, ", ")
		if p.gives() {
			names = "ALL PRIVILEGES"
		}
		schema, table, _ := strings.Cut(p.on, ".")
		if table != "*" {
			table = "`" + table + "`"
		}
		lines = append(lines, "GRANT "+names+" ON `"+schema+"`."+table+to)
	}
	return lines
}
