package server

import (
	"strconv"
	"strings"
	"time"
)

// A Snapshot is what a server told, once.
type Snapshot struct {
	// Assumed names the table that Variables come from, if there was no server.
	Assumed string

	Session   Session
	Flavour   Flavour
	Via       Via               // what answers before the server does
	Looked    bool              // whether anybody looked for that
	Variables map[string]string // names in lower case; nil if they could not be read
	Status    map[string]string // the same

	// Earlier is the status as it was Window before Status; nil if it was read
	// once only.
	Earlier map[string]string
	Window  time.Duration

	Grants    Part[Grants]            // of the session's account
	GrantsOf  map[string]Part[Grants] // of other users that services use
	Threads   Part[[]Threads]
	Accounts  Part[[]Account]
	IdleTx    Part[[]IdleTx]
	Clients   Part[[]Client]
	Limits    Part[[]AccountLimit]
	LockWaits Part[int64]

	// Proxy is what ProxySQL's admin port told; nil if it was not asked.
	Proxy *ProxyLimits
}

// ProxyLimits are the limits of one ProxySQL.
type ProxyLimits struct {
	MaxClients int64 // client connections
	MaxBackend int64 // connections to the one server that may get the most
}

// A Part is something that a server tells, unless it does not.
type Part[T any] struct {
	Value   T
	Missing *Missing // why there is no value, or nil
}

// Missing says why something could not be read.
type Missing struct {
	Why   string // such as "the account lacks PROCESS"
	Grant string // the statement that would make it visible; "" if none would
}

// A Session is what the server says of the connection itself.
type Session struct {
	User               string // the account as user@host
	ID                 int64
	MaxUserConnections int64 // the limit in force for the account; 0: none, below 0: not known
	WaitTimeout        int64 // seconds; 0: not known
	Known              bool  // whether it could be read
}

// Threads counts connections of one user from one host that do the same.
type Threads struct {
	User, Host, Command string
	N                   int64
	Settled             int64 // of these, those that have done it for a second or more
	Oldest              int64 // seconds that the oldest has done it
}

// An Account is a user with its connections, by performance_schema.accounts.
type Account struct {
	User, Host string
	Current    int64
}

// An IdleTx is a transaction that is open while its connection waits for the
// client.
type IdleTx struct {
	User    string
	Seconds int64 // since its last statement
}

// A Client is a process with connections, as drivers tell of themselves.
type Client struct {
	User, Host, PID string
	N               int64 // its connections
}

// An AccountLimit is the limit that an account was created with; 0 means that
// the server's max_user_connections holds.
type AccountLimit struct {
	User, Host string
	Max        int64
}

// Variable returns a variable that is a whole number, and whether there is one.
func (s *Snapshot) Variable(name string) (int64, bool) { return number(s.Variables, name) }

// Counter returns a status variable that is a whole number, and whether there
// is one.
func (s *Snapshot) Counter(name string) (int64, bool) { return number(s.Status, name) }

// Delta returns by how much a counter grew within the window, and whether it was
// read twice. A counter that was reset in between did not grow.
func (s *Snapshot) Delta(name string) (int64, bool) {
	after, ok := number(s.Status, name)
	before, ok2 := number(s.Earlier, name)
	return max(after-before, 0), ok && ok2
}

// number looks up a whole number. Some variables are written as ON and OFF.
func number(values map[string]string, name string) (int64, bool) {
	text, ok := values[strings.ToLower(name)]
	if !ok {
		return 0, false
	}
	switch strings.ToUpper(text) {
	case "ON", "YES", "TRUE", "NO_LOCK", "NO_LOCK_NO_ADMIN": // the last two: read_only of MariaDB 12
		return 1, true
	case "OFF", "NO", "FALSE":
		return 0, true
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		u, err := strconv.ParseUint(text, 10, 64) // 18446744073709551615
		return 1<<63 - 1, err == nil && u > 0
	}
	return n, true
}
