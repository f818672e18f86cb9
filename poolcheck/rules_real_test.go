package poolcheck_test

import (
	"database/sql"
	"fmt"
	"maps"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/connvet/connvet/internal/dbtest"
	"github.com/connvet/connvet/internal/fakeserver"
)

// A realServer is a world in a server that is one.
type realServer struct {
	is     kind
	server *dbtest.Server
	before map[string]string // the values of variables that were changed
}

// newReal starts a server that all cases share, one after the other. It skips
// the test if there is none.
func newReal(t *testing.T, k kind, start start) func(t *testing.T) *stage {
	if testing.Short() {
		t.Skip("starts a server")
	}
	c := dbtest.Config{Kind: dbtest.MySQL}
	if k.isMariaDB() {
		c.Kind = dbtest.MariaDB
	}
	if start == odd {
		c.NoSideDoor = true
		c.Args = []string{"--performance-schema=OFF", "--max-user-connections=5"}
		if k.isMariaDB() {
			c.Args = append(c.Args, "--thread-handling=pool-of-threads")
		} else {
			c.Args = append(c.Args, "--mysqlx=ON", "--mysqlx-bind-address=127.0.0.1", "--mysqlx-port="+freePort(t), "--mysqlx-socket="+t.TempDir()+"/x")
		}
	}
	server := dbtest.Run(t, c)
	control := connected(t, server)
	for _, statement := range []string{"CREATE DATABASE rules", "CREATE TABLE rules.t (id INT PRIMARY KEY, n INT)", "INSERT INTO rules.t VALUES (1, 0)"} {
		if _, err := control.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	return func(t *testing.T) *stage {
		w := realServer{k, server, make(map[string]string)}
		s := &stage{TB: t, world: w, control: control, accounts: make(map[string]bool), always: 1}
		s.release()
		if start == plain {
			s.exec("FLUSH STATUS")
		}
		t.Cleanup(func() { w.restore(s) })
		return s
	}
}

// connected returns a connection of root.
func connected(t *testing.T, server *dbtest.Server) *sql.Conn {
	db, err := sql.Open("mysql", server.DSN("root", "", ""))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

func freePort(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

// restore undoes what was done to the server. The context of the test is over
// by then.
func (w realServer) restore(s *stage) {
	var statements []string
	for variable, value := range w.before {
		statements = append(statements, "SET GLOBAL "+variable+" = "+value)
	}
	for _, name := range slices.Sorted(maps.Keys(s.accounts)) {
		statements = append(statements, "DROP USER IF EXISTS '"+name+"'@'%'", "DROP ROLE IF EXISTS '"+name+"'")
	}
	for _, statement := range statements {
		if _, err := s.control.ExecContext(s.after(), statement); err != nil {
			s.Errorf("%s: %v", statement, err)
		}
	}
}

func (w realServer) kind() kind                       { return w.is }
func (w realServer) dsn(user, password string) string { return w.server.DSN(user, password, "") }
func (w realServer) grant(s *stage, statement string) { s.Helper(); s.exec(statement) }

func (w realServer) create(s *stage, name string, u fakeserver.User) {
	s.Helper()
	if u.IsRole {
		s.exec("CREATE ROLE '" + name + "'")
	} else {
		s.exec(fmt.Sprintf("CREATE USER '%s'@'%%' IDENTIFIED BY '%s' WITH MAX_USER_CONNECTIONS %d", name, u.Password, u.MaxUserConnections))
	}
	for _, p := range u.Privileges {
		if !strings.Contains(p, " ON ") {
			p += " ON *.*"
		}
		s.exec("GRANT " + p + " TO '" + name + "'")
	}
	for _, role := range u.Roles {
		s.exec("GRANT '" + role + "' TO '" + name + "'")
		switch {
		case !u.RolesActive:
		case w.is.isMariaDB():
			s.exec("SET DEFAULT ROLE '" + role + "' FOR '" + name + "'")
		default:
			s.exec("SET DEFAULT ROLE '" + role + "' TO '" + name + "'")
		}
	}
}

func (w realServer) set(s *stage, variable, value string) {
	s.Helper()
	if _, ok := w.before[variable]; !ok {
		var before string
		if err := s.control.QueryRowContext(s.soon(), "SELECT @@GLOBAL."+variable).Scan(&before); err != nil {
			s.Fatalf("%s: %v", variable, err)
		}
		w.before[variable] = before
	}
	if variable == "super_read_only" {
		w.before["read_only"] = "OFF" // which it turns on
	}
	s.exec("SET GLOBAL " + variable + " = " + value)
}

func (w realServer) idle(s *stage, n int, user string, seconds int) {
	s.Helper()
	s.hold(n, user, nil)
	w.slept(s, n, user, seconds)
}

func (w realServer) idleTx(s *stage, user string, seconds int) {
	s.Helper()
	s.ensure(user)
	s.exec("GRANT SELECT, UPDATE ON rules.* TO '" + user + "'@'%'")
	s.beginTx(user)
	w.appears(s, "INNODB_TRX")
	w.slept(s, 1, user, seconds)
}

// appears waits until there is something in one of InnoDB's tables, which show
// nothing new until nobody has read them for a tenth of a second.
func (w realServer) appears(s *stage, table string) {
	s.Helper()
	s.await(table, func() bool {
		time.Sleep(150 * time.Millisecond)
		return s.count("SELECT COUNT(*) FROM information_schema."+table) > 0
	})
}

// slept waits until sessions have slept for some time.
func (w realServer) slept(s *stage, n int, user string, seconds int) {
	s.Helper()
	query := fmt.Sprintf("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE user = '%s' AND command = 'Sleep' AND time >= %d", user, seconds)
	s.await("connections to idle", func() bool { return s.count(query) >= n })
}

func (w realServer) prepare(s *stage, n int) {
	s.Helper()
	s.hold(1, "app", nil)
	for range n {
		statement, err := s.held[len(s.held)-1].PrepareContext(s.Context(), "SELECT 1")
		if err != nil {
			s.Fatal(err)
		}
		s.Cleanup(func() { statement.Close() })
	}
}

// lockWait lets one session wait for another.
func (w realServer) lockWait(s *stage) {
	s.Helper()
	s.ensure("app")
	s.exec("GRANT SELECT, UPDATE ON rules.* TO 'app'@'%'")
	s.beginTx("app")
	holder := s.held[len(s.held)-1]
	s.hold(1, "app", nil)
	waiter, done := s.held[len(s.held)-1], make(chan error)
	ctx := s.soon()
	go func() {
		_, err := waiter.ExecContext(ctx, change)
		done <- err
	}()
	s.Cleanup(func() {
		if _, err := holder.ExecContext(s.after(), "ROLLBACK"); err != nil {
			s.Error(err)
		}
		<-done
	})
	if w.is.isMariaDB() {
		w.appears(s, "INNODB_LOCK_WAITS")
		return
	}
	s.await("a lock wait", func() bool { return s.count("SELECT COUNT(*) FROM performance_schema.data_lock_waits") > 0 })
}
