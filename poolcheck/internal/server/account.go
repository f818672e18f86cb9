package server

import (
	"slices"
	"strings"
)

// UserName returns the user of an account written as user@host.
func UserName(account string) string {
	if i := strings.LastIndexByte(account, '@'); i >= 0 {
		return account[:i]
	}
	return account
}

// others lists the users that are not the session's own.
func (r *reader) others() []string {
	var users []string
	for _, u := range r.options.Users {
		if u != "" && (!r.s.Session.Known || u != UserName(r.s.Session.User)) {
			users = append(users, u)
		}
	}
	return users
}

// maxRoles bounds how many roles of an account are looked up.
const maxRoles = 16

// otherGrants reads the grants of the accounts that services use.
func (r *reader) otherGrants() error {
	r.s.GrantsOf = make(map[string]Part[Grants])
	for _, user := range r.others() {
		p, err := r.grantsOf(r.accountsOf(user))
		if err != nil {
			return err
		}
		r.s.GrantsOf[user] = p
	}
	return nil
}

// accountsOf lists the accounts of a user, as GRANT writes them.
func (r *reader) accountsOf(user string) []string {
	var accounts []string
	for _, l := range r.s.Limits.Value {
		if l.User == user {
			accounts = append(accounts, literal(user)+"@"+literal(l.Host))
		}
	}
	if accounts == nil {
		return []string{literal(user) + "@'%'"}
	}
	return accounts
}

// grantsOf reads the grants of accounts and of their roles.
func (r *reader) grantsOf(accounts []string) (Part[Grants], error) {
	var sum Part[Grants]
	for i := 0; i < len(accounts) && i < maxRoles; i++ {
		p, err := part(r, queryGrants+" FOR "+accounts[i], 1, r.grant("SELECT", "mysql.*"), func(row []string) string { return row[0] }, parseGrants)
		if err != nil || p.Missing != nil {
			return p, err
		}
		sum.Value.Global = append(sum.Value.Global, p.Value.Global...)
		for _, role := range p.Value.Roles {
			if !slices.Contains(accounts, role) {
				accounts = append(accounts, role)
			}
		}
	}
	if len(accounts) > maxRoles {
		sum.Missing = &Missing{Why: "it has too many roles"}
	}
	return sum, nil
}

// literal returns an SQL string. A name with a backslash, which means something
// or not depending on the SQL mode, loses it and will not be found.
func literal(s string) string {
	return "'" + strings.ReplaceAll(strings.ReplaceAll(s, `\`, ""), "'", "''") + "'"
}

// grant returns the statement that gives the session's account a privilege.
func (r *reader) grant(privilege, on string) string {
	user, host := r.s.Session.User, ""
	if i := strings.LastIndexByte(user, '@'); i >= 0 {
		user, host = user[:i], "@"+literal(user[i+1:])
	}
	if user == "" {
		return ""
	}
	return "GRANT " + privilege + " ON " + on + " TO " + literal(user) + host
}

func (r *reader) grantProcess() string     { return r.grant("PROCESS", "*.*") }
func (r *reader) grantPerformance() string { return r.grant("SELECT", "performance_schema.*") }
