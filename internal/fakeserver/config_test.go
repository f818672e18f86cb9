package fakeserver_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/connvet/connvet/internal/fakeserver"
	"github.com/connvet/connvet/internal/fakeserver/worlds"
)

// start starts a fake server and returns how to send it statements.
func start(t *testing.T, c fakeserver.Config) (*fakeserver.Server, func(user, statement, want string)) {
	s := fakeserver.Start(t, c)
	return s, func(user, statement, want string) {
		t.Helper()
		before := s.Sessions()
		if got := query(t, worlds.Of(c.Personality, s), user, statement); got != want {
			t.Errorf("%s: %s: got %s, want %s", user, statement, got, want)
		}
		for s.Sessions() > before {
			time.Sleep(time.Millisecond)
		}
	}
}

// Sessions of others are everywhere where sessions are.
func TestThreads(t *testing.T) {
	c := fakeserver.Config{
		MaxConnections: 10, PerformanceSchema: true, LockWaits: 2,
		Users: map[string]fakeserver.User{"app": {Password: "app", MaxUserConnections: 5}},
		Threads: []fakeserver.Thread{
			{N: 4, User: "app", Host: "10.0.0.1:1234", Seconds: 7, Attrs: map[string]string{"_pid": "12", "program_name": "api"}},
			{User: "app", Host: "10.0.0.2:1", Command: "Query", Tx: true},
			{N: 2, User: "etl", Host: "[::1]:5", Seconds: 90, Tx: true},
			{User: "repl", Host: "10.0.0.3:9", Command: "Binlog Dump"},
			{User: "event_scheduler", Host: "localhost", Command: "Daemon"},
		},
	}
	for _, p := range personalities {
		c.Personality = p
		s, want := start(t, c)
		want("root", "SHOW GLOBAL STATUS WHERE Variable_name IN ('Threads_connected', 'Max_used_connections')", "Max_used_connections|9;Threads_connected|9")
		want("root", "SELECT user, command, COUNT(*), SUM(time > 1), MAX(time) FROM information_schema.processlist WHERE user IN ('app', 'etl', 'repl') GROUP BY user, command",
			"app|Sleep|4|4|7;app|Query|1|0|0;etl|Sleep|2|2|90;repl|Binlog Dump|1|0|0")
		want("root", "SELECT user, host, current_connections FROM performance_schema.accounts WHERE user IN ('app', 'etl') ORDER BY user, host", "app|10.0.0.1|4;app|10.0.0.2|1;etl|::1|2")
		want("root", "SELECT p.user, p.time FROM information_schema.INNODB_TRX t JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id WHERE p.command = 'Sleep'", "etl|90;etl|90")
		want("root", "SELECT attr_value, COUNT(*) FROM performance_schema.session_connect_attrs WHERE attr_name = '_pid' AND attr_value = '12' GROUP BY attr_value", "12|4")
		if _, err := try(t, timeout(t), s.DSN("app", "app")); !isNumber(1226)(err) {
			t.Errorf("the sixth session of an account: %v", err)
		}
		s.Update(func(c *fakeserver.Config) { c.Threads[0].N = 2; c.MaxConnections = 6 })
		if _, err := try(t, timeout(t), s.DSN("app", "app")); !isNumber(1040)(err) {
			t.Errorf("the seventh session: %v", err)
		}
	}
	lockWaits := "SELECT COUNT(*) FROM performance_schema.data_lock_waits"
	c.Personality = fakeserver.MySQL
	_, want := start(t, c)
	want("root", lockWaits, "2")
}

// What the configuration says wins.
func TestOverlay(t *testing.T) {
	s, want := start(t, fakeserver.Config{
		Version: "8.0.1", VersionComment: "x",
		Variables: map[string]string{"Read_Only": "ON", "new": "1"},
		Status:    map[string]string{"threads_CONNECTED": "77"},
		Drop:      []string{"super_read_only", "uptime"},
		Answers: map[string]fakeserver.Answer{
			"SELECT version()": {Columns: []string{"a", "b"}, Rows: [][]any{{"x", 1}, {nil, "y"}}},
			"FLUSH TABLES":     {Err: &fakeserver.Error{Number: 1105, State: "HY000", Message: "no"}},
			"anything":         {},
		},
	})
	want("root", "SELECT @@version, @@version_comment, @@read_only, @@new", "8.0.1|x|1|1")
	want("root", "SHOW GLOBAL STATUS WHERE Variable_name IN ('Threads_connected', 'Uptime')", "Threads_connected|77")
	want("root", "SHOW GLOBAL VARIABLES LIKE '%read_only'", "innodb_read_only|OFF;read_only|ON")
	want("root", "SELECT version()", "x|1;NULL|y")
	want("root", "FLUSH TABLES", "1105 (HY000): no")
	want("root", "anything", "")
	s.Update(func(c *fakeserver.Config) { c.Variables["read_only"] = "OFF" })
	want("root", "SHOW GLOBAL VARIABLES LIKE 'read_only'", "read_only|OFF")
}

func TestVia(t *testing.T) {
	comment, internal, router := "select @@version_comment limit 1", "PROXYSQL INTERNAL SESSION", "ROUTER SHOW x"
	_, want := start(t, fakeserver.BehindProxySQL())
	want("root", comment, "(ProxySQL)")
	want("root", "SELECT @@version_comment LIMIT 1", "MySQL Community Server - GPL")
	want("root", internal, `{"session_id":1}`)
	want("root", router, fmt.Sprintf(syntax1064, "MySQL", router))
	_, want = start(t, fakeserver.BehindRouter())
	want("root", comment, "MySQL Community Server - GPL")
	want("root", internal, fmt.Sprintf(syntax1064, "MySQL", internal))
	want("root", router, "1064 (42000): ROUTER expects SET.")
}

// Transactions are seen while they are open and have changed something.
func TestTransactions(t *testing.T) {
	s, want := start(t, fakeserver.Config{})
	conn := connect(t, open(t, s.DSN("root", "")))
	for _, step := range []struct{ statement, open string }{
		{"START TRANSACTION READ ONLY", "0"}, {"UPDATE app.t SET n = 1", "1"}, {"ROLLBACK", "0"},
		{"DELETE FROM app.t", "0"}, {"BEGIN", "0"}, {"INSERT INTO app.t VALUES (1)", "1"}, {"COMMIT", "0"},
	} {
		if _, err := conn.ExecContext(timeout(t), step.statement); err != nil {
			t.Fatal(err)
		}
		want("root", "SELECT COUNT(*) FROM information_schema.innodb_trx", step.open)
	}
}

// A pool with parameters sends what the server has to understand.
func TestParams(t *testing.T) {
	s := fakeserver.Start(t, fakeserver.Config{Users: map[string]fakeserver.User{"low": {Privileges: []string{"ALL ON app.*"}}}})
	dsn := s.DSN("low", "") + "app?charset=utf8mb4&wait_timeout=33&maxAllowedPacket=0&connectionAttributes=program_name:x"
	if _, err := try(t, timeout(t), dsn, "SELECT @@wait_timeout"); err != nil {
		t.Error(err)
	}
	if len(s.Statements()) != 4 {
		t.Errorf("statements %q", s.Statements())
	}
	if _, err := try(t, timeout(t), dsn, "SELECT 1 FROM app.t WHERE id = ?"); !isNumber(1064)(err) {
		t.Error(err)
	}
	conn := connect(t, open(t, dsn))
	stmt, err := conn.PrepareContext(timeout(t), "SELECT ?")
	if err == nil {
		stmt.Close()
	}
	if !isNumber(1047)(err) {
		t.Error(err)
	}
}
