// Package worlds runs a test against servers of all kinds that there are: those
// of package fakeserver, and real ones if they are installed. They are set up
// alike, so what a test finds in one it must find in the others of the same
// personality. Where it does not, the fake is wrong.
package worlds

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/connvet/connvet/internal/dbtest"
	"github.com/connvet/connvet/internal/fakeserver"
)

// A World is a server.
type World struct {
	Personality fakeserver.Personality
	// Fake is the server, if it is a fake.
	Fake *fakeserver.Server

	dsn func(user, password string) string
}

// DSN returns a data source name for github.com/go-sql-driver/mysql, to which
// parameters can be added after a question mark.
func (w World) DSN(user, password string) string { return w.dsn(user, password) }

// Of returns the world of a fake server.
func Of(p fakeserver.Personality, s *fakeserver.Server) World { return World{p, s, s.DSN} }

// Run runs a test in each world. Of the configuration, real servers get the
// limits, the users and whether performance_schema is on.
func Run(t *testing.T, c fakeserver.Config, test func(t *testing.T, w World)) {
	for _, p := range []fakeserver.Personality{fakeserver.MySQL, fakeserver.MariaDB} {
		c.Personality = p
		name, kind := "MySQL", dbtest.MySQL
		if p == fakeserver.MariaDB {
			name, kind = "MariaDB", dbtest.MariaDB
		}
		t.Run("fake"+name, func(t *testing.T) {
			s := fakeserver.Start(t, c)
			test(t, Of(p, s))
		})
		t.Run(name, func(t *testing.T) {
			if testing.Short() {
				t.Skip("starts a server")
			}
			test(t, World{Personality: p, dsn: start(t, kind, c)})
		})
	}
}

// start starts a real server and sets it up.
func start(t *testing.T, kind dbtest.Kind, c fakeserver.Config) (dsn func(user, password string) string) {
	args := []string{"--performance-schema=OFF", fmt.Sprintf("--max-user-connections=%d", c.MaxUserConnections)}
	if c.PerformanceSchema {
		args[0] = "--performance-schema=ON"
	}
	if c.MaxConnections > 0 {
		args = append(args, fmt.Sprintf("--max-connections=%d", c.MaxConnections))
	}
	s := dbtest.Run(t, dbtest.Config{Kind: kind, Args: args})
	db, err := sql.Open("mysql", s.DSN("root", "", ""))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range setUp(c) {
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	return func(user, password string) string { return s.DSN(user, password, "") }
}

// setUp returns the statements that create databases and users.
func setUp(c fakeserver.Config) []string {
	statements := []string{"CREATE DATABASE IF NOT EXISTS app"}
	var roles, users, grants []string
	for _, name := range slices.Sorted(maps.Keys(c.Users)) {
		u := c.Users[name]
		switch {
		case name == "root":
			continue
		case u.IsRole:
			roles = append(roles, "CREATE ROLE "+name)
		default:
			users = append(users, fmt.Sprintf("CREATE USER %s@'%%' IDENTIFIED BY '%s' WITH MAX_USER_CONNECTIONS %d", name, u.Password, u.MaxUserConnections))
		}
		for _, p := range u.Privileges {
			grants = append(grants, grant(name, p))
		}
		for _, role := range u.Roles {
			grants = append(grants, "GRANT "+role+" TO "+name)
			if u.RolesActive {
				grants = append(grants, defaultRole(c, name, role))
			}
		}
	}
	return slices.Concat(statements, roles, users, grants)
}

// grant returns the statement that gives a user a privilege.
func grant(user, privilege string) string {
	if !strings.Contains(privilege, " ON ") {
		privilege += " ON *.*"
	}
	return "GRANT " + privilege + " TO " + user
}

// defaultRole returns the statement that makes a user have a role at once.
func defaultRole(c fakeserver.Config, user, role string) string {
	if c.Personality == fakeserver.MariaDB {
		return "SET DEFAULT ROLE " + role + " FOR " + user
	}
	return "SET DEFAULT ROLE " + role + " TO " + user
}
