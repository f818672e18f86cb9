package fakeserver_test

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"

	"github.com/connvet/connvet/internal/fakeserver"
	"github.com/connvet/connvet/internal/fakeserver/worlds"
)

var queryUsers = map[string]fakeserver.User{
	"low":    {Password: "low", Privileges: []string{"ALL ON app.*"}, MaxUserConnections: 3},
	"proc":   {Password: "proc", Privileges: []string{"PROCESS"}},
	"procps": {Password: "procps", Privileges: []string{"PROCESS", "SELECT ON performance_schema.*"}},
	"tab":    {Password: "tab", Privileges: []string{"SELECT ON mysql.user"}},
	"dbm":    {Password: "dbm", Privileges: []string{"SELECT ON mysql.*"}},
	"rpt":    {IsRole: true, Privileges: []string{"PROCESS"}},
	"some":   {Password: "some", Roles: []string{"rpt"}},
	"act":    {Password: "act", Roles: []string{"rpt"}, RolesActive: true},
}

const (
	denied1142 = "1142 (42000): SELECT command denied to user '%s'@'127.0.0.1' for table "
	denied1227 = "1227 (42000): Access denied; you need (at least one of) the PROCESS privilege(s) for this operation"
	syntax1064 = "1064 (42000): You have an error in your SQL syntax; check the manual that corresponds to your %s server version for the right syntax to use near '%s' at line 1"
)

// A sent is a statement with what it gets from MySQL and from MariaDB, if that is
// something else. Values are separated by bars, rows by semicolons, the answers to
// several users by two of them.
type sent struct {
	users, statement, mysql, mariadb string
}

var queries = []sent{
	{"low", "SELECT 1", "1", ""},
	{"low", "SELECT 1;", "1", ""},
	{"low", "SELECT 1; SELECT 2", fmt.Sprintf(syntax1064, "MySQL", "SELECT 2"), fmt.Sprintf(syntax1064, "MariaDB", "SELECT 2")},
	{"low", "SELECT 1 FROM", fmt.Sprintf(syntax1064, "MySQL", ""), fmt.Sprintf(syntax1064, "MariaDB", "")},
	{"low", "PROXYSQL INTERNAL SESSION", fmt.Sprintf(syntax1064, "MySQL", "PROXYSQL INTERNAL SESSION"), fmt.Sprintf(syntax1064, "MariaDB", "PROXYSQL INTERNAL SESSION")},
	{"low", "ROUTER SHOW x", fmt.Sprintf(syntax1064, "MySQL", "ROUTER SHOW x"), fmt.Sprintf(syntax1064, "MariaDB", "ROUTER SHOW x")},
	{"low", "", "1065 (42000): Query was empty", ""},
	{"low", "SELECT NULL, 'a', \"b\", 1=1, 1+1 AS x, 3*2-1, NOT 1, -1", "NULL|a|b|1|2|5|0|-1", ""},
	{"low", "SELECT 'it''s', 'a\\'b', 'A' = 'a', 2 > '1', 1 IN (2, NULL), NULL IS NULL, 1 IS NOT NULL", "it's|a'b|1|1|NULL|1|1", ""},
	{"low", "SELECT LEFT('abc', -1), LEFT('abc', 2), RIGHT('abc', 2), REVERSE('abc'), LOCATE('C', 'abc'), CHAR_LENGTH('äb'), SUBSTRING_INDEX('a:b:c', ':', 2)", "|ab|bc|cba|3|2|a:b", ""},
	{"low", "SELECT 'max_used' LIKE 'Max%', 'a_b' LIKE 'a\\_b', 'axb' LIKE 'a_b', 'x' NOT LIKE 'y', COALESCE(NULL, 2), IF(0, 1, 2), CONCAT('a', 1), LOWER('A')", "1|1|1|1|2|2|a1|a", ""},
	{"low", "SELECT CHAR_LENGTH()", "1582 (42000): Incorrect parameter count in the call to native function 'CHAR_LENGTH'", ""},
	{"low", "SELECT CURRENT_USER(), USER(), DATABASE(), SLEEP(0)", "low@%|low@127.0.0.1|NULL|0", ""},
	{"low", "SELECT @@SESSION.max_user_connections, @@GLOBAL.max_user_connections, @@wait_timeout, @@global.performance_schema", "3|0|28800|1", ""},
	{"low", "SELECT @@nope", "1193 (HY000): Unknown system variable 'nope'", ""},
	{"low", "SELECT nope", "1054 (42S22): Unknown column 'nope' in 'field list'", "1054 (42S22): Unknown column 'nope' in 'SELECT'"},
	{"low", "SELECT t.x FROM information_schema.PROCESSLIST p", "1054 (42S22): Unknown column 't.x' in 'field list'", "1054 (42S22): Unknown column 't.x' in 'SELECT'"},
	{"low", "SELECT 1 FROM x", "1046 (3D000): No database selected", ""},
	{"low", "SELECT 1 FROM app.nope", "1146 (42S02): Table 'app.nope' doesn't exist", ""},
	{"low", "USE nope", "1044 (42000): Access denied for user 'low'@'%' to database 'nope'", ""},
	{"low", "USE app", "", ""},
	{"low", "SET SESSION wait_timeout = 99", "", ""},
	{"low", "SET GLOBAL max_connections = 20", "1227 (42000): Access denied; you need (at least one of) the SUPER or SYSTEM_VARIABLES_ADMIN privilege(s) for this operation", "1227 (42000): Access denied; you need (at least one of) the SUPER, CONNECTION ADMIN privilege(s) for this operation"},

	{"low", "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('max_connections', 'MAX_USER_CONNECTIONS', 'nope', 'performance_schema')", "max_connections|15;max_user_connections|0;performance_schema|ON", ""},
	{"low", "SHOW VARIABLES LIKE 'max\\_user\\_conn%'", "max_user_connections|3", ""},
	{"low", "SHOW GLOBAL STATUS WHERE Variable_name IN ('threads_connected', 'Max_used_connections_time')", "2 rows", "Threads_connected|2"},
	{"low", "SHOW GLOBAL STATUS LIKE 'Threads%'", "4 rows", ""},

	{"low", "SELECT p.user, p.command, COUNT(*), SUM(p.time >= 0), MAX(p.time) >= 0 FROM information_schema.PROCESSLIST p GROUP BY p.user, p.command", "low|Query|1|1|1", ""},
	{"act proc procps root", "SELECT user, COUNT(*) FROM information_schema.PROCESSLIST WHERE id <> CONNECTION_ID() GROUP BY user ORDER BY user", "event_scheduler|1;root|1", "root|1"},
	{"root", "SELECT LEFT(p.host, CHAR_LENGTH(p.host) - LOCATE(':', REVERSE(p.host))) AS h, COUNT(*) AS n FROM information_schema.PROCESSLIST p WHERE p.user = 'root' GROUP BY h ORDER BY n DESC LIMIT 3", "127.0.0.1|2", ""},
	{"low proc", "SELECT COUNT(*) FROM performance_schema.processlist WHERE user <> 'low' AND id <> CONNECTION_ID()", "0;; 3", denied1142 + "`performance_schema`.`processlist`"},
	{"procps", "SELECT 1 FROM performance_schema.processlist", "4 rows", "1146 (42S02): Table 'performance_schema.processlist' doesn't exist"},
	{"low proc tab dbm some act", "SELECT 1 FROM performance_schema.accounts", denied1142 + "'accounts'", denied1142 + "`performance_schema`.`accounts`"},
	{"procps root", "SELECT user, current_connections FROM performance_schema.accounts WHERE user IS NOT NULL AND current_connections > 0 ORDER BY user", "event_scheduler|1;procps|1;root|1;; event_scheduler|1;root|2", "procps|1;root|1;; root|2"},
	{"low", "SELECT 1 FROM performance_schema.session_connect_attrs a JOIN information_schema.PROCESSLIST p ON p.id = a.PROCESSLIST_ID", denied1142 + "'session_connect_attrs'", denied1142 + "`performance_schema`.`session_connect_attrs`"},
	{"procps", "SELECT p.user, a.ATTR_VALUE, COUNT(*) FROM performance_schema.session_connect_attrs a JOIN information_schema.PROCESSLIST p ON p.id = a.PROCESSLIST_ID WHERE a.ATTR_NAME = '_client_name' GROUP BY p.user, a.ATTR_VALUE ORDER BY p.user", "procps|Go-MySQL-Driver|1;root|Go-MySQL-Driver|1", ""},
	{"low some", "SELECT 1 FROM performance_schema.nope", denied1142 + "'nope'", denied1142 + "`performance_schema`.`nope`"},
	{"procps", "SELECT 1 FROM performance_schema.nope", "1146 (42S02): Table 'performance_schema.nope' doesn't exist", ""},
	{"low", "SELECT 1 FROM performance_schema.data_lock_waits", denied1142 + "'data_lock_waits'", denied1142 + "`performance_schema`.`data_lock_waits`"},
	{"procps", "SELECT COUNT(*) FROM performance_schema.data_lock_waits", "0", "1146 (42S02): Table 'performance_schema.data_lock_waits' doesn't exist"},
	{"low", "SELECT COUNT(*) FROM information_schema.INNODB_LOCK_WAITS", "1109 (42S02): Unknown table 'INNODB_LOCK_WAITS' in information_schema", denied1227},
	{"proc", "SELECT COUNT(*) FROM information_schema.INNODB_LOCK_WAITS", "1109 (42S02): Unknown table 'INNODB_LOCK_WAITS' in information_schema", "0"},
	{"low some", "SELECT trx_id FROM information_schema.INNODB_TRX", denied1227, ""},
	{"low", "SELECT p.user FROM information_schema.INNODB_TRX t JOIN information_schema.PROCESSLIST p ON p.id = t.trx_mysql_thread_id WHERE p.command = 'Sleep'", "", denied1227},
	{"proc act", "SELECT trx_id FROM information_schema.INNODB_TRX", "", ""},
	{"low proc some", "SELECT user FROM mysql.user", denied1142 + "'user'", denied1142 + "`mysql`.`user`"},
	{"tab dbm root", "SELECT user, host, max_user_connections FROM mysql.user WHERE user IN ('low', 'proc') ORDER BY user", "low|%|3;proc|%|0", ""},
}

func TestQueries(t *testing.T) {
	c := fakeserver.Config{MaxConnections: 15, Users: queryUsers, PerformanceSchema: true}
	worlds.Run(t, c, func(t *testing.T, w worlds.World) {
		watch := newRun(t, w)
		for _, q := range slices.Concat(queries, grantQueries) {
			want := q.mysql
			if w.Personality == fakeserver.MariaDB && q.mariadb != "" {
				want = q.mariadb
			}
			wants := strings.Split(want, ";; ")
			for i, user := range strings.Fields(q.users) {
				want := strings.ReplaceAll(wants[min(i, len(wants)-1)], "%s", user)
				watch.until("the last one is gone", func(c counted) bool { return c.connected == 1 })
				got := query(t, w, user, q.statement)
				if strings.HasSuffix(want, " rows") {
					got = fmt.Sprint(strings.Count(got, ";")+1, " rows")
				}
				if got != want {
					t.Errorf("%s: %s\n got %s\nwant %s", user, q.statement, got, want)
				}
			}
		}
	})
}

// query sends a statement and returns what comes, or the error.
func query(t *testing.T, w worlds.World, user, statement string) string {
	t.Helper()
	conn := connect(t, open(t, w.DSN(user, password(user))))
	defer conn.Close()
	rows, err := conn.QueryContext(timeout(t), statement)
	if err != nil {
		return text(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for rows.Next() {
		values, targets := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := rows.Scan(targets...); err != nil {
			t.Fatal(err)
		}
		var fields []string
		for _, v := range values {
			if !v.Valid {
				v.String = "NULL"
			}
			fields = append(fields, v.String)
		}
		lines = append(lines, strings.Join(fields, "|"))
	}
	if rows.Err() != nil {
		return text(rows.Err())
	}
	return strings.Join(lines, ";")
}

func text(err error) string {
	var e *mysql.MySQLError
	if !errors.As(err, &e) {
		return err.Error()
	}
	return strings.TrimPrefix(e.Error(), "Error ")
}
