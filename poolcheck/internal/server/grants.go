package server

import (
	"regexp"
	"slices"
	"strings"
)

// Grants are the privileges of an account on the whole server.
type Grants struct {
	Global []string // in upper case, such as "PROCESS"
	Roles  []string // granted roles, as the server writes them
	Tables []string // "db.*" and "db.table" on which it has SELECT
}

var (
	grantOn   = regexp.MustCompile("(?i)^GRANT (.+) ON (.+?) TO ")
	grantRole = regexp.MustCompile("(?i)^GRANT (.+) TO ")
	columns   = regexp.MustCompile(`\([^)]*\)`)
)

// parseGrants reads the output of SHOW GRANTS.
func parseGrants(lines []string) Grants {
	var g Grants
	for _, line := range lines {
		if m := grantOn.FindStringSubmatch(line); m != nil {
			g.add(m[1], strings.ReplaceAll(m[2], "`", ""))
		} else if m := grantRole.FindStringSubmatch(line); m != nil && !strings.HasPrefix(strings.ToUpper(m[1]), "PROXY ") {
			for role := range strings.SplitSeq(m[1], ",") {
				g.Roles = append(g.Roles, strings.TrimSpace(role))
			}
		}
	}
	return g
}

// add adds the privileges of one line.
func (g *Grants) add(privileges, on string) {
	for p := range strings.SplitSeq(columns.ReplaceAllString(privileges, ""), ",") {
		p = strings.ToUpper(strings.TrimSpace(p))
		switch {
		case on == "*.*":
			g.Global = append(g.Global, p)
		case p == "SELECT" || p == "ALL PRIVILEGES":
			g.Tables = append(g.Tables, strings.ToLower(on))
		}
	}
}

// Has reports whether the account has one of the privileges on everything.
func (g Grants) Has(privileges ...string) bool {
	return slices.ContainsFunc(g.Global, func(p string) bool {
		return p == "ALL PRIVILEGES" || p == "ALL" || slices.Contains(privileges, p)
	})
}

// Rescue returns the privileges that let an account take the slot that servers
// keep for administrators. MySQL and MariaDB spell CONNECTION_ADMIN differently.
func (g Grants) Rescue() []string {
	var found []string
	for _, p := range g.Global {
		switch p {
		case "SUPER", "CONNECTION_ADMIN", "CONNECTION ADMIN", "ALL PRIVILEGES", "ALL":
			found = append(found, p)
		}
	}
	return found
}
