package poolcheck_test

import (
	"strings"
	"testing"

	"github.com/connvet/connvet/internal/fakeserver"
)

// A kind is a kind of server.
type kind string

// The kinds.
const (
	realMariaDB kind = "MariaDB"
	realMySQL   kind = "MySQL"
	fakeMariaDB kind = "fake MariaDB"
	fakeMySQL   kind = "fake MySQL"
)

var (
	kinds    = []kind{realMariaDB, realMySQL, fakeMariaDB, fakeMySQL}
	fakes    = []kind{fakeMariaDB, fakeMySQL}
	mariaDBs = []kind{realMariaDB, fakeMariaDB}
	mySQLs   = []kind{realMySQL, fakeMySQL}
)

func (k kind) isMariaDB() bool { return strings.Contains(string(k), "MariaDB") }
func (k kind) isFake() bool    { return strings.HasPrefix(string(k), "fake") }

// A start is how a server is started.
type start int

// The ways.
const (
	plain start = iota // with performance_schema and a side door, without the X protocol
	odd                // the other way round, with max_user_connections=5 and MariaDB's thread pool
	apart              // as plain, but beside the rest, for what takes long; FLUSH STATUS is never sent
)

var starts = []start{plain, odd, apart}

func (s start) String() string { return []string{"plain", "odd", "apart"}[s] }

// A world makes happen on a kind of server what happens differently on each.
type world interface {
	kind() kind
	dsn(user, password string) string
	create(s *stage, name string, u fakeserver.User) // an account or a role
	grant(s *stage, statement string)
	set(s *stage, variable, value string)
	idle(s *stage, n int, user string, seconds int) // connections that have slept for some time
	idleTx(s *stage, user string, seconds int)      // one that has done so with a transaction
	prepare(s *stage, n int)
	lockWait(s *stage)
}

// open opens the server for one case after the other.
func (k kind) open(t *testing.T, start start) func(t *testing.T) *stage {
	if k.isFake() {
		return func(t *testing.T) *stage { return newFake(t, k, start) }
	}
	return newReal(t, k, start)
}
