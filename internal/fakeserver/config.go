package fakeserver

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A Personality is a family of servers.
type Personality string

// The personalities.
const (
	MySQL   Personality = "" // 8.0 to 9.x
	MariaDB Personality = "mariadb"
)

// A Config says what server to be. The zero Config is a MySQL with the account
// root that any tool would find at its defaults, but for performance_schema.
type Config struct {
	Personality    Personality
	Version        string // "" is that of the server that the personality was measured on
	VersionComment string // "" is that of its makers

	MaxConnections     int // 0 is 151
	MaxUserConnections int // of each account that has no limit of its own; 0 is none
	PerformanceSchema  bool

	// Variables and Status replace the values of system and status variables, or
	// add some. Drop has names that are to be unknown.
	Variables, Status map[string]string
	Drop              []string

	// Users are the accounts, with root, who has no password and may do anything,
	// unless Users has one.
	Users map[string]User
	// Databases are those that can be used; nil is "app".
	Databases []string

	// Threads are sessions of others, which count as if they were connected.
	Threads []Thread
	// LockWaits is how many transactions wait for a lock.
	LockWaits int

	Via     Via
	Answers map[string]Answer
	TLS     TLS
	Fault   Fault
}

// A User is an account, or a role.
type User struct {
	Password string
	Host     string // from which the account may connect, as it is shown; "" is "%"

	// Privileges are written as in GRANT: "PROCESS", "SELECT ON mysql.*", "ALL".
	Privileges         []string
	MaxUserConnections int

	Roles       []string // other entries of Users
	RolesActive bool     // in force from the login on
	IsRole      bool     // cannot log in
}

// A Thread is a session of somebody else, or several that are alike.
type Thread struct {
	N          int // 0 is 1
	User, Host string
	DB         string
	Command    string // "" is "Sleep"
	Seconds    int    // since it does that
	Tx         bool   // with an open transaction
	Attrs      map[string]string
}

// A Via is something between the client and the server.
type Via string

// The things in between.
const (
	ViaNothing  Via = ""
	ViaProxySQL Via = "proxysql"
	ViaRouter   Via = "router"
)

// A TLS says whether sessions can be encrypted. The certificate signs itself:
// [Server.CertPool].
type TLS string

// The ways.
const (
	NoTLS       TLS = ""
	OffersTLS   TLS = "offered"
	RequiresTLS TLS = "required" // of all accounts
)

// An Answer is what a statement gets: an error, rows, or without columns neither.
type Answer struct {
	Columns []string
	Rows    [][]any // strings, ints, and nil
	Err     *Error
}

// An Error is what a server says of a statement or a client that it refuses.
type Error struct {
	Number  uint16
	State   string // "" is none, which servers send only before they greet
	Message string
}

func (e *Error) Error() string { return fmt.Sprintf("error %d (%s): %s", e.Number, e.State, e.Message) }

// newError returns an error with a message in words of fmt.
func newError(number uint16, state, format string, args ...any) *Error {
	return &Error{number, state, fmt.Sprintf(format, args...)}
}

// withDefaults returns the configuration without zero values that stand for
// others, and without anything that the caller may still change.
func (c Config) withDefaults() Config {
	if c.MaxConnections == 0 {
		c.MaxConnections = 151
	}
	if c.Databases == nil {
		c.Databases = []string{"app"}
	}
	users := map[string]User{"root": {Host: "127.0.0.1", Privileges: []string{"ALL"}}}
	maps.Copy(users, c.Users)
	for name, u := range users {
		if u.Host == "" {
			u.Host = "%"
			users[name] = u
		}
	}
	c.Users = users
	variables := make(map[string]string)
	for name, value := range c.Variables {
		variables[strings.ToLower(name)] = value
	}
	c.Variables = variables
	c.Status = cloned(c.Status)
	c.Answers = cloned(c.Answers)
	c.Threads = slices.Clone(c.Threads)
	return c
}

// cloned returns a copy that can be written to.
func cloned[M ~map[string]V, V any](m M) M {
	c := make(M, len(m))
	maps.Copy(c, m)
	return c
}
